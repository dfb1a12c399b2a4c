"""Ending a crawl before its work is done: in order, with a reason that its exit code is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.errors import DiskFullError, GovReportsError
from crawler.network import RefusedRequest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STORE_FAILED: Final = "store_failed"
"""The store or the archive cannot be written: a crawl that keeps nothing only troubles servers."""
DISK_FULL: Final = "disk_full"
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


def is_stopping(crawler: Crawler) -> bool:
    """Return whether the crawl is coming to its end, whoever ended it."""
    slot = getattr(crawler.engine, "_slot", None)
    return slot is not None and slot.closing is not None


def refuse_waiting(crawler: Crawler) -> int:
    """End every request that waits for its host's turn, which may be a minute away; return how many they were."""
    engine, count = crawler.engine, 0
    for slot in tuple(engine.downloader.slots.values()) if engine is not None else ():
        while slot.queue:
            request, answer = slot.queue.popleft()
            refusal = RefusedRequest(STOPPED, f"{request.url}: the run is ending")
            answer.errback(Failure(refusal))  # type: ignore[no-untyped-call]
            count += 1
    return count
