"""Tables: full grids, layout told from data, markup as it is found in the wild."""

from __future__ import annotations

import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Page, Table
from crawler.parsing.article import read_article
from crawler.parsing.tables import MAX_CELLS, is_data_table, make_table, read_rows

TEXT = "根据《中华人民共和国政府信息公开条例》的规定，云溪县人民政府办公室编制本报告，现向社会公布。"


def table_of(markup: str) -> Table:
    element = lxml.html.fromstring(f"<html><body>{markup}</body></html>").find(".//table")
    assert element is not None
    return make_table(read_rows(element))


def is_data(markup: str) -> bool:
    element = lxml.html.fromstring(f"<html><body>{markup}</body></html>").find(".//table")
    assert element is not None
    return is_data_table(read_rows(element))


GRIDS = {
    "plain": (
        "<table><tr><td>规章</td><td>0</td></tr><tr><td>文件</td><td>12</td></tr></table>",
        [["规章", "0"], ["文件", "12"]],
    ),
    "a title over all columns": (
        "<table><tr><td colspan=2>第二十条第（一）项</td></tr><tr><td>规章</td><td>0</td></tr></table>",
        [["第二十条第（一）项"] * 2, ["规章", "0"]],
    ),
    "nested header rows": (
        "<table><tr><th rowspan=2>事项</th><th colspan=2>申请人情况</th></tr><tr><th>自然人</th><th>法人</th></tr>"
        "<tr><td>新收</td><td>17</td><td>4</td></tr></table>",
        [["事项", "申请人情况", "申请人情况"], ["事项", "自然人", "法人"], ["新收", "17", "4"]],
    ),
    "row groups": (
        "<table><tr><td rowspan=3>三、办理结果</td><td rowspan=2>（三）不予公开</td><td>1.国家秘密</td><td>0</td></tr>"
        "<tr><td>2.其他</td><td>3</td></tr><tr><td colspan=2>（七）总计</td><td>3</td></tr></table>",
        [
            ["三、办理结果", "（三）不予公开", "1.国家秘密", "0"],
            ["三、办理结果", "（三）不予公开", "2.其他", "3"],
            ["三、办理结果", "（七）总计", "（七）总计", "3"],
        ],
    ),
    "missing end tags": (
        "<table><tr><td>规章<td>0<tr><td>文件<td>12</table>",
        [["规章", "0"], ["文件", "12"]],
    ),
    "thead and tbody": (
        "<table><thead><tr><th>名称</th><th>数</th></tr></thead><tbody><tr><td>规章</td><td>0</td></tr></tbody></table>",
        [["名称", "数"], ["规章", "0"]],
    ),
    "short rows are filled": (
        "<table><tr><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td></tr></table>",
        [["甲", "1", "2"], ["乙", "", ""]],
    ),
    "a line break in Chinese": (
        "<table><tr><td>本年新<br/>制作数量</td><td>本年\n        新公开数量</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
        [["本年新制作数量", "本年新公开数量"], ["1", "2"]],
    ),
    "a line break between words": (
        "<table><tr><td>annual<br>report</td><td>2019<br>2020</td></tr><tr><td>1</td><td>2</td></tr></table>",
        [["annual report", "2019 2020"], ["1", "2"]],
    ),
    "Word's paragraphs": (
        '<table class="MsoTableGrid"><tr><td><p class="MsoNormal"><span>当事人</span><o:p></o:p></p>'
        "<p><span>名称</span></p></td>"
        "<td><p><span lang=EN-US>3<o:p></o:p></span></p></td></tr><tr><td>甲</td><td>&nbsp;</td></tr></table>",
        [["当事人名称", "3"], ["甲", ""]],
    ),
    "a colspan of a thousand million": (
        '<table><tr><td colspan="1000000000">标题</td></tr><tr><td>甲</td><td>1</td></tr></table>',
        [["标题", "标题"], ["甲", "1"]],
    ),
    "a rowspan beyond the end": (
        '<table><tr><td rowspan="1000000000">甲</td><td>1</td></tr><tr><td>2</td></tr></table>',
        [["甲", "1"], ["甲", "2"]],
    ),
    "a rowspan of nought": (
        '<table><tr><td rowspan="0">甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>',
        [["甲", "1"], ["甲", "2"], ["甲", "3"]],
    ),
    "spans that are no numbers": (
        '<table><tr><td colspan="-3">甲</td><td rowspan="x">1</td></tr>'
        '<tr><td colspan="">乙</td><td>2</td></tr></table>',
        [["甲", "1"], ["乙", "2"]],
    ),
    "a hidden copy in a cell": (
        '<table><tr><td>甲<span style="display:none">隐</span></td><td>1</td></tr>'
        "<tr><td>乙</td><td>2</td></tr></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "a script in a cell": (
        "<table><tr><td>甲<script>var a;</script>方</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
        [["甲方", "1"], ["乙", "2"]],
    ),
    "empty last rows": (
        "<table><tr><td>甲</td><td>1</td></tr><tr height=0><td></td><td></td></tr></table>",
        [["甲", "1"]],
    ),
    "a table in a cell": (
        "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><tr><td>丙</td><td>"
        "<table><tr><td>内</td></tr></table></td></tr></table>",
        [["甲", "1"], ["乙", "2"], ["丙", "内"]],
    ),
    "a form between row and cells": (
        "<table><tr><form><td>甲</td><td>1</td></form></tr><tr><td>乙</td><td>2</td></tr></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "blanks of many kinds": (
        "<table><tr><td>合\u3000计</td><td>&nbsp;\u3000 3 </td></tr><tr><td>\u200b甲</td><td>-</td></tr></table>",
        [["合 计", "3"], ["甲", "-"]],
    ),
}


