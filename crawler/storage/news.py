"""What became of reports after a run or an instant: which are new, which say something else, which are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, Select, func, select, union

from crawler.errors import UsageError
from crawler.storage.compare import Change, compare
from crawler.storage.reading import BATCH, in_order
from crawler.storage.schema import events, renditions, reports, runs, sources, versions
from crawler.storage.versions import current_version, load_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row

Kind: TypeAlias = Literal["added", "changed", "withdrawn", "restored", "superseded"]
"""`withdrawn`: every address answers that it is gone; `superseded`: its page was read anew, as another report."""
RUN: Final = re.compile(r"\d{1,9}\Z")
GONE: Final = frozenset({"withdrawn", "replaced"})


@dataclass(slots=True, frozen=True)
class Since:
    """A moment in the store's life."""

    run: int
    """The last run before it; 0 when there was none."""
    at: datetime | None
    """The instant; None: after everything the store knows."""


@dataclass(slots=True, kw_only=True, frozen=True)
class News:
    """One thing that is different now."""

    report_id: str
    rendition: int
    rendition_id: int
    report_year: int | None
    region_code: str | None
    issuer_name: str | None
    kind: Kind
    change: Change | None = None
    """Of `changed`: the fact, cell or paragraph."""


def parse_since(connection: Connection, words: str) -> Since:
    """Return the moment that `12` (after run 12), `2026-01-31` or an ISO instant means; raise UsageError for others."""
    if RUN.match(words):
        return _after_run(connection, int(words))
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        raise UsageError(f"since={words}: write a run's number, a day such as 2026-01-31, or an instant") from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    last = select(func.coalesce(func.max(runs.c.id), 0)).where(runs.c.started_at < at)
    return Since(connection.execute(last).scalar_one(), at)


def _after_run(connection: Connection, run: int) -> Since:
    if connection.execute(select(runs.c.id).where(runs.c.id == run)).first() is None:
        raise UsageError(f"since={run}: the store knows no run of this number")
    following = select(runs.c.started_at).where(runs.c.id > run).order_by(runs.c.id).limit(1)
    return Since(run, connection.execute(following).scalar())


def iter_news(connection: Connection, since: Since) -> Iterator[News]:
    """Yield what is different since a moment: by report in the order of exports, what is gone from it last."""
    touched = _touched(since).subquery()
    ordered = (
        select(renditions, versions.c.report_year, versions.c.region_code, versions.c.issuer_name)
        .join(versions, versions.c.rendition_id == renditions.c.id)
        .join(reports, reports.c.id == renditions.c.report_id)
        .where(renditions.c.id.in_(select(touched.c[0])), versions.c.is_current)
        .order_by(renditions.c.superseded_at.is_not(None), *in_order())
    )
    for row in connection.execute(ordered.execution_options(yield_per=BATCH)):
        about = {
            "report_id": row.report_id,
            "rendition": row.number,
            "rendition_id": row.id,
            "report_year": row.report_year,
            "region_code": row.region_code,
            "issuer_name": row.issuer_name,
        }
        for kind, change in _judge(connection, row, since):
            yield News(**about, kind=kind, change=change)


def _touched(since: Since) -> Any:  # noqa: ANN401  # a union of selects
    """Return the query of the renditions that anything happened to."""
    found: list[Select[Any]] = [select(versions.c.rendition_id).where(versions.c.run_id > since.run)]
    if since.at is not None:
        found += [
            select(sources.c.rendition_id).where(sources.c.first_seen_at >= since.at),
            select(sources.c.rendition_id)
            .join(events, events.c.source_id == sources.c.id)
            .where(events.c.at >= since.at),
            select(renditions.c.id).where(renditions.c.superseded_at >= since.at),
        ]
    return union(*found)


def _judge(connection: Connection, rendition: Row[Any], since: Since) -> Iterator[tuple[Kind, Change | None]]:
    """Yield what happened to a rendition."""
    before = _version_then(connection, rendition.id, since)
    if rendition.superseded_at is not None:
        if before is not None:
            yield "superseded", None
        return
    if before is None:
        yield "added", None
        return
    now = current_version(connection, rendition.id)
    if now.id != before.id:
        for change in compare(load_report(connection, before), load_report(connection, now)):
            yield "changed", change
    if since.at is not None:
        yield from _judge_addresses(connection, rendition.id, since.at)


def _version_then(connection: Connection, rendition: int, since: Since) -> Row[Any] | None:
    """Return the version that a rendition showed at a moment."""
    query = (
        select(versions)
        .where(versions.c.rendition_id == rendition, versions.c.run_id <= since.run, versions.c.cause != "late")
        .order_by(versions.c.number.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def _judge_addresses(connection: Connection, rendition: int, at: datetime) -> Iterator[tuple[Kind, Change | None]]:
    """Yield what happened to the addresses of a rendition."""
    shown = list(connection.execute(select(sources).where(sources.c.rendition_id == rendition).order_by(sources.c.url)))
    before = [source.url for source in shown if source.first_seen_at < at]
    if before != [source.url for source in shown]:
        yield "changed", Change("fact", "urls", " ".join(before), " ".join(source.url for source in shown))
    query = (
        select(events.c.event)
        .where(events.c.source_id.in_([source.id for source in shown]), events.c.at >= at)
        .order_by(events.c.at, events.c.id)
    )
    met = [event for (event,) in connection.execute(query)]
    gone = all(source.withdrawn_at is not None or not source.is_current for source in shown)
    if gone and GONE & set(met):
        yield "withdrawn", None
    elif not gone and "restored" in met:
        yield "restored", None
