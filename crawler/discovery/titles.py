"""What a title in a list says before the document is opened."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from crawler.discovery.words import YEAR, YEAR_COLUMN, is_organ, plain

Promise: TypeAlias = Literal["report", "lookalike", "unknown"]

DISCLOSURE = re.compile(
    r"(?:政府|政务)?信息公开.{0,8}(?:年度?报告?|年报|报告)|政务公开.{0,6}(?:年度?报告|年报)|信息.{0,4}年度报告|公开年报|公开年度报告"
)
OTHERS = re.compile(
    r"通知|制度|格式|解读|要点|总结|指南|目录|培训|考核|报表|[预决]算|法治政府|复议|应诉|网站|统计公报|学年|学校|公告|意见|办法|方案|规定"
)
YEARLY = re.compile(r"年度?报告?|年报|工作报告|报告")
YEAR_FOUND = re.compile(YEAR)
DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")


def promise_of(title: str) -> Promise:
    """Return what a title promises: a disclosure report, another yearly document, or nothing that can be told."""
    words = plain(title)
    if DISCLOSURE.search(words) and not OTHERS.search(words):
        return "report"
    return "lookalike" if YEARLY.search(words) or OTHERS.search(words) else "unknown"


def year_of(title: str) -> int | None:
    """Return the year a title names first, or None."""
    match = YEAR_FOUND.search(plain(title))
    digits = match[0].translate(DIGITS)[:4] if match else ""
    return int(digits) if digits.isdigit() else None


def is_sure(title: str) -> bool:
    """Return whether a title is one of a yearly report, or of nothing else: a bare year, a bare organ."""
    name = plain(title)
    return promise_of(title) != "unknown" or YEAR_COLUMN.fullmatch(name) is not None or is_organ(name)
