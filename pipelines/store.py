"""`StoreReport`: what became of each address goes into the store, each in one transaction with what it earned."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from crawler.checks.verdict import verdict
from crawler.errors import AlreadyRunningError, PageError, StoreError
from crawler.extensions import RUN_STAT, KeepBooks
from crawler.items import Article, Finding, Report
from crawler.outcomes import Discovered, ListOutcome, OutcomeName, PortalOutcome, Role, Taken, UrlOutcome
from crawler.processes import owner_name
from crawler.stopping import TAKEN_OVER, check_disk, reason_of, stop_crawl
from crawler.storage import SIGN_OF_LIFE, Store, open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

NO_DOCUMENT: dict[str, OutcomeName] = {"blocked": "blocked", "error_page": "gone", "empty": "error"}
"""Kinds of page that are no document, and how their address ended."""


class StoreReport:
    """Keeps reports, and the state of every address in the ledger."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store: Store | None = None
        self._signs: AsyncioLoopingCall | LoopingCall | None = None
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage; called by Scrapy."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Open the store and begin a run; without a store, or beside another run, the crawl does not begin."""
        settings = self._crawler.settings
        check_disk(settings)
        store = open_store(settings["GOV_REPORTS_STORE"], create=True)
        try:
            run = store.begin_run(
                datetime.now(UTC), owner=owner_name(), program=settings["USER_AGENT"].partition(" ")[0]
            )
        except StoreError:
            store.close()
            raise
        self._store = store
        self._crawler.stats.set_value(RUN_STAT, run)
        self._signs = create_looping_call(self.give_sign)
        self._signs.start(SIGN_OF_LIFE, now=False)

    def give_sign(self) -> None:
        """Say that the run lives; end it when another one has taken over or the store cannot be written."""
        try:
            self.store.give_sign(datetime.now(UTC))
        except AlreadyRunningError as error:
            logger.error("%s", error)  # noqa: TRY400  # no fault of ours: nobody needs the traceback
            stop_crawl(self._crawler, TAKEN_OVER)
        except StoreError as error:
            logger.error("%s", error)  # noqa: TRY400
            stop_crawl(self._crawler, reason_of(error))

    def process_item(self, item: object) -> object:
        """Keep an item; when the store fails, stop the crawl."""
        try:
            self.keep(item, datetime.now(UTC))
        except StoreError as error:
            stop_crawl(self._crawler, reason_of(error))
            raise
        return item

    def keep(self, item: object, now: datetime) -> None:
        """Write what an item says."""
        if isinstance(item, Report):
            self.keep_report(item, now)
        elif isinstance(item, UrlOutcome):
            if item.outcome != "known":  # nobody asked: the ledger says already what there is to say
                self.store.record_outcome(item, item.at or now)
        elif isinstance(item, Discovered):
            self.store.discover(item.portal, item.found, item.at or now)
        elif isinstance(item, Taken):
            self.store.lease(item.portal, [item.url], now)
        elif isinstance(item, ListOutcome):
            self.store.record_list(item, item.at or now)
        elif isinstance(item, PortalOutcome):
            self.store.record_portal(item, item.at or now)

    def keep_report(self, report: Report, now: datetime) -> None:
        """Store a disclosure report, hold what cannot be published, and say of all else why it is not stored."""
        article = report.article
        at = article.page.fetched_at or now
        if report.page_kind == "attachment":
            self.store.quarantine(article.page, outcome_of(article, "error", "attachment_unread", now), at)
        elif (ending := NO_DOCUMENT.get(report.page_kind)) is not None:
            self.store.record_outcome(outcome_of(article, ending, article.kind_reason or report.page_kind, now), at)
        elif report.report_kind != "disclosure":
            kind = report.report_kind or report.page_kind
            self.store.reject(report, outcome_of(article, "lookalike", kind, now), at)
        else:
            self.keep_disclosure(report, at)

    def keep_disclosure(self, report: Report, now: datetime) -> None:
        """Store a report that the findings let pass."""
        judged = verdict(report.findings)
        if judged == "quarantine":
            reason = worst_of(report.findings, "reject")
            self.store.quarantine(report.article.page, outcome_of(report.article, "error", reason, now), now)
            news = "quarantined"
        else:
            reason = worst_of(report.findings, "warning") if judged == "flag" else None
            outcome = outcome_of(report.article, "report", reason, now)
            news = self.store.save_report(report, outcome, now, flagged=judged == "flag").news
        self._crawler.stats.inc_value(f"gov_reports/store/{news}/{portal_of(report.article)}")

    def item_error(self, item: object, failure: Failure) -> None:
        """Hold the page that a stage failed on, so that it can be read again when the fault is mended."""
        error = failure.value
        if not isinstance(item, Article) or isinstance(error, StoreError):
            return
        reason = error.reason if isinstance(error, PageError) else f"fault:{type(error).__name__}"
        now = datetime.now(UTC)
        try:
            self.store.quarantine(item.page, outcome_of(item, "error", reason, now), now)
        except StoreError as failed:
            stop_crawl(self._crawler, reason_of(failed))
            raise

    def spider_closed(self, reason: str) -> None:
        """Write how the run ended and close the store."""
        if self._store is None:
            return
        if self._signs is not None and self._signs.running:
            self._signs.stop()
        keeper = self._crawler.get_extension(KeepBooks)
        counts = keeper.counts() if keeper is not None else None
        try:
            self._store.finish_run(datetime.now(UTC), reason, counts)
        except StoreError:
            logger.exception("the end of the run could not be written")
            self._crawler.stats.inc_value("gov_reports/item_errors")
        finally:
            self._store.close()

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            raise StoreError("the store is not open")
        return self._store


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
