"""The tables of a dataset: each a name, its columns, and the rows that one stored report gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from crawler.items import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.datasets.cells import Value
    from crawler.storage import StoredReport

    Rows: TypeAlias = Iterator[tuple[Value, ...]]

KEY: Final = ("report_id", "rendition", "report_year", "region_code", "issuer")
"""What every table begins with: the same report has the same `report_id` in each, and in every export."""
OFFSETS: Final = ("start", "end")
CELL: Final = ("table", "row", "column")


@dataclass(slots=True, frozen=True)
class DataTable:
    """One table of a dataset."""

    name: str
    columns: tuple[str, ...]
    """After those of `KEY`."""
    rows: Callable[[StoredReport], Rows]
    """What a report gives, without the key."""


def key_of(stored: StoredReport) -> tuple[Value, ...]:
    """Return the values of `KEY`."""
    report = stored.report
    return stored.id, stored.rendition, report.report_year, report.region.code, report.issuer.name


def report_rows(stored: StoredReport) -> Rows:
    """Yield the report itself."""
    report = stored.report
    yield (
        stored.version,
        report.title,
        report.issuer.kind,
        report.region.name,
        report.region.level,
        report.period.start if report.period else None,
        report.period.end if report.period else None,
        report.published_on,
        report.published_on_raw,
        report.form,
        stored.portal,
        report.source.url,
        " ".join(stored.urls),
        stored.withdrawn,
        stored.first_seen_at,
        stored.fetched_at,
        report.source.sha256,
        len(report.indicators),
        len(report.findings),
        report.text,
    )


def section_rows(stored: StoredReport) -> Rows:
    """Yield the sections, each with its text."""
    text = stored.report.text
    for place, each in enumerate(stored.report.sections):
        yield place, each.number, each.heading, each.kind, each.start, each.end, text[each.start : each.end]


def indicator_rows(stored: StoredReport) -> Rows:
    """Yield the indicators in long form."""
    for each in stored.report.indicators:
        yield each.code, each.label, each.value, each.unit, each.raw, each.where, *evidence_of(each.evidence)


def evidence_of(evidence: Evidence) -> tuple[Value, ...]:
    """Return the values of OFFSETS and CELL: one of the two is null."""
    if isinstance(evidence, Span):
        return evidence.start, evidence.end, None, None, None
    return None, None, evidence.table, evidence.row, evidence.column


def figure_rows(stored: StoredReport) -> Rows:
    """Yield the counted quantities of the prose."""
    for each in stored.report.figures:
        yield each.label, each.value, each.unit, each.qualifier, each.code, each.evidence.start, each.evidence.end


def finding_rows(stored: StoredReport) -> Rows:
    """Yield the findings; evidence is JSON, as in the record."""
    for each in stored.report.findings:
        yield each.code, each.severity, each.message, [asdict(evidence) for evidence in each.evidence]


TABLES: Final = (
    DataTable(
        "reports",
        (
            "version",
            "title",
            "issuer_kind",
            "region",
            "region_level",
            "period_start",
            "period_end",
            "published_on",
            "published_on_raw",
            "form",
            "portal",
            "url",
            "urls",
            "withdrawn",
            "first_seen_at",
            "fetched_at",
            "source_sha256",
            "indicators",
            "findings",
            "text",
        ),
        report_rows,
    ),
    DataTable("sections", ("position", "number", "heading", "kind", *OFFSETS, "text"), section_rows),
    DataTable("indicators", ("code", "label", "value", "unit", "raw", "where", *OFFSETS, *CELL), indicator_rows),
    DataTable("figures", ("label", "value", "unit", "qualifier", "code", *OFFSETS), figure_rows),
    DataTable("findings", ("code", "severity", "message", "evidence"), finding_rows),
)
