"""The report year."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.facts import read_facts
from crawler.facts.periods import read_period
from crawler.facts.years import YearFound, find_year, settle_year, year_in_address, year_in_title
from tests.crawler.facts.articles import make_article

TITLES = {
    "before": ("2022年青禾市政府信息公开工作年度报告", 2022),
    "in brackets": ("政府信息公开工作年度报告（2018年度）", 2018),
    "in square brackets": ("[2018]青禾市政府信息公开工作年度报告", 2018),
    "in black brackets": ("【2018年度】青禾市政府信息公开工作年度报告", 2018),
    "numerals": ("青禾市二〇一二年政府信息公开工作年度报告", 2012),
    "no word for year": ("青禾县发改委2017政府信息公开工作年度报告", 2017),
    "school year": ("青禾大学2021-2022学年信息公开年度报告", 2021),
    "a document's number": ("青政办发〔2014〕32号", None),
    "a number in round brackets": ("青政办发(2014)32号", None),
    "before the decree": ("青禾市1999年报", None),
    "none": ("政府信息公开工作年度报告", None),
    "no title": (None, None),
}


@pytest.mark.parametrize(("title", "year"), TITLES.values(), ids=TITLES)
def test_year_in_title(title: str | None, year: int | None) -> None:
    assert year_in_title(title) == year


@pytest.mark.parametrize(
    ("url", "year"),
    [
        ("http://a.gov.cn/module/xxgk/xxgkAnnualReport.jsp?fbtime=2017&area=1132", 2017),
        ("http://a.gov.cn/gknbxq/pnidpv196pntypepvnbpnnfpv2022.html", 2022),
        ("http://a.gov.cn/zfxxgknb/2020n/202101/t20210130_1.html", 2020),
        ("http://a.gov.cn/zfxxgknb2019/202003/t20200331_1.html", 2019),
        ("http://a.gov.cn/art/2020/3/1/art_1_2.html", None),
        ("", None),
    ],
)
def test_year_in_address(url: str, year: int | None) -> None:
    assert year_in_address(url) == year


def found_in(*blocks: str, title: str | None = None, **fields: object) -> YearFound:
    article = make_article(*blocks, title=title, **fields)  # type: ignore[arg-type]
    stated = read_period(article.text)
    return find_year(article, title, stated.period, stated.span)


def test_trust() -> None:
    opening = "现将青禾市2015年政府信息公开工作情况报告如下。"
    assert found_in(opening, title="青禾市年度报告").year == 2015
    assert found_in("统计期限2016年1月1日至12月31日", title="年度报告").reading == "period"
    assert found_in("正文", listed="青禾市2013年报").reading == "list"
    assert found_in("正文", url="http://a.gov.cn/x.jsp?nf=2012").reading == "url"
    assert found_in("2012年，我区公开12条。2012年还有。2013年计划。").year == 2012


def test_a_cited_notice_is_not_the_report() -> None:
    text = "根据《关于做好2015年度政府信息公开工作年度报告的通知》，现将青禾市2016年政府信息公开工作情况报告如下。"
    assert found_in(text).year == 2016


def test_a_conflict_is_named() -> None:
    found = found_in("数据统计期限2016年1月1日至2016年12月31日", title="青禾市2017年政府信息公开工作年度报告")
    assert found.year == 2017
    (finding,) = found.findings
    assert finding.code == "year.conflict"
    assert "2016" in finding.message
    assert finding.evidence


def test_publication_settles() -> None:
    assert settle_year(YearFound(), date(2020, 3, 1)).year == 2019
    assert settle_year(YearFound(2018, "title", own=2017), date(2018, 3, 1)).year == 2017
    assert settle_year(YearFound(2018, "title", own=2017), date(2019, 3, 1)).year == 2018
    assert settle_year(YearFound(2018, "title"), date(2018, 3, 1)).year == 2018


@pytest.mark.parametrize(
    "text",
    ["数据统计期限2017年1月1日至2017年12月31日", "2017年，我局公开12条。2017年收到3件。2018年计划。"],
    ids=["period", "the text's year"],
)
def test_a_title_with_the_year_of_publication(text: str) -> None:
    title = "青禾市财政局2018年政府信息公开工作年度报告"
    early = read_facts(make_article(text, title=title, byline=["发布日期：2018-03-01"]))
    assert (early.report_year, early.published_on) == (2017, date(2018, 3, 1))
    assert [finding.code for finding in early.findings] == ["year.conflict"]
    late = read_facts(make_article(text, title=title, byline=["发布日期：2019-03-01"]))
    assert (late.report_year, late.published_on) == (2018, date(2019, 3, 1))
