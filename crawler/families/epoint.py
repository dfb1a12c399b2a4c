"""Epoint (新点) WebBuilder: `getPageInfoListNew` gives rows as JSON by category, pages counted from 0.

Static columns are `subpage.html` with `2.html`, `3.html` … beside them.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode, urlsplit

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.generic import read_as
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.pagers import announced
from crawler.families.rows import read_rows

NAME = "epoint"
FINGERPRINT = re.compile(r"EpointWebBuilder|getPageInfoListNew|epoint-?web", re.I)
SERVICE = re.compile(r"""['"]([^'"\s]{0,160}getPageInfoListNew)""")
DEFAULT_SERVICE = "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew"
SITE = re.compile(r"""\bsiteGuid['"]?\s*[:=]\s*['"]([\w-]{8,60})['"]""", re.I)
CATEGORY = re.compile(r"""\b(?:categoryNum|cateNum)['"]?\s*[:=]\s*['"]?(\d{3,30})""", re.I)
PAGE_SIZE = (re.compile(r"""\bpageSize['"]?\s*[:=]\s*['"]?(\d{1,3})""", re.I),)
STATIC_COLUMN = re.compile(r"/(?:subpage|moreinfo|about|list)\.html\Z")
DEFAULT_SIZE = 15
STATIC_PAGES = (
    re.compile(r"""\b(?:pageCount|totalPages?)['"]?\s*[:=]\s*['"]?(\d{1,4})""", re.I),
    re.compile(r"共\s*(\d{1,4})\s*页"),
)


def recognises(document: ReadDocument) -> bool:
    """Return whether the page carries marks of WebBuilder and is a column, static or by category."""
    if FINGERPRINT.search(document.html) is None:
        return False
    return CATEGORY.search(document.html) is not None or STATIC_COLUMN.search(urlsplit(document.url).path) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's records, the request for them, or a static page."""
    if request is not None and request.get("body"):
        return read_answer(document, request)
    site, category, service = (pattern.search(document.html) for pattern in (SITE, CATEGORY, SERVICE))
    if request is None and site and category:
        size = announced(PAGE_SIZE, document.html) or DEFAULT_SIZE
        wanted = {"siteGuid": site[1], "categoryNum": category[1], "kw": "", "startDate": "", "endDate": ""}
        params = json.dumps({**wanted, "pageIndex": PLACE, "pageSize": size}).replace(f'"{PLACE}"', PLACE)
        body = urlencode({"params": params}).replace(quote(PLACE), PLACE)
        address = service[1] if service else DEFAULT_SERVICE
        return hosted_list(NAME, read_rows(document), ask(NAME, document.url, address, size=size, first=0, body=body))
    return read_static(document, request)


def read_static(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return a static page: what its pager links, else the numbered files beside it."""
    page = read_as(NAME, document, request)
    pages = announced(STATIC_PAGES, document.html)
    if (
        pages
        and pages > page.page_number
        and all(not ahead.url.endswith(".html") or ahead.fallback for ahead in page.next)
    ):
        folder = document.url.rpartition("/")[0]
        page.next = [
            ListRequest(url=f"{folder}/{number}.html", family=NAME, page=number)
            for number in range(page.page_number + 1, pages + 1)
        ]
        page.end = None
    return page


FAMILY = Family(name=NAME, specificity=55, recognises=recognises, read=read, marks=("epoint", "getpageinfolistnew"))
