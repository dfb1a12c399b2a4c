"""广东 gkmlpt, the province's platform of disclosure catalogues: a tree in `_CONFIG`, lists from `/gkmlpt/api/all/`.

The index page is a shell; its tree names the columns. An answer has up to 100 articles. Some servers call the first
page 0 and some 1: 1 is asked first, and 0 at the end when records are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Column, Family, ListPage, ListRequest, ReadDocument
from crawler.families.values import balanced, parse_json, walk_values

NAME = "gkmlpt"
SIZE = 100
CONFIG = re.compile(r"_CONFIG\s*=")
SITE = re.compile(r"""\bSID['"]?\s*:\s*['"]?(\d{1,12})""")
TREE = re.compile(r"""\bTREE['"]?\s*:\s*(?=[\[{])""")
API = re.compile(r"/gkmlpt/api/all/(\d+)")


def recognises(document: ReadDocument) -> bool:
    """Return whether this is a shell of the platform, or an answer of its interface."""
    return API.search(document.url) is not None or (
        CONFIG.search(document.html) is not None and SITE.search(document.html) is not None
    )


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's articles, or the columns that a shell's tree names."""
    asked = API.search(document.url)
    if request is None and asked:
        query = dict(parse_qsl(urlsplit(document.url).query))
        request = list_request(document.url, asked[1], query.get("sid", ""))
    if request is not None:
        return complete(read_answer(document, request), request)
    site = SITE.search(document.html)
    nodes = list(iter_nodes(document.html))
    page = ListPage(family=NAME, end="last_page", page_number=0)
    if site and not nodes:
        return hosted_list(NAME, [], list_request(document.url, "0", site[1]))
    if site:
        page.columns = [
            Column(url=list_request(document.url, number, site[1]).url, name=name) for number, name in nodes
        ]
    return page


def list_request(base: str, column: str, site: str) -> ListRequest:
    """Return the request for the first page of a column of the tree; column 0 is all of them."""
    return ask(NAME, base, f"/gkmlpt/api/all/{column}?page={PLACE}&sid={site}", size=SIZE)


def complete(page: ListPage, request: ListRequest) -> ListPage:
    """Return the page; after the last, with records missing, the page called 0 is asked, and nothing after that."""
    seen = int(request.get("seen", "0")) + len(page.entries)
    if request.get("first") != "1":
        page.next, page.end = [], "last_page"
    elif page.total and seen < page.total and (not page.entries or not page.next):
        zero = ask(NAME, request.get("base"), request.get("url"), page=request.page + 1, size=SIZE, first=-request.page)
        page.next, page.end = [zero], None
    return page


def iter_nodes(html: str) -> Iterator[tuple[str, str]]:
    """Yield number and name of every column in the tree that the script holds."""
    match = TREE.search(html)
    value = parse_json(balanced(html, match.end())) if match else None
    for node in walk_values(value):
        if isinstance(node, dict) and node.get("name") and str(node.get("id", "")).isdigit():
            yield str(node["id"]), str(node["name"])


FAMILY = Family(name=NAME, specificity=90, recognises=recognises, read=read)
