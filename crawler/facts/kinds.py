"""Which yearly document a page is: the 政府信息公开工作年度报告, or one of its look-alikes.

The title decides; only a title that says nothing is helped out by the document's own headings and tables. A notice
that prescribes the report's format prints all its headings too, so the body never overrules a title that speaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.facts.words import YEAR, path_of, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.items import ReportKind, Section, Table

_OPEN: Final = r"(?:政府|政务)?信息[公共]开|政[府务]公开|政府信息"
_REPORT: Final = r"(?:年度?(?:工作)?(?:情况)?(?:的)?报告?|年报|(?:工作|情况|年度?)的?报告|报告(?:$|[(\[【_—-]))"
DISCLOSURE: Final = re.compile(
    rf"(?:{_OPEN}).{{0,14}}?{_REPORT}|(?:{_OPEN})(?:工作)?情况统计表|信息公开年度$|{YEAR}年?度?(?:政府)?信息公开$"
)
"""Words that name a disclosure report, provided nothing below says otherwise."""

ABOUT_REPORTS: Final = re.compile(
    r"》?的?(?:发布|编制|公布|编写|撰写|报送|填报|自查|工作|培训|会议|评估|审查|汇总|出炉|来了|专栏|栏目|说明|模板|范本|样本)"
)
"""Behind the words for a report: news and rules about reports."""
ISSUER_END: Final = re.compile(r"(?:[省市县区州盟旗乡镇局委办厅部院署处室会司所站馆社校园队]|街道?|政府|中心|公司)$")
MANY: Final = re.compile(r"历年|^各|部门|单位|[市县区]直|^乡?镇街?$|^街镇$|^乡镇街道$")
"""Columns for many organs' reports."""
PARTIAL: Final = re.compile(r"季度|半年|[上下]半年|\d月份|[一二三四]季|专项(?:工作)?报告|专项检查")
_WHO: Final = r"(?:[省市县区旗州盟镇乡局委办厅部院署室处会]|街道|政府|中心|大队|支队)"
BARE_ANNUAL: Final = re.compile(rf"(?:{_WHO}{YEAR}年?度?年?(?:年报|年度报告)|{YEAR}年?年报[_-].*{_WHO})")
"""`二连浩特市2020年报`, `2020年报_审计局`: an organ's yearly report without its subject."""
ORGAN_NOUN: Final = re.compile(
    r"企业|公司|集团|基金会|协会|学会|统计年报|质量|公示|决算|预算|监测|部门预|财务|上市|股份|公积金|基金|统计公报"
)

RENDITION: Final = re.compile(r"图解|一图读懂|一图看懂|一图了解|图说|解读|问答|H5")
NOTICE_END: Final = re.compile(
    r"(?:的?(?:通知|公告|通报|通告|批复|复函|公示|意见|函|办法|规定|制度|规则|方案|细则|格式|指南|目录|要点|须知|清单|条例|流程图?|计划|安排))"
    r"(?:\(.*\)|【.*】|\[.*\])?$"
)
NOTICE_ANY: Final = re.compile(
    r"关于.*(?:通知|公告|通报|意见)(?:》|$|的|\()|印发.*(?:通知|办法|制度|格式)|统计报送|公开制度|统计制度|工作制度|[0-9一二三四五六七八九十]项制度"
    r"|报告(?:的)?(?:公布|发布|编制|公开|报送)(?:工作)?情况|有关事项"
    r"|(?:报告|公开)(?:编制|制度|格式|模板|培训|考核|指南|目录)"
)
NUMBER_ONLY: Final = re.compile(r"[一-龥]{2,8}[〔\[(﹝【](?:19|20)\d\d[〕\])﹞】]\d{1,4}号?(?:文件?)?")
ANNOUNCES: Final = re.compile(
    r"^(?!.*(?:格式|模板|制度|办法|做好|开展|编制|报送|考核)).*关于(?:公布|发布|公开|印发).*(?:公开|政府信息).{0,12}报告》?的(?:公告|通告|公示|通知)$"
)
"""A notice that may have the whole report below it."""
JOINED: Final = re.compile(r"^.{0,6}[和及与、]")
ABOUT_DISCLOSURE: Final = re.compile(r"公开|年度?报告|年报|报表|网站")

