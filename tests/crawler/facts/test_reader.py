"""All facts together."""

from __future__ import annotations

import pickle
from datetime import date
from random import Random

import pytest

from crawler.facts import Facts, read_facts
from crawler.items import Span
from tests.crawler.facts.articles import make_article

REPORT = (
    "现公布青禾市财政局2020年政府信息公开工作年度报告。统计期限自2020年1月1日起至2020年12月31日止。",
    "一、总体情况",
    "公开12条。",
    "二、主动公开政府信息情况",
    "见表。",
    "青禾市财政局",
    "2021年1月20日",
)


def test_a_report() -> None:
    article = make_article(
        *REPORT, title="青禾市财政局2020年政府信息公开工作年度报告", byline=["发布日期：2021-01-25 来源：市财政局"]
    )
    found = read_facts(article)
    assert (found.report_kind, found.report_year, found.title) == ("disclosure", 2020, article.title)
    assert (found.issuer.name, found.issuer.kind, found.issuer.reading) == ("青禾市财政局", "department", "title")
    assert found.issuer.raw == "青禾市财政局"
    assert (found.published_on, found.published_on_raw) == (date(2021, 1, 25), "2021-01-25")
    assert found.period is not None
    assert (found.period.start, found.period.end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert [section.kind for section in found.sections] == ["overview", "proactive"]
    assert not found.findings


def test_a_report_without_a_title() -> None:
    found = read_facts(make_article(*REPORT))
    assert (found.report_kind, found.report_year, found.issuer.name) == ("disclosure", 2020, "青禾市财政局")
    assert found.title == "青禾市财政局2020年政府信息公开工作年度报告"


def test_an_article() -> None:
    article = make_article("青禾市举行植树活动。", title="青禾市举行植树活动", byline=["2021-03-12 来源：青禾日报"])
    found = read_facts(article)
    assert (found.report_kind, found.report_year, found.period) == ("other", None, None)
    assert found.published_on == date(2021, 3, 12)


def test_the_issuer_of_an_article_is_its_source_never_its_column() -> None:
    fields = {"title": "青禾市举行植树活动", "breadcrumb": "首页 > 青禾市林业局", "site_name": "青禾市人民政府"}
    assert read_facts(make_article("正文。", **fields)).issuer.name is None
    assert read_facts(make_article("正文。", byline=["来源：青禾市林业局"], **fields)).issuer.name == "青禾市林业局"


@pytest.mark.parametrize(
    ("page_kind", "reason", "kind"),
    [
        ("list", "links", "other"),
        ("blocked", "captcha", "other"),
        ("error_page", "soft_404", "other"),
        ("empty", "no_content", "other"),
        ("empty", "media_only", "disclosure"),
        ("attachment", "pdf", "disclosure"),
    ],
)
def test_a_page_without_a_document_is_no_report(page_kind: str, reason: str, kind: str) -> None:
    article = make_article(title="青禾市2020年政府信息公开工作年度报告", kind_reason=reason)
    article.page_kind = page_kind  # type: ignore[assignment]
    assert read_facts(article).report_kind == kind


def test_an_empty_page() -> None:
    found = read_facts(make_article(url="", fetched_at=None))
    assert found == Facts(report_kind="other", kind_reason="no title")


def test_the_same_page_gives_the_same_facts() -> None:
    first, second = (read_facts(make_article(*REPORT, title="青禾市财政局2020年年报")) for _ in range(2))
    assert pickle.dumps(first) == pickle.dumps(second)


LONG = {
    "a bracket": "（",
    "a period without an end": "2020年1月1日至",
    "a date": "2020-01-01 ",
    "by whom": "由甲根据",
    "a numeral": "一、",
    "the subject": "政府信息公开",
    "a place": "鼓楼区人民政府",
    "a label": "标识码：",
    "a blank": " ",
    "a line": "附件\n",
    "pinyin": "(guo)",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("seed", LONG.values(), ids=LONG)
@pytest.mark.parametrize("place", ["text", "title", "byline", "footer", "breadcrumb", "site_name", "sitedomain"])
def test_no_line_is_too_long(seed: str, place: str) -> None:
    """Each pattern is linear, or what it reads is bounded: 60,000 characters of anything take no time."""
    long = seed * (60_000 // len(seed))
    article = make_article("现公布青禾市2020年政府信息公开工作年度报告。" if place != "text" else long)
    if place in ("title", "breadcrumb", "site_name"):
        setattr(article, place, long)
    elif place in ("byline", "footer"):
        setattr(article, place, [long])
    elif place == "sitedomain":
        article.meta = {"sitedomain": long, "sitename": long, "pubdate": long, "contentsource": long}
    read_facts(article)


MARKS = "年月日2019０５:：（）()《》〔〕、。一二十某市县区局\n \u3000|><\ud800\x00é政府信息公开工作年度报告〇二"


def mutate(text: str, random: Random) -> str:
    """Return a text with some characters lost, put in or changed places."""
    signs = list(text)
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(signs) + 1)
        if random.random() < 0.5:
            del signs[at : at + random.randint(1, 6)]
        else:
            signs[at:at] = random.choices(MARKS, k=random.randint(1, 4))
    return "".join(signs)


@pytest.mark.parametrize("seed", range(200))
def test_whatever_the_page_the_evidence_holds(seed: int) -> None:
    random = Random(seed)
    article = make_article(
        *(mutate(line, random) for line in REPORT),
        title=mutate("青禾市财政局2020年政府信息公开工作年度报告", random),
        byline=[mutate("发布日期：2021-01-25 来源：市财政局", random)],
        footer=[mutate("主办单位：汕尾市人民政府办公室 网站标识码：4415000001 粤ICP备05000001号", random)],
        meta={"sitename": mutate("汕尾市人民政府", random), "sitedomain": mutate("www.qinghe.gov.cn", random)},
        breadcrumb=mutate("首页 > 政务公开 > 汕尾市财政局", random),
        url=mutate("http://www.qinghe.gov.cn/nb/202101/t20210122_1.html?fbtime=2020", random),
    )
    found = read_facts(article)
    for section in found.sections:
        assert article.text.startswith(section.heading, section.start)
        assert section.start < section.end <= len(article.text)
    for finding in found.findings:
        assert all(isinstance(each, Span) and 0 <= each.start < each.end for each in finding.evidence)
    assert found == read_facts(article)
