"""SQLite: one file with every table, indexed, made in one transaction; for SQL, Datasette, R and desktop browsers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from crawler.datasets.formats.model import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.datasets.columns import Kind, Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table

FILE: Final = "gov_reports.sqlite3"
TYPES: Final[dict[Kind, str]] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "instant": "TEXT",
}
BATCH: Final = 2000


class SqliteFile(Format):
    """`gov_reports.sqlite3`; its bytes depend on the rows and on SQLite's version alone."""

    name = "sqlite"
    media_type = "application/vnd.sqlite3"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        super().__init__(staging, tables, bom=bom)
        self._waiting: dict[str, list[list[object]]] = {table.name: [] for table in tables}
        self._inserts: dict[str, str] = {}
        self._database = sqlite3.connect(staging.path / FILE, isolation_level=None)
        for rule in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._database.execute(f"PRAGMA {rule}")
        self._database.execute("BEGIN")
        for table in tables:
            self._create(table)

    def _create(self, table: Table) -> None:
        columns = ", ".join(
            f"{quote(each.name)} {TYPES[each.kind]}{' NOT NULL' if each.required else ''}" for each in table.columns
        )
        self._database.execute(f"CREATE TABLE {quote(table.name)} ({columns})")
        marks = ", ".join("?" * len(table.columns))
        self._inserts[table.name] = f"INSERT INTO {quote(table.name)} VALUES ({marks})"  # noqa: S608  # our own names

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Put a row with those that wait."""
        waiting = self._waiting[table.name]
        waiting.append([sqlite_value(value) for value in row])
        if len(waiting) >= BATCH:
            self._flush(table.name)

    def _flush(self, table: str) -> None:
        self._database.executemany(self._inserts[table], self._waiting[table])
        self._waiting[table].clear()

    def finish(self) -> list[Written]:
        """Write the rest, index it, and return the file."""
        with closing(self._database):
            for table in self.tables:
                self._flush(table.name)
                for column in ("report_id", "report_year", "code"):
                    if column in {each.name for each in table.columns}:
                        name = quote(f"{table.name}_by_{column}")
                        self._database.execute(f"CREATE INDEX {name} ON {quote(table.name)} ({quote(column)})")
            self._database.execute("COMMIT")
        return [self.staging.seal(FILE, sum(self.counts.values()))]

    def place(self, table: str) -> str:  # noqa: ARG002  # all are in one
        """Return the one file."""
        return FILE


def quote(name: str) -> str:
    """Return a name as SQL quotes it.

    >>> quote("table"), quote('a"b')
    ('"table"', '"a""b"')
    """
    return '"' + name.replace('"', '""') + '"'


def sqlite_value(value: Value) -> str | int | float | None:
    """Return a value as SQLite holds it: numbers as doubles, dates as text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
