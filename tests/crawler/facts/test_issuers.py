"""Where a page names the issuer."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.facts.issuers import issuer_conflict, iter_issuers, organ_in_title, site_meta_is_own
from crawler.items import Entry
from tests.crawler.facts.articles import make_article

TITLES = {
    "usual": ("青禾市财政局2023年政府信息公开工作年度报告", "青禾市财政局"),
    "year first": ("2022年青禾市政府信息公开工作年度报告", "青禾市"),
    "year behind the subject": ("青禾市审计局政府信息公开2020年度工作报告", "青禾市审计局"),
    "blanks": ("青禾县 “互联网+”促进中心 2017政府信息公开工作 年度报告", "青禾县“互联网+”促进中心"),
    "in brackets behind": ("政府信息公开工作年度报告（青禾市审计局）", "青禾市审计局"),
    "behind a stroke": ("2020年报_青禾市审计局", "青禾市审计局"),
    "disclosure and openness": ("青禾县国税局2017年度信息与政务公开工作报告", "青禾县国税局"),
    "a school": ("青禾县高级中学2017政府信息公开工作年度报告", "青禾县高级中学"),
    "behind a blank": ("2016年政府信息公开工作年度报告 青禾市审计局", "青禾市审计局"),
    "behind a dash": ("2016年政府信息公开工作年度报告—青禾市审计局", "青禾市审计局"),
    "rendition behind": ("政府信息公开工作年度报告（图片版）", None),
    "two that sign together": (
        "广州市黄埔区人民政府 广州开发区管委会2022年政府信息公开工作年度报告",
        "广州市黄埔区人民政府 广州开发区管委会",
    ),
    "an explanation": ("一图读懂青禾市2021年政府信息公开工作年度报告", "青禾市"),
    "a government that discloses": ("2009年青禾县大坪乡人民政府信息公开年报", "青禾县大坪乡人民政府"),
    "announced by its office": ("汕尾市人民政府办公室关于公布汕尾市2009年度政府信息公开工作年度报告的通知", "汕尾市"),
    "about": ("甘肃省人民政府办公厅关于2010年政府信息公开工作情况的报告", "甘肃省人民政府办公厅"),
    "an organ for disclosure": ("青禾县政务公开办公室2016年政府信息公开年度报告", "青禾县政务公开办公室"),
    "an organ for websites": ("青禾市政府网站管理中心2018年政府信息公开年度报告", "青禾市政府网站管理中心"),
    "an organ for informatics": ("青禾市经济和信息化委员会2011年信息公开年度报告", "青禾市经济和信息化委员会"),
    "its own level": ("青禾市财政局（本级机关）2020年政府信息公开工作年度报告", "青禾市财政局"),
    "the organ's field before the subject": ("海关总署2010年海关信息公开工作年度报告", "海关总署"),
    "customs and all below": ("重庆海关关区2020年政府信息公开年报", "重庆海关"),
    "a place of two characters before the subject": ("2016年广东政府信息公开工作年度报告", "广东"),
    "none": ("2010年政府信息公开工作年度报告", None),
    "our bureau": ("我局2016年政府信息公开工作报告", None),
}


@pytest.mark.parametrize(("title", "name"), TITLES.values(), ids=TITLES)
def test_titles(title: str, name: str | None) -> None:
    assert organ_in_title(title) == name


def first(*blocks: str, title: str | None = "2016年政府信息公开工作年度报告", **fields: Any) -> tuple[str, str] | None:
    article = make_article(*blocks, title=title, **fields)
    found = next(iter_issuers(article, title, "h1" if title else None), None)
    return (found.name, found.reading) if found else None


BODY = {
    "compiled by": "本报告由青禾市财政局编制。",
    "compiled by, after its grounds": "本报告由青禾市财政局根据《条例》第三十一条的规定和上级要求编制。",
    "compiled by, of the report": "本报告是由青禾市财政局编制的2016年政府信息公开年度报告。",
    "compiled by its office": "本报告由青禾市财政局信息公开领导小组办公室汇总编制。",
    "by its other office": "由青禾市财政局办公室编制。",
    "compiled out of others": "由青禾市财政局综合各科室的年度总结编制而成。",
    "in a public way": "现特向社会公布青禾市财政局2016年度政府信息公开工作报告。",
    "year first": "特向社会公布2016年度青禾市财政局信息公开年度报告。",
    "in book marks": "现发布《青禾市财政局政府信息公开工作2016年度报告》。",
    "announced": "现将青禾市财政局2016年政府信息公开工作情况报告如下。",
    "published": "现公布青禾市财政局2016年政府信息公开工作年度报告。",
}


@pytest.mark.parametrize("text", BODY.values(), ids=BODY)
def test_bodies(text: str) -> None:
    found = first(f"根据有关规定，{text}")
    assert found is not None
    assert found[0] == "青禾市财政局"


CONTACTS = {
    "to be asked": "如有疑问，请与青禾县大坪乡人民政府联系（地址：青禾县大坪乡）。",
    "to be asked, after a colon": "如有疑问，请联系：青禾县大坪乡人民政府；电话：0999-1234567。",
    "its office": "如有疑问，请与青禾县大坪乡人民政府政务公开办公室联系。",
}


@pytest.mark.parametrize("text", CONTACTS.values(), ids=CONTACTS)
def test_whom_to_ask_is_the_last_resort(text: str) -> None:
    assert first(text) == ("青禾县大坪乡人民政府", "body 联系")
    assert first(text, breadcrumb="首页 > 青禾县财政局") == ("青禾县财政局", "breadcrumb")


def test_order_of_trust() -> None:
    body = ("本报告由青禾市审计局编制。", "正文。", "青禾市民政局", "2017年3月1日")
    rest: dict[str, Any] = {
        "meta": {"contentsource": "青禾市教育局", "sitename": "青禾市人民政府"},
        "byline": ["发布机构：青禾市林业局 发布日期：2017-03-01"],
        "breadcrumb": "首页 > 部门年报 > 青禾市水利局 > 年度报告",
    }
    assert first(*body, title="青禾市财政局2016年政府信息公开工作年度报告", **rest) == ("青禾市财政局", "title")
    assert first(*body, **rest) == ("青禾市审计局", "body 编制")
    assert first(*body[1:], **rest) == ("青禾市教育局", "meta ContentSource")
    rest["meta"] = {"contentsource": "青禾日报", "sitename": "青禾市人民政府门户网站"}
    assert first(*body[1:], **rest) == ("青禾市林业局", "byline 发布机构")
    rest["byline"] = []
    assert first(*body[1:], **rest) == ("青禾市民政局", "sign-off")
    assert first("正文。", **rest) == ("青禾市水利局", "breadcrumb")
    rest["breadcrumb"] = "首页 > 政务公开 > 年度报告"
    assert first("正文。", **rest) == ("青禾市人民政府", "meta SiteName")
    assert first("正文。") is None


def test_a_list_of_labels_and_values() -> None:
    assert first("正文。", byline=["发布机构", "青禾市林业局", "文号"]) == ("青禾市林业局", "byline 发布机构")
    assert first("正文。", byline=["发布机构：", "发布日期：2017-03-01"]) is None


def test_the_list_names_the_issuer() -> None:
    article = make_article("正文。", title="年度报告", listed="青禾市财政局2016年政府信息公开工作年度报告")
    assert next(iter_issuers(article, "年度报告", "h1")).reading == "list"
    article.page.entry = Entry(url="", title="年度报告", organ="青禾市财政局")
    assert next(iter_issuers(article, "年度报告", "h1")).reading == "list organ"


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("www.qinghe.gov.cn", True),
        ("http://www.qinghe.gov.cn/", True),
        ("qinghe.gov.cn", True),
        ("", True),
        ("gxq.wutong.gov.cn", False),
        ("标识码：[", False),
    ],
)
def test_copied_metadata_are_not_the_sites_own(domain: str, own: bool) -> None:
    assert site_meta_is_own(make_article(meta={"sitedomain": domain})) is own


def test_a_copied_preamble_is_a_conflict() -> None:
    title = "深州市体育局2018年政府信息公开工作年度报告"
    article = make_article("本报告由深州市教育局编制。", title=title)
    named = next(iter_issuers(article, title, "h1"))
    finding = issuer_conflict(named, article)
    assert finding is not None
    assert "深州市体育局" in finding.message
    assert "深州市教育局" in finding.message
    (span,) = finding.evidence
    assert article.text[span.start : span.end] == "深州市教育局"


@pytest.mark.parametrize(
    "organ", ["深州市体育局", "体育局", "市体育局", "局办公室", "办公室", "深州市体育局办公室", "深州市人民政府办公室"]
)
def test_no_conflict(organ: str) -> None:
    title = "深州市体育局2018年政府信息公开工作年度报告"
    article = make_article(f"本报告由{organ}编制。", title=title)
    named = next(iter_issuers(article, title, "h1"))
    assert issuer_conflict(named, article) is None or organ == "深州市人民政府办公室"


def test_words_of_time_are_of_no_name() -> None:
    title = "深州市人民法院2018年政府信息公开工作年度报告"
    article = make_article("现将一年来市法院政府信息公开工作情况报告如下。", title=title)
    assert issuer_conflict(next(iter_issuers(article, title, "h1")), article) is None
