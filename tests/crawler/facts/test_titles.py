"""The document's own title."""

from __future__ import annotations

import pytest

from crawler.facts.titles import clean_title, find_title
from tests.crawler.facts.articles import make_article

REPORT = "青禾市2020年政府信息公开工作年度报告"
RAW = {
    "clean": (REPORT, REPORT),
    "site's name behind a stroke": (f"{REPORT}_青禾市人民政府", REPORT),
    "site and column behind": (f"{REPORT} - 政府信息公开 - 青禾市人民政府门户网站", f"{REPORT} - 政府信息公开"),
    "breadcrumb before": (f"您现在的位置：首页 > 信息公开 > {REPORT}", REPORT),
    "twice": (f"{REPORT} {REPORT}", REPORT),
    "twice without a blank": (f"{REPORT}{REPORT}", REPORT),
    "date behind": (f"{REPORT} 2021-01-20 10:30", REPORT),
    "labelled date behind": (f"{REPORT} 发布时间：2021年1月20日", REPORT),
    "date in brackets": (f"{REPORT}（2021年1月20日）", REPORT),
    "line breaks": ("青禾市 \n 2020年\t年报", "青禾市 2020年 年报"),
    "a stroke that belongs": ("青禾市2019-2020年报", "青禾市2019-2020年报"),
    "a date alone": ("2021年1月20日", "2021年1月20日"),
}


@pytest.mark.parametrize(("raw", "title"), RAW.values(), ids=RAW)
def test_clean_title(raw: str, title: str) -> None:
    assert clean_title(raw, "青禾市人民政府") == title


def test_the_pages_title_comes_first() -> None:
    article = make_article("正文", title=REPORT, title_reading="h1", listed="青禾市年报")
    found = find_title(article)
    assert (found.title, found.reading) == (REPORT, "h1")


@pytest.mark.parametrize("title", ["年度报告", None, "一、总体情况", "现将有关情况报告如下。"])
def test_a_title_that_names_no_report_gives_way_to_one_that_does(title: str | None) -> None:
    assert find_title(make_article(REPORT, "正文", title=title)).title == REPORT
    assert find_title(make_article("正文", title=title, listed=REPORT)).reading == "list"
    said = "根据条例要求，现公布青禾市人民政府2020年政府信息公开工作年度报告。"
    assert find_title(make_article(said, title=title)).title == "青禾市人民政府2020年政府信息公开工作年度报告"


def test_a_cited_notice_is_no_title() -> None:
    said = "按照《关于做好2016年度政府信息公开工作年度报告编制发布工作的通知》要求，现报告如下。"
    assert find_title(make_article(said)).title is None


def test_a_poor_title_is_better_than_none() -> None:
    assert find_title(make_article("正文", title="年度报告")).title == "年度报告"
