"""Drives a walk over HTTP without Scrapy: what a crawl of a portal comes to, in milliseconds."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.discovery.failures import ending_of_status
from crawler.discovery.intake import is_file, lose_part, take_file, take_page, wanted_of
from crawler.discovery.reading import read_page
from crawler.discovery.visits import Bounds, Visit
from crawler.discovery.walk import Walk
from crawler.items import Article, Page
from crawler.outcomes import ListOutcome, PortalOutcome, UrlOutcome
from tests.portals.simulator import Hit, Planted, Portal

REDIRECTS = (301, 302, 303, 307, 308)
Ask = Callable[[str, str, str, dict[str, str]], tuple[str, int, str, bytes]]


@dataclass
class Result:
    """What a walk came to."""

    urls: list[UrlOutcome] = field(default_factory=list)
    lists: list[ListOutcome] = field(default_factory=list)
    end: PortalOutcome | None = None
    articles: list[Article] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """Titles of the entries whose pages were documents."""

    def take(self, articles: Iterable[Article]) -> None:
        for article in articles:
            self.articles.append(article)
            self.opened.append((article.page.entry.title if article.page.entry else "") or article.title or "")

    def missed(self, planted: list[Planted]) -> list[str]:
        return sorted({row.title for row in planted} - set(self.opened))


def crawl(portal: Portal, *, start: str = "", ask: Ask | None = None, **options: Any) -> Result:
    """Walk a portal to its end and return what it came to; over HTTP unless another fetcher is given."""
    bounds = Bounds(**options.pop("bounds", {}))
    walk = Walk(portal="p", name=portal.name, home=urljoin(portal.url, start), bounds=bounds, **options)
    result = Result()
    while (visit := walk.take(0.0)) is not None:
        visit_page(walk, visit, ask or fetch, result)
    result.take(walk.finish())
    for outcome in walk.drain():
        if isinstance(outcome, UrlOutcome):
            result.urls.append(outcome)
        elif isinstance(outcome, ListOutcome):
            result.lists.append(outcome)
        else:
            result.end = outcome
    return result


def visit_page(walk: Walk, visit: Visit, ask: Ask, result: Result) -> None:
    """Ask for one address and tell the walk, as the spider does."""
    request = visit.request
    url, status, media_type, body = ask(
        visit.url,
        request.method if request else "GET",
        request.body if request else "",
        dict(request.headers) if request else {},
    )
    if status != 200:
        walk.fail(visit, *ending_of_status(status), status, url)
        result.take(lose_part(walk, visit))
        return
    page = Page(url=url, body=body, status=status, content_type=media_type, entry=visit.entry, portal=walk.portal)
    if is_file(page):
        result.take(take_file(walk, visit, page))
    else:
        result.take(take_page(walk, visit, page, read_page(page, visit.request, wanted_of(visit))))


def ask_memory(portal: Portal) -> Ask:
    """Return a fetcher that asks a portal without any socket."""

    def ask(url: str, method: str, body: str, _headers: dict[str, str]) -> tuple[str, int, str, bytes]:
        for _ in range(5):
            target = url.removeprefix(portal.url.rstrip("/"))
            fields = dict(parse_qsl(f"{urlsplit(target).query}&{body}", keep_blank_values=True))
            answer = portal.answer(Hit(method=method, target=target, fields=fields))
            if answer.status not in REDIRECTS:
                content = answer.body.encode() if isinstance(answer.body, str) else answer.body
                return url, answer.status, answer.media_type, content
            url, method, body = urljoin(url, dict(answer.headers)["Location"]), "GET", ""
        return url, 310, "", b""

    return ask


def fetch(url: str, method: str, body: str, headers: dict[str, str]) -> tuple[str, int, str, bytes]:
    """Return final address, status, media type and body, redirects followed."""
    for _ in range(5):
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request(method, url.partition(parts.netloc)[2] or "/", body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status not in REDIRECTS:
            return url, answer.status, answer.headers.get("Content-Type", ""), content
        url, method, body = urljoin(url, answer.headers["Location"]), "GET", ""
    return url, 310, "", b""