@pytest.mark.parametrize(("markup", "rows"), GRIDS.values(), ids=GRIDS)
def test_full_grids(markup: str, rows: list[list[str]]) -> None:
    assert table_of(markup).rows == rows


def test_origins_name_the_corner_of_the_cell_that_covers() -> None:
    table = table_of(GRIDS["nested header rows"][0])
    assert table.origin == [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 1), (1, 2)], [(2, 0), (2, 1), (2, 2)]]


def test_tables_without_spans_have_no_origins() -> None:
    assert table_of(GRIDS["plain"][0]).origin is None


DATA = {
    "two columns of figures": "<table><tr><td>规章</td><td>0</td></tr><tr><td>文件</td><td>12</td></tr></table>",
    "long texts beside labels": (
        f"<table><tr><td>依据</td><td>{TEXT * 3}</td></tr><tr><td>结果</td><td>{TEXT * 3}</td></tr></table>"
    ),
    "one row of figures": "<table><tr><td>5</td><td>0</td><td>2</td><td>7</td></tr></table>",
}
LAYOUT = {
    "one cell": f"<table><tr><td>{TEXT}</td></tr></table>",
    "one column": f"<table><tr><td>标题</td></tr><tr><td>{TEXT}</td></tr></table>",
    "a menu beside an article": "<table><tr><td>栏目</td><td>" + f"<p>{TEXT}</p>" * 20 + "</td></tr></table>",
    "tables within": f"<table><tr><td>左</td><td><table><tr><td>{TEXT}</td></tr></table></td></tr></table>",
    "nothing": "<table><tr><td></td><td></td></tr></table>",
    "two long paragraphs side by side": f"<table><tr><td>{TEXT}</td><td>{TEXT}</td></tr></table>",
}


@pytest.mark.parametrize("markup", DATA.values(), ids=DATA)
def test_data(markup: str) -> None:
    assert is_data(markup)


@pytest.mark.parametrize("markup", LAYOUT.values(), ids=LAYOUT)
def test_layout(markup: str) -> None:
    assert not is_data(markup)


def test_a_report_split_over_several_tables() -> None:
    half = "<table><tr><td>信息内容</td><td>件数</td></tr><tr><td>规章</td><td>{}</td></tr></table>"
    parts = f"<p>{TEXT}</p>{half.format(1)}<p>{TEXT}</p>{half.format(2)}{half.format(3)}"
    page = f"<html><body><div>{parts}</div></body></html>"
    tables = read_article(Page(url="", body=page.encode())).tables
    assert [table.rows[1][1] for table in tables] == ["1", "2", "3"]


def test_a_data_table_inside_layout_tables() -> None:
    inner = "<table><tr><td>信息内容</td><td>件数</td></tr><tr><td>规章</td><td>0</td></tr></table>"
    middle = f"<table><tr><td><p>{TEXT}</p>{inner}<p>{TEXT}</p></td></tr></table>"
    page = f"<html><body><table><tr><td>{middle}</td></tr></table></body></html>"
    article = read_article(Page(url="", body=page.encode()))
    assert [type(block).__name__ for block in article.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_the_caption_is_read() -> None:
    markup = (
        "<table><caption>表1 公开情况</caption><tr><td>规章</td><td>0</td></tr><tr><td>文件</td><td>1</td></tr></table>"
    )
    page = f"<html><body><div><p>{TEXT}</p>{markup}</div></body></html>"
    (table,) = read_article(Page(url="", body=page.encode())).tables
    assert table.caption == "表1 公开情况"


def test_a_cell_beside_one_that_spans_to_the_end_has_its_place() -> None:
    markup = (
        '<tr><td colspan="3">甲</td><td rowspan="0">乙</td></tr>'
        '<tr><td>1</td><td>2</td><td colspan="2" rowspan="2">3</td></tr>'
        "<tr><td>4</td><td>5</td></tr><tr><td>6</td><td>7</td><td>8</td></tr>"
    )
    assert table_of(f"<table>{markup}</table>").rows == [
        ["甲", "甲", "甲", "乙"],
        ["1", "2", "3", "乙"],
        ["4", "5", "3", "乙"],
        ["6", "7", "8", "乙"],
    ]


def test_a_grid_has_a_limit() -> None:
    rows = "".join('<tr><td colspan="90">甲</td><td rowspan="999">乙</td></tr>' for _ in range(5000))
    began = time.process_time()
    table = table_of(f"<table>{rows}</table>")
    assert sum(map(len, table.rows)) <= MAX_CELLS
    assert time.process_time() - began < 8


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.text("甲乙丙123", max_size=3)), max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_every_grid_is_full_and_every_cell_stands_in_it(rows: list[list[tuple[int, int, str]]]) -> None:
    markup = "".join(
        "<tr>" + "".join(f'<td colspan="{wide}" rowspan="{high}">{text}</td>' for wide, high, text in row) + "</tr>"
        for row in rows
    )
    table = table_of(f"<table>{markup}</table>")
    assert len({len(row) for row in table.rows}) <= 1
    texts = {text for row in table.rows for text in row}
    assert {text for row in rows for _, _, text in row if text} <= texts