LOOKALIKES: Final[tuple[tuple[ReportKind, re.Pattern[str]], ...]] = (
    (
        "website",
        re.compile(
            r"网站.{0,14}?(?:年度?.{0,4}报[表告]|年报|报表)|新媒体.{0,10}?(?:年度?.{0,4}报[表告]|年报|报表)|监管年度?报"
        ),
    ),
    (
        "rule_of_law",
        re.compile(
            r"法治政府|依法行政|依法治[市县区省国]|法治建设|法治工作|普法|行政执法.{0,10}(?:报告|统计|数据|情况|年报)"
        ),
    ),
    ("review", re.compile(r"(?:行政)?复议|应诉")),
    ("budget", re.compile(r"预算|决算|三公|财政拨款|财政收支|绩效")),
    (
        "institution",
        re.compile(
            r"学年|(?:大学|学院|学校|中学|小学|幼儿园|医院|高校|公共企事业单位|公司|集团|水厂|公交).{0,12}?(?<!政府)信息公开"
        ),
    ),
)
SCHOOL_YEAR: Final = re.compile(r"学年")
WORK: Final = re.compile(r"总结|政府工作报告|述职|工作汇报|工作(?:年度)?报告|情况(?:的)?(?:报告|汇报)|年度工作报告")
SUMMARY: Final = re.compile(r"信息公开(?:工作)?(?:年度)?(?:工作)?总结报告")
OTHER_YEARLY: Final = re.compile(r"统计公报|年鉴|企业年报|环境质量|状况公报|年报|年度报告|公报")

COLUMN_ADDRESS: Final = re.compile(
    r"/(?:col/col\d+/)?(?:index(?:_\d+)?|list(?:_\d+)?|node_\d+|\d{1,2})\.[sj]?html?$|/$|(?:^|[_/])[a-z]*(?:nb|ndbg|lby_nb|gknb|zd|list)\.[sj]?html?$"
)
ARTICLE_FOLDER: Final = re.compile(r"/(?:\d{6,}|[0-9A-Fa-f]{24,}|[0-9a-f-]{36})/index\.[sj]?html?$")
BARE: Final = re.compile(
    rf"(?:{YEAR})?年?度?(?:工作|情况)?(?:年度)?(?:工作)?报告|(?:{YEAR})?年?年报|正文|详[情细]|内容|公开内容"
)
"""Titles without a subject."""
NO_TITLE: Final = "no title"
COLUMN: Final = "address: a column's page"
COLUMN_NAME: Final = "title: a column's name"
NAMELESS: Final = "title: names no yearly document"
ANNOUNCEMENT: Final = "title: announces a report"
SUMMARY_REPORT: Final = "title: a report that sums up"
UNDECIDED: Final = frozenset({NO_TITLE, COLUMN, COLUMN_NAME, NAMELESS, ANNOUNCEMENT, SUMMARY_REPORT})
"""Reasons that leave the word to the body."""
MARKER_KINDS: Final = frozenset({"stat-2014", "t2", "t3", "t4"})
TELLING: Final = frozenset({"proactive", "requests", "disputes"})
OPENING: Final = re.compile(
    r"(?:现(?:将|就|公布|发布|向社会)|编制|制作|形成|撰写|报告如下)[^。]{0,80}?信息公开[^。]{0,24}?报告|信息公开[^。]{0,40}?(?:报告|情况|公布|公开)如下|特(?:编制|向社会)[^。]{0,30}?年度报告"
)
EXPLAINED: Final = re.compile(r"(?:进行|作)?如下解读|解读如下")
LONGEST: Final = 400
"""Characters of a title that are read."""
OPENING_LENGTH: Final = 800
"""Characters of the text in which a report says what it is."""


def kind_of(title: str, url: str = "") -> tuple[ReportKind, str]:
    """Return what a title (and the address) says a document is, with the words that said it.

    >>> kind_of("青禾市财政局2023年政府信息公开工作年度报告")
    ('disclosure', 'title: 政府信息公开工作年度报告')
    >>> kind_of("青禾市2023年法治政府建设情况报告")[0], kind_of("政府信息公开年报", "http://a.gov.cn/xxgk/nb/index.html")[0]
    ('rule_of_law', 'other')
    """
    words = plain(title[:LONGEST])
    while len(words) > 2 and words[0] in "((" and words[-1] in "))":
        words = words[1:-1]
    return _read_title(words, url) if words else ("other", NO_TITLE)


