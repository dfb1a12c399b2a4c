"""The rows of a list page: which links are its entries, with the date and the organ printed beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter

import lxml.etree
import lxml.html

from crawler.families.model import ReadDocument
from crawler.families.sources import PageScripts
from crawler.items import Entry
from crawler.parsing.anchors import LinkedDocument, read_links
from crawler.parsing.doors import Link, parse_fragment, squeeze, text_of
from crawler.parsing.links import attachment_type, is_page_url

PRINTED_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(0?[1-9]|1[0-2])\s?[-./月]\s?([12]\d|3[01]|0?[1-9])(?!\d)"
)
"""2019-01-08, 2019/1/8, 2019.01.08, 2019年1月8日."""
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s((?:19|20)\d\d)[-./年](0?[1-9]|1[0-2])(?![-./月\d])")
"""A calendar leaf: the day large, year and month below."""
REPORT_WORDS = re.compile(r"年度?报告?|年报|(?:工作|公开|情况)的?报告")
YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零Oo0]")
ORGAN = re.compile(r"\A[\u4e00-\u9fff]{1,18}(?:局|委|办|厅|部|署|院|会|处|镇|乡|街道|区|县|市|旗|政府|中心|办公室)\Z")
# A list's own furniture, and the site's.
PAGER_WORDS = re.compile(
    r"\A(?:首页|尾页|末页|上一?页|下一?页|前一?页|后一?页|返回|跳转|确定|第一页|最后一?页|GO|共?\d+[页条]?|[<>«»‹›.…\[\]|\s])++\Z",
    re.I,
)
NAMED, DATED = 3.0, 2.0
"""What a title that names a report, and a printed date, tell for a row."""
MENU_TITLE_LENGTH = 12
"""Menus have shorter words."""
MIN_BLOCK = 3
"""A block without dates and names of reports is a list only with this many rows, most of them long."""


def read_rows(document: ReadDocument) -> list[Entry]:
    """Return the entries of the page's own list: of all its blocks of links, the one whose rows look most like entries.

    Menus, friendly links, breadcrumbs and pagers are blocks too. Rows are told by their dates and titles. Links whose
    titles name a report are entries wherever they stand. Some pages keep their first rows apart, for a script.
    """
    return live_rows(document) or kept_rows(document)


class ListedDocument(LinkedDocument):
    """A parsed page that finds its links and its rows once, however many families ask for them."""

    @cached_property
    def scripts(self) -> PageScripts:
        """The scripts of the page."""
        return PageScripts(self)

    @cached_property
    def rows(self) -> list[Entry]:
        """The entries that the page shows."""
        return find_rows(self)


def live_rows(document: ReadDocument) -> list[Entry]:
    """Return the entries that the page shows."""
    return list(document.rows) if isinstance(document, ListedDocument) else find_rows(document)


def find_rows(document: ReadDocument) -> list[Entry]:
    """Return the entries that the page shows, found anew."""
    blocks: dict[str, list[Link]] = defaultdict(list)
    for link in read_links(document):
        if may_be_entry(link):
            blocks[link.block].append(link)
    score, best = max(((block_score(links), links) for links in blocks.values()), key=itemgetter(0), default=(0.0, []))
    chosen = {id(link) for link in best} if score > 0 else set()
    rows = [link for links in blocks.values() for link in links if id(link) in chosen or names_report(link.title)]
    return entries_of(rows)


def kept_rows(document: ReadDocument) -> list[Entry]:
    """Return the rows of a list that a page keeps for its script: in a comment, a hidden field, a template."""
    kept = (
        each.text
        for each in document.tree.iter(lxml.etree.Comment, "textarea", "script")
        if each.tag != "script" or "html" in (each.get("type") or "") or "template" in (each.get("type") or "")
    )
    return next(
        (
            entries
            for markup in kept
            if markup and "<a" in markup and (entries := read_fragment_rows(markup, document.base_url))
            if any(entry.listed_on for entry in entries)
        ),
        [],
    )


def may_be_entry(link: Link) -> bool:
    """Return whether a link may be a row: it names a page or a document file, and its words are not a pager's."""
    if link.kind not in ("anchor", "script") and not (link.kind == "option" and names_report(link.title)):
        return False
    known = is_page_url(link.url) or attachment_type(link.url) is not None
    return known and bool(link.title) and not PAGER_WORDS.match(link.title)


