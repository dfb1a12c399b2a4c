"""How a run ended, as an exit code with a sentence: `scrapy crawl` alone says 0 whatever happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import DataError, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.books import Books, PortalBook

OK = 0
USAGE = 2
CONFIG = 4
STORE = 8
FAILED = 9
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
    "store_failed": (STORE, "the store could not be written; the log says why"),
    "memusage_exceeded": (FAILED, "stopped: it used more memory than MEMUSAGE_LIMIT_MB allows"),
}
ERRORS: tuple[tuple[type[BaseException], int], ...] = ((UsageError, USAGE), (DataError, CONFIG), (StoreError, STORE))
FAULTS = ("spider_exceptions/count", "gov_reports/item_errors")
"""Stats that count failures of our own code."""
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
    if not any(book.reports for book in portals):
        return Verdict(INCOMPLETE, "no annual disclosure report was found")
    return Verdict(OK)
