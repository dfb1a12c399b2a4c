"""Parquet: one file a table, with a schema that does not depend on the rows; needs pyarrow."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from crawler.datasets.formats.model import Format
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from crawler.datasets.columns import Column, Kind, Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table

CELLS: Final = 200_000
CHARACTERS: Final = 4_000_000
"""A row group ends after so many cells, or so many characters of text: what waits for it is in memory."""
EXTRA: Final = "Parquet needs pyarrow, which this environment has not; `make extras` adds it"


class ParquetFiles(Format):
    """`reports.parquet`, `indicators.parquet` …: date32, UTC timestamps of microseconds, doubles, UTF-8."""

    name = "parquet"
    media_type = "application/vnd.apache.parquet"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        super().__init__(staging, tables, bom=bom)
        self._arrow, self._parquet = load_arrow()
        self._schemas = {table.name: self.schema(table.columns) for table in tables}
        self._writers = {
            name: self._parquet.ParquetWriter(str(staging.path / self.place(name)), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self._waiting: dict[str, list[Sequence[Any]]] = {table.name: [] for table in tables}
        self._weight = dict.fromkeys(self._waiting, 0)
        self._most = {table.name: CELLS // len(table.columns) for table in tables}

    def schema(self, columns: Sequence[Column]) -> Any:  # noqa: ANN401  # pyarrow has no types
        """Return the fixed schema of a table."""
        arrow = self._arrow
        types: dict[Kind, Any] = {
            "text": arrow.string(),
            "integer": arrow.int64(),
            "number": arrow.float64(),
            "boolean": arrow.bool_(),
            "date": arrow.date32(),
            "instant": arrow.timestamp("us", tz="UTC"),
        }
        return arrow.schema([arrow.field(each.name, types[each.kind], not each.required) for each in columns])

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Put a row with those that wait for their row group."""
        name = table.name
        cells = [
            parquet_value(value, instant=column.kind == "instant")
            for value, column in zip(row, table.columns, strict=True)
        ]
        self._waiting[name].append(cells)
        self._weight[name] += sum(len(cell) for cell in cells if isinstance(cell, str))
        if len(self._waiting[name]) >= self._most[name] or self._weight[name] >= CHARACTERS:
            self._flush(name)

    def _flush(self, name: str) -> None:
        schema, rows = self._schemas[name], self._waiting[name]
        arrays = [
            self._arrow.array(column, type=field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        self._writers[name].write_table(self._arrow.Table.from_arrays(arrays, schema=schema))
        rows.clear()
        self._weight[name] = 0

    def finish(self) -> list[Written]:
        """Write the rest and return the files."""
        for name, writer in self._writers.items():
            if self._waiting[name]:
                self._flush(name)
            writer.close()
        return [self.staging.seal(self.place(name), rows) for name, rows in self.counts.items()]

    def place(self, table: str) -> str:
        """Return a file for each table."""
        return f"{table}.parquet"


def load_arrow() -> tuple[ModuleType, ModuleType]:
    """Return pyarrow and its Parquet part; raise UsageError when they are not installed."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise UsageError(EXTRA) from None


def parquet_value(value: Value, *, instant: bool) -> str | int | float | date | None:
    """Return a value as Parquet holds it: numbers as doubles, instants as such."""
    if isinstance(value, Decimal):
        return float(value)
    if instant and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value
