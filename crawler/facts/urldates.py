"""Dates in addresses: the day a CMS made the page, which a migration may have set anew."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from crawler.facts.words import path_of

_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_M: Final = r"(?P<m>0?[1-9]|1[0-2])"
_D: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_MM: Final = r"(?P<m>0[1-9]|1[0-2])"
_DD: Final = r"(?P<d>0[1-9]|[12]\d|3[01])"

DAY_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"/t{_Y}{_MM}{_DD}_\d+",  # TRS
        rf"/{_Y}/{_M}/{_D}/",  # Hanweb art/Y/M/D, UCAP dialects
        rf"/{_Y}-{_M}/{_D}/",  # Y-M/D/content_N
        rf"/{_Y}/{_M}-{_D}/",  # Y/M-D/N
        rf"/{_Y}-{_M}-{_D}[/_.-]",  # Y-M-D/N
        rf"/{_Y}{_MM}/{_DD}/",  # columns/<uuid>/YYYYMM/DD
        rf"/{_Y}/{_MM}{_DD}/",  # people.com.cn dialect
        rf"/{_Y}{_MM}{_DD}/",  # YYYYMMDD/<hex>
        rf"/{_Y}{_MM}{_DD}\d{{4,}}(?:/index)?(?:[/.]|$)",  # ids that begin with the instant
        rf"[/_]{_Y}{_MM}{_DD}(?:[_.]\w+)*\.[sj]?html?$",
        rf"[_-]{_Y}{_MM}{_DD}\d{{6,}}\.[sj]?html?$",
    )
)
"""Forms of a whole date, each with the families that make it; tried in this order."""
MONTH_FORM: Final = re.compile(rf"/{_Y}(?:/|-)?{_MM}/[^/]*$")


def url_date(url: str) -> date | None:
    """Return the day that an address carries, or None; a month alone is no day.

    >>> url_date("http://www.a.gov.cn/xxgk/202101/t20210122_2840199.html"), url_date("http://a.gov.cn/c1/202201/ab.shtml")
    (datetime.date(2021, 1, 22), None)
    """
    path = path_of(url)
    for form in DAY_FORMS:
        for match in form.finditer(path):
            found = _date(int(match["y"]), int(match["m"]), int(match["d"]))
            if found:
                return found
    return None


def url_month(url: str) -> str | None:
    """Return the folder of an address that names a year and a month, as printed, or None.

    >>> url_month("http://a.gov.cn/c1/202201/ab.shtml")
    '202201'
    """
    match = MONTH_FORM.search(path_of(url))
    return match[0].strip("/").rsplit("/", 1)[0] if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of June: digits that are no date
        return None
