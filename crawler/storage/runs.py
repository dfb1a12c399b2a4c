"""The runs: one at a time on what it holds, what each did and how it ended; and what somebody must be told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, func, or_, select, update

from crawler.processes import is_gone
from crawler.storage import ledger
from crawler.storage.engine import insert_row
from crawler.storage.schema import alerts, changes, renditions, reports, runs, versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row

STALE: Final = timedelta(seconds=60)
"""A run that gave no sign of life for so long is taken over."""
SIGN_OF_LIFE: Final = 15.0
"""Seconds between two signs."""
DIED: Final = "died"
"""How a run ended that was killed, as the next one finds it."""
SKIPPED: Final = "already_running"
"""How a run ended that found another one at work."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Run:
    """One run."""

    id: int
    started_at: datetime
    seen_at: datetime
    finished_at: datetime | None
    owner: str
    program: str
    finish_reason: str | None
    counts: dict[str, Any] | None
    exit_code: int | None
    sentence: str | None
    scope: str | None = None
    """What it holds: portals and hosts, in order, with blanks between; None: the whole store."""

    def shares(self, scope: str | None) -> bool:
        """Return whether it holds something of a scope."""
        return self.scope is None or scope is None or not set(self.scope.split()).isdisjoint(scope.split())


@dataclass(slots=True, kw_only=True, frozen=True)
class Alert:
    """One thing that somebody must be told."""

    code: str
    """Stable: `run_failed`, `portal_silent`, `year_missing`, `bodies_fell`, `errors_rose`."""
    message: str
    portal: str | None = None
    id: int | None = None
    run_id: int | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Changed:
    """One report that came to a new version in a run."""

    report_id: str
    title: str | None
    url: str
    number: int
    cause: str
    changes: int
    """Facts, cells and paragraphs that differ from the version before."""


def begin(
    connection: Connection, at: datetime, owner: str, program: str, scope: str | None = None
) -> tuple[int, Run | None]:
    """Begin a run; return its number, and the run that holds something of its scope: then this one has ended already.

    What killed runs left half done is due again. A run without an owner asks nobody.
    """
    unfinished = [_run(row) for row in connection.execute(select(runs).where(runs.c.finished_at.is_(None)))]
    alive = [run for run in unfinished if owner and holds(run, owner, at)]
    holder = next((run for run in alive if run.shares(scope)), None)
    row = {"started_at": at, "seen_at": at, "owner": owner, "program": program, "scope": scope}
    if holder is not None:
        return insert_row(connection, runs, row | {"finished_at": at, "finish_reason": SKIPPED}), holder
    for run in unfinished:
        if run in alive:
            continue
        ledger.release(connection, run.id)
        ended = {"finished_at": max(run.seen_at, run.started_at), "finish_reason": DIED}
        connection.execute(update(runs).where(runs.c.id == run.id).values(**ended))
    return insert_row(connection, runs, row), None


def holds(run: Run, owner: str, at: datetime) -> bool:
    """Return whether an unfinished run keeps others out: it lives and gave a sign of it lately."""
    return run.owner not in ("", owner) and not is_gone(run.owner) and abs(at - run.seen_at) < STALE


def give_sign(connection: Connection, run: int, at: datetime) -> bool:
    """Write that a run lives; return whether it still holds the store."""
    chosen = runs.update().where(runs.c.id == run, runs.c.finished_at.is_(None))
    return bool(connection.execute(chosen.values(seen_at=at)).rowcount)


def finish(connection: Connection, run: int, at: datetime, reason: str, counts: dict[str, Any] | None) -> None:
    """Write how a run ended, unless another one has taken over; what it had begun and not ended is due again."""
    ledger.release(connection, run)
    ended = {"finished_at": at, "seen_at": at, "finish_reason": reason, "counts": counts}
    connection.execute(update(runs).where(runs.c.id == run, runs.c.finished_at.is_(None)).values(**ended))


def judge(connection: Connection, run: int, exit_code: int, sentence: str) -> None:
    """Write a run's exit code and why."""
    values = {"exit_code": exit_code, "sentence": sentence or None}
    connection.execute(update(runs).where(runs.c.id == run).values(**values))


def latest(connection: Connection, count: int, until: int | None = None) -> list[Run]:
    """Return the last runs, the latest first; with `until`, that run and earlier ones that held something of the same.

    Runs of other portals that were at work meanwhile tell nothing about it.
    """
    query = select(runs).order_by(runs.c.id.desc()).limit(count)
    if until is not None:
        scope = select(runs.c.scope).where(runs.c.id == until).scalar_subquery()
        query = query.where(runs.c.id <= until, or_(scope.is_(None), runs.c.scope.is_(None), runs.c.scope == scope))
    return [_run(row) for row in connection.execute(query)]


def _run(row: Row[Any]) -> Run:
    return Run(**{name: row._mapping[name] for name in Run.__dataclass_fields__})


def add_alerts(connection: Connection, found: Iterable[Alert], at: datetime, run: int | None) -> None:
    """Write what somebody must be told."""
    rows = [{"run_id": run, "at": at, "code": a.code, "portal": a.portal, "message": a.message} for a in found]
    if rows:
        connection.execute(alerts.insert(), rows)


def unsent_alerts(connection: Connection) -> list[Alert]:
    """Return what nobody was told yet, the oldest first."""
    query = select(alerts).where(alerts.c.sent_at.is_(None)).order_by(alerts.c.id)
    names = Alert.__dataclass_fields__
    return [Alert(**{name: row[name] for name in names}) for row in connection.execute(query).mappings()]


def note_sent(connection: Connection, chosen: Iterable[int], at: datetime) -> None:
    """Write that alerts were sent."""
    connection.execute(update(alerts).where(alerts.c.id.in_(list(chosen))).values(sent_at=at))


def told_since(connection: Connection, since: datetime) -> set[tuple[str, str | None]]:
    """Return the codes and portals of the alerts made since an instant."""
    query = select(alerts.c.code, alerts.c.portal).where(alerts.c.at >= since)
    return {(row.code, row.portal) for row in connection.execute(query)}


def changed_in(connection: Connection, run: int, most: int) -> list[Changed]:
    """Return the reports that came to a new version in a run, in the order in which they did."""
    differences = select(func.count()).where(changes.c.version_id == versions.c.id).scalar_subquery()
    query = (
        select(
            renditions.c.report_id,
            versions.c.title,
            versions.c.source_url.label("url"),
            versions.c.number,
            versions.c.cause,
            differences.label("changes"),
        )
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .where(versions.c.run_id == run, versions.c.cause.in_(("site", "page", "derivation")))
        .order_by(versions.c.id)
        .limit(most)
    )
    return [Changed(**row | {"url": row["url"] or ""}) for row in map(dict, connection.execute(query).mappings())]


def years_by_portal(connection: Connection) -> dict[str, frozenset[int]]:
    """Return the report years that the store has of each portal."""
    found: dict[str, set[int]] = {}
    query = select(reports.c.portal, reports.c.report_year).where(reports.c.report_year.is_not(None)).distinct()
    for portal, year in connection.execute(query):
        found.setdefault(portal, set()).add(year)
    return {portal: frozenset(years) for portal, years in found.items()}
