"""Lists of no make we know whose script names an interface: an address with a page number among its parameters."""

from __future__ import annotations

import html as entities
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.pagers import NEXT_WORDS, number_links
from crawler.families.rows import live_rows
from crawler.parsing.anchors import read_links

NAME = "scripted"
ADDRESS = re.compile(r"""['"]([^'"\s<>]{1,200}\?[^'"\s<>]{1,600})['"]""")
PAGE_NAMES = frozenset(
    ("page", "pageno", "pagenum", "pageindex", "currpage", "curpage", "currentpage", "current", "pagenumber", "p")
)
SIZE_NAMES = frozenset(("pagesize", "rows", "perpage", "size", "limit", "_pagesize", "prepage"))
DEFAULT_SIZE = 15
NOT_LISTS = re.compile(r"\.(?:js|css|png|jpe?g|gif)\Z|/(?:search|so|s)\Z|login|count|visit|stat", re.I)


def recognises(document: ReadDocument) -> bool:
    """Return whether a script names an interface, and the page has no rows or no pager of its own."""
    if find_interface(document) is None:
        return False
    links = read_links(document)
    paged = bool(number_links(links)) or any(NEXT_WORDS.match(link.text) for link in links)
    return not live_rows(document) or not paged


def find_interface(document: ReadDocument) -> str | None:
    """Return the first address in a script that pages something, with the page's number left open; None without one."""
    for script in document.tree.iter("script"):
        for match in ADDRESS.finditer(entities.unescape(script.text or "")):
            parts = urlsplit(match[1])
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            if any(name.lower() in PAGE_NAMES for name, _ in pairs) and not NOT_LISTS.search(parts.path):
                opened = "&".join(
                    f"{name}={PLACE}" if name.lower() in PAGE_NAMES else urlencode([(name, value)])
                    for name, value in pairs
                )
                return urlunsplit((parts.scheme, parts.netloc, parts.path, opened, ""))
    return None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's rows, or from the page the request for its list."""
    if request is not None:
        return read_answer(document, request)
    address = find_interface(document) or document.url
    pairs = parse_qsl(urlsplit(address).query)
    size = next((int(value) for name, value in pairs if name.lower() in SIZE_NAMES and value.isdigit()), DEFAULT_SIZE)
    return hosted_list(NAME, live_rows(document), ask(NAME, document.url, address, size=size))


FAMILY = Family(name=NAME, specificity=5, recognises=recognises, read=read)
