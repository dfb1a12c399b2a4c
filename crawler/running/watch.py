"""The run watched from inside: orders to stop, the hours, the disk, an end without delay, a run that hangs.

Two parts. A look around every second, in the event loop; and a thread beside it, for when the loop itself stands still.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import create_looping_call

from crawler.errors import DiskFullError, UsageError
from crawler.fetching.network import RefusedRequest
from crawler.fetching.politeness import bucket_of
from crawler.running.stopping import ROOT, STOPPED, check_disk, is_stopping, reason_of, refuse_waiting, stop_crawl
from crawler.running.verdict import FAILED

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall

logger = logging.getLogger(__name__)

LOOK: Final = 1.0
"""Seconds between two looks around."""
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had one time and no summer time since 1991."""
PROGRESS: Final = (
    signals.request_reached_downloader,
    signals.response_received,
    signals.item_scraped,
    signals.item_error,
    signals.request_dropped,
)
"""What happens in a run that does not hang."""


class Orders:
    """What the operator wants to stop: everything, or some hosts, as a file says that may appear at any time."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.everything = False
        self.hosts: frozenset[str] = frozenset()

    def look(self) -> None:
        """Read the file, if there is one: a host a line, no line for everything; `#` begins a comment."""
        try:
            text = self._path.read_text("utf-8", "replace") if self._path else None
        except OSError:
            text = None
        lines = [line.partition("#")[0].strip() for line in (text or "").splitlines()]
        self.hosts = frozenset(bucket_of(line) for line in lines if line)
        self.everything = text is not None and not self.hosts

    def cover(self, bucket: str) -> bool:
        """Return whether a host is to be left alone."""
        return self.everything or bucket in self.hosts


def parse_hours(text: str) -> tuple[int, int] | None:
    """Return the hours in which portals may be asked, `22-6` as (22, 6); None for the whole day.

    Raises UsageError for anything else.
    """
    if not text:
        return None
    begin, _, end = text.partition("-")
    if not (begin.isdecimal() and end.isdecimal() and int(begin) < 24 and int(end) <= 24 and begin != end):
        raise UsageError(f"GOV_REPORTS_HOURS={text}: write two hours of the day in Asia/Shanghai, such as 22-6")
    return int(begin), int(end)


def is_open(hours: tuple[int, int] | None, now: datetime) -> bool:
    """Return whether an aware instant lies in the hours."""
    if hours is None:
        return True
    begin, end = hours
    hour = now.astimezone(SHANGHAI).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end


class WatchRun:
    """Looks around every second and ends the crawl in order when it must end."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._hours = parse_hours(settings["GOV_REPORTS_HOURS"])
        self._parent = settings.getint("GOV_REPORTS_PARENT")
        self._look: AsyncioLoopingCall | LoopingCall | None = None
        self.orders = Orders(locate_stop_file(settings))
        self._watchdog = Watchdog(settings.getfloat("GOV_REPORTS_HANG_MINUTES") * 60)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)
        for signal in PROGRESS:
            crawler.signals.connect(self.note_progress, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; called by Scrapy."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Begin to look around; end at once when the run must not be now."""
        self._watchdog.start()
        self.orders.look()
        if reason := self._find_reason():
            raise CloseSpider(reason)
        self._look = create_looping_call(self.look)
        self._look.start(LOOK, now=False)

    def _find_reason(self) -> str | None:
        if self.orders.everything:
            return "stop_file"
        if self._parent and os.getppid() != self._parent:
            return "parent_gone"
        if not is_open(self._hours, datetime.now(UTC)):
            return "hours"
        try:
            check_disk(self._crawler.settings)
        except DiskFullError as error:
            logger.error("%s", error)  # noqa: TRY400  # no fault of ours: nobody needs the traceback
            return reason_of(error)
        return None

    def look(self) -> None:
        """Look around once."""
        self.orders.look()
        if is_stopping(self._crawler):
            refuse_waiting(self._crawler)
        elif reason := self._find_reason():
            logger.warning("the crawl ends: %s", reason)
            stop_crawl(self._crawler, reason)
        elif self.orders.hosts:
            refuse_waiting(self._crawler, self.orders.hosts)

    def note_progress(self) -> None:
        """Note that the run does not hang."""
        self._watchdog.feed()

    def engine_stopped(self) -> None:
        """End the watch."""
        if self._look is not None and self._look.running:
            self._look.stop()
        self._watchdog.stop()


def locate_stop_file(settings: BaseSettings) -> Path | None:
    """Return where the stop file would stand; None when there is none to look for."""
    setting = settings["GOV_REPORTS_STOP_FILE"]
    return ROOT / setting if setting else None


class KeepBounds:
    """Refuses what must not be asked any more: the run is ending, an order names the host, or its share is used up."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._budget = crawler.settings.getint("GOV_REPORTS_HOST_BUDGET")
        self._asked: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise RefusedRequest unless the request may still be sent."""
        bucket = bucket_of(urlsplit(request.url).hostname or "")
        watch = self._crawler.get_extension(WatchRun)
        if is_stopping(self._crawler) or (watch is not None and watch.orders.cover(bucket)):
            raise RefusedRequest(STOPPED, f"{request.url}: the run is ending, or its host is to be left alone")
        self._asked[bucket] += 1
        if self._budget and self._asked[bucket] > self._budget:
            self._crawler.stats.inc_value("gov_reports/refused/budget")
            raise RefusedRequest("budget", f"{bucket}: {self._budget} requests of this run are used up")


class Watchdog:
    """A thread that ends the process when nothing happens for too long, after writing where every thread stands."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._fed = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch; with a limit of 0 nobody does."""
        if self._limit:
            self.feed()
            self._thread.start()

    def feed(self) -> None:
        """Note that something happened."""
        self._fed = time.monotonic()

    def stop(self) -> None:
        """Watch no longer."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(min(self._limit / 4, 5.0)):
            if (idle := time.monotonic() - self._fed) > self._limit:
                sys.stderr.write(f"nothing happened for {idle:.0f} s: the run hangs; every thread stands at\n")
                faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
                sys.stderr.write("what was stored before is whole, start again to go on\n")
                sys.stderr.flush()
                os._exit(FAILED)
