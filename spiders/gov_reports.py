"""The crawl: from each portal's home page to its annual reports. A thin coat over `crawler.discovery`.

Each portal is one walk with a request on the road and one waiting, whatever the other portals do. The walk says what to
ask; the answers go back to it; documents go to the pipelines; what became of each address is yielded as outcomes.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import scrapy
from scrapy import Request, signals
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.archive.crawling import PLACE
from crawler.catalogue import Portal, load_portals, select_portals
from crawler.demo.server import serve_demo
from crawler.discovery.arguments import parse_limit, parse_start, parse_years
from crawler.discovery.failures import ending_of_article, ending_of_error, ending_of_refusal, ending_of_status
from crawler.discovery.visits import Bounds, Visit
from crawler.discovery.walk import Walk, is_listing
from crawler.errors import PageError, UsageError
from crawler.families import read_list
from crawler.items import Article, Page, Source
from crawler.network import RefusedRequest
from crawler.outcomes import ListOutcome, Outcome, UrlOutcome
from crawler.parsing.anchors import LinkedDocument
from crawler.parsing.article import read_article
from crawler.parsing.dom import parse_document
from crawler.parsing.links import attachment_type, scope_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

WINDOW = 2
"""Requests of one portal at a time: one on the road, one waiting, so that the road is never empty."""
DEMO = "demo"

Yielded: TypeAlias = Request | Article | Outcome


class GovReportsSpider(scrapy.Spider):
    """Crawls portals for their annual disclosure reports (政府信息公开工作年度报告)."""

    name = "gov_reports"

    def __init__(
        self,
        portals: str | None = None,
        start: str | None = None,
        years: str | None = None,
        limit: str | None = None,
        **unknown: str,
    ) -> None:
        """Take the arguments: `portals=` ids, groups, a file or `demo`; `start=` any address; `years=`; `limit=`."""
        super().__init__()
        if unknown:
            raise UsageError(f"unknown argument {next(iter(unknown))}= (there are portals, start, years, limit)")
        self.years = parse_years(years) if years else None
        self.bounds = Bounds(entries=parse_limit(limit) if limit else None)
        self.stack = ExitStack()
        self.portals = self.choose_portals(portals, start)
        self.allowed_domains: list[str] = []
        self.walks: list[Walk] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: str, **kwargs: str) -> Self:
        """Make the spider; called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_fault, signal=signals.spider_error)
        return spider

    def choose_portals(self, words: str | None, start: str | None) -> list[Portal]:
        """Return the portals the arguments name; without any, the whole catalogue."""
        catalogue = load_portals()
        chosen = [parse_start(address, catalogue) for address in (start or "").split()]
        names = [name.strip() for name in (words or "").split(",") if name.strip()]
        self.with_demo = DEMO in names
        if others := ",".join(name for name in names if name != DEMO):
            chosen += select_portals(others, catalogue)
        return chosen if chosen or self.with_demo else catalogue

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first requests of every portal."""
        if self.with_demo:
            served = self.stack.enter_context(serve_demo())
            self.portals += [Portal(id=portal.id, name=portal.name, home=portal.home_url) for portal in served]
        self.allowed_domains = [scope_of(portal.home).host for portal in self.portals]
        for portal in self.portals:
            walk = Walk(
                portal=portal.id,
                name=portal.name,
                home=portal.home,
                bounds=self.bounds,
                years=self.years,
                started_at=time.monotonic(),
            )
            self.walks.append(walk)
            for item in self.go_on(walk):
                yield item

    def go_on(self, walk: Walk) -> Iterator[Yielded]:
        """Yield what a walk has to say, and its next requests; at its end, what it came to."""
        finished = walk.is_over
        while not finished and walk.in_flight < WINDOW and (visit := walk.take(time.monotonic())):
            yield self.make_request(walk, visit)
        if walk.is_over and not finished:
            walk.finish()
        now = datetime.now(UTC)
        for outcome in walk.drain():
            self.count(outcome)
            yield replace(outcome, at=now)

    def make_request(self, walk: Walk, visit: Visit) -> Request:
        """Return the request of a visit."""
        ask = visit.request
        return Request(
            visit.url,
            method=ask.method if ask else "GET",
            headers=list(ask.headers) if ask else None,
            body=ask.body if ask else None,
            callback=self.take_answer,
            errback=self.take_failure,
            cb_kwargs={"walk": walk, "visit": visit},
            dont_filter=True,  # the walk asks each address once; Scrapy's filter would swallow some in silence
        )

    def take_answer(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Yielded]:
        """Yield what an answer gives: documents for the pipelines, outcomes, the next requests."""
        try:
            yield from self.read_answer(response, walk, visit)
        except PageError as error:
            walk.fail(visit, "error", error.reason, response.status, response.url)
        yield from self.go_on(walk)

    def read_answer(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Article]:
        """Hand a page to the walk, or a document to the pipelines."""
        page = make_page(response, walk, visit)
        if visit.entry is None:
            document = parse_page(page)
            if article := self.find_document(page, document, visit):
                yield from self.settle(walk, visit, document, article)
            else:
                walk.read(visit, document, page.status)
        elif is_file(page):
            walk.settle(visit, page.status, page.url, report=True)
            yield file_article(page)
        else:
            yield from self.read_entry(page, walk, visit)

    def read_entry(self, page: Page, walk: Walk, visit: Visit) -> Iterator[Article]:
        """Yield the document of an entry's page; a page that turns out to be a list is walked."""
        document = parse_page(page)
        if walk.is_trap(visit, document, page.status):
            return
        article = read_article(page)
        if article.page_kind == "list" or (article.page_kind != "report" and is_listing(read_list(document))):
            visit.role = "column"
            walk.read(visit, document, page.status)
        elif ending := ending_of_article(article):
            walk.fail(visit, *ending, page.status, page.url)
        else:
            yield from self.settle(walk, visit, document, article)

    def find_document(self, page: Page, document: LinkedDocument, visit: Visit) -> Article | None:
        """Return the report that a column's address shows directly, or None for a list."""
        if visit.role != "column" or not visit.is_strong or is_listing(read_list(document)):
            return None
        article = read_article(page)
        return article if article.page_kind == "report" else None

    def settle(self, walk: Walk, visit: Visit, document: LinkedDocument, article: Article) -> Iterator[Article]:
        """Yield a document once the walk knows of it and of the reports it links."""
        walk.harvest(visit, document)
        walk.settle(visit, article.page.status, article.page.url, report=article.page_kind == "report")
        yield article

    def take_failure(self, failure: Failure) -> Iterator[Yielded]:
        """Yield how an address ended that gave no page, and the next requests."""
        request: Request = failure.request  # type: ignore[attr-defined]
        walk, visit = request.cb_kwargs["walk"], request.cb_kwargs["visit"]
        error = failure.value or TypeError("a failure without an error")
        if isinstance(error, HttpError):
            response = error.response
            walk.fail(visit, *ending_of_status(response.status), response.status, response.url)
        elif isinstance(error, RefusedRequest):
            walk.fail(visit, *ending_of_refusal(error.reason))
        else:
            walk.fail(visit, *ending_of_error(error))
        yield from self.go_on(walk)

    def note_fault(self, response: Response) -> None:
        """Go on with a portal after a fault of our own: Scrapy logged and counted it."""
        request = response.request
        if request is None or "walk" not in request.cb_kwargs:
            return
        walk, visit = request.cb_kwargs["walk"], request.cb_kwargs["visit"]
        walk.fail(visit, "error", "fault", response.status, response.url)
        if (following := walk.take(time.monotonic())) is not None:
            self.crawler.engine.crawl(self.make_request(walk, following))

    def count(self, outcome: Outcome) -> None:
        """Count an outcome in the stats."""
        if isinstance(outcome, UrlOutcome):
            self.crawler.stats.inc_value(f"gov_reports/{outcome.role}/{outcome.outcome}/{outcome.reason or 'ok'}")
        elif isinstance(outcome, ListOutcome):
            self.crawler.stats.inc_value(f"gov_reports/lists/{outcome.stop_reason}/{outcome.family}")

    def closed(self, _reason: str) -> None:
        """End the demo's servers; called by Scrapy."""
        self.stack.close()


