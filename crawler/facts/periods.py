"""The stretch of time a report says its statistics cover (统计期限), also where digits of it were lost.

Lost digits are made up for only where one reading is possible: `201711日至20171231日` can only be the whole of 2017.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crawler.facts.dates import small_number
from crawler.facts.words import ALONE, YEAR, narrow, year_number
from crawler.items import Finding, Period, Span

_SMALL: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_TO: Final = r"\s{0,2}(?:起|始|开始)?\s{0,2}(?:至|到|—{1,2}|－|-{1,2}|~|～|―|–)\s{0,2}"
WHOLE: Final = re.compile(
    rf"(?P<y1>{YEAR}){ALONE}\s?[年.\-/]\s?(?P<m1>{_SMALL})\s?[月.\-/]\s?(?P<d1>{_SMALL})\s?[日号]?{_TO}"
    rf"(?:(?P<y2>{YEAR})\s?[年.\-/]\s?|同年|当年|本年)?(?P<m2>{_SMALL})\s?[月.\-/]\s?(?P<d2>{_SMALL})\s?[日号]?"
)
BROKEN: Final = re.compile(
    rf"(?P<a>(?:19\d\d|20\d\d){ALONE}[\d年月]{{0,7}}日?){_TO}(?P<b>(?:(?:19|20)\d\d[\d年月]{{0,7}}|1231|12月?31|1月?231)日?)(?![\d.])"
)
LOST_MARKS: Final = re.compile(r"\d{5}|年\d\d日|年1231")
"""A year or a month that runs into what follows."""
CUE: Final = re.compile(r"统计|期限|数据|截[至止]|时限|周期|时间段|报告期|起止|年度报告|时间范围|自$")
CUE_REACH: Final = 40
"""Characters before a stretch of time in which a word must say that it is the report's."""
REACH: Final = 3000
"""Characters of the text that are searched: it stands in the preamble, at times later."""


@dataclass(slots=True)
class StatedPeriod:
    """What was found."""

    period: Period | None = None
    span: Span | None = None
    findings: list[Finding] = field(default_factory=list)


def read_period(text: str) -> StatedPeriod:
    """Return the period that a report states, with a finding where digits of it were lost."""
    plain = narrow(text[:REACH])
    for match in WHOLE.finditer(plain):
        period = _whole(match)
        if period and (_is_year(period) or CUE.search(plain[max(0, match.start() - CUE_REACH) : match.start()])):
            return StatedPeriod(period, Span(start=match.start(), end=match.end()))
    for match in BROKEN.finditer(plain):
        around = plain[max(0, match.start() - CUE_REACH) : match.end()]
        if LOST_MARKS.search(match[0]) and ("日" in match[0] or CUE.search(around)):
            return _mend(text, match)
    return StatedPeriod()


def _whole(match: re.Match[str]) -> Period | None:
    first = year_number(match["y1"])
    last = year_number(match["y2"]) if match["y2"] else first
    try:
        period = Period(
            start=date(first, small_number(match["m1"]), small_number(match["d1"])),
            end=date(last, small_number(match["m2"]), small_number(match["d2"])),
        )
    except ValueError:  # printed, but no days of the calendar
        return None
    return period if period.start < period.end else None


def _is_year(period: Period) -> bool:
    return (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31) and (
        period.start.year == period.end.year
    )


def _mend(text: str, match: re.Match[str]) -> StatedPeriod:
    """Read a stretch with lost marks: the digits that are left must be those of 1 January and 31 December of a year."""
    first, last = (re.sub(r"\D", "", match[side]) for side in "ab")
    year = first[:4]
    span = Span(start=match.start(), end=match.end())
    raw = text[span.start : span.end]
    if first[4:] in ("11", "0101", "101", "011") and last in (f"{year}1231", "1231"):
        period = Period(start=date(int(year), 1, 1), end=date(int(year), 12, 31))
        if match["a"] == f"{year}0101" and match["b"] == last:  # printed in eight digits: nothing was lost
            return StatedPeriod(period, span)
        message = f"the period is printed as {raw}; only the whole of {year} can be meant"
        return StatedPeriod(
            period, span, [Finding(code="period.repaired", severity="info", message=message, evidence=[span])]
        )
    message = f"the period is printed as {raw}, which can be read in more than one way"
    return StatedPeriod(
        None, None, [Finding(code="period.damaged", severity="warning", message=message, evidence=[span])]
    )
