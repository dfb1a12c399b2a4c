"""Indicators in wide form: one table a report form, one row a report, one column a statistic."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from crawler.datasets.columns import Column
from crawler.datasets.tables import KEY, DataTable, key_of
from crawler.forms import load_forms

if TYPE_CHECKING:
    from crawler.datasets.tables import Rows
    from crawler.forms.model import Form
    from crawler.storage import StoredReport


def wide_tables() -> tuple[DataTable, ...]:
    """Return a table for each form that asks for numbers."""
    return tuple(wide_table(form) for form in load_forms().values() if form.cells)


def wide_table(form: Form) -> DataTable:
    """Return the table of one form; its columns are the form's cells, in the form's order."""
    codes = tuple(cell.code for cell in form.cells.values() if cell.row.kind != "header")
    columns = (
        Column(column_of(code), "number", f"{form.cells[code].label} ({form.cells[code].unit or 'no unit'}; {code})")
        for code in codes
    )
    return DataTable(
        f"indicators_wide_{column_of(form.id)}",
        f"The statistics of form {form.id}, one row a report; null where the report gives no number",
        (*KEY, *columns),
        partial(wide_rows, form.id, codes),
    )


def column_of(code: str) -> str:
    """Return the name of a code's column, which needs no quotes in SQL.

    >>> column_of("f21.t3.r3.1.np")
    'f21_t3_r3_1_np'
    """
    return code.replace(".", "_").replace("-", "_")


def wide_rows(form: str, codes: tuple[str, ...], stored: StoredReport) -> Rows:
    """Yield the row of a report of the form; of a code that stands twice, the first reading with a number."""
    if stored.report.form != form:
        return
    values: dict[str, Decimal] = {}
    for each in stored.report.indicators:
        if each.value is not None:
            values.setdefault(each.code, each.value)
    yield *key_of(stored), *(values.get(code) for code in codes)
