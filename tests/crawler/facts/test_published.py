"""The day of publication, by trust."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.facts.published import Publication, find_published
from crawler.items import Page
from crawler.parsing.article import read_article
from tests.crawler.facts.articles import make_article

TRS = "http://www.qinghe.gov.cn/nb/202103/t20210320_1.html"


def published(*blocks: str, year: int | None = None, **fields: Any) -> Publication:
    return find_published(make_article(*blocks, **fields), year)


BYLINES = {
    "label of publication": ("发布日期：2021-03-01 来源：财政局", "byline 发布日期"),
    "label set apart": ("发 布 时 间 ： 2021年3月1日", "byline 发布时间"),
    "label in brackets": ("【发布时间】2021-03-01", "byline 发布时间"),
    "publication behind writing": ("成文日期：2021-02-20 发布日期：2021-03-01", "byline 发布日期"),
    "publication before writing": ("发布日期：2021-03-01 生成日期：2021-02-20", "byline 发布日期"),
    "time alone": ("时间：2021年03月01日 点击：12", "byline 时间"),
    "source before the label": ("来源：青禾市人民政府办公室时间：2021-03-01", "byline 时间"),
    "no label": ("2021-03-01 15:12 财政局", "byline"),
    "blanks inside": ("发布时间：2021- 03- 01 15: 12", "byline 发布时间"),
    "glued time": ("发布时间：2021-03-0118:26", "byline 发布时间"),
    "a table cell": ("发布日期 | 2021-03-01", "byline 发布日期"),
    "published on": ("发布于：2021-03-01", "byline 发布于"),
    "two digits of a year": ("发布时间：21-03-01", "byline 发布时间"),
    "published and a blank": ("发布 2021-03-01", "byline 发布"),
    "posted on": ("Posted on 2021-03-01 by admin", "byline"),
    "a machine's time": ("2021-03-01T08:03:11+08:00", "byline"),
    "an English label": ("Date: 2021-03-01", "byline"),
    "writing alone": ("成文日期：2021-03-01", "byline 成文日期"),
}


@pytest.mark.parametrize(("line", "reading"), BYLINES.values(), ids=BYLINES)
def test_bylines(line: str, reading: str) -> None:
    found = published(byline=[line])
    assert (found.on, found.reading) == (date(2021, 3, 1), reading)
    assert found.raw is not None
    assert found.raw in line


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("今天是2021年3月1日 星期一", id="the site's clock"),
        pytest.param("归档时间：2021-03-01", id="archiving"),
        pytest.param("填报日期：2021-03-01", id="filing"),
        pytest.param("有效期至2021-03-01", id="validity"),
    ],
)
def test_other_dates(line: str) -> None:
    assert published(byline=[line]).on is None


def test_what_is_printed_wins_over_what_machines_set() -> None:
    found = published("正文", byline=["发布时间：2021-03-01"], meta={"pubdate": "2023-08-21 10:00"}, url=TRS)
    assert found.on == date(2021, 3, 1)
    assert [finding.code for finding in found.findings] == ["date.migrated"]


def test_a_list_of_labels_and_values() -> None:
    lines = [
        "索引号",
        "000014348/2022-00630",
        "发布机构",
        "大坪乡人民政府",
        "成文日期",
        "2021-02-20",
        "发布日期",
        "2021-03-01",
    ]
    assert published(byline=lines).on == date(2021, 3, 1)
    assert published(byline=["发布日期：", "来源：财政局", "2021-03-01"]).reading == "byline"


def test_order_of_trust() -> None:
    text = ("正文。", "青禾市财政局", "2021年1月15日")
    assert published(*text, url=TRS).reading == "text sign-off"
    assert published(*text, url=TRS, listed_on=date(2021, 1, 20)).reading == "list"
    assert published(*text, url=TRS, meta={"pubdate": "2021-01-21"}).reading == "meta PubDate"
    assert published("正文", url=TRS).on == date(2021, 3, 20)
    assert published("时间：2021年1月22日", *text, url=TRS).reading == "text 时间"


def test_a_script_writes_behind_its_label() -> None:
    body = b"<script>var  pubdata='2021\xe5\xb9\xb43\xe6\x9c\x881\xe6\x97\xa5'; document.write(pubdata)</script>"
    found = published("正文", byline=["发布时间："], body=body)
    assert (found.on, found.reading) == (date(2021, 3, 1), "script pubdata")


@pytest.mark.parametrize(
    "line",
    ["青禾市财政局 2021年3月1日", "青禾市财政局2021年3月1日", "（2021年3月1日）", "2021年3月1日", "二〇二一年三月一日"],
)
def test_sign_off(line: str) -> None:
    assert published("正文。", line).on == date(2021, 3, 1)


@pytest.mark.parametrize(
    "line", ["填报日期：2021年3月1日", "条例自2021年3月1日起施行。", "统计截止2021年3月1日", "联系人：甲，2021年3月1日"]
)
def test_no_sign_off(line: str) -> None:
    assert published("正文。", line).on is None


IMPOSSIBLE = {
    "before the year was over": ("2020-06-01", 2020),
    "after the page was read": ("2027-01-01", 2020),
    "the epoch": ("1970-01-01", None),
    "zeros": ("0000-00-00", None),
}


@pytest.mark.parametrize(("raw", "year"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_impossible_is_refused_and_kept_raw(raw: str, year: int | None) -> None:
    found = published(byline=[f"发布日期：{raw}"], year=year)
    assert (found.on, found.raw) == (None, raw)
    assert [finding.code for finding in found.findings] == ["date.implausible"]


def test_december_is_early_but_possible() -> None:
    assert published(byline=["发布日期：2020-12-28"], year=2020).on == date(2020, 12, 28)


def test_a_migrations_date_is_no_publication() -> None:
    found = published("正文", url="http://a.gov.cn/nb/202109/t20210914_1.html", year=2018)
    assert (found.on, found.raw, found.reading) == (None, "2021-09-14", "url")
    assert [finding.code for finding in found.findings] == ["date.migrated"]
    signed = published("正文。", "2019年3月20日", meta={"pubdate": "2023-05-12"}, year=2018)
    assert signed.on == date(2019, 3, 20)
    news = published("正文。", "2009年9月30日", meta={"pubdate": "2023-05-12"})
    assert news.on == date(2009, 9, 30)


def test_a_month_alone_stays_raw() -> None:
    found = published(byline=["发布日期：2009年3月"])
    assert (found.on, found.raw) == (None, "2009年3月")
    assert published(byline=["发布日期：2009年3月"], url=TRS).on is None
    assert published(byline=["发布日期：2009-02-31"], url=TRS).on == date(2021, 3, 20)
    assert published("正文", url="http://a.gov.cn/c1/200903/ab.shtml").raw == "200903"


PAGES = {
    "a label whose value a script writes": "<div>发布时间：<script>document.write('2021-03-01')</script></div>",
    "a label and a script's variable": "<p>时间：<span></span><script>var t='2021-03-01 16:10:22.0';w(t)</script></p>",
    "an element for times": "<time datetime='2021-03-01T10:00'>三月一日</time>",
    "linked data": '<script type="application/ld+json">{"datePublished":"2021-03-01T10:00:00"}</script>',
    "a meta tag of properties": '<meta property="og:article:published_time" content="2021-03-01T10:00:00+08:00">',
    "a stamp among names": "<div>青禾发布 2021-03-01 18:00 青禾</div>",
    "characters set apart": "<div>日 期：2021-03-01</div>",
    "fractions of a second": "<div>2021-03-01 10:00:00.0</div>",
    "the time the page was made": '<meta name="Maketime" content="2021-03-01 10:00:12">',
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_places_of_pages(markup: str) -> None:
    text = "<p>全年主动公开政府信息1024条，其中规范性文件12件，收到申请36件，均已按期答复。</p>" * 3
    body = f"<title>青禾市2020年政府信息公开工作年度报告</title><h1>青禾市2020年年度报告</h1>{markup}<div>{text}</div>"
    article = read_article(Page(url="http://www.qinghe.example/1.html", body=body.encode()))
    assert find_published(article, 2020).on == date(2021, 3, 1)


def test_a_date_of_two_digits_needs_a_label() -> None:
    assert published(byline=["浏览 21-03-01 次"]).on is None


def test_what_a_cms_writes_when_it_makes_a_page_again_is_trusted_least() -> None:
    found = published("正文。", "青禾市财政局", "2021年3月1日", meta={"maketime": "2023-05-12"})
    assert found.on == date(2021, 3, 1)


def test_nothing() -> None:
    assert published("正文") == Publication()


def test_without_a_clock_the_future_is_not_judged() -> None:
    assert published(byline=["发布日期：2027-01-01"], fetched_at=None).on == date(2027, 1, 1)
    late = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert published(byline=["发布日期：2027-01-01"], fetched_at=late).on == date(2027, 1, 1)
