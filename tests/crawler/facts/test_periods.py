"""Stated periods, whole and damaged."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.facts.periods import read_period

STATED = {
    "the usual words": ("所列数据的统计期限自2023年1月1日起至2023年12月31日止。", "2023-01-01", "2023-12-31"),
    "second year left out": ("时限为2019年1月1日—12月31日", "2019-01-01", "2019-12-31"),
    "numerals": ("二〇一九年一月一日至二〇一九年十二月三十一日", "2019-01-01", "2019-12-31"),
    "points": ("统计期：2019.1.1-2019.12.31", "2019-01-01", "2019-12-31"),
    "a misprinted end stays": ("统计期限2020年1月1日至12月21日", "2020-01-01", "2020-12-21"),
    "half a year with its cue": ("本年度报告数据统计自2009年5月1日至2009年12月31日", "2009-05-01", "2009-12-31"),
    "the second of two": (
        "2020年3月1日至4月30日开展宣传。数据统计期限为2020年1月1日至2020年12月31日",
        "2020-01-01",
        "2020-12-31",
    ),
    "eight digits": ("统计期限20200101-20201231", "2020-01-01", "2020-12-31"),
}


@pytest.mark.parametrize(("text", "start", "end"), STATED.values(), ids=STATED)
def test_stated(text: str, start: str, end: str) -> None:
    found = read_period(text)
    assert found.period is not None
    assert (found.period.start, found.period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert not found.findings


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为201711日至20171231日",
        "统计数据时限为201711日至1231日",
        "期限自2017年11日至2017年1231日",
        "自20171月1日起至201712月31日",
        "2017年1月1日数据2017011日至20171231日",
    ],
    ids=["all marks", "the second year too", "the months' marks", "the years' marks", "a zero kept"],
)
def test_only_the_whole_year_is_mended(text: str) -> None:
    found = read_period(text)
    assert found.period is not None
    assert (found.period.start, found.period.end) == (date(2017, 1, 1), date(2017, 12, 31))
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("period.repaired", "info")
    (span,) = finding.evidence
    assert text[span.start : span.end] in finding.message


def test_what_can_be_read_in_two_ways_is_null() -> None:
    found = read_period("数据自2021111日至20211231日止")
    assert found.period is None
    assert [finding.code for finding in found.findings] == ["period.damaged"]


@pytest.mark.parametrize(
    "text",
    [
        "2015-2020年规划",
        "2020年3月1日至4月30日开展宣传月活动",
        "电话0417-2015-20201234",
        "2019年至2021年共公开12条",
        "编号20190102-20200304",
        "",
    ],
)
def test_no_period(text: str) -> None:
    found = read_period(text)
    assert (found.period, found.findings) == (None, [])
