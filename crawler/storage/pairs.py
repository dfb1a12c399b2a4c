"""Pairs of reports: each with the one of the same issuer for the year before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, select

from crawler.storage.identity import year_before
from crawler.storage.reading import BATCH, Filters, select_current
from crawler.storage.rows import read_indicator
from crawler.storage.schema import indicators, renditions, reports, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Row

    from crawler.items import FormId, Indicator

FACTS: Final = (
    reports.c.key,
    versions.c.report_year,
    versions.c.region_code,
    versions.c.issuer_name,
    versions.c.form,
)


@dataclass(slots=True, kw_only=True, frozen=True)
class Stated:
    """What a report says of some indicators."""

    report_id: str
    form: FormId | None
    indicators: list[Indicator]


@dataclass(slots=True, kw_only=True, frozen=True)
class Pair:
    """One document of a report, and the report of the year before."""

    rendition: int
    report_year: int
    region_code: str | None
    issuer_name: str | None
    now: Stated
    before: Stated


def iter_pairs(connection: Connection, filters: Filters, codes: Sequence[str]) -> Iterator[Pair]:
    """Yield the reports that pass the filters and have one of some indicators, as has the same issuer's last one.

    The report of the year before need not pass the filters; of its documents the first with such indicators is taken.
    The order is that of `iter_reports`.
    """
    chosen = select_current(filters).add_columns(*FACTS).where(reports.c.report_year.is_not(None))
    for batch in connection.execute(chosen.execution_options(yield_per=BATCH)).partitions():
        wanted = {row.id: key for row in batch if (key := year_before(row.key)) is not None}
        earlier = _load_documents(connection, sorted(set(wanted.values())))
        stated = _load_indicators(connection, [*wanted, *(row.id for row in earlier)], codes)
        last: dict[str, Stated] = {}
        for row in earlier:
            if row.id in stated:
                last.setdefault(row.key, _state(row, stated))
        for row in batch:
            before = last.get(wanted.get(row.id, ""))
            if before is not None and row.id in stated:
                yield Pair(
                    rendition=row.rendition_number,
                    report_year=row.report_year,
                    region_code=row.region_code,
                    issuer_name=row.issuer_name,
                    now=_state(row, stated),
                    before=before,
                )


def _load_documents(connection: Connection, keys: list[str]) -> list[Row[Any]]:
    """Return the current documents of the reports with some keys, the first of each report first."""
    query = (
        select_current(Filters())
        .add_columns(*FACTS)
        .where(reports.c.key.in_(keys))
        .order_by(None)
        .order_by(reports.c.key, renditions.c.number)
    )
    return list(connection.execute(query))


def _load_indicators(connection: Connection, chosen: Sequence[int], codes: Sequence[str]) -> dict[int, list[Indicator]]:
    """Return the indicators with some codes, by version; a version without any is left out."""
    query = (
        select(indicators)
        .where(indicators.c.version_id.in_(chosen), indicators.c.code.in_(codes))
        .order_by(indicators.c.version_id, indicators.c.position)
    )
    found: dict[int, list[Indicator]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["version_id"]].append(read_indicator(row))
    return found


def _state(row: Row[Any], stated: dict[int, list[Indicator]]) -> Stated:
    return Stated(report_id=row.report_id, form=row.form, indicators=stated[row.id])
