"""From bytes to the verdict: tampered pages are held back, damaged ones flagged, sound ones published."""

from __future__ import annotations

import pytest

from crawler.checks.verdict import verdict
from crawler.items import Page, Report
from crawler.parsing.article import read_article
from pipelines.check import CheckReport
from pipelines.clean import CleanText
from pipelines.extract import ExtractReport

TITLE = "青禾市财政局2017年政府信息公开工作年度报告"
URL = "http://www.qinghe.gov.cn/xxgk/2018-03/06/content_7.html"
REST = "，坚持以公开为常态、不公开为例外，逐项落实年度要点，及时更新门户网站和公开专栏，按要求报送数据。" * 3
PAGE = f"""<html><head><meta charset="utf-8"><title>{TITLE}_青禾市人民政府门户网站</title></head><body><h1>{TITLE}</h1>
<div id="zoom"><p>根据青禾市人民政府办公室要求，编制本报告。统计期限为2017年1月1日至2017年12月31日。</p>
<p>一、主动公开情况</p><p>2017年，主动公开政府信息1025条{REST}</p>
<p>二、依申请公开情况</p><p>全年共收到政府信息公开申请13件{REST}</p></div></body></html>"""
HIDDEN = '<div style="display:none"><a href="http://a.casino-shop.com/">足球即时比分</a></div></body>'


def read(page: str, url: str = URL, portal: str | None = None) -> Report:
    item: object = read_article(Page(url=url, body=page.encode(), portal=portal))
    for stage in (CleanText(), ExtractReport(), CheckReport()):
        item = stage.process_item(item)
    assert isinstance(item, Report)
    return item


CASES = {
    "a sound report": (PAGE, URL, "publish", None),
    "gambling in the place of the title": (
        PAGE.replace(f"<title>{TITLE}", "<title>满堂彩娱乐平台_即时比分"),
        URL,
        "quarantine",
        "tamper.title",
    ),
    "a phrase before the title": (
        PAGE.replace("<title>", "<title>免费视频app下载_"),
        URL,
        "quarantine",
        "tamper.title",
    ),
    "one name replaced everywhere": (
        PAGE.replace("青禾市人民政府办公室", "威廉希尔体育人民政府办公室"),
        URL,
        "quarantine",
        "tamper.brand",
    ),
    "a copy on another host": (
        PAGE,
        "http://www.flower-shop.com/qinghe/zfxxgknb/201803/t20180306_7.html",
        "quarantine",
        "tamper.dialect",
    ),
    "hidden links": (PAGE.replace("</body>", HIDDEN), URL, "flag", "hidden.links"),
    "digits of a date gone": (PAGE.replace("2017年1月1日至", "20171月1日至"), URL, "flag", "lost.digits"),
    "a saved file": (PAGE, "", "publish", None),
    "a test server": (PAGE, "http://127.0.0.1:8000/zfxxgknb/201803/t20180306_7.html", "publish", None),
}


@pytest.mark.parametrize(("page", "url", "judged", "code"), CASES.values(), ids=CASES.keys())
def test_h06_what_becomes_of_a_page(page: str, url: str, judged: str, code: str | None) -> None:
    report = read(page, url)
    assert report.report_kind == "disclosure"
    found = {finding.code for finding in report.findings}
    assert verdict(report.findings) == judged, found
    assert code is None or code in found


def test_a_portal_of_the_catalogue_may_have_any_host() -> None:
    url = "http://www.new-district.com/zfxxgknb/201803/t20180306_7.html"
    assert verdict(read(PAGE, url, portal="new-district").findings) == "publish"
    assert verdict(read(PAGE, url, portal="www.new-district.com").findings) == "quarantine"
