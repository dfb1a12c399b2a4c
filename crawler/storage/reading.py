"""Reading the store: reports in an order that does not depend on when they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, func, or_, select

from crawler.storage.rows import rebuild
from crawler.storage.schema import renditions, reports, sources, versions
from crawler.storage.versions import load_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Row, Select

    from crawler.items import Report

BATCH: Final = 100
"""Reports in memory at a time."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Filters:
    """Which reports are wanted; what is not said is not asked."""

    years: frozenset[int] | None = None
    region: str | None = None
    """A code or the beginning of one, or part of the region's name."""
    issuer: str | None = None
    """Part of the issuer's name."""
    form: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class StoredReport:
    """One document of a report as it stands now, with what the store knows of it."""

    id: str
    """Of the report: the same for all its renditions."""
    rendition: int
    """1 for the first document of the report, 2 for one that says something else …"""
    version: int
    portal: str
    urls: tuple[str, ...]
    """Every address that shows it or did, in alphabetical order."""
    first_seen_at: datetime
    fetched_at: datetime
    """When this version was first seen."""
    withdrawn: bool
    """Whether every address answers that it is gone."""
    report: Report


def iter_reports(connection: Connection, filters: Filters) -> Iterator[StoredReport]:
    """Yield the current version of every rendition: by year, region, issuer, then id."""
    found = connection.execute(select_current(filters).execution_options(yield_per=BATCH))
    for batch in found.partitions():
        parts = load_parts(connection, [row.id for row in batch])
        addresses = _load_addresses(connection, [row.rendition_id for row in batch])
        for row in batch:
            shown = addresses[row.rendition_id]
            yield StoredReport(
                id=row.report_id,
                rendition=row.rendition_number,
                version=row.number,
                portal=row.portal,
                urls=tuple(sorted(source.url for source in shown)),
                first_seen_at=min(source.first_seen_at for source in shown),
                fetched_at=row.fetched_at,
                withdrawn=all(source.withdrawn_at is not None or not source.is_current for source in shown),
                report=rebuild(row._mapping, row.report_kind, parts[row.id]),
            )


def select_current(filters: Filters) -> Select[Any]:
    """Return the query of the current versions that pass the filters, in their order."""
    return (
        select(
            versions,
            reports.c.id.label("report_id"),
            reports.c.report_kind,
            reports.c.portal,
            renditions.c.number.label("rendition_number"),
        )
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .join(reports, reports.c.id == renditions.c.report_id)
        .where(versions.c.is_current, renditions.c.superseded_at.is_(None), *_passes(filters))
        .order_by(
            versions.c.report_year,
            versions.c.region_code,
            versions.c.issuer_name,
            reports.c.id,
            renditions.c.number,
        )
    )


def count_reports(connection: Connection, filters: Filters) -> int:
    """Return how many rows `iter_reports` yields."""
    return connection.execute(select(func.count()).select_from(select_current(filters).subquery())).scalar_one()


def _passes(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.years is not None:
        conditions.append(versions.c.report_year.in_(sorted(filters.years)))
    if filters.region is not None:
        code = versions.c.region_code.startswith(filters.region, autoescape=True)
        conditions.append(or_(code, versions.c.region_name.contains(filters.region, autoescape=True)))
    if filters.issuer is not None:
        conditions.append(versions.c.issuer_name.contains(filters.issuer, autoescape=True))
    if filters.form is not None:
        conditions.append(versions.c.form == filters.form)
    return conditions


def _load_addresses(connection: Connection, chosen: list[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {rendition: [] for rendition in chosen}
    for row in connection.execute(select(sources).where(sources.c.rendition_id.in_(chosen))):
        found[row.rendition_id].append(row)
    return found
