"""A report as the rows of one version, and back: what comes back gives the same record, byte for byte."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

from crawler.items import (
    Article,
    Attachment,
    Cell,
    Evidence,
    Figure,
    Finding,
    Indicator,
    Issuer,
    Page,
    Period,
    Region,
    Report,
    Section,
    Source,
    Span,
    Table,
)
from crawler.storage.schema import PARTS
from crawler.storage.types import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import RowMapping
    from sqlalchemy import Table as StoreTable

Row: TypeAlias = dict[str, Any]

SINGLE = (
    "page_kind",
    "kind_reason",
    "title",
    "report_year",
    "published_on",
    "published_on_raw",
    "published_on_reading",
    "form",
    "text",
    "derived_from",
)
"""Fields of a report that are one column of its version, under the same name."""
GROUPS: dict[str, type[Any]] = {"source": Source, "issuer": Issuer, "region": Region}
"""Fields that are several columns: `issuer_name`, `region_code` …"""


def version_row(report: Report) -> Row:
    """Return the columns of a version that come from the report itself."""
    row = {name: getattr(report, name) for name in SINGLE}
    for group, kind in GROUPS.items():
        row |= {f"{group}_{each.name}": getattr(getattr(report, group), each.name) for each in fields(kind)}
    row["period_start"] = report.period.start if report.period else None
    row["period_end"] = report.period.end if report.period else None
    return row


def part_rows(report: Report) -> dict[str, list[Row]]:
    """Return the rows of each table of parts, by its name, in order."""
    lists: dict[str, Iterable[Row]] = {
        "sections": map(section_row, report.sections),
        "tables": map(table_row, report.tables),
        "indicators": map(indicator_row, report.indicators),
        "figures": map(figure_row, report.figures),
        "attachments": map(attachment_row, report.attachments),
        "findings": map(finding_row, report.findings),
    }
    return {name: [{"position": place, **row} for place, row in enumerate(rows)] for name, rows in lists.items()}


def rebuild(version: RowMapping, kind: str, parts: Mapping[str, list[RowMapping]]) -> Report:
    """Return the report of a version; its article holds the address alone."""
    groups: dict[str, Any] = {
        group: made(**{each.name: version[f"{group}_{each.name}"] for each in fields(made)})
        for group, made in GROUPS.items()
    }
    source = groups["source"]
    page = Page(url=source.url or "", body=b"", path=source.path, fetched_at=version["fetched_at"])
    single: dict[str, Any] = {name: version[name] for name in SINGLE}
    lists: dict[str, Any] = {name: [READERS[name](row) for row in parts.get(name, ())] for name in READERS}
    start, end = version["period_start"], version["period_end"]
    return Report(
        article=Article(page=page, source=source, page_kind=version["page_kind"]),
        report_kind=kind,  # type: ignore[arg-type]  # what was stored was one
        period=Period(start=start, end=end) if start and end else None,
        **single,
        **groups,
        **lists,
    )


def section_row(section: Section) -> Row:
    """Return the columns of a section."""
    return {
        "number": section.number,
        "heading": section.heading,
        "kind": section.kind,
        "begin_offset": section.start,
        "end_offset": section.end,
    }


def read_section(row: RowMapping) -> Section:
    """Return the section of a row."""
    return Section(
        number=row["number"],
        heading=row["heading"],
        kind=row["kind"],
        start=row["begin_offset"],
        end=row["end_offset"],
    )


def table_row(table: Table) -> Row:
    """Return the columns of a table; its grid is one JSON value."""
    return {
        "caption": table.caption,
        "kind": table.kind,
        "rows": [[storable(cell) for cell in row] for row in table.rows],
        "begin_offset": table.start,
        "end_offset": table.end,
    }


def read_table(row: RowMapping) -> Table:
    """Return the table of a row."""
    return Table(
        caption=row["caption"], kind=row["kind"], rows=row["rows"], start=row["begin_offset"], end=row["end_offset"]
    )


def indicator_row(indicator: Indicator) -> Row:
    """Return the columns of an indicator."""
    return {
        "code": indicator.code,
        "label": indicator.label,
        "value": indicator.value,
        "unit": indicator.unit,
        "raw": indicator.raw,
        "place": indicator.where,
        **evidence_columns(indicator.evidence),
    }


def evidence_columns(evidence: Evidence) -> Row:
    """Return the five columns of evidence: two hold an offset pair, three a cell."""
    span = evidence if isinstance(evidence, Span) else None
    cell = evidence if isinstance(evidence, Cell) else None
    return {
        "begin_offset": span.start if span else None,
        "end_offset": span.end if span else None,
        "table_index": cell.table if cell else None,
        "row_index": cell.row if cell else None,
        "column_index": cell.column if cell else None,
    }


def read_indicator(row: RowMapping) -> Indicator:
    """Return the indicator of a row."""
    evidence: Evidence = (
        Span(start=row["begin_offset"], end=row["end_offset"])
        if row["table_index"] is None
        else Cell(table=row["table_index"], row=row["row_index"], column=row["column_index"])
    )
    return Indicator(
        code=row["code"],
        label=row["label"],
        value=row["value"],
        unit=row["unit"],
        raw=row["raw"],
        where=row["place"],
        evidence=evidence,
    )


def figure_row(figure: Figure) -> Row:
    """Return the columns of a figure."""
    return {
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "code": figure.code,
        "begin_offset": figure.evidence.start,
        "end_offset": figure.evidence.end,
    }


def read_figure(row: RowMapping) -> Figure:
    """Return the figure of a row."""
    return Figure(
        label=row["label"],
        value=row["value"],
        unit=row["unit"],
        qualifier=row["qualifier"],
        code=row["code"],
        evidence=Span(start=row["begin_offset"], end=row["end_offset"]),
    )


def attachment_row(attachment: Attachment) -> Row:
    """Return the columns of an attachment."""
    return {each.name: getattr(attachment, each.name) for each in fields(Attachment)}


def read_attachment(row: RowMapping) -> Attachment:
    """Return the attachment of a row."""
    return Attachment(url=row["url"], name=row["name"], media_type=row["media_type"])


def finding_row(finding: Finding) -> Row:
    """Return the columns of a finding; its evidence is one JSON value."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "evidence": [{each.name: getattr(item, each.name) for each in fields(item)} for item in finding.evidence],
    }


def read_finding(row: RowMapping) -> Finding:
    """Return the finding of a row."""
    evidence: list[Evidence] = [Span(**item) if "start" in item else Cell(**item) for item in row["evidence"]]
    return Finding(code=row["code"], severity=row["severity"], message=row["message"], evidence=evidence)


READERS: dict[str, Callable[[RowMapping], Any]] = {
    "sections": read_section,
    "tables": read_table,
    "indicators": read_indicator,
    "figures": read_figure,
    "attachments": read_attachment,
    "findings": read_finding,
}
PART_TABLES: dict[str, StoreTable] = {table.name: table for table in PARTS}
