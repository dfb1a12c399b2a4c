"""What all formats share: rows of every table, counted, cleaned and written in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from crawler.datasets.columns import plain_value
from crawler.datasets.tables import DataTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.datasets.columns import Raw, Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table
    from crawler.storage import StoredReport

Layout: TypeAlias = Literal["tables", "records", "corpus"]
"""What the files of a format are: one a table, records with their lists inside, or paragraphs."""


@dataclass(slots=True, frozen=True)
class Placed:
    """Where a table of the export is."""

    table: str
    file: str
    rows: int


class Format(ABC):
    """One form of an export."""

    name: ClassVar[str]
    media_type: ClassVar[str]
    layout: ClassVar[Layout] = "tables"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        self.staging = staging
        self.tables = tuple(tables)
        self.bom = bom
        self.counts = dict.fromkeys((table.name for table in tables), 0)
        self.notes: list[str] = []
        """Sentences for the manifest and the data card: what a reader of the files must know."""
        self._filled = tuple(table for table in tables if isinstance(table, DataTable))

    def add_report(self, stored: StoredReport) -> None:
        """Write a report's rows into every table it fills."""
        for table in self._filled:
            self.add_rows(table, table.rows(stored))

    def add_rows(self, table: Table, rows: Iterable[tuple[Raw, ...]]) -> None:
        """Write rows of a table."""
        for row in rows:
            self.write(table, [plain_value(value) for value in row])
            self.counts[table.name] += 1

    @abstractmethod
    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Write one row."""

    @abstractmethod
    def finish(self) -> list[Written]:
        """End the files and return them."""

    @abstractmethod
    def place(self, table: str) -> str:
        """Return the name of the file that holds a table."""

    def places(self) -> list[Placed]:
        """Return where every table is, in order."""
        return [Placed(name, self.place(name), rows) for name, rows in self.counts.items()]
