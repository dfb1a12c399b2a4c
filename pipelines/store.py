"""`StoreReport`: what became of each address goes into the store, each in one transaction with what it earned."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from crawler.errors import AlreadyRunningError, PageError, StoreError
from crawler.fetching.middlewares import HOST_LEFT, HOSTS_LEFT_BEFORE
from crawler.items import Article
from crawler.keeping import Keeper, outcome_of
from crawler.processes import owner_name
from crawler.running.extensions import RUN_STAT, KeepBooks
from crawler.running.stopping import TAKEN_OVER, check_disk, reason_of, stop_crawl
from crawler.storage import SIGN_OF_LIFE, Store, open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

MAX_SECONDS = 1e9
"""What a header may ask for without leaving the calendar; the store keeps a week of it."""


class StoreReport:
    """Keeps reports, and the state of every address in the ledger."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store: Store | None = None
        self._signs: AsyncioLoopingCall | LoopingCall | None = None
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self.host_left, signal=HOST_LEFT)

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
                datetime.now(UTC),
                owner=owner_name(),
                program=settings["USER_AGENT"].partition(" ")[0],
                scope=getattr(self._crawler.spider, "scope", None),
            )
        except StoreError:
            store.close()
            raise
        self._store = store
        self._crawler.stats.set_value(RUN_STAT, run)
        self._signs = create_looping_call(self.give_sign)
        self._signs.start(SIGN_OF_LIFE, now=False)
        now = datetime.now(UTC)
        left = {host: (until - now).total_seconds() for host, until in store.left_alone(now).items()}
        self._crawler.signals.send_catch_log(HOSTS_LEFT_BEFORE, seconds=left)

    def host_left(self, host: str, seconds: float) -> None:
        """Remember for later runs how long a host wants to be left alone."""
        now = datetime.now(UTC)
        try:
            self.store.leave_alone(host, now + timedelta(seconds=min(seconds, MAX_SECONDS)), now)
        except StoreError as error:
            stop_crawl(self._crawler, reason_of(error))
            raise

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
            Keeper(self.store, self._crawler.stats.inc_value).keep(item, datetime.now(UTC))
        except StoreError as error:
            stop_crawl(self._crawler, reason_of(error))
            raise
        return item

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
