"""When a run gives less than it should: floors under what portals gave before. Pure."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from crawler.reporting.model import failures, portals_of
from crawler.running.verdict import ALREADY_RUNNING, FORCED, INTERRUPTED, OK
from crawler.storage import Alert

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from crawler.storage import Run

WANTED: Final = frozenset({OK, INTERRUPTED, FORCED, ALREADY_RUNNING})
"""Exit codes nobody need be told of: all is well, or somebody wanted it so."""
LOOK_BACK: Final = 10
"""Earlier runs that a portal is compared with."""
ENOUGH: Final = 20
"""Reports, or requests, from which a share says something."""
FALL: Final = 0.1
"""A share that falls or rises by more than this is told."""
DEADLINE: Final = (5, 1)
"""Month and day by which last year's reports are out: the law asks for them by 31 March (条例 §49)."""


def judge_floors(
    run: Run, earlier: Sequence[Run], years: Mapping[str, frozenset[int]], today: date, verdict: tuple[int, str]
) -> list[Alert]:
    """Return what somebody must be told of a run.

    `earlier` are the runs before it, the latest first; `years` the report years that the store has of each portal.
    """
    code, sentence = verdict
    found = [] if code in WANTED else [Alert(code="run_failed", message=f"exit code {code}: {sentence}")]
    for portal, now in portals_of(run).items():
        before = [counts for each in earlier if (counts := portals_of(each).get(portal))][:LOOK_BACK]
        found += _silent(portal, now, before)
        found += _year_missing(portal, years.get(portal, frozenset()), today)
        found += _bodies_fell(portal, now, before)
        found += _errors_rose(portal, now, before)
    return found


def _fruit(counts: Mapping[str, Any]) -> int:
    return int(counts.get("reports", 0)) + int(counts.get("known", 0))


def _silent(portal: str, now: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[Alert]:
    most = max(map(_fruit, before), default=0)
    if most and not _fruit(now):
        why = now.get("failure") or now.get("stop_reason") or "no reason known"
        yield Alert(code="portal_silent", portal=portal, message=f"gave no report ({why}); it gave {most} before")


def _year_missing(portal: str, years: frozenset[int], today: date) -> Iterator[Alert]:
    last = today.year - 1
    if (today.month, today.day) >= DEADLINE and last - 1 in years and last not in years:
        message = f"has no report of {last}, though it has one of {last - 1} and they were due by 31 March {today.year}"
        yield Alert(code="year_missing", portal=portal, message=message)


def _bodies_fell(portal: str, now: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[Alert]:
    shares = [share for each in before if (share := _body_share(each)) is not None]
    share = _body_share(now)
    if share is not None and shares and median(shares) - share > FALL:
        message = f"{share:.0%} of its reports have a text of their own; it was {median(shares):.0%}"
        yield Alert(code="bodies_fell", portal=portal, message=message)


def _body_share(counts: Mapping[str, Any]) -> float | None:
    reports = counts.get("reports", 0) + counts.get("stored", {}).get("quarantined", 0)
    return counts.get("bodies", 0) / reports if reports >= ENOUGH else None


def _errors_rose(portal: str, now: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[Alert]:
    shares = [share for each in before if (share := _error_share(each)) is not None]
    share = _error_share(now)
    if share is None or not shares:
        return
    usual = median(shares)
    if share > 2 * usual and share - usual > FALL:
        message = f"{share:.0%} of its addresses failed; it was {usual:.0%}"
        yield Alert(code="errors_rose", portal=portal, message=message)


def _error_share(counts: Mapping[str, Any]) -> float | None:
    requests = counts.get("requests", 0)
    return failures(counts) / requests if requests >= ENOUGH else None
