"""The crawl: from each portal's home page to its annual reports. A thin coat over `crawler.discovery`.

Each portal is one walk with a request on the road and one waiting, whatever the other portals do. The walk says what to
ask; the answers go back to it; documents go to the pipelines; what became of each address is yielded as outcomes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.archive.crawling import PLACE
from crawler.catalogue import Portal, load_portals, select_portals
from crawler.demo.server import serve_demo
from crawler.discovery.arguments import parse_limit, parse_start, parse_years
from crawler.discovery.failures import ending_of_error, ending_of_refusal, ending_of_status
from crawler.discovery.intake import is_file, lose_part, take_file, take_page, wanted_of
from crawler.discovery.reading import Reading, read_page, read_page_apart
from crawler.discovery.visits import Bounds, Visit
from crawler.discovery.walk import Walk
from crawler.errors import PageError, UsageError
from crawler.fetching.network import RefusedRequest
from crawler.fetching.politeness import bucket_of
from crawler.isolation import is_risky, run_isolated
from crawler.items import Article, Page
from crawler.outcomes import ListOutcome, Outcome, Taken, UrlOutcome
from crawler.parsing.links import scope_of
from crawler.running.extensions import RUN_STAT
from crawler.storage import Memory, Revisits, open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

WINDOW = 2
"""Requests of one portal at a time: one on the road, one waiting, so that the road is never empty."""
DEMO = "demo"
UNCHANGED = 304
REVISITS = ("GOV_REPORTS_REVISIT_DAYS", "GOV_REPORTS_REVISIT_MOST_DAYS")

Yielded: TypeAlias = Request | Article | Outcome | Taken


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

    @property
    def scope(self) -> frozenset[str]:
        """What no other crawl may touch meanwhile: the portals and their hosts."""
        hosts = {bucket_of(urlsplit(portal.home).hostname or "") for portal in self.portals}
        return frozenset({portal.id for portal in self.portals} | hosts | ({DEMO} if self.with_demo else set()))

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
            served = self.stack.enter_context(serve_demo(self.settings["GOV_REPORTS_STORE"]))
            self.portals += [Portal(id=portal.id, name=portal.name, home=portal.home_url) for portal in served]
        self.allowed_domains = [scope_of(portal.home).host for portal in self.portals]
        memories = self.recall([portal.id for portal in self.portals])
        for portal in self.portals:
            walk = Walk(
                portal=portal.id,
                name=portal.name,
                home=portal.home,
                bounds=self.bounds,
                years=self.years,
                memory=memories.get(portal.id),
                started_at=time.monotonic(),
            )
            self.walks.append(walk)
            for item in self.go_on(walk):
                yield item

    def recall(self, portals: list[str]) -> dict[str, Memory]:
        """Return what the store knows of portals' documents; nothing of a run that keeps none."""
        if self.crawler.stats.get_value(RUN_STAT) is None:
            return {}
        days = [0.0, 0.0] if self.with_demo else [self.settings.getfloat(name) for name in REVISITS]
        revisits = Revisits(least=timedelta(days=days[0]), most=timedelta(days=days[1]))
        with open_store(self.settings["GOV_REPORTS_STORE"]) as store:
            return {portal: store.recall(portal, revisits, datetime.now(UTC)) for portal in portals}

    def go_on(self, walk: Walk) -> Iterator[Yielded]:
        """Yield what a walk has to say, then its next requests; at its end, what it came to."""
        visits = []
        while not walk.is_over and walk.in_flight < WINDOW and (visit := walk.take(time.monotonic())):
            visits.append(visit)
        if walk.is_over and not walk.is_finished:
            yield from walk.finish()
        now = datetime.now(UTC)
        for outcome in walk.drain():
            self.count(outcome)
            yield replace(outcome, at=now)
        for visit in visits:
            if visit.entry is not None and visit.assembly is None:
                yield Taken(portal=walk.portal, url=visit.url)
            yield self.make_request(walk, visit)

    def make_request(self, walk: Walk, visit: Visit) -> Request:
        """Return the request of a visit."""
        ask = visit.request
        headers = list(ask.headers) if ask else []
        if visit.entry is not None and visit.assembly is None and walk.memory is not None:
            headers += walk.memory.conditions(visit.url).items()
        return Request(
            visit.url,
            method=ask.method if ask else "GET",
            headers=headers,
            meta={"handle_httpstatus_list": [UNCHANGED]},
            body=ask.body if ask else None,
            callback=self.take_answer,
            errback=self.take_failure,
            cb_kwargs={"walk": walk, "visit": visit},
            dont_filter=True,  # the walk asks each address once; Scrapy's filter would swallow some in silence
        )

    async def take_answer(self, response: Response, walk: Walk, visit: Visit) -> AsyncIterator[Yielded]:
        """Yield what an answer gives: documents for the pipelines, outcomes, the next requests."""
        page = make_page(response, walk, visit)
        try:
            for article in await take_page_of(walk, visit, page):
                yield article
        except PageError as error:
            walk.fail(visit, "error", error.reason, response.status, response.url)
            for article in lose_part(walk, visit):
                yield article
        for item in self.go_on(walk):
            yield item

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
        yield from lose_part(walk, visit)
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


async def take_page_of(walk: Walk, visit: Visit, page: Page) -> list[Article]:
    """Return the documents that an answer gives: none where nothing changed since it was read."""
    if page.status == UNCHANGED:
        walk.confirm(visit)
        return []
    return take_file(walk, visit, page) if is_file(page) else await read_answer(walk, visit, page)


async def read_answer(walk: Walk, visit: Visit, page: Page) -> list[Article]:
    """Return the documents that a page completes; a page that may be slow is read by a worker process."""
    wanted = wanted_of(visit)
    reading: Reading
    if is_risky(page.body):
        reading = await run_isolated(read_page_apart, page, visit.request, wanted)
    else:
        reading = read_page(page, visit.request, wanted)
    return take_page(walk, visit, page, reading)


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
