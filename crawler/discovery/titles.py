"""What a title in a list says before the document is opened."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from crawler.discovery.words import YEAR, YEAR_COLUMN, is_organ, plain
from crawler.facts.kinds import ANNOUNCEMENT, BARE, COLUMN_NAME, SUMMARY_REPORT, UNDECIDED, kind_of

Promise: TypeAlias = Literal["report", "lookalike", "unknown"]

LIKELY = frozenset((COLUMN_NAME, ANNOUNCEMENT, SUMMARY_REPORT))
"""Why a title alone does not decide that still names the report: the page behind it may be one."""
CUT = re.compile(r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度?)?(?:工作)?(?:报)?(?:\.{2,}|…+)\Z")
"""The end of a title that a list cut short."""
YEARLY_KINDS = frozenset(("website", "rule_of_law", "review", "budget", "institution", "work_report"))
REPORT_WORDS = re.compile("报告|年报|报表")
YEAR_FOUND = re.compile(YEAR)
DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")


@lru_cache(maxsize=8192)
def promise_of(title: str) -> Promise:
    """Return what a title promises: a disclosure report, another yearly document or one about them, or neither.

    What may be a report is opened; the document itself then decides by the same rules (crawler/facts/kinds.py).
    """
    kind, reason = kind_of(title)
    if kind == "disclosure" or reason in LIKELY or CUT.search(plain(title)):
        return "report"
    if kind in YEARLY_KINDS or (reason not in UNDECIDED and REPORT_WORDS.search(title)):
        return "lookalike"
    return "unknown"


def year_of(title: str) -> int | None:
    """Return the year a title names first, or None."""
    match = YEAR_FOUND.search(plain(title))
    digits = match[0].translate(DIGITS)[:4] if match else ""
    return int(digits) if digits.isdigit() else None


def is_sure(title: str) -> bool:
    """Return whether a title is one of a yearly report, or of nothing else: a bare year, a bare organ."""
    name = plain(title)
    return (
        promise_of(title) != "unknown"
        or BARE.fullmatch(name) is not None
        or YEAR_COLUMN.fullmatch(name) is not None
        or is_organ(name)
    )
