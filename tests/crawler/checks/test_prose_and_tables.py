"""The prose against the tables, shares against counts, tables that are not there, slips of the filer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.checks import check_report
from crawler.items import Cell, Indicator, Section, Span, Table
from tests.factories import make_report


def codes(**fields: object) -> set[str]:
    return {each.code for each in check_report(make_report(**fields))}


def told_twice(text: str, printed: str, table_value: int) -> set[str]:
    place = text.index(printed)
    code = "f21.t3.r1.tot"
    prose = Indicator(
        code=code,
        label="",
        value=Decimal(printed),
        unit="件",
        raw=printed,
        where="prose",
        evidence=Span(start=place, end=place + len(printed)),
    )
    cell = Cell(table=0, row=1, column=1)
    table = Indicator(
        code=code, label="", value=Decimal(table_value), unit="件", raw=str(table_value), where="table", evidence=cell
    )
    return codes(text=text, indicators=[table, prose])


def test_one_code_two_numbers() -> None:
    assert "prose.table" in told_twice("全年收到申请240件。", "240", 241)
    assert "prose.table" not in told_twice("全年收到申请240件。", "240", 240)
    assert "prose.table" not in told_twice("全年收到申请近240件。", "240", 238)
    assert "prose.table" not in told_twice("全年收到申请240余件。", "240", 243)


SHARES = {
    "right": ("全年收到申请3721件，其中自然人2870件，占77.13%。", False),
    "right in round numbers": ("全年收到申请3721件，其中自然人2870件，约占77%。", False),
    "wrong": ("全年收到申请3721件，其中自然人2870件，占87.13%。", True),
    "of a total that is not said": ("自然人2870件，占77.13%。", False),
    "of a total in the sentence before": ("收到申请3721件。办结3000件，其中自然人2870件，占77.13%。", False),
    "of the sum of both": ("公开文件30件、回复70件，占70%。", False),
    "a score": ("满意率98%，收到申请10件。", False),
}


@pytest.mark.parametrize(("text", "wrong"), SHARES.values(), ids=SHARES.keys())
def test_shares(text: str, wrong: bool) -> None:
    assert ("share.part" in codes(text=text)) is wrong


@pytest.mark.parametrize(
    ("rate", "wrong"),
    [("办结率98.75%", False), ("办结率100%", True), ("按时办结率96%", True), ("群众满意率90%", False)],
)
def test_rates(rate: str, wrong: bool) -> None:
    values = {"r1": 240, "r2": 0, "r3.7": 237}
    cells = [
        Indicator(
            code=f"f21.t3.{row}.tot",
            label="",
            value=Decimal(value),
            unit="件",
            raw=str(value),
            where="table",
            evidence=Cell(table=0, row=1, column=1),
        )
        for row, value in values.items()
    ]
    assert ("share.rate" in codes(text=f"全年收到申请240件，{rate}。", indicators=cells)) is wrong


HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理申请情况", "四、复议诉讼情况", "五、问题")
KINDS = ("overview", "proactive", "requests", "disputes", "problems")


def sections_of(text: str) -> list[Section]:
    starts = [text.index(heading) for heading in HEADINGS] + [len(text)]
    return [
        Section(number=place + 1, heading=heading, kind=kind, start=starts[place], end=starts[place + 1])
        for place, (heading, kind) in enumerate(zip(HEADINGS, KINDS, strict=True))
    ]


def test_headings_with_nothing_between_are_missing_tables() -> None:
    text = f"{HEADINGS[0]}\n{'工作有序推进。' * 9}\n" + "\n".join(HEADINGS[1:]) + "\n" + "公开的深度有待加强。" * 9
    found = [
        each
        for each in check_report(make_report(text=text, tables=[], indicators=[], sections=sections_of(text)))
        if each.code == "tables.missing"
    ]
    assert len(found) == 1
    assert "二、三、四" in found[0].message
    assert [text[span.start : span.end] for span in found[0].evidence] == list(HEADINGS[1:4])


def test_only_what_is_missing_is_named() -> None:
    tables = [Table(rows=[["a"]], kind="t2"), Table(rows=[["a"]], kind="t4")]
    found = [each for each in check_report(make_report(tables=tables, indicators=[])) if each.code == "tables.missing"]
    assert "missing: 三" in found[0].message


@pytest.mark.parametrize(
    "fields",
    [
        {"tables": [Table(rows=[["a"]], kind=kind) for kind in ("t2", "t3", "t4")]},
        {"form": "stat-2014"},
        {"form": "prose-2008"},
        {"form": None},
        {"kind": "budget"},
    ],
    ids=["all there", "form of 2014", "prose of 2008", "no form", "no report of this kind"],
)
def test_nothing_is_missing_where_nothing_is_due(fields: dict) -> None:
    assert "tables.missing" not in codes(**{"indicators": [], "tables": [], **fields})


def test_units_that_the_statistics_table_lost() -> None:
    cell = Cell(table=0, row=1, column=1)
    cells = [
        Indicator(code=f"s14.{n}", label="", value=None, unit=None, raw="", where="table", evidence=cell)
        for n in range(45)
    ]
    lost = "统计指标 | 单位 | 统计数\n" + "指标 |  | 3\n" * 40 + "经费 | 万元 | 2\n"
    assert "lost.units" in codes(text=lost, form="stat-2014", indicators=cells)
    whole = lost.replace("指标 |  | 3", "指标 | 件 | 3")
    assert "lost.units" not in codes(text=whole, form="stat-2014", indicators=cells)


FILING = {
    "doubled place": ({"text": "由青禾县县人民政府编制"}, "filing.doubled"),
    "doubled year": ({"title": "2025青禾县梧桐乡2025年度政府信息公开工作年度报告"}, "filing.doubled"),
    "odd period": ({"text": "统计期限为2023年1月1日至2023年12月21日。"}, "filing.period"),
    "old regulation": ({"text": "根据国务院令第492号"}, "filing.decree"),
    "old format": ({"text": "按照国办公开办函〔2019〕60号要求"}, "filing.decree"),
}


@pytest.mark.parametrize(("fields", "code"), FILING.values(), ids=FILING.keys())
def test_slips_of_the_filer(fields: dict, code: str) -> None:
    assert code in codes(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "由青禾县人民政府编制，统计期限为2023年1月1日至2023年12月31日，国办公开办函〔2021〕30号"},
        {"text": "按照国办公开办函〔2019〕60号要求", "year": 2020},
        {"text": "根据国务院令第492号", "year": 2012},
    ],
)
def test_no_slip(fields: dict) -> None:
    assert not {code for code in codes(**fields) if code.startswith("filing")}
