"""Reading the store: reports in an order that does not depend on when they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, exists, func, or_, select

from crawler.items import ArchivePlace, Level
from crawler.storage.rows import rebuild
from crawler.storage.schema import archived_answers, findings, renditions, reports, sources, versions
from crawler.storage.versions import load_parts

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from sqlalchemy import ColumnElement, Row, Select

    from crawler.items import Report

Quality: TypeAlias = Literal["clean", "doubtful"]
"""`doubtful`: a finding is a warning or graver."""
GRAVE: Final = ("warning", "reject")
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
    level: Level | None = None
    quality: Quality | None = None


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
    archived: ArchivePlace | None
    """Where the archive has the bytes it was read from."""
    report: Report


def iter_reports(
    connection: Connection, filters: Filters, only: Container[int] | None = None
) -> Iterator[StoredReport]:
    """Yield the current version of every rendition (of those in `only`): by year, region, issuer, then id.

    The order is made of keys alone; texts are read a batch at a time, so that a sort never holds them.
    """
    found = connection.execute(select_current(filters).execution_options(yield_per=BATCH))
    for keys in found.partitions():
        batch = [key for key in keys if only is None or key.rendition_id in only]
        chosen = [key.id for key in batch]
        rows = {row["id"]: row for row in connection.execute(select_rows(chosen)).mappings()}
        parts = load_parts(connection, chosen)
        addresses = _load_addresses(connection, [row.rendition_id for row in batch])
        for key in batch:
            row = rows[key.id]
            shown = addresses[key.rendition_id]
            yield StoredReport(
                id=key.report_id,
                rendition=key.rendition_number,
                version=row["number"],
                portal=key.portal,
                urls=tuple(sorted(source.url for source in shown)),
                first_seen_at=min(source.first_seen_at for source in shown),
                fetched_at=row["fetched_at"],
                withdrawn=all(source.withdrawn_at is not None or not source.is_current for source in shown),
                archived=None
                if row["archive_file"] is None
                else ArchivePlace(file=row["archive_file"], offset=row["archive_offset"], digest=row["archive_digest"]),
                report=rebuild(row, key.report_kind, parts[key.id]),
            )


def select_current(filters: Filters) -> Select[Any]:
    """Return the query of the keys of the current versions that pass the filters, in their order."""
    return (
        select(
            versions.c.id,
            versions.c.rendition_id,
            reports.c.id.label("report_id"),
            reports.c.report_kind,
            reports.c.portal,
            renditions.c.number.label("rendition_number"),
        )
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .join(reports, reports.c.id == renditions.c.report_id)
        .where(versions.c.is_current, renditions.c.superseded_at.is_(None), *passes(filters))
        .order_by(*in_order())
    )


def in_order() -> tuple[ColumnElement[Any], ...]:
    """Return what reports are ordered by, the same in every database: what is unknown comes first."""
    return (
        versions.c.report_year.nulls_first(),
        versions.c.region_code.nulls_first(),
        versions.c.issuer_name.nulls_first(),
        reports.c.id.asc(),
        renditions.c.number.asc(),
    )


def select_rows(chosen: Sequence[int]) -> Select[Any]:
    """Return the query of whole versions, with the places where the archive has them."""
    place = archived_answers.c
    return (
        select(
            versions,
            place.file.label("archive_file"),
            place.offset.label("archive_offset"),
            place.digest.label("archive_digest"),
        )
        .outerjoin(archived_answers, place.version_id == versions.c.id)
        .where(versions.c.id.in_(chosen))
    )


def count_reports(connection: Connection, filters: Filters) -> int:
    """Return how many rows `iter_reports` yields."""
    return connection.execute(select(func.count()).select_from(select_current(filters).subquery())).scalar_one()


def passes(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on versions."""
    conditions: list[ColumnElement[bool]] = []
    if filters.years is not None:
        conditions.append(versions.c.report_year.in_(sorted(filters.years)))
    if filters.region is not None:
        code = versions.c.region_code.startswith(filters.region, autoescape=True)
        conditions.append(or_(code, versions.c.region_name.contains(filters.region, autoescape=True)))
    if filters.issuer is not None:
        conditions.append(versions.c.issuer_name.contains(filters.issuer, autoescape=True))
    for name, wanted in (("region_level", filters.level), ("form", filters.form)):
        if wanted is not None:
            conditions.append(versions.c[name] == wanted)
    if filters.quality is not None:
        grave = findings.c.severity.in_(GRAVE)
        doubtful = exists().where(findings.c.version_id == versions.c.id, grave)
        conditions.append(doubtful if filters.quality == "doubtful" else ~doubtful)
    return conditions


def _load_addresses(connection: Connection, chosen: list[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {rendition: [] for rendition in chosen}
    for row in connection.execute(select(sources).where(sources.c.rendition_id.in_(chosen))):
        found[row.rendition_id].append(row)
    return found