def names_report(title: str) -> bool:
    """Return whether a title names some yearly report of some year: 年报, 年度报告, 工作报告 … with a year's figure."""
    return YEAR.search(title) is not None and REPORT_WORDS.search(title) is not None


def block_score(links: Sequence[Link]) -> float:
    """Return how much a block of links looks like a list of documents; 0 for a menu."""
    rows = [row_score(link) for link in links]
    documents = sum(score >= DATED for score in rows)
    long_titles = sum(score > 0 for score in rows)
    if documents or (len(rows) >= MIN_BLOCK and long_titles * 2 > len(rows)):
        return sum(rows)
    return 0.0


def row_score(link: Link) -> float:
    """Return how much one link looks like the row of a list."""
    score = NAMED if names_report(link.title) else 0.0
    if link.element is not None and printed_date(row_text(link.element)):
        score += DATED
    if len(link.title) > MENU_TITLE_LENGTH:
        score += 1.0
    return score


def entries_of(links: Iterable[Link]) -> list[Entry]:
    """Return the entries of rows, each address once, with the fullest title."""
    found: dict[str, Entry] = {}
    for link in links:
        entry = make_entry(link)
        known = found.get(entry.url)
        if known is None or len(known.title) < len(entry.title):
            found[entry.url] = entry if known is None or entry.listed_on else merge(entry, known)
    return list(found.values())


def merge(entry: Entry, known: Entry) -> Entry:
    """Return the entry with the date and organ another row of the same address printed."""
    return Entry(url=entry.url, title=entry.title, listed_on=known.listed_on, organ=entry.organ or known.organ)


def make_entry(link: Link) -> Entry:
    """Return the entry of a row."""
    beside = row_text(link.element) if link.element is not None else ""
    return Entry(url=link.url, title=link.title, listed_on=printed_date(beside), organ=row_organ(link))


def row_text(element: lxml.html.HtmlElement) -> str:
    """Return the text of the largest ancestor that holds no other link: the row of the link."""
    row = element
    for ancestor in element.iterancestors():
        if ancestor.tag in ("body", "html", "table", "ul", "ol") or more_links(ancestor, element):
            break
        row = ancestor
    return squeeze(" ".join(row.itertext()))


def more_links(ancestor: lxml.html.HtmlElement, element: lxml.html.HtmlElement) -> bool:
    """Return whether an ancestor holds a link to another address than the element's."""
    href = element.get("href")
    return any(other is not element and other.get("href") not in (href, None) for other in ancestor.iter("a"))


def printed_date(text: str) -> date | None:
    """Return the last whole date printed in a row, or None; the title may hold one before it."""
    found = None
    for match in PRINTED_DATE.finditer(text):
        found = make_date(match[1], match[2], match[3]) or found
    if found is None and (leaf := DAY_FIRST.search(text)):
        found = make_date(leaf[2], leaf[3], leaf[1])
    return found


def make_date(year: str, month: str, day: str) -> date | None:
    """Return the date, or None when the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def row_organ(link: Link) -> str | None:
    """Return the issuing organ a table's row prints in a cell of its own, or None."""
    if link.element is None:
        return None
    row = next((ancestor for ancestor in link.element.iterancestors("tr", "li")), None)
    if row is None:
        return None
    cells = (squeeze(text_of(cell)) for cell in row.iter("td", "span", "em") if cell is not link.element)
    return next((words for words in cells if words != link.text and ORGAN.fullmatch(words)), None)


def read_fragment_rows(markup: str, base: str) -> list[Entry]:
    """Return the entries of a piece of markup that holds rows and nothing else, such as an interface's answer."""
    return entries_of(
        link for link in read_links(Fragment(markup, base)) if link.element is not None and link.title and is_row(link)
    )


def is_row(link: Link) -> bool:
    """Return whether a link of a fragment is a row and no part of a pager."""
    return not PAGER_WORDS.match(link.title) and (is_page_url(link.url) or attachment_type(link.url) is not None)


class Fragment:
    """A piece of markup, read as a document."""

    def __init__(self, markup: str, base: str) -> None:
        self.url = self.base_url = base
        self.html = markup
        self.tree = parse_fragment(markup)
