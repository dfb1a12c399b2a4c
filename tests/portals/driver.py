"""Drives a walk over HTTP without Scrapy: what a crawl of a portal comes to, in milliseconds."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.discovery.failures import ending_of_status
from crawler.discovery.visits import Bounds, Visit
from crawler.discovery.walk import Walk
from crawler.outcomes import ListOutcome, PortalOutcome, UrlOutcome
from crawler.parsing.anchors import LinkedDocument
from crawler.parsing.dom import parse_document
from tests.portals.simulator import Planted, Portal

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Result:
    """What a walk came to."""

    urls: list[UrlOutcome] = field(default_factory=list)
    lists: list[ListOutcome] = field(default_factory=list)
    end: PortalOutcome | None = None
    opened: list[str] = field(default_factory=list)
    """Titles of the entries whose pages were documents."""

    def missed(self, planted: list[Planted]) -> list[str]:
        return sorted({row.title for row in planted} - set(self.opened))


def crawl(portal: Portal, *, start: str = "", **options: Any) -> Result:
    """Walk a portal to its end and return what it came to."""
    bounds = Bounds(**options.pop("bounds", {}))
    walk = Walk(portal="p", name=portal.name, home=urljoin(portal.url, start), bounds=bounds, **options)
    result = Result()
    while (visit := walk.take(0.0)) is not None:
        visit_page(walk, visit, result)
    walk.finish()
    for outcome in walk.drain():
        if isinstance(outcome, UrlOutcome):
            result.urls.append(outcome)
        elif isinstance(outcome, ListOutcome):
            result.lists.append(outcome)
        else:
            result.end = outcome
    return result


def visit_page(walk: Walk, visit: Visit, result: Result) -> None:
    request = visit.request
    url, status, media_type, body = fetch(
        visit.url,
        request.method if request else "GET",
        request.body if request else "",
        dict(request.headers) if request else {},
    )
    if status != 200:
        walk.fail(visit, *ending_of_status(status), status, url)
        return
    document = LinkedDocument(parse_document(body, url=url, content_type=media_type))
    if visit.entry is None:
        walk.read(visit, document)
    elif not walk.is_trap(visit, document, status):
        if "list" in document.html and 'class="list"' in document.html:
            visit.role = "column"
            walk.read(visit, document)
            return
        walk.harvest(visit, document)
        walk.settle(visit, status, url, report="六、其他需要报告的事项" in document.html)
        result.opened.append(visit.title)


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
