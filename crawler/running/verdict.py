"""How a run ended, as an exit code with a sentence: `scrapy crawl` alone says 0 whatever happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import AlreadyRunningError, ArchiveError, DataError, DiskFullError, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.running.books import Books, PortalBook

OK = 0
USAGE = 2
DISK = 3
CONFIG = 4
STORE = 8
FAILED = 9
ALREADY_RUNNING = 10
INTERRUPTED = 11
INCOMPLETE = 12
FORCED = 13
TIME_UP = 15
RATE_LIMITED = 18

# Why the engine stopped, beside `finished`.
STOPPED = {
    "shutdown": (INTERRUPTED, "interrupted; what was read is stored, start again to go on"),
    "closespider_timeout": (TIME_UP, "the time for this run was up before the work was done"),
    "start_error": (FAILED, "failed in our own code before the first page; the log has the traceback"),
    "store_failed": (STORE, "the store or the archive could not be written; the log says why"),
    "disk_full": (DISK, "the disk has too little space; free some and start again, what was read is stored"),
    "taken_over": (ALREADY_RUNNING, "another run took the store over, because this one gave no sign of life"),
    "stop_file": (INTERRUPTED, "the stop file is there; remove it and start again to go on"),
    "parent_gone": (INTERRUPTED, "the worker that began this crawl is gone; another one will go on"),
    "hours": (TIME_UP, "the hours in which portals may be asked are over (GOV_REPORTS_HOURS); start again to go on"),
    "memusage_exceeded": (FAILED, "stopped: it used more memory than MEMUSAGE_LIMIT_MB allows"),
}
ERRORS: tuple[tuple[type[BaseException], int], ...] = (
    (UsageError, USAGE),
    (DataError, CONFIG),
    (DiskFullError, DISK),
    (AlreadyRunningError, ALREADY_RUNNING),
    (StoreError, STORE),
    (ArchiveError, STORE),
)
"""What a run that does not begin fails by; the first that fits."""
FAULTS = ("spider_exceptions/count", "gov_reports/item_errors")
"""Stats that count failures of our own code."""
DAMAGED = "gov_reports/archive/damaged"
"""Counts places of a replayed archive that could not be read."""
WALLS = frozenset({"host_paused", "http_403", "http_412", "http_429", "http_521", "challenge", "captcha", "blocked"})
"""Reasons for a failed home page that mean: the host does not want us now."""


@dataclass(slots=True, frozen=True)
class Verdict:
    """An exit code and why."""

    code: int
    sentence: str = ""
    """Empty for 0."""


def judge_error(error: BaseException) -> Verdict:
    """Return the verdict over a run that an exception ended."""
    code = next((code for kind, code in ERRORS if isinstance(error, kind)), FAILED)
    return Verdict(code, str(error) if code != FAILED else f"{type(error).__name__}: {error}")


def judge_run(finish_reason: str, books: Books, stats: Mapping[str, object]) -> Verdict:
    """Return the verdict over a run that came to its end."""
    if finish_reason != "finished":
        return Verdict(*STOPPED.get(finish_reason, (FAILED, f"stopped: {finish_reason}")))
    faults = {name: count for name in FAULTS if (count := stats.get(name))}
    if faults:
        listed = ", ".join(f"{name} {count}" for name, count in faults.items())
        return Verdict(FAILED, f"pages failed in our own code ({listed}); the log has the tracebacks")
    if damaged := stats.get(DAMAGED):
        return Verdict(INCOMPLETE, f"the archive is damaged in {damaged} places, named in the log; all else was read")
    return judge_portals(list(books.portals.values()))


def judge_portals(portals: list[PortalBook]) -> Verdict:
    """Return the verdict over what the portals gave."""
    failed = [book for book in portals if book.failure]
    named = ", ".join(f"{book.portal} ({book.failure})" for book in failed[:5]) + (" …" if len(failed) > 5 else "")
    if failed and len(failed) == len(portals):
        limited = all(book.failure in WALLS for book in failed)
        return Verdict(RATE_LIMITED if limited else FAILED, f"no portal gave its home page: {named}")
    if any(book.stop_reason == "seconds" for book in portals):
        return Verdict(TIME_UP, "a portal's time was up before its work was done")
    if failed:
        return Verdict(INCOMPLETE, f"{len(failed)} of {len(portals)} portals did not give their home page: {named}")
    if any(book.refused["budget"] for book in portals):
        return Verdict(
            INCOMPLETE, "a host's share of requests was used up (GOV_REPORTS_HOST_BUDGET); start again later"
        )
    if not any(book.is_fruitful for book in portals):
        return Verdict(INCOMPLETE, "no annual disclosure report was found")
    return Verdict(OK)
