"""Ending a crawl before its work is done: in order, with a reason that its exit code is made of."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.errors import DiskFullError, GovReportsError
from crawler.fetching.network import RefusedRequest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

ROOT: Final = Path(__file__).resolve().parents[2]
STORE_FAILED: Final = "store_failed"
"""The store or the archive cannot be written: a crawl that keeps nothing only troubles servers."""
DISK_FULL: Final = "disk_full"
TAKEN_OVER: Final = "taken_over"
STOPPED: Final = "stopped"
"""The ledger's word for an address that was not asked because the run ended: it is due in the next one."""


def stop_crawl(crawler: Crawler, reason: str) -> None:
    """End the crawl; what is on the road is read, what waits is due in the next run."""
    engine = crawler.engine
    if engine is not None and engine.running and engine.spider is not None:
        deferred_from_coro(engine.close_spider_async(reason=reason))
        refuse_waiting(crawler)


def reason_of(error: GovReportsError) -> str:
    """Return why a crawl ends that met an error of the store or the archive."""
    return DISK_FULL if isinstance(error, DiskFullError) else STORE_FAILED


def check_disk(settings: BaseSettings) -> None:
    """Raise DiskFullError when a disk that the run writes to has less free space than GOV_REPORTS_MIN_FREE_MB."""
    least = settings.getint("GOV_REPORTS_MIN_FREE_MB") * 1024 * 1024
    for folder in written_folders(settings) if least else ():
        free = shutil.disk_usage(folder).free
        if free < least:
            raise DiskFullError(
                f"{folder}: {free >> 20} MB of the disk are free, GOV_REPORTS_MIN_FREE_MB asks for {least >> 20}"
            )


def written_folders(settings: BaseSettings) -> set[Path]:
    """Return the folders that the run writes to, or where there is none yet, the nearest one above it."""
    address, archive = settings["GOV_REPORTS_STORE"], settings["GOV_REPORTS_ARCHIVE"]
    wanted = [ROOT / "output"]
    if address.startswith("sqlite:///"):
        wanted.append((ROOT / address.removeprefix("sqlite:///").partition("?")[0]).parent)
    if archive:
        wanted.append(ROOT / archive)
    return {next(folder for folder in (place, *place.parents) if folder.is_dir()) for place in wanted}


def is_stopping(crawler: Crawler) -> bool:
    """Return whether the crawl is coming to its end, whoever ended it."""
    slot = getattr(crawler.engine, "_slot", None)
    return slot is not None and slot.closing is not None


def refuse_waiting(crawler: Crawler, hosts: frozenset[str] | None = None) -> int:
    """End every request that waits for its host's turn, which may be a minute away; return how many they were.

    `hosts` are the buckets of those to be left alone; None: all.
    """
    engine, count = crawler.engine, 0
    for bucket, slot in tuple(engine.downloader.slots.items()) if engine is not None else ():
        while slot.queue and (hosts is None or bucket in hosts):
            request, answer = slot.queue.popleft()
            refusal = RefusedRequest(STOPPED, f"{request.url}: the run is ending, or its host is to be left alone")
            answer.errback(Failure(refusal))  # type: ignore[no-untyped-call]
            count += 1
    return count
