"""Pagers: which page of its list this one is, how many there are, and the addresses of the others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.families.model import ListRequest, state_of
from crawler.parsing.doors import Link
from crawler.parsing.links import canonical_url

MAX_NUMBER = 1900
"""From here on a number is a year."""
CALENDAR = 27
"""So many numbers without a next page are the days of a month."""
MAX_PAGES = 400
"""Requests for more pages than this are not made up in advance."""

NEXT_WORDS = re.compile(
    r"\A(?:[\[【]?(?:下一?[页頁]|后一?页)[\]】]?|next(?:\s?page)?|[>»›＞]{1,2})[>»›＞→\s]*+\Z", re.I
)
LAST_WORDS = re.compile(r"(?:尾页|末页|最后一?页|最末页|last|尾頁)\Z", re.I)
NUMBER_WORDS = re.compile(r"[\[【(]?\s?第?\s?(\d{1,4})\s?页?\s?[\])】]?\Z")
INTEGER = re.compile(r"\d{1,6}")
FILE_NUMBER = re.compile(r"_\d+\Z")

# Each begins with letters, so that the search is quick; they are sought in lower case.
COUNT = r"""['"]?\s*[:=]\s*['"]?"""
TOTAL_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"共有?\s*[:：]?\s*(\d{1,6})\s*(?:条|篇|项|个?记录|则)",
        r"合计\s*[:：]?\s*(\d{1,6})\s*(?:条|篇|项|个?记录|则)",
        r"总(?:[计数]|记录数?)\s*[:：]?\s*(\d{1,6})\s*(?:条|篇|项|个?记录|则)",
        r"总(?:记录|条)数\s*[:：]?\s*(\d{1,6})",
        r"""total\s?record['"]?>(?:&nbsp;|\s|<b>){0,9}(\d{1,6})""",
        rf"total(?:records?|count|num){COUNT}(\d{{1,6}})\b",
        rf"recordcount{COUNT}(\d{{1,6}})\b",
        rf"(?:data|item|row|record)_?total{COUNT}(\d{{1,6}})\b",
        r"\.pagination\s?\(\s?(\d{1,6})\s?,",
        rf"rowcount{COUNT}(\d{{1,6}})\b",
        r"count\s?:\s?(\d{1,6})\s?,(?=[^{}]{0,120}\blimit\b)",
    )
)
PAGES_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"共有?\s*(\d{1,4})\s*页",
        r"第\s*[:：]?\s*\d{1,4}\s*/\s*(\d{1,4})",
        r"页[次码]\s*[:：]?\s*\d{1,4}\s*/\s*(\d{1,4})",
        r"当前页?\s*[:：]?\s*\d{1,4}\s*/\s*(\d{1,4})",
        r"/(?:(?<=\d/)|(?<=\d\s/))(?<!/\d/)(?<!/\d\d/)\s?(\d{1,4})\s?页",
        rf"countpage{COUNT}(\d{{1,4}})\b",
        rf"pagecount{COUNT}(\d{{1,4}})\b",
        rf"page_count{COUNT}(\d{{1,4}})\b",
        rf"totalpages?{COUNT}(\d{{1,4}})\b",
        r"\bpage\s\d{1,4}\s?(?:of|/)\s?(\d{1,4})\b",
        r"laypage\(\{[^{}]{0,200}?\bpages\s?:\s?(\d{1,4})",
        r"page\(\{\s?num\s?:\s?(\d{1,4})",
    )
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Numbering:
    """Addresses that differ in one number: `before + (slope * page + shift) + after` for every page but the first."""

    before: str
    after: str
    slope: int
    shift: int

    def url(self, page: int) -> str:
        """Return the address of a page, 1-based."""
        return f"{self.before}{self.slope * page + self.shift}{self.after}"

    def page_of(self, url: str) -> int | None:
        """Return which page an address is, or None when it is not one of the list."""
        if not (url.startswith(self.before) and url.endswith(self.after)) or len(url) <= len(self.before + self.after):
            return None
        number = url[len(self.before) : len(url) - len(self.after)]
        if not number.isdigit():
            return None
        return (int(number) - self.shift) * self.slope


@dataclass(slots=True, frozen=True, kw_only=True)
class Pager:
    """What a page says of the list it belongs to."""

    page: int
    pages: int | None
    total: int | None
    following: dict[int, str]
    """Addresses of later pages that are known, by number."""


def read_pager(url: str, links: Sequence[Link], text: str, *, page: int | None) -> Pager:
    """Return what the page's pager says; `page` is the page's number where the request knows it.

    The order of trust: numbered links (they give the scheme of all addresses), the last-page link, the next-page link.
    """
    numbered = number_links(links)
    numbering = find_numbering(numbered)
    here = page or (numbering.page_of(url) if numbering else None) or 1
    following = {number: address for number, address in numbered.items() if number > here}
    pages = announced(PAGES_WORDS, text)
    if numbering:
        last = max(
            (n for link in links if LAST_WORDS.match(link.text) and (n := numbering.page_of(link.url))), default=0
        )
        pages = max(pages or 0, last, here, *numbered)
        for number in range(here + 1, min(pages or 0, MAX_PAGES) + 1):
            following.setdefault(number, numbering.url(number))
    elif ahead := next_link(links, url):
        following.setdefault(here + 1, ahead)
        following |= pages_after(ahead, here + 1, links)
    if here + 1 not in following and (ahead := next_link(links, url)) and ahead not in following.values():
        following[here + 1] = ahead
    return Pager(page=here, pages=pages, total=announced(TOTAL_WORDS, text), following=following)


def number_links(links: Sequence[Link]) -> dict[int, str]:
    """Return the addresses of the pager's links whose whole word is a number: page 2, [3], 第4页.

    The pager is the block of numbers that also has a next or last page; else a short one. A calendar has neither.
    """
    blocks: dict[str, dict[int, str]] = defaultdict(dict)
    for link in links:
        match = NUMBER_WORDS.match(link.text) if link.kind in ("anchor", "script", "option") else None
        if match and 0 < int(match[1]) < MAX_NUMBER:
            blocks[link.block].setdefault(int(match[1]), link.url)
    pagers = {link.block for link in links if NEXT_WORDS.match(link.text) or LAST_WORDS.match(link.text)}
    best = max(blocks, key=lambda block: (block in pagers, len(blocks[block])), default="")
    numbered = blocks.get(best, {})
    return numbered if best in pagers or len(numbered) < CALENDAR else {}


def find_numbering(numbered: dict[int, str]) -> Numbering | None:
    """Return the scheme that gives all the numbered addresses, or None.

    Pages count up (index_2 for page 2, or index_1 when the first page is 0) or down (VSB: the oldest page is 1).
    """
    pages = sorted(number for number in numbered if number > 1)
    if not pages:
        return None
    for run in reversed(list(INTEGER.finditer(numbered[pages[0]]))):
        for slope in (1, -1):
            scheme = Numbering(
                before=numbered[pages[0]][: run.start()],
                after=numbered[pages[0]][run.end() :],
                slope=slope,
                shift=int(run[0]) - slope * pages[0],
            )
            if fits(scheme, numbered, pages):
                return scheme
    return None


def fits(scheme: Numbering, numbered: dict[int, str], pages: Sequence[int]) -> bool:
    """Return whether a scheme gives every numbered address; one address alone must count up from 0 or 1."""
    if len(pages) == 1:
        return scheme.slope == 1 and scheme.shift in (0, -1)
    return all(scheme.url(number) == numbered[number] for number in pages)


def next_link(links: Sequence[Link], url: str) -> str | None:
    """Return the address of the next-page link, unless it leads to this very page."""
    return next((link.url for link in links if NEXT_WORDS.match(link.text) and link.url != url), None)


def pages_after(ahead: str, page: int, links: Sequence[Link]) -> dict[int, str]:
    """Return the pages between the next one and the last, where the two links differ in one number."""
    last = next((link.url for link in links if LAST_WORDS.match(link.text)), None)
    if last is None:
        return {}
    for run in reversed(list(INTEGER.finditer(ahead))):
        before, after = ahead[: run.start()], ahead[run.end() :]
        if last.startswith(before) and last.endswith(after):
            number = last[len(before) : len(last) - len(after)]
            first = int(run[0])
            if number.isdigit() and first < int(number) <= first + MAX_PAGES:
                return {page + n - first: f"{before}{n}{after}" for n in range(first + 1, int(number) + 1)}
    return {}


def announced(patterns: Sequence[re.Pattern[str]], text: str) -> int | None:
    """Return the first number that one of the patterns finds in a text in lower case, or None."""
    lowered = text.lower()
    return next((int(match[1]) for pattern in patterns if (match := pattern.search(lowered))), None)


def requests_of(pager: Pager, family: str) -> list[ListRequest]:
    """Return the requests for the later pages of a pager, nearest first."""
    return [ListRequest(url=url, family=family, page=number) for number, url in sorted(pager.following.items())]


def numbered_requests(
    family: str, url: str, *, name: str, ending: str, base: int, page: int, pages: int
) -> list[ListRequest]:
    """Return the requests for the later pages of a list of files `name_N.ending`, whose first page counts as `base`."""
    return [
        ListRequest(url=address, family=family, page=number, state=state_of(base=base))
        for number in range(page + 1, min(pages, page + MAX_PAGES) + 1)
        if (address := canonical_url(f"{name}_{number - 1 + base}{ending}", url))
    ]
