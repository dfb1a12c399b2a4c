"""Hostile texts cost no more than ordinary ones of their length: every search is linear."""

from __future__ import annotations

import time

import pytest

from crawler.checks import check_report
from crawler.checks.redaction import redact
from tests.factories import make_report

SIZE = 200_000
HOSTILE = {
    "stars": "*",
    "brackets": "《",
    "closing brackets in one line": "）",
    "digits": "1",
    "digits and commas": "1,",
    "digits apart": "1 ",
    "years": "2016",
    "shares": "总数9件，1件，占",
    "labels": "审核人：",
    "labels and blanks": "审核人" + " " * 50,
    "labels in one row": "审核人 | ",
    "blanks": " ",
    "brand": "足彩胜负1",
    "names before an office": "xy88人民政府",
    "formula": "以新时代中国特色社会主义思想",
    "own address": "本报告网站aaaaaaaaaaaaaaaa",
    "boxes": "a@a",
    "long box": "a.",
    "pinyin": "文(wen",
    "single characters": "结 ",
    "lines of single characters": "结 果 其 他\n",
    "question marks": "?",
    "quotes": "“政",
    "traditional": "國",
    "numerals": "二三五",
    "plates": "车京A1",
    "entities": "&amp;",
    "commas": ",",
    "names": "审核人：张三丰，",
    "mobiles": "电话13700000000；",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_checked_and_masked_in_time(piece: str) -> None:
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    report = make_report(text=text, sections=[], tables=[], indicators=[], figures=[], url="http://www.a-shop.com/1")
    begun = time.process_time()
    findings = check_report(report)
    redact(report)
    assert time.process_time() - begun < 3
    assert all(len(finding.evidence) <= 100 for finding in findings)