def parse_page(page: Page) -> LinkedDocument:
    """Return the page parsed."""
    return LinkedDocument(parse_document(page.body, url=page.url, content_type=page.content_type))


def make_page(response: Response, walk: Walk, visit: Visit) -> Page:
    """Return what the server gave."""
    return Page(
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=read_header(response, "Content-Type"),
        fetched_at=datetime.now(UTC),
        portal=walk.portal,
        entry=visit.entry,
        list_url=visit.found_on,
        etag=read_header(response, "ETag"),
        last_modified=read_header(response, "Last-Modified"),
        archived=response.meta.get(PLACE),
    )


def read_header(response: Response, name: str) -> str | None:
    """Return a header as served."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


FILE_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")


def is_file(page: Page) -> bool:
    """Return whether an answer is a document file (PDF, DOC, OFD …) and no page."""
    return page.body.startswith(FILE_SIGNATURES)


def file_article(page: Page) -> Article:
    """Return the article of a file: its bytes are kept, to be read later."""
    source = Source(url=page.url, sha256=hashlib.sha256(page.body).hexdigest())
    title = page.entry.title if page.entry else None
    kind = attachment_type(page.url)
    return Article(
        page=page, source=source, page_kind="attachment", kind_reason=kind, title=title, title_reading="list"
    )