def _read_title(words: str, url: str) -> tuple[ReportKind, str]:
    dated = bool(re.search(YEAR, words))
    if not dated and is_column_address(url):
        return "other", COLUMN
    if BARE.fullmatch(words):
        return "other", NAMELESS
    if RENDITION.search(words):
        return "interpretation", f"title: {_found(RENDITION, words)}"
    named = DISCLOSURE.search(words)
    return _look_alike(words, named) or _report(words, named, dated=dated) or _other(words)


def _look_alike(words: str, named: re.Match[str] | None) -> tuple[ReportKind, str] | None:
    """Another yearly document, or a notice about one."""
    for kind, pattern in LOOKALIKES:
        match = pattern.search(words)
        if match is None:
            continue
        if kind == "institution" or named is None or not _is_in_a_name(words, match, named):
            return kind, f"title: {match[0]}"
    if ANNOUNCES.search(words):
        return "notice", ANNOUNCEMENT
    if NOTICE_END.search(words) or NOTICE_ANY.search(words) or NUMBER_ONLY.search(words):
        return _notice(words)
    return None


def _is_in_a_name(words: str, match: re.Match[str], named: re.Match[str]) -> bool:
    """Tell whether a look-alike's word is of the issuer's name: 综合行政执法局2020年政府信息公开工作年度报告.

    It is, before the words for a disclosure report, unless it is their subject (决算信息公开) or joined to it (和).
    """
    if match.start() >= named.start():
        return False
    between = words[match.end() : named.start()]
    return match.end() > named.start() or bool(between and not JOINED.search(between))


def _report(words: str, named: re.Match[str] | None, *, dated: bool) -> tuple[ReportKind, str] | None:
    if named and not PARTIAL.search(words) and "总结" not in words:
        if ABOUT_REPORTS.match(words, named.end()):
            return "other", "title: speaks of reports"
        return _disclosure(words, named, dated=dated)
    if dated and not ORGAN_NOUN.search(words) and BARE_ANNUAL.search(words):
        return "disclosure", f"title: {_found(BARE_ANNUAL, words)}"
    return None


def _other(words: str) -> tuple[ReportKind, str]:
    if SUMMARY.search(words):
        return "work_report", SUMMARY_REPORT
    if WORK.search(words):
        return "work_report", f"title: {_found(WORK, words)}"
    if OTHER_YEARLY.search(words):
        return "other", f"title: {_found(OTHER_YEARLY, words)}"
    return "other", NAMELESS


def _disclosure(words: str, named: re.Match[str], *, dated: bool) -> tuple[ReportKind, str]:
    """A report has a year or an issuer in its title; the bare words are a column's name."""
    rest = words[: named.start()] or words[named.end() :].strip("()_-")
    if dated or (ISSUER_END.search(rest) and not MANY.search(rest)):
        return "disclosure", f"title: {named[0]}"
    return "other", COLUMN_NAME


def _notice(words: str) -> tuple[ReportKind, str]:
    match = NOTICE_END.search(words) or NOTICE_ANY.search(words) or NUMBER_ONLY.search(words)
    found = match[0] if match else ""
    official = re.search(r"通知|公告|通报|批复|函|公示|通告", found) or NUMBER_ONLY.search(words)
    if official or ABOUT_DISCLOSURE.search(words):
        return "notice", f"title: {found}"
    return "other", f"title: {found}"


def _found(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return match[0] if match else ""


def is_column_address(url: str) -> bool:
    """Tell whether an address looks like a list page: an index of a folder that is no document's own."""
    path = path_of(url)
    return bool(COLUMN_ADDRESS.search(path)) and not ARTICLE_FOLDER.search(path)


def settle_kind(
    from_title: tuple[ReportKind, str], text: str, sections: Sequence[Section], tables: Sequence[Table]
) -> tuple[ReportKind, str]:
    """Return a document's kind: its title's, or what its body says where the title says nothing."""
    if from_title[0] == "disclosure" and (match := EXPLAINED.search(text[:OPENING_LENGTH])):
        return "interpretation", f"body: {match[0]}"
    if from_title[1] not in UNDECIDED:
        return from_title
    marked = {table.kind for table in tables} & MARKER_KINDS
    told = {section.kind for section in sections} & TELLING
    said = OPENING.search(text[:OPENING_LENGTH])
    if said and (told or marked):
        return "disclosure", f"body: {said[0][:60]}"
    if len(told) >= 2:
        headings = "; ".join(section.heading for section in sections if section.kind in told)
        return "disclosure", f"headings: {headings[:100]}"
    if marked and told:
        return "disclosure", f"tables: {', '.join(sorted(str(mark) for mark in marked))}"
    return from_title
