"""CSV: one file a table, as RFC 4180 says, UTF-8, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.datasets.cells import csv_line
from crawler.datasets.formats.model import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.datasets.columns import Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a CSV file is UTF-8."""


class CsvFiles(Format):
    """`reports.csv`, `indicators.csv` …, joined by `report_id` and `rendition`."""

    name = "csv"
    media_type = "text/csv"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        super().__init__(staging, tables, bom=bom)
        self._drafts = {table.name: staging.draft(self.place(table.name)) for table in tables}
        for table in tables:
            head = csv_line([column.name for column in table.columns])
            self._drafts[table.name].write((BOM if bom else "") + head, rows=0)
        self.notes.append("A text that a spreadsheet would run as a formula has an apostrophe before it.")

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Write one line."""
        self._drafts[table.name].write(csv_line(row))

    def finish(self) -> list[Written]:
        """Return the sealed files."""
        return [draft.seal() for draft in self._drafts.values()]

    def place(self, table: str) -> str:
        """Return a file for each table."""
        return f"{table}.csv"
