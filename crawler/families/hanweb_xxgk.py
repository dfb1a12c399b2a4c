"""Hanweb xxgk, the catalogue of disclosure: one address for each organ and report year, and lists from `search.jsp`.

`/module/xxgk/xxgkAnnualReport.jsp?fbtime=2017&area=113325…` is one report; the page links the other years, and the
organs stand in its menus or drop-downs. `/module/xxgk/search.jsp` answers with rows, `currpage` after `currpage`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import lxml.html

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of
from crawler.families.rows import entries_of, read_rows
from crawler.items import Entry
from crawler.parsing.anchors import read_links
from crawler.parsing.doors import squeeze, text_of
from crawler.parsing.links import canonical_url

NAME = "hanweb_xxgk"
REPORT = re.compile(r"xxgkAnnualReport\.jsp", re.I)
REPORT_PATH = re.compile(r"""['"=(]([^'"=(\s?]{0,120}xxgkAnnualReport\.jsp)""", re.I)
SEARCH = re.compile(r"""['"]([^'"\s]{0,120}/xxgk/search\.jsp)(?:\?([^'"\s]*))?['"]""")
FIELD = re.compile(
    r"""\b(divid|infotypeId|jdid|area|standardXxgk|sortfield|texttype)['"]?\s*[:=]\s*['"]?([^'"&,;\s<>}]*)"""
)
SIZE = 15
MAX_REPORTS = 1000
"""Reports made up from years × organs of the drop-downs of one page."""
YEAR = re.compile(r"(?:19|20)\d\d\Z")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page shows annual reports of the catalogue, or a list of its search."""
    return REPORT.search(document.html) is not None or SEARCH.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the reports that a page links or offers by drop-down, or the list of its search."""
    if request is not None:
        return read_answer(document, request)
    if reports := [*linked_reports(document), *offered_reports(document)]:
        page = ListPage(family=NAME, entries=reports, annual=True)
        page.end = end_of(page)
        return page
    if match := SEARCH.search(document.html):
        fields = {"standardXxgk": "1", **dict(FIELD.findall(document.html)), **dict(parse_qsl(match[2] or ""))}
        fields.pop("currpage", None)
        body = f"{urlencode(fields)}&currpage={PLACE}"
        return hosted_list(NAME, read_rows(document), ask(NAME, document.url, match[1], size=SIZE, body=body))
    return ListPage(family=NAME, entries=read_rows(document), end="last_page")


def linked_reports(document: ReadDocument) -> list[Entry]:
    """Return the entries of links to reports: a year and an organ each."""
    links = [link for link in read_links(document) if REPORT.search(link.url) and is_report(link.url)]
    return entries_of(link for link in links if link.title)


def is_report(url: str) -> bool:
    """Return whether an address names a year."""
    return YEAR.match(dict(parse_qsl(urlsplit(url).query)).get("fbtime", "")) is not None


def offered_reports(document: ReadDocument) -> list[Entry]:
    """Return the entries of every year × organ that two drop-downs offer."""
    years, organs = options_of(document, "fbtime"), options_of(document, "area")
    path = REPORT_PATH.search(document.html)
    if not years or not organs:
        return []
    address = urljoin(document.url, path[1] if path else urlsplit(document.url).path)
    entries = [
        Entry(url=url, title=f"{organ} {year}", organ=organ)
        for area, organ in organs
        for fbtime, year in years
        if (url := canonical_url(f"{address}?{urlencode({'fbtime': fbtime, 'area': area})}"))
    ]
    return entries[:MAX_REPORTS]


def options_of(document: ReadDocument, name: str) -> list[tuple[str, str]]:
    """Return the values and words of a drop-down, without the one that asks to choose."""
    return [
        (value, squeeze(text_of(option)))
        for select in document.tree.iter("select")
        if name in (select.get("name"), select.get("id"))
        for option in select.iter("option")
        if (value := option_value(option))
    ]


def option_value(option: lxml.html.HtmlElement) -> str:
    """Return the value of a choice, '' for the one that asks to choose."""
    value = (option.get("value") or "").strip()
    return "" if value in ("0", "-1", "#") else value


FAMILY = Family(
    name=NAME, specificity=80, recognises=recognises, read=read, marks=("xxgkannualreport.jsp", "/xxgk/search.jsp")
)
