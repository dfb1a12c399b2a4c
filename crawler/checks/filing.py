"""Mistakes of those who filed the report: they look like tampering and are none. Kept, and named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Report

DOUBLED_PLACES: Final = tuple(f"{place}{place}人民政府" for place in "省市县区镇乡")
DOUBLED_YEAR: Final = re.compile(r"((?:19|20)\d{2})年?\w{0,8}?[市县区镇乡局]\1年度?")
PERIOD: Final = re.compile(r"统计期限[^。；\n]{0,40}?至[^。；\n]{0,8}?12月(\d{1,2})日")
YEAR_END: Final = "31"
NEW_LAW: Final = 2019
NEW_FORM: Final = 2021
OLD_DECREE: Final = re.compile(r"国务院(?:第)?(?:492|四百九十二)号令?|国务院令第?492号|第492号")
OLD_FORM: Final = re.compile(r"公开办函\s*[〔﹝\[［【(（]2019[〕﹞\]］】)）]\s*60\s*号")


def check_filing(report: Report) -> list[Finding]:
    """Return the filer's own mistakes."""
    if report.report_kind != "disclosure":
        return []
    return [*iter_doubled(report), *iter_period(report), *iter_decree(report)]


def iter_doubled(report: Report) -> Iterator[Finding]:
    """Yield a finding for a name or a year that stands twice: 县县人民政府, 2025湖口县…2025年度."""
    if report.title and (year := DOUBLED_YEAR.search(report.title)):
        yield make_finding("filing.doubled", f"The year stands twice: {year[0]}")
    for name in DOUBLED_PLACES:
        place = report.text.find(name)
        if place >= 0 or name in (report.title or ""):
            where = [Span(start=place, end=place + len(name))] if place >= 0 else []
            yield make_finding("filing.doubled", f"A word stands twice: {name}", where)
            return


def iter_period(report: Report) -> Iterator[Finding]:
    """Yield a finding for a period of statistics that ends in December before the 31st."""
    for match in PERIOD.finditer(report.text) if "统计期限" in report.text else ():
        if match[1] != YEAR_END:
            span = Span(start=match.start(1), end=match.end(1))
            yield make_finding("filing.period", f"The period of the statistics ends on 12月{match[1]}日", [span])


def iter_decree(report: Report) -> Iterator[Finding]:
    """Yield a finding for a report that cites the rules of another year; they never decide its form."""
    year = report.report_year
    if year is None:
        return
    old = OLD_DECREE.search(report.text) if year >= NEW_LAW and "492" in report.text else None
    if old is None and year >= NEW_FORM and "60" in report.text:
        old = OLD_FORM.search(report.text)
    if old is not None:
        span = Span(start=old.start(), end=old.end())
        yield make_finding("filing.decree", f"The report for {year} cites {old[0]}, which it no longer follows", [span])
