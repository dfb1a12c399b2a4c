"""What pages say of the size of their list, in words or in a script."""

from __future__ import annotations

import pytest

from crawler.families import load_families
from crawler.families.pagers import PAGES_WORDS, TOTAL_WORDS, announced

PAGES = {
    "共 12 页": 12,
    "共有12页": 12,
    "第1/7页": 7,
    "页次：1/7": 7,
    "当前 2 / 9": 9,
    "3 / 15 页": 15,
    "var countPage = 25;": 25,
    "pageCount: '8'": 8,
    "totalPages = 6": 6,
    'TOTALPAGE:"4"': 4,
    "公共服务 2019-01-08": None,
    "2019/1/8 页面": None,
    "Page 1 of 4": 4,
    'href="/page1/12.html"': None,
}
TOTALS = {
    "共 120 条": 120,
    "总共有53条记录": 53,
    "合计：9 篇": 9,
    "总计 18 项": 18,
    "总记录数：77": 77,
    "totalRecord = 756": 756,
    "recordCount:'31'": 31,
    "rowCount = 5": 5,
    "共 3 页": None,
    "dataTotal:34": 34,
    "$('.pages').pagination(34, {": 34,
}


@pytest.mark.parametrize(("text", "number"), PAGES.items(), ids=PAGES)
def test_pages(text: str, number: int | None) -> None:
    assert announced(PAGES_WORDS, text) == number


@pytest.mark.parametrize(("text", "number"), TOTALS.items(), ids=TOTALS)
def test_totals(text: str, number: int | None) -> None:
    assert announced(TOTAL_WORDS, text) == number


@pytest.mark.parametrize("family", load_families(), ids=lambda family: family.name)
def test_marks_are_in_lower_case(family: object) -> None:
    assert all(mark == mark.lower() for mark in family.marks)  # type: ignore[attr-defined]
