"""JSON Lines: every report as one record with its lists inside, exactly as docs/record.md says."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from crawler.datasets.formats.model import Format
from crawler.datasets.tables import StoreTable
from crawler.record import dump_record, json_number, record_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.datasets.columns import Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table
    from crawler.record import Json
    from crawler.storage import StoredReport

RECORDS = "reports"


class JsonLines(Format):
    """`reports.jsonl` holds the records; tables of the store as a whole have a row a line."""

    name = "jsonl"
    media_type = "application/jsonlines"
    layout = "records"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        own = [table for table in tables if isinstance(table, StoreTable)]
        super().__init__(staging, own, bom=bom)  # JSON has no byte order mark (RFC 8259 §8.1)
        self.counts = {RECORDS: 0, **self.counts}
        self._drafts = {name: staging.draft(self.place(name)) for name in self.counts}

    def add_report(self, stored: StoredReport) -> None:
        """Write a record."""
        self._drafts[RECORDS].write(dump_record(record_from(stored.report)) + "\n")
        self.counts[RECORDS] += 1

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Write a row as an object."""
        names = (column.name for column in table.columns)
        line = json.dumps(dict(zip(names, map(json_value, row), strict=True)), ensure_ascii=False)
        self._drafts[table.name].write(line + "\n")

    def finish(self) -> list[Written]:
        """Return the sealed files."""
        return [draft.seal() for draft in self._drafts.values()]

    def place(self, table: str) -> str:
        """Return a file for each table."""
        return f"{table}.jsonl"


def json_value(value: Value) -> Json:
    """Return a cell as JSON: numbers as numbers, dates as text."""
    if isinstance(value, Decimal):
        return json_number(value)
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat()
