"""What must become of each document of the demo portals: the oracle of the end-to-end test, written by hand."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

TABLE = Path(__file__).with_name("expected.tsv")


@dataclass(slots=True, kw_only=True, frozen=True)
class Expected:
    """One planted document."""

    portal: str
    path: str
    outcome: str
    """As `crawler.outcomes` names it."""
    what: str
    """The kind of a document that was read; the reason, or the group of findings, of one that is not stored."""
    issuer: str | None
    issuer_kind: str | None
    report_year: int | None
    form: str | None
    published_on: date | None
    findings: tuple[str, ...]
    """Groups of finding codes that the trap must give."""
    indicators: dict[str, Decimal | None]
    """Some cells of its tables; None: blank."""


def load_expected() -> list[Expected]:
    """Return the table, a row a document."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [parse_row(row) for row in csv.DictReader(lines, delimiter="\t")]


def parse_row(row: dict[str, str]) -> Expected:
    """Return one row with its values in their types."""
    cells = (pair.partition("=") for pair in row["indicators"].split())
    return Expected(
        portal=row["portal"],
        path=row["path"],
        outcome=row["outcome"],
        what=row["what"],
        issuer=row["issuer"] or None,
        issuer_kind=row["issuer_kind"] or None,
        report_year=int(row["report_year"]) if row["report_year"] else None,
        form=row["form"] or None,
        published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
        findings=tuple(row["findings"].split()),
        indicators={code: None if value == "null" else Decimal(value) for code, _, value in cells},
    )
