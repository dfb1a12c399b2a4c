"""Which yearly document a title, an address and a body name."""

from __future__ import annotations

import pytest

from crawler.facts.kinds import kind_of, settle_kind
from crawler.facts.sections import read_sections
from crawler.items import Table

A = "http://www.qinghe.gov.cn/xxgk/202401/t20240131_2.html"
COLUMN = "http://www.qinghe.gov.cn/xxgk/zfxxgknb/index.html"

TITLES = {
    "the usual title": ("青禾市财政局2023年政府信息公开工作年度报告", "disclosure"),
    "year first": ("2022年青禾市政府信息公开工作年度报告", "disclosure"),
    "year behind the subject": ("青禾市政府信息公开工作2010年度报告", "disclosure"),
    "year twice": ("2025青禾县大坪乡2025年度政府信息公开工作年度报告", "disclosure"),
    "no word for work": ("青禾县扶贫办2017年政府信息年度报告", "disclosure"),
    "no word for government": ("青禾县质监局 2017年信息公开年度报告", "disclosure"),
    "a work report on disclosure": ("青禾市广播电视局2022年度政府信息公开工作报告", "disclosure"),
    "a report on the state of disclosure": ("青禾市人民政府办公厅关于2010年政府信息公开工作情况的报告", "disclosure"),
    "short for yearly report": ("青禾区2008年政府信息公开年报", "disclosure"),
    "an organ's yearly report without its subject": ("青禾市2020年报", "disclosure"),
    "behind the book's name": ("Page 9 - 2020年报_审计局", "disclosure"),
    "traditional characters": ("青禾市工業和信息化局2019年政府信息公開工作年度報告", "disclosure"),
    "pinyin glued on": ("青禾市2021年政府信息公開（kāi）工作年度報（bào）告", "disclosure"),
    "text rendition": ("青禾市2021年政府信息公开工作年度报告（文字版）", "disclosure"),
    "numerals": ("青禾市二〇一二年政府信息公开工作年度报告", "disclosure"),
    "blank inside": ("青禾县2021年政府信息公开 工作年度报告", "disclosure"),
    "an organ that enforces the law": ("青禾市综合行政执法局2020年信息公开报告", "disclosure"),
    "an organ that governs by law": ("青禾县依法治县办公室2018年政府信息公开工作年度报告", "disclosure"),
    "an organ that rates performance": ("青禾市绩效管理办公室2018年政府信息公开年度报告", "disclosure"),
    "an organ that runs a website": ("青禾市政府网站管理中心2018年政府信息公开年度报告", "disclosure"),
    "a county hospital on the government's form": ("青禾县人民医院2020年政府信息公开工作年度报告", "disclosure"),
    "the form of 2014": ("青禾市2016年政府信息公开情况统计表", "disclosure"),
    "picture explanation": ("一图读懂青禾市2021年政府信息公开工作年度报告", "interpretation"),
    "explanation behind": ("《青禾市2021年政府信息公开工作年度报告》解读", "interpretation"),
    "explanation of another report": (
        "【政策解读】关于《青禾县2023年度法治政府建设情况的报告》的政策解读",
        "interpretation",
    ),
    "website form": ("青禾市2022年政府网站工作年度报表", "website"),
    "website report": ("青禾市人民政府门户网站监管年度报表（2021年度）", "website"),
    "notice on website forms": ("关于做好政府网站年度报表发布工作的通知", "website"),
    "rule of law": ("青禾市2023年度法治政府建设情况报告", "rule_of_law"),
    "lawful administration": ("青禾市司法局2012年依法行政工作情况报告", "rule_of_law"),
    "reconsideration": ("青禾县2024年行政复议年度情况", "review"),
    "litigation": ("青禾市2020年行政应诉工作年度报告", "review"),
    "budget": ("青禾市教育局2018年度部门预算公开说明", "budget"),
    "final account": ("青禾市教育局2018年度部门决算信息公开", "budget"),
    "a notice to write reports": ("关于做好2021年政府信息公开工作年度报告编制发布工作的通知", "notice"),
    "the format": ("关于印发《政府信息公开工作年度报告格式》的通知", "notice"),
    "the system": ("青禾省人民政府办公厅政府信息公开年度报告制度（试行）", "notice"),
    "six systems": ("政府信息公开六项制度", "notice"),
    "statistics system": ("【公开制度】青禾市信息公开统计制度", "notice"),
    "guide": ("青禾市政府信息公开指南", "notice"),
    "a number alone": ("国办发〔2014〕32号", "notice"),
    "school year": ("青禾大学2021-2022学年信息公开工作年度报告", "institution"),
    "hospital": ("青禾市人民医院2021年信息公开工作年度报告", "institution"),
    "two subjects": ("青禾市关于2020年法治政府建设和政府信息公开工作情况的报告", "rule_of_law"),
    "law enforcement figures": ("青禾市2020年行政执法统计年报", "rule_of_law"),
    "budget disclosure": ("青禾市2018年度部门决算信息公开情况报告", "budget"),
    "reconsideration of disclosure": ("青禾市政府信息公开行政复议2020年度报告", "review"),
    "how many were published": ("青禾市2023年政府信息公开工作年度报告公布情况", "notice"),
    "an announcement": ("关于公布青禾市2019年政府信息公开工作年度报告的公告", "notice"),
    "a company's own openness": ("青禾水务公司2021年信息公开工作年度报告", "institution"),
    "a company on the government's form": ("国网青禾县供电公司2017年政府信息公开工作年度报告", "disclosure"),
    "news about reports": ("青禾县圆满完成2022年政府信息公开年报发布工作", "other"),
    "training for reports": ("我县召开政府信息公开工作年度报告编制培训会", "notice"),
    "an explanation of columns": ("政府信息公开年度报告的说明", "other"),
    "a column of many years": ("历年政府信息公开工作年度报告", "other"),
    "a column of many organs": ("市直部门政府信息公开工作年度报告", "other"),
    "an organ without a year": ("青禾市财政局政府信息公开工作年度报告", "disclosure"),
    "an organ behind, without a year": ("政府信息公开工作年度报告（青禾市财政局）", "disclosure"),
    "a file's name": ("青禾市2020年政府信息公开工作年度报告.pdf", "disclosure"),
    "a special report": ("青禾市2020年政府信息公开专项工作报告", "work_report"),
    "government work report": ("2023年青禾市政府工作报告", "work_report"),
    "summary of disclosure work": ("青禾市2019年政务公开工作总结", "work_report"),
    "a report that sums up": ("青禾县交易中心2017年信息公开工作总结报告", "work_report"),
    "half a year": ("青禾市2019年上半年政府信息公开工作报告", "work_report"),
    "company report": ("青禾城投集团2020年年度报告", "other"),
    "statistical communiqué": ("青禾市2020年国民经济和社会发展统计公报", "other"),
    "enrolment rules": ("青禾大学2026年博士研究生申请考核制招生实施办法", "other"),
    "news": ("公安机关破获跨境赌博案件3500余起", "other"),
    "a column's name": ("政府信息公开年报", "other"),
    "nothing": ("", "other"),
}


