"""From blocks to the one text: a block a line, tables in place, offsets that hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Article, Block, Page, Paragraph, Source, Table
from pipelines.clean import CleanText


def cleaned(*blocks: Block) -> Article:
    article = Article(page=Page(url="", body=b""), source=Source(), page_kind="article", blocks=list(blocks))
    assert CleanText().process_item(article) is article
    return article


def test_a_block_is_a_line_and_a_row_is_a_line() -> None:
    table = Table(rows=[["信息内容", "件数"], ["规章", "0"]])
    article = cleaned(Paragraph(text="一、总体情况"), table, Paragraph(text="2023年1月18日"))
    assert article.text == "一、总体情况\n信息内容 | 件数\n规章 | 0\n2023年1月18日"
    assert article.text[table.start : table.end] == "信息内容 | 件数\n规章 | 0"


def test_a_cell_that_spans_stands_once() -> None:
    table = Table(
        rows=[["第二十条", "第二十条"], ["规章", "0"], ["规章", "1"]],
        origin=[[(0, 0), (0, 0)], [(1, 0), (1, 1)], [(1, 0), (2, 1)]],
    )
    assert cleaned(table).text == "第二十条\n规章 | 0\n1"


def test_blank_cells_keep_their_place_and_blank_rows_do_not() -> None:
    assert cleaned(Table(rows=[["甲", "", "3"], ["", "", ""]])).text == "甲 |  | 3"


def test_blanks_and_line_ends_within_a_block_become_one_blank() -> None:
    assert cleaned(Paragraph(text=" 一\u3000\n 二\t三 ")).text == "一 二 三"


def test_characters_stay_as_printed() -> None:
    assert cleaned(Paragraph(text="２０２２年（Ａ）％①")).text == "２０２２年（Ａ）％①"


def test_no_blocks_give_no_text() -> None:
    assert cleaned().text == ""


def test_other_items_pass() -> None:
    item = object()
    assert CleanText().process_item(item) is item


CELLS = st.text("甲乙1 ", max_size=3)
BLOCKS = st.one_of(
    st.builds(Paragraph, text=st.text("甲乙。1 \n", min_size=1, max_size=6)),
    st.builds(Table, rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=3)),
)


@given(st.lists(BLOCKS, max_size=6))
def test_offsets_cut_out_each_table(blocks: list[Block]) -> None:
    article = cleaned(*blocks)
    for table in article.tables:
        rows = [" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows if "".join(row).split()]
        assert article.text[table.start : table.end] == "\n".join(rows)


def test_cleaning_twice_changes_nothing() -> None:
    table = Table(rows=[["甲", "1"], ["乙", "2"]])
    article = cleaned(Paragraph(text="一"), table)
    before = (article.text, table.start, table.end)
    CleanText().process_item(article)
    assert (article.text, table.start, table.end) == before
