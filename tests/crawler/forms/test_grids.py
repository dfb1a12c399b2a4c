"""The table reader on forms filled and printed at random, and on the shapes that have names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crawler.forms import form_for, read_table_indicators, recognise_tables
from crawler.items import Cell
from tests.crawler.forms.variations import grid, print_form

if TYPE_CHECKING:
    from crawler.items import Table

YEARS = {"stat-2014": 2016, "form-2019": 2019, "form-2021": 2022}
SEEDS = range(60)


def read(tables: list[Table], year: int | None) -> tuple[str | None, dict[str, Decimal | None]]:
    recognise_tables(tables)
    form = form_for(tables, year)
    return form, {each.code: each.value for each in read_table_indicators(tables, form)}


@pytest.mark.parametrize("form", YEARS)
def test_every_planted_value_is_found_and_nothing_else(form: str) -> None:
    for seed in SEEDS:
        sheet = print_form(form, seed)
        told, found = read(sheet.tables, YEARS[form])
        assert told == form, f"seed {seed}"
        assert found == {code: value for code, (value, _) in sheet.planted.items()}, f"seed {seed}"


@pytest.mark.parametrize("form", YEARS)
def test_evidence_is_the_cell_with_the_raw_text(form: str) -> None:
    sheet = print_form(form, 7)
    recognise_tables(sheet.tables)
    for each in read_table_indicators(sheet.tables, form_for(sheet.tables, YEARS[form])):
        assert isinstance(each.evidence, Cell)
        cell = each.evidence
        assert sheet.tables[cell.table].rows[cell.row][cell.column] == each.raw


def test_a_form_is_told_by_its_headings_and_not_by_the_year() -> None:
    sheet = print_form("form-2021", 3)
    assert read(sheet.tables, 2019)[0] == "form-2021"


def test_columns_of_two_forms_are_two_codes() -> None:
    _, found_2019 = read(print_form("form-2019", 1).tables, 2019)
    _, found_2021 = read(print_form("form-2021", 1).tables, 2021)
    assert not set(found_2019) & set(found_2021)


LOCAL = """
项目 | 计量单位 | 代码 | 本期实际
主动公开信息数 | 条 | 01 | 318
当面申请数 | 件 | 11 | 4
网络申请数 | 件 | 12 | 9
同意公开答复数 | 件 | 17 | 12
"""


def test_a_local_form_keeps_its_grid_and_gets_no_codes() -> None:
    table = grid(LOCAL)
    form, found = read([table], 2010)
    assert (form, table.kind, found) == ("local", "local", {})
    assert table.rows[1] == ["主动公开信息数", "条", "01", "318"]


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        pytest.param(
            """
            第二十条第（一）项 | < | < | <
            信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
            规章 | 1 | 0 | 17
            行政规范性文件 | 2 | — | 40
            """,
            {"rule.made": "1", "rule.repealed": "0", "normdoc.made": "2", "normdoc.repealed": None},
            id="a dash is no zero",
        ),
    ],
)
def test_blank_cells_are_not_zero(table: str, codes: dict[str, str | None]) -> None:
    _, found = read([grid("\n".join(line.strip() for line in table.strip().splitlines()))], 2022)
    values = list(found.values())
    assert values == [Decimal(1), Decimal(0), Decimal(17), Decimal(2), None, Decimal(40)]
    assert len(codes) == 4


def test_a_table_of_another_matter_gives_nothing() -> None:
    table = grid("收入 | 决算数\n一、财政拨款收入 | 1234.50\n二、其他收入 | 3.20\n本年收入合计 | 1237.70")
    form, found = read([table], None)
    assert (form, found, table.kind) == (None, {}, "other")