@pytest.mark.parametrize(("title", "kind"), TITLES.values(), ids=TITLES)
def test_titles(title: str, kind: str) -> None:
    found, reason = kind_of(title, A)
    assert (found, bool(reason)) == (kind, True)


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        pytest.param("政府信息公开年报", COLUMN, "other", id="a column's page"),
        pytest.param("青禾市政府信息公开工作年度报告", COLUMN, "other", id="a column's page under an organ's name"),
        pytest.param("青禾市2020年政府信息公开工作年度报告", COLUMN, "disclosure", id="a year makes a document"),
        pytest.param(
            "青禾市政府信息公开工作年度报告",
            "http://www.qinghe.gov.cn/1023721/4014696/index.html",
            "disclosure",
            id="a document's own folder",
        ),
    ],
)
def test_addresses(title: str, url: str, kind: str) -> None:
    assert kind_of(title, url)[0] == kind


HEADINGS = "一、主动公开政府信息情况\n公开12条。\n二、依申请公开情况\n收到3件。\n三、行政复议情况\n无。"
BODIES = {
    "headings": (HEADINGS, [], "disclosure"),
    "an opening and a heading": (
        "现将青禾市2016年政府信息公开工作情况报告如下。\n一、主动公开情况\n好。\n二、其他\n无",
        [],
        "disclosure",
    ),
    "a table and a heading": ("一、收到和处理政府信息公开申请情况\n见表\n二、其他\n无", ["t3"], "disclosure"),
    "a table alone": ("见表", ["t3"], "other"),
    "one heading": ("一、主动公开情况\n好。\n二、其他\n无", [], "other"),
    "nothing": ("青禾市举行植树活动。", [], "other"),
}


@pytest.mark.parametrize(("text", "marks", "kind"), BODIES.values(), ids=BODIES)
def test_a_title_that_says_nothing_is_helped_out(text: str, marks: list, kind: str) -> None:
    tables = [Table(rows=[["1"]], kind=mark) for mark in marks]
    assert settle_kind(kind_of("年度报告"), text, read_sections(text, []), tables)[0] == kind


@pytest.mark.parametrize(
    "title", ["青禾市2023年法治政府建设情况报告", "关于印发年度报告格式的通知", "青禾市2019年政务公开工作总结"]
)
def test_the_body_never_overrules_a_title_that_speaks(title: str) -> None:
    told = kind_of(title)
    assert settle_kind(told, HEADINGS, read_sections(HEADINGS, []), []) == told
