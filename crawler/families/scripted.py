"""Lists of no make we know whose script names an interface: an address with a page number among its parameters."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from crawler.families.answers import ask, hosted_list, read_answer
from crawler.families.interfaces import find_interface, scripted_requests
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of
from crawler.families.pagers import NEXT_WORDS, PAGES_WORDS, TOTAL_WORDS, announced, number_links
from crawler.families.rows import live_rows
from crawler.parsing.anchors import read_links, squeeze, text_of

NAME = "scripted"
SIZE_NAMES = frozenset(("pagesize", "rows", "perpage", "size", "limit", "_pagesize", "prepage"))
DEFAULT_SIZE = 15


def recognises(document: ReadDocument) -> bool:
    """Return whether a script names an interface, and the page has no rows or no pager of its own."""
    if find_interface(document) is None:
        return False
    links = read_links(document)
    paged = bool(number_links(links)) or any(NEXT_WORDS.match(link.text) for link in links)
    return not live_rows(document) or not paged


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's rows, or from the page the request for its list."""
    if request is not None:
        return read_answer(document, request)
    address = find_interface(document) or document.url
    pairs = parse_qsl(urlsplit(address).query)
    size = next((int(value) for name, value in pairs if name.lower() in SIZE_NAMES and value.isdigit()), DEFAULT_SIZE)
    rows = live_rows(document)
    if not rows:
        return hosted_list(NAME, [], ask(NAME, document.url, address, size=size))
    text = f"{squeeze(text_of(document.tree))}\n{document.html}"
    pages, total = announced(PAGES_WORDS, text), announced(TOTAL_WORDS, text)
    page = ListPage(family=NAME, entries=rows, total=total, pages=pages)
    if (pages or 2) > 1 and (total is None or total > len(rows)):
        page.next = scripted_requests(document, len(rows))
    page.end = end_of(page)
    return page


FAMILY = Family(name=NAME, specificity=5, recognises=recognises, read=read)
