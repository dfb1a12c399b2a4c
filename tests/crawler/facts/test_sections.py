"""The top-level parts of a document."""

from __future__ import annotations

import pytest

from crawler.facts.sections import kind_of_heading, read_sections
from crawler.items import Table
from tests.crawler.facts.articles import make_article

USUAL = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]


def headings(*blocks: str | Table) -> list[str]:
    article = make_article(*blocks)
    return [section.heading for section in read_sections(article.text, article.tables)]


BODIES = {
    "the usual form": (["前言。", USUAL[0], "全年公开12条。", USUAL[1], "见下表。", USUAL[2], "收到3件。"], USUAL),
    "lower levels are no parts": (
        [USUAL[0], "（一）主动公开。好。", "1.公报。", "一是好。", USUAL[1], "（一）表。", USUAL[2]],
        USUAL,
    ),
    "blanks behind the numeral": (["一、 总体情况", "好。", "二、　问题", "无。"], ["一、 总体情况", "二、　问题"]),
    "stop for comma": (["一.总体情况", "好。", "二．问题", "无。"], ["一.总体情况", "二．问题"]),
    "brackets on top": (["（一）总体情况", "好。", "（二）问题", "无。"], ["（一）总体情况", "（二）问题"]),
    "digits on top": (["1.总体情况", "好。", "2.问题", "无。"], ["1.总体情况", "2.问题"]),
    "parts": (["第一部分 总体情况", "好。", "第二部分 问题", "无。"], ["第一部分 总体情况", "第二部分 问题"]),
    "text glued to a known heading": (
        [
            "一、总体情况2020年，我局公开12条，比上年多2条，其中门户网站10条，其他渠道2条，公众查阅便利，全年没有发生泄密，也没有收到投诉。",
            "二、问题",
            "无。",
        ],
        ["一、总体情况", "二、问题"],
    ),
    "a short answer glued on": (
        [USUAL[0], "好。", "二、其他需要报告的事项无"],
        [USUAL[0], "二、其他需要报告的事项"],
    ),
    "words of the heading's own": (
        ["一、总体情况及成效", "好。", "二、问题", "无"],
        ["一、总体情况及成效", "二、问题"],
    ),
    "text behind a full stop": (
        ["一、加强领导。我局成立小组，由局长任组长。", "二、问题。无。"],
        ["一、加强领导", "二、问题"],
    ),
    "a table of contents": (
        [*USUAL, "前言。", USUAL[0], "全年公开12条，均按时限公开。", USUAL[1], "见下表。", USUAL[2], "收到3件。"],
        USUAL,
    ),
    "empty parts": ([*USUAL, "四、复议", "无。"], [*USUAL, "四、复议"]),
    "a number that is missing": ([USUAL[0], "好。", USUAL[2], "收到3件。"], [USUAL[0], USUAL[2]]),
    "a number twice": ([*USUAL, "三、复议和诉讼情况", "四、问题"], [*USUAL, "三、复议和诉讼情况", "四、问题"]),
    "a list inside a part that is numbered alike": (
        [
            USUAL[0],
            "一、加强领导，落实责任。",
            "二、完善制度，规范流程。",
            "三、强化培训。",
            USUAL[1],
            "好。",
            USUAL[2],
            "无。",
        ],
        USUAL,
    ),
    "blanks inside a heading": (
        ["一 、概 述", "好。", "二 、主动公开情况", "好。"],
        ["一 、概 述", "二 、主动公开情况"],
    ),
    "headings without numbers": (
        ["总体情况", "公开12条。", "主动公开政府信息情况", "见表。", "存在的主要问题及改进情况", "无。"],
        ["总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况"],
    ),
    "an annexed form cell by cell": (
        [
            *USUAL,
            "好。",
            "附件2",
            "政府信息公开情况统计表",
            "统 计 指 标",
            "单位",
            "四、行政复议数量",
            "件",
            "五、行政诉讼数量",
            "件",
        ],
        USUAL,
    ),
    "one numbered line": (["一、总体情况", "好。"], []),
    "none": (["青禾市举行植树活动。"], []),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("blocks", "expected"), BODIES.values(), ids=BODIES)
def test_headings(blocks: list[str], expected: list[str]) -> None:
    assert headings(*blocks) == expected


def test_rows_of_tables_are_no_headings() -> None:
    table = Table(rows=[["统计指标", "数"], ["一、主动公开情况", "3"], ["二、回应解读情况", "4"]])
    assert headings(USUAL[0], "好。", table, USUAL[1], "好。") == USUAL[:2]
    assert headings(Table(rows=[["一、甲"], ["二、乙"]]), *USUAL) == USUAL


def test_a_form_in_the_middle_does_not_end_the_report() -> None:
    form = Table(rows=[["统计指标", "数"], ["一、主动公开情况", "3"]])
    assert headings(USUAL[0], "好。", "政府信息公开情况统计表", form, USUAL[1], "好。") == USUAL[:2]


def test_offsets() -> None:
    article = make_article("前言。", USUAL[0], "全年公开12条。", "", USUAL[1], Table(rows=[["规章", "1"]]), "注。", "")
    first, second = read_sections(article.text, article.tables)
    assert article.text[first.start : first.end] == f"{USUAL[0]}\n全年公开12条。"
    assert article.text[second.start : second.end] == f"{USUAL[1]}\n规章 | 1\n注。"
    assert (first.number, second.number) == (1, 2)
    assert (first.kind, second.kind) == ("overview", "proactive")


KINDS = {
    "一、总体情况": "overview",
    "一、概述": "overview",
    "二、主动公开政府信息情况": "proactive",
    "三、收到和处理政府信息公开申请情况": "requests",
    "三、依申请公开政府信息和不予公开政府信息情况": "requests",
    "四、政府信息公开行政复议、行政诉讼情况": "disputes",
    "四、因政府信息公开申请行政复议、提起行政诉讼的情况": "disputes",
    "五、存在的主要问题及改进情况": "problems",
    "六、下一步工作打算": "problems",
    "六、其他需要报告的事项": "other",
    "五、依申请公开信息收取的费用": "other",
    "四、收费及减免情况": "other",
    "七、政府信息公开会议和培训情况": "other",
}


@pytest.mark.parametrize(("heading", "kind"), KINDS.items(), ids=KINDS)
def test_kinds(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind


def test_numerals_above_ten() -> None:
    numerals = "一二三四五六七八九"
    lines = [f"{mark}、第{mark}项工作" for mark in [*numerals, "十", "十一", "十二"]]
    article = make_article(*lines)
    assert [section.number for section in read_sections(article.text, [])] == list(range(1, 13))
