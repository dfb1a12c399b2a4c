"""Dates as pages print them: `2019年03月18日`, `2019- 03- 01 15: 12`, `2021-03-2918:26`, `二〇一九年三月二十日`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from crawler.facts.words import ALONE, YEAR, narrow, year_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL: Final = r"(?:\d{1,2}|[一二三四五六七八九十〇]{1,3})"
_GAP: Final = r"[ \t]{0,2}"
_END: Final = rf"(?:{_GAP}[日号]|(?!\d)|(?=\d{{1,2}}[ \t]?:[ \t]?\d\d))"
"""Behind a day stands no other digit, but for a time that is glued on."""
DAY: Final = re.compile(
    rf"(?P<y>{YEAR}|0000){ALONE}{_GAP}(?:年|[-/.]){_GAP}(?P<m>{_SMALL}){_GAP}(?:月|[-/.]){_GAP}(?P<d>{_SMALL}){_END}"
)
COMPACT: Final = re.compile(rf"(?P<y>19\d\d|20\d\d){ALONE}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
MONTH: Final = re.compile(
    rf"(?P<y>{YEAR}){ALONE}{_GAP}(?:年|[-/.]){_GAP}(?P<m>{_SMALL}){_GAP}(?:月(?!{_GAP}{_SMALL})|$|(?=\s|[,。;)]))"
)
SHORT_YEAR: Final = re.compile(r"(?<![\d./-])(?P<y>[012]\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?![\d./-])")
_TENS: Final = {"十": 10, "〇": 0, **{char: number for number, char in enumerate("一二三四五六七八九", 1)}}


@dataclass(slots=True, frozen=True)
class Printed:
    """A date in a text."""

    raw: str
    """As printed."""
    value: date | None
    """None: no date of the calendar, such as 0000-00-00, or a month without its day."""
    start: int
    end: int
    is_month: bool = False
    """A month without its day."""


def iter_dates(text: str) -> Iterator[Printed]:
    """Yield the whole dates of a text in order; those that are no day of the calendar have no value."""
    plain = narrow(text)
    for match in DAY.finditer(plain):
        yield Printed(text[match.start() : match.end()], _value(match), match.start(), match.end())


def first_date(text: str) -> Printed | None:
    """Return the first date of a short text, whole before compact before a month alone; None when it has none.

    >>> [str(first_date(t).value) for t in ("2021-03-2918:26", "2019- 03- 01 15: 12", "二〇一九年三月二十日")]
    ['2021-03-29', '2019-03-01', '2019-03-20']
    >>> first_date("2009年3月")
    Printed(raw='2009年3月', value=None, start=0, end=7, is_month=True)
    """
    for printed in iter_dates(text):
        return printed
    plain = narrow(text)
    for pattern in (COMPACT, MONTH):
        match = pattern.search(plain)
        if match:
            raw, is_month = text[match.start() : match.end()], pattern is MONTH
            return Printed(raw, None if is_month else _value(match), match.start(), match.end(), is_month)
    return None


def short_date(text: str) -> Printed | None:
    """Return the first date of a short text whose year has two digits, None when it has none.

    >>> str(short_date("发布时间：09-3-20").value)
    '2009-03-20'
    """
    match = SHORT_YEAR.search(narrow(text))
    if match is None:
        return None
    return Printed(text[match.start() : match.end()], _value(match, century="20"), match.start(), match.end())


def small_number(text: str) -> int:
    """Return a day or month in digits or Chinese numerals: `二十一` is 21."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return int("".join(str(_TENS[char]) for char in text))
    return (_TENS[tens] if len(tens) == 1 else 1) * 10 + (_TENS[ones] if len(ones) == 1 else 0)


def _value(match: re.Match[str], century: str = "") -> date | None:
    try:
        return date(year_number(century + match["y"]), small_number(match["m"]), small_number(match["d"]))
    except ValueError:  # printed, but no day of the calendar
        return None
