"""What is kept of each item: a report, the state of an address, a list, a portal. One transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.checks.verdict import verdict
from crawler.items import Article, Finding, Report
from crawler.outcomes import Discovered, ListOutcome, OutcomeName, PortalOutcome, Role, Taken, UrlOutcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.storage import Store

NO_DOCUMENT: dict[str, OutcomeName] = {"blocked": "blocked", "error_page": "gone", "empty": "error"}
"""Kinds of page that are no document, and how their address ended."""


class Keeper:
    """Writes items into an open store in which a run has begun."""

    def __init__(self, store: Store, count: Callable[[str], None]) -> None:
        self._store, self._count = store, count

    def keep(self, item: object, now: datetime) -> None:
        """Write what an item says."""
        if isinstance(item, Report):
            self.keep_report(item, now)
        elif isinstance(item, UrlOutcome):
            if item.outcome != "known":  # nobody asked: the ledger says already what there is to say
                self._store.record_outcome(item, item.at or now)
        elif isinstance(item, Discovered):
            self._store.discover(item.portal, item.found, item.at or now)
        elif isinstance(item, Taken):
            self._store.lease(item.portal, [item.url], now)
        elif isinstance(item, ListOutcome):
            self._store.record_list(item, item.at or now)
        elif isinstance(item, PortalOutcome):
            self._store.record_portal(item, item.at or now)

    def keep_report(self, report: Report, now: datetime) -> None:
        """Store a disclosure report, hold what cannot be published, and say of all else why it is not stored."""
        article = report.article
        at = article.page.fetched_at or now
        if report.page_kind == "attachment":
            self._store.quarantine(article.page, outcome_of(article, "error", "attachment_unread", now), at)
        elif (ending := NO_DOCUMENT.get(report.page_kind)) is not None:
            self._store.record_outcome(outcome_of(article, ending, article.kind_reason or report.page_kind, now), at)
        elif report.report_kind != "disclosure":
            kind = report.report_kind or report.page_kind
            self._store.reject(report, outcome_of(article, "lookalike", kind, now), at)
        else:
            self.keep_disclosure(report, at)

    def keep_disclosure(self, report: Report, now: datetime) -> None:
        """Store a report that the findings let pass."""
        judged = verdict(report.findings)
        if judged == "quarantine":
            reason = worst_of(report.findings, "reject")
            self._store.quarantine(report.article.page, outcome_of(report.article, "error", reason, now), now)
            news = "quarantined"
        else:
            reason = worst_of(report.findings, "warning") if judged == "flag" else None
            outcome = outcome_of(report.article, "report", reason, now)
            news = self._store.save_report(report, outcome, now, flagged=judged == "flag").news
        self._count(f"gov_reports/store/{news}/{portal_of(report.article)}")


def outcome_of(article: Article, outcome: OutcomeName, reason: str | None, now: datetime) -> UrlOutcome:
    """Return what the store has to say of the address that led to a document: the one that was asked for."""
    page = article.page
    role: Role = "attachment" if article.page_kind == "attachment" else "entry" if page.entry else "column"
    asked = page.entry.url if page.entry else page.url
    return UrlOutcome(
        portal=portal_of(article),
        url=asked,
        role=role,
        outcome=outcome,
        reason=reason,
        http_status=page.status,
        found_on=page.list_url,
        title=page.entry.title if page.entry else None,
        final_url=page.url if page.url != asked else None,
        at=page.fetched_at or now,
    )


def portal_of(article: Article) -> str:
    """Return the catalogue id of the portal, or the host of a page that was given by hand."""
    return article.page.portal or urlsplit(article.page.url).netloc


def worst_of(findings: list[Finding], severity: str) -> str | None:
    """Return the code of the first finding of a severity."""
    return next((finding.code for finding in findings if finding.severity == severity), None)
