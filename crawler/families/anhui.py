"""安徽 xxgk: annual reports have a controller of their own, `/XxgkAnnualReport/show/N.html` and its kin.

Lists are paged by a script that asks `/site/label/8888?labelName=…&pageIndex=N` for a piece of markup.
"""

from __future__ import annotations

import html as entities
import re

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.generic import read_as
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.rows import entries_of, read_rows
from crawler.items import Entry
from crawler.parsing.anchors import read_links

NAME = "anhui"
CONTROLLER = re.compile(r"/(?:\w*AnnualReport|openness/detail/annual_report)/(?:show/)?\w", re.I)
LIST_PAGE = re.compile(r"/(?:\w*AnnualReport|annual_report)(?:/|\?|\Z)", re.I)
LABEL = re.compile(r"""['"]([^'"\s]{0,60}/site/label/\d+\?[^'"\s]{0,800})['"]""")
PAGE_INDEX = re.compile(r"([?&]pageIndex=)\d*", re.I)
SIZE = re.compile(r"[?&]pageSize=(\d{1,3})", re.I)
DEFAULT_SIZE = 15


def recognises(document: ReadDocument) -> bool:
    """Return whether the page links the annual-report controller, or is paged by labels."""
    return CONTROLLER.search(document.html) is not None or LABEL.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the reports of the controller, or a list by its labels or its plain pager."""
    if request is not None and request.get("url"):
        return read_answer(document, request)
    reports = controlled(document)
    if match := LABEL.search(document.html):
        address = entities.unescape(match[1])
        size = SIZE.search(address)
        address = PAGE_INDEX.sub(rf"\g<1>{PLACE}", address)
        address = address if PLACE in address else f"{address}&pageIndex={PLACE}"
        first = ask(NAME, document.url, address, size=int(size[1]) if size else DEFAULT_SIZE)
        page = hosted_list(NAME, reports or read_rows(document), first)
    else:
        page = read_as(NAME, document, request)
        page.entries = reports or page.entries
    page.annual = bool(reports) and LIST_PAGE.search(document.url) is not None
    return page


def controlled(document: ReadDocument) -> list[Entry]:
    """Return the entries of links to the controller's reports."""
    return entries_of(link for link in read_links(document) if link.title and CONTROLLER.search(link.url))


FAMILY = Family(
    name=NAME, specificity=35, recognises=recognises, read=read, marks=("annualreport", "annual_report", "/site/label/")
)
