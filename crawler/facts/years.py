"""The year a report is about: its title's, its period's, its opening's, else the year before it came out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.facts.words import ALONE, BLANKS, YEAR, narrow, path_of, plain, year_number
from crawler.items import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from crawler.items import Article, Evidence, Period, Span

FIRST: Final = 2007
"""The decree is of 2007, in force from May 2008: no report is about an earlier year."""
LAST: Final = 2099
SCHOOL: Final = re.compile(rf"({YEAR})[-—~至]{{1,2}}({YEAR}|\d\d)学?年?度?学年")
IN_TITLE: Final = re.compile(
    rf"(?<![\d〔\[(【第])({YEAR})(?!\d|号|[〕\]]\d)|(?<=[〔\[(【])({YEAR})(?=年度?[〕\])】]|[\])】](?!\d|第))"
)
"""A year that is no part of a document's number: 国办发〔2014〕32号."""
IN_TEXT: Final = re.compile(
    rf"({YEAR}){ALONE}(?:年度报告|年?度?(?:年度)?(?:的)?(?:我?[本市县区州省委局]?)(?:政府|政务)?(?:信息公开|政务公开|政府信息)[^。,\n]{{0,16}}?报告)"
)
MEANT: Final = re.compile(r"(?:编制|公布|发布|形成|现将|现就|报告如下)")
OPENING: Final = 600
"""Characters in which a report says what it is; notices that it cites are of the same year."""
NAMED: Final = re.compile(rf"({YEAR}){ALONE}[ \t]?年")
QUERY_YEAR: Final = re.compile(r"(?i)[?&](?:fbtime|nf|year|nd|niandu)=(?P<year>(?:19|20)\d\d)(?=&|#|$)")
FOLDER_YEAR: Final = re.compile(
    r"(?:nb|ndbg|gknb|bg|nd)[_-]?((?:19|20)\d\d)(?:n|nd|nb)?(?:/|_|\.|$)|/((?:19|20)\d\d)(?:n|nd|nb|nian|xxgknb)(?:/|_)|nnfpv((?:19|20)\d\d)"
)


@dataclass(slots=True)
class YearFound:
    """The report year, where it was found, and what contradicts it."""

    year: int | None = None
    reading: str | None = None
    own: int | None = None
    """The year that the text itself is about, as far as it says so."""
    findings: list[Finding] = field(default_factory=list)


def year_in_title(title: str | None) -> int | None:
    """Return the year a title names first, or None; of a school year the first one.

    >>> year_in_title("二〇一六年度报告"), year_in_title("2025湖口县2025年度报告"), year_in_title("国办发〔2014〕32号")
    (2016, 2025, None)
    """
    words = plain((title or "")[:400])
    match = SCHOOL.search(words) or IN_TITLE.search(words)
    return _possible(match[1] or match[2]) if match else None


def find_year(article: Article, title: str | None, period: Period | None, span: Span | None) -> YearFound:
    """Return the report year by trust: title, the list row's title, the stated period, the opening, the address."""
    entry = article.page.entry
    stated = period.start.year if period and period.start.year == period.end.year else None
    said = year_in_opening(article.text[:OPENING])
    readings: tuple[tuple[str, Callable[[], int | None]], ...] = (
        ("title", lambda: year_in_title(title)),
        ("list", lambda: year_in_title(entry.title) if entry else None),
        ("period", lambda: stated),
        ("text", lambda: said),
        ("url", lambda: year_in_address(article.page.url)),
        ("text", lambda: most_named(article.text[: 2 * OPENING])),
    )
    found = YearFound()
    for reading, read in readings:
        if year := read():
            found = YearFound(year, reading)
            break
    if found.year is None:
        return found
    named = most_named(article.text[: 2 * OPENING])
    found.own = stated or said or (named if named == found.year - 1 else None)
    if (stated or said) and found.own != found.year:
        found.findings.append(_conflict(found, [span] if stated and span else []))
    return found


def _conflict(found: YearFound, evidence: list[Evidence]) -> Finding:
    message = f"the {found.reading} says {found.year}, the text itself speaks of {found.own}"
    return Finding(code="year.conflict", severity="warning", message=message, evidence=evidence)


def earliest_year(found: YearFound) -> int | None:
    """Return the year before whose end the report cannot have come out, when that is sure enough to refuse dates."""
    if found.year is None or found.reading not in ("title", "list", "period"):
        return None
    return found.own if found.own == found.year - 1 else found.year


def settle_year(found: YearFound, published: date | None) -> YearFound:
    """Return the year after a look at the day of publication: a report comes out in the year after.

    A title that names the year of publication, over a text about the year before, is dated by its publication.
    """
    if found.year is None and published:
        return YearFound(published.year - 1, "published_on")
    if published and found.year == published.year and found.own == published.year - 1:
        findings = found.findings or [_conflict(found, [])]
        return YearFound(found.own, "text", found.own, findings)
    return found


def year_in_opening(opening: str) -> int | None:
    """Return the year of the report that the opening of a text speaks of as its own, or None."""
    words = BLANKS.sub("", narrow(opening))
    for match in IN_TEXT.finditer(words):
        before, after = words[max(0, match.start() - 30) : match.start()], words[match.end() : match.end() + 12]
        if (MEANT.search(before) and "关于" not in before[-12:]) or "如下" in after:
            return _possible(match[1])
    return None


def year_in_address(url: str) -> int | None:
    """Return the report year that an address names, in its query or in a folder of yearly reports, or None.

    >>> year_in_address("http://a.gov.cn/xxgkAnnualReport.jsp?fbtime=2017&area=1"), year_in_address("http://a.gov.cn/nb/")
    (2017, None)
    """
    asked = QUERY_YEAR.search(url)
    if asked:
        return _possible(asked["year"])
    match = FOLDER_YEAR.search(path_of(url))
    return _possible(next(filter(None, match.groups()))) if match else None


def most_named(text: str) -> int | None:
    """Return the year that a text names most often, the first of several as often, or None."""
    named = NAMED.findall(narrow(text))
    return _possible(max(named, key=named.count)) if named else None


def _possible(digits: str) -> int | None:
    year = year_number(digits)
    return year if FIRST <= year <= LAST else None
