"""江西 queryList: columns that call `loadPageData(params)`, whose rows `POST /queryList` gives as JSON."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.rows import read_rows

NAME = "query_list"
PATH = "/queryList"
CALL = re.compile(r"loadPageData\s*\(|/queryList\b")
LISTED = re.compile(r"""\b(webSiteCode|channelCode)['"]?\s*:\s*\[([^\]]{1,300})\]""")
QUOTED = re.compile(r"""['"]([^'"]+)['"]""")
PER_PAGE = re.compile(r"""\b(?:perPage|pageSize)['"]?\s*:\s*['"]?(\d{1,3})""")
DEFAULT_SIZE = 15


def recognises(document: ReadDocument) -> bool:
    """Return whether the page calls for its rows by site and channel."""
    return CALL.search(document.html) is not None and LISTED.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's records, or from a column's page the request for them: at the root, else below the base."""
    if request is not None:
        return read_answer(document, request)
    match = PER_PAGE.search(document.html)
    size = int(match[1]) if match else DEFAULT_SIZE
    fields = [
        (f"{name}[]", value) for name, values in LISTED.findall(document.html) for value in QUOTED.findall(values)
    ]
    body = f"current={PLACE}&{urlencode([('pageSize', str(size)), *fields])}"
    below = ask(NAME, document.url, urljoin(document.base_url, "queryList"), size=size, body=body)
    return hosted_list(NAME, read_rows(document), ask(NAME, document.url, PATH, size=size, body=body, fallback=below))


FAMILY = Family(name=NAME, specificity=75, recognises=recognises, read=read, marks=("loadpagedata", "/querylist"))
