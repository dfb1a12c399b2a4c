"""A report as the JSON object that `scrapy extract` prints and the JSONL export holds: see docs/record.md."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from crawler.items import Article, Page, Report, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crawler.items import (
        Attachment,
        Evidence,
        Figure,
        Finding,
        Indicator,
        Issuer,
        Period,
        Region,
        Section,
        Table,
    )

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def record_from(report: Report) -> dict[str, Json]:
    """Return the record of a report: every key always present, in the contract's order."""
    return {
        "source": _flat(report.source),
        "page_kind": report.page_kind,
        "report_kind": report.report_kind,
        "title": report.title,
        "issuer": _flat(report.issuer),
        "region": _flat(report.region),
        "report_year": report.report_year,
        "period": _period(report.period),
        "published_on": _day(report.published_on),
        "published_on_raw": report.published_on_raw,
        "published_on_reading": report.published_on_reading,
        "form": report.form,
        "text": report.text,
        "sections": [_flat(section) for section in report.sections],
        "tables": [_table(table) for table in report.tables],
        "indicators": [_indicator(indicator) for indicator in report.indicators],
        "figures": [_figure(figure) for figure in report.figures],
        "attachments": [_flat(attachment) for attachment in report.attachments],
        "findings": [_finding(finding) for finding in report.findings],
        "derived_from": dict(report.derived_from),
    }


def error_record(path: str, url: str | None, reason: str, message: str) -> dict[str, Json]:
    """Return the object that stands for a file that could not be read: an empty record and `error`."""
    source = Source(path=path, url=url)
    page = Page(url=url or "", body=b"", path=path)
    empty = Report(article=Article(page=page, source=source, page_kind="empty"), source=source, page_kind="empty")
    return {**record_from(empty), "page_kind": None, "error": {"reason": reason, "message": message}}


def dump_record(record: Mapping[str, Json], *, pretty: bool = False) -> str:
    """Return a record as JSON text: one line, or indented; Chinese as itself."""
    if pretty:
        return json.dumps(record, ensure_ascii=False, indent=2)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def json_number(value: Decimal | None) -> int | float | None:
    """Return a count as the JSON number with the same digits: whole numbers as integers.

    >>> json_number(Decimal("12.0")), json_number(Decimal("96171.6")), json_number(None)
    (12, 96171.6, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period(period: Period | None) -> dict[str, Json] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def _flat(item: Source | Issuer | Region | Section | Attachment) -> dict[str, Json]:
    return {key.name: getattr(item, key.name) for key in fields(item)}


def _evidence(evidence: Evidence) -> dict[str, Json]:
    return {key.name: getattr(evidence, key.name) for key in fields(evidence)}


def _table(table: Table) -> dict[str, Json]:
    return {"caption": table.caption, "rows": [list(row) for row in table.rows], "kind": table.kind}


def _indicator(indicator: Indicator) -> dict[str, Json]:
    return {
        "code": indicator.code,
        "label": indicator.label,
        "value": json_number(indicator.value),
        "unit": indicator.unit,
        "raw": indicator.raw,
        "where": indicator.where,
        "evidence": _evidence(indicator.evidence),
    }


def _figure(figure: Figure) -> dict[str, Json]:
    return {
        "label": figure.label,
        "value": json_number(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "evidence": _evidence(figure.evidence),
        "code": figure.code,
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }
