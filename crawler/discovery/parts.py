"""Documents that are served in parts: `t1_2.html` and `t1_3.html` go on where `t1.html` stops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.families.trs import find_call
from crawler.items import Article, Finding, Page
from crawler.parsing.doors import Link

MAX_PARTS = 60
FIRST_WORDS = re.compile(r"\A(?:[\[【(第]?\s?1\s?[页\])】]?|首页|上一?页|第一页|返回.{0,6})\Z")
PAGE_NAMES = frozenset(("page", "pageno", "pagenum", "pageindex", "p", "currpage"))


@dataclass(slots=True, kw_only=True)
class Assembly:
    """A document whose parts are still coming."""

    article: Article
    url: str
    """Of the first part."""
    waiting: list[str]
    known: set[str] = field(default_factory=set)

    def join(self, part: Article | None, further: Sequence[str], *, url: str) -> None:
        """Put a part's blocks after those that came before it; a part that is missing leaves a finding."""
        self.article.parts.append(part.page if part else Page(url=url, body=b""))
        if part is None:
            message = f"a part of the document could not be read: {url}"
            self.article.findings.append(Finding(code="parts.missing", severity="warning", message=message))
        else:
            self.article.blocks.extend(part.blocks)
            held = {attachment.url for attachment in self.article.attachments}
            self.article.attachments.extend(each for each in part.attachments if each.url not in held)
            self.article.findings.extend(part.findings)
        fresh = [address for address in further if address not in self.known and address != self.url]
        self.known.update(fresh)
        self.waiting = (self.waiting + fresh)[:MAX_PARTS]


def find_parts(url: str, links: Sequence[Link], html: str) -> list[str]:
    """Return the addresses of a document's other parts, in order; of a later part, those after it may be new.

    A part's file is the document's with `_2` behind its name, or its address with a page's number in the query.
    """
    numbered: dict[int, str] = {}
    for link in links:
        number = part_number(url, link.url)
        if number is not None and not FIRST_WORDS.match(link.text):
            numbered.setdefault(number, link.url)
    parts = urlsplit(url)
    stem, dot, ending = parts.path.rpartition("/")[2].rpartition(".")
    if not numbered and dot and (call := find_call(html)) and call.name == stem and call.pages <= MAX_PARTS:
        first = 2 if call.base == 1 else 1
        numbered = {n: urljoin(url, f"{stem}_{n}.{ending}") for n in range(first, first + call.pages - 1)}
    return [numbered[number] for number in sorted(numbered)][:MAX_PARTS]


def part_number(url: str, other: str) -> int | None:
    """Return the number that another address has as a part of the document at `url`; None when it is no part of it."""
    here, there = urlsplit(url), urlsplit(other)
    if here.netloc != there.netloc:
        return None
    stem, dot, ending = here.path.rpartition(".")
    if dot and there.query == here.query and there.path != here.path:
        before, after = f"{re.sub(r'_[0-9]{1,2}$', '', stem)}_", f".{ending}"
        if not (there.path.startswith((before, f"{stem}_")) and there.path.endswith(after)):
            return None
        before = f"{stem}_" if there.path.startswith(f"{stem}_") else before
        number = there.path[len(before) : len(there.path) - len(after)]
        return int(number) if number.isdigit() and 0 < int(number) <= MAX_PARTS else None
    return queried_number(here.query, there.query) if here.path == there.path else None


def queried_number(here: str, there: str) -> int | None:
    """Return the page's number that a query has beside all the parameters of the document's own."""
    own, other = dict(parse_qsl(here)), dict(parse_qsl(there))
    added = {name: value for name, value in other.items() if own.get(name) != value}
    if len(added) != 1 or not own.keys() <= other.keys() or not own:
        return None
    name, value = next(iter(added.items()))
    known = name.lower() in PAGE_NAMES and value.isdigit() and 1 < int(value) <= MAX_PARTS
    return int(value) if known else None
