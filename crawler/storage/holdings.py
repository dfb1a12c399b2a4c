"""Reading what the store knows of every report that is owed: those it holds, and how the others' addresses ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, and_, exists, func, or_, select

from crawler.storage.reading import BATCH, GRAVE, passes
from crawler.storage.schema import findings, held_pages, lists, portals, renditions, reports, sources, urls, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from crawler.storage.reading import Filters

DOCUMENTS: Final = ("entry", "attachment")
"""Roles of addresses that may lead to a report."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Holding:
    """One document of a report, as far as the ledger of what is owed asks."""

    report_id: str
    portal: str
    report_year: int
    issuer_name: str
    issuer_kind: str | None
    region_code: str | None
    region_name: str | None
    region_level: str | None
    published_on: date | None
    source_url: str | None
    doubtful: bool
    shown: bool
    """Whether an address still shows it."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Unread:
    """One address that was taken for a document and gave no report."""

    portal: str
    url: str
    title: str | None
    state: str
    outcome: str | None
    reason: str | None


@dataclass(slots=True, kw_only=True, frozen=True)
class Walked:
    """What the crawl of a portal came to."""

    portal: str
    name: str | None
    stop_reason: str | None
    crawled: bool
    lists: tuple[tuple[str, int], ...]
    """Of each list, why its walk ended and how many of its pages did not answer."""


def iter_holdings(connection: Connection, filters: Filters) -> Iterator[Holding]:
    """Yield the documents of every report with an issuer and a year, one region after another."""
    grave = exists().where(findings.c.version_id == versions.c.id, findings.c.severity.in_(GRAVE))
    shown = exists().where(
        sources.c.rendition_id == versions.c.rendition_id, sources.c.is_current, sources.c.withdrawn_at.is_(None)
    )
    told = ("report_id", "portal", "doubtful", "shown")
    columns = [versions.c[name] for name in Holding.__dataclass_fields__ if name not in told]
    query = (
        select(
            reports.c.id.label("report_id"), reports.c.portal, grave.label("doubtful"), shown.label("shown"), *columns
        )
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .join(reports, reports.c.id == renditions.c.report_id)
        .where(versions.c.is_current, renditions.c.superseded_at.is_(None), *passes(filters))
        .where(versions.c.report_year.is_not(None), versions.c.issuer_name.is_not(None))
        .order_by(versions.c.region_code.nulls_first(), versions.c.issuer_name, versions.c.report_year)
        .order_by(reports.c.id, renditions.c.number)
    )
    for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
        yield Holding(**{**row, "doubtful": bool(row["doubtful"]), "shown": bool(row["shown"])})


def iter_unread(connection: Connection) -> Iterator[Unread]:
    """Yield the addresses of documents that ended otherwise than as a report, in a stable order."""
    columns = [urls.c[name] for name in Unread.__dataclass_fields__]
    is_report = and_(urls.c.outcome == "report", urls.c.state != "quarantined")
    query = (
        select(*columns)
        .where(urls.c.role.in_(DOCUMENTS), or_(urls.c.outcome.is_(None), ~is_report))
        .order_by(urls.c.portal, urls.c.key)
    )
    for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
        yield Unread(**row)


def load_walks(connection: Connection) -> dict[str, Walked]:
    """Return what the crawl of every portal came to, by portal."""
    ends: dict[str, list[tuple[str, int]]] = {}
    for row in connection.execute(select(lists).order_by(lists.c.portal, lists.c.key)):
        ends.setdefault(row.portal, []).append((row.stop_reason, row.holes))
    return {
        row.id: Walked(
            portal=row.id,
            name=row.name,
            stop_reason=row.stop_reason,
            crawled=row.last_crawled_at is not None,
            lists=tuple(ends.get(row.id, ())),
        )
        for row in connection.execute(select(portals).order_by(portals.c.id))
    }


def last_look(connection: Connection) -> datetime | None:
    """Return when the crawl last saw anything: what is owed later is not due yet."""
    looks: list[ColumnElement[Any]] = [urls.c.last_seen_at, sources.c.last_seen_at, portals.c.last_crawled_at]
    found = [connection.execute(select(func.max(each))).scalar() for each in (*looks, held_pages.c.held_at)]
    return max((instant for instant in found if instant is not None), default=None)
