"""How an address ended that gave no page: one table from statuses and errors to outcomes."""

from __future__ import annotations

from typing import TypeAlias

from crawler.items import Article
from crawler.outcomes import OutcomeName

Ending: TypeAlias = tuple[OutcomeName, str]

GONE = frozenset((404, 410))
WALLS = frozenset((401, 403, 405, 406, 407, 412, 422, 429, 451, 521))
"""Statuses by which a host, or what stands before it, refuses the reader; 412 and 521 are challenge pages."""

# Words in the names of network errors, of whatever library.
NETWORK_ERRORS = (
    ("resolvehost", "dns"),
    ("dnslookup", "dns"),
    ("unsupportedurl", "scheme"),
    ("timeout", "timeout"),
    ("timedout", "timeout"),
    ("certificate", "tls"),
    ("ssl", "tls"),
    ("tls", "tls"),
    ("refused", "connection_refused"),
    ("dataloss", "cut"),
)
BOUNDS = (("maxsize", "too_large"), ("cancelled", "too_large"), ("max redirections", "redirects"))
"""Words of what Scrapy's bounds on size and redirects raise: another try would meet them again."""


def ending_of_status(status: int) -> Ending:
    """Return how an address ended that answered with a status other than 2xx."""
    name: OutcomeName = "gone" if status in GONE else "blocked" if status in WALLS else "error"
    return name, f"http_{status}"


def ending_of_refusal(reason: str) -> Ending:
    """Return how an address ended that our own middlewares refused."""
    name: OutcomeName = "offsite" if reason == "offsite" else "robots" if reason == "robots" else "refused"
    return name, reason


def ending_of_error(error: BaseException) -> Ending:
    """Return how an address ended that gave no answer; the reason is a stable word for the kind of error."""
    words = " ".join(kind.__name__ for kind in type(error).__mro__).lower() + f" {error}".lower()
    if bound := next((reason for word, reason in BOUNDS if word in words), None):
        return "refused", bound
    return "unreachable", next((reason for word, reason in NETWORK_ERRORS if word in words), "connection")


def ending_of_article(article: Article) -> Ending | None:
    """Return how an address ended whose page is no document; None for a document or a file."""
    reason = article.kind_reason or article.page_kind
    if article.page_kind == "blocked":
        return "blocked", reason
    if article.page_kind == "error_page":
        return "gone", reason
    if article.page_kind == "empty":
        return "error", reason
    return None
