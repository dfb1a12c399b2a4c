"""XLSX: one workbook, a sheet a table, written row by row; every text is a text, whatever it begins with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from crawler.datasets.formats.model import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.datasets.columns import Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.tables import Table

FILE: Final = "gov_reports.xlsx"
LONGEST_CELL: Final = 32_767
"""UTF-16 units that a cell of Excel holds."""
MOST_ROWS: Final = 1_048_576
"""Rows that a sheet of Excel holds, its heading counted."""
FIRST_DAY: Final = date(1900, 3, 1)
"""Excel takes 1900 for a leap year; days before this one are written as text."""
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The workbook's date of creation: its bytes depend on the rows alone."""
SHEET_NAME: Final = 31
CUT_SHEET: Final = "cut_cells"


class Spreadsheet(Format):
    """`gov_reports.xlsx`; a long table goes on in the sheet `NAME_2`, a text too long for a cell is cut and listed.

    Nothing is a formula or a link, nothing is guessed.
    """

    name = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:
        super().__init__(staging, tables, bom=bom)
        options = {"constant_memory": True, "tmpdir": str(staging.path), "strings_to_urls": False}
        import xlsxwriter  # type: ignore[import-untyped]  # takes long to load, and every command would

        self._book = xlsxwriter.Workbook(str(staging.path / FILE), options)
        self._book.set_properties({"title": "gov_reports", "created": EPOCH.replace(tzinfo=None)})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._bold = self._book.add_format({"bold": True})
        self._sheets: dict[str, Any] = {}
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._cut: list[tuple[str, int, str, int]] = []
        for table in tables:
            self._begin(table, 1)

    def _begin(self, table: Table, number: int) -> None:
        """Begin a sheet of a table with its heading."""
        suffix = "" if number == 1 else f"_{number}"
        sheet = self._book.add_worksheet(table.name[: SHEET_NAME - len(suffix)] + suffix)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, self._bold)
        self._sheets[table.name], self._rows[table.name], self._numbers[table.name] = sheet, 1, number

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Write one row."""
        if self._rows[table.name] >= MOST_ROWS:
            self._begin(table, self._numbers[table.name] + 1)
        sheet, number = self._sheets[table.name], self._rows[table.name]
        for place, value in enumerate(row):
            if isinstance(value, str):
                self._write_text(table, sheet, (number, place), value)
            elif isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, int | Decimal):
                sheet.write_number(number, place, float(value))
            elif isinstance(value, date):
                self._write_day(sheet, number, place, value)
        self._rows[table.name] += 1

    def _write_text(self, table: Table, sheet: Any, where: tuple[int, int], text: str) -> None:  # noqa: ANN401
        number, place = where
        kept = fit_cell(text)
        if kept != text:
            self._cut.append((sheet.get_name(), number + 1, table.columns[place].name, len(text)))
        if kept:
            sheet.write_string(number, place, kept)
        else:
            sheet.write_blank(number, place, None)

    def _write_day(self, sheet: Any, number: int, place: int, day: date) -> None:  # noqa: ANN401
        if day < FIRST_DAY:
            sheet.write_string(number, place, day.isoformat())
        else:
            sheet.write_datetime(number, place, day, self._day)

    def finish(self) -> list[Written]:
        """List the cut cells, write the workbook and return it."""
        if self._cut:
            self.notes.append(
                f"{len(self._cut)} texts are longer than a cell may be ({LONGEST_CELL} characters) and were cut; "
                f"the sheet {CUT_SHEET} lists them. Other formats have them whole."
            )
            sheet = self._book.add_worksheet(CUT_SHEET)
            for place, name in enumerate(("sheet", "row", "column", "characters")):
                sheet.write_string(0, place, name, self._bold)
            for number, (name, row, column, length) in enumerate(self._cut[: MOST_ROWS - 1], 1):
                sheet.write_string(number, 0, name)
                sheet.write_number(number, 1, row)
                sheet.write_string(number, 2, column)
                sheet.write_number(number, 3, length)
        self._book.close()
        return [self.staging.seal(FILE, sum(self.counts.values()))]

    def place(self, table: str) -> str:  # noqa: ARG002  # all are in one
        """Return the one file."""
        return FILE


def fit_cell(text: str) -> str:
    """Return the text, cut to what a cell holds; characters beyond the basic plane count twice and are not halved."""
    if len(text) * 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * LONGEST_CELL else units[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
