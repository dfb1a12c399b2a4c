"""Lists of no make we know whose script names an interface or holds the records itself, in the page or in a file."""

from __future__ import annotations

import json
import re

from crawler.families.answers import hosted_list, read_answer
from crawler.families.interfaces import (
    FAMILY_NAME,
    Interface,
    find_paged,
    find_unpaged,
    first_request,
    scripted_requests,
)
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of, state_of
from crawler.families.pagers import NEXT_WORDS, PAGES_WORDS, TOTAL_WORDS, announced, number_links
from crawler.families.records import held_records, records_of
from crawler.families.rows import live_rows
from crawler.families.sources import read_scripts, scripts_of
from crawler.parsing.anchors import read_links
from crawler.parsing.doors import squeeze, text_of

NAME = FAMILY_NAME
FEED = re.compile(r"rss|atom")
SENTENCES = 5
"""A page with so many sentences is a document, whatever its scripts fetch."""


def recognises(document: ReadDocument) -> bool:
    """Return whether the page has no rows or no pager of its own, and a script names an interface or holds records."""
    if find_paged(scripts_of(document).asking) is not None:
        links = read_links(document)
        has_pager = number_links(links) or any(NEXT_WORDS.match(link.text) for link in links)
        return not (live_rows(document) and has_pager)
    return not live_rows(document) and bool(held_records(document) or elsewhere(document))


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's rows, or from the page its records or the request for its list."""
    if request is not None:
        return read_file(document, request) if request.get("given") else read_answer(document, request)
    rows = live_rows(document)
    if not rows:
        return read_empty(document)
    text = f"{squeeze(text_of(document.tree))}\n{document.html}"
    pages, total = announced(PAGES_WORDS, text), announced(TOTAL_WORDS, text)
    page = ListPage(family=NAME, entries=rows, total=total, pages=pages)
    if (pages or 2) > 1 and (total is None or total > len(rows)):
        page.next = scripted_requests(document, len(rows))
    page.end = end_of(page)
    return page


def read_empty(document: ReadDocument) -> ListPage:
    """Return the records that the page holds, else the request for what it fetches."""
    if held := held_records(document):
        return ListPage(family=NAME, entries=held, end="last_page")
    if paged := find_paged(scripts_of(document).asking):
        return hosted_list(NAME, [], first_request(document.url, paged))
    first = elsewhere(document)
    return ListPage(family=NAME, next=[first] if first else [], page_number=0, is_guess=True)


def elsewhere(document: ReadDocument) -> ListRequest | None:
    """Return the request for where the rows of an empty page may be: what its scripts fetch, else its scripts' files.

    What gives no row is followed by the next. None for a page that is a document.
    """
    scripts = scripts_of(document)
    unpaged = [*find_feeds(document), *find_unpaged(scripts.asking)]
    if not (unpaged or scripts.files) or text_of(document.tree).count("。") >= SENTENCES:
        return None
    request: ListRequest | None = None
    for url in reversed(scripts.files):
        state = state_of(base=document.url, given=json.dumps(scripts.values, ensure_ascii=False))
        request = ListRequest(url=url, family=NAME, state=state, fallback=request)
    for interface in reversed(unpaged):
        request = first_request(document.url, interface, request)
    return request


def find_feeds(document: ReadDocument) -> list[Interface]:
    """Return the feed of the column itself, where its head names one."""
    links = document.tree.iterfind("head/link[@rel='alternate']")
    feeds = (link.get("href") for link in links if FEED.search(link.get("type") or ""))
    return [Interface(url=url) for url in feeds if url][:1]


def read_file(document: ReadDocument, request: ListRequest) -> ListPage:
    """Return the records that a file of scripts holds, else the request for the list that it fetches."""
    base = request.get("base")
    if held := records_of(document.html, base):
        return ListPage(family=NAME, entries=held, end="last_page")
    scripts = list(read_scripts([document.html], json.loads(request.get("given"))))
    paged, asked = find_paged(scripts), None
    for interface in reversed([*([paged] if paged else []), *find_unpaged(scripts)]):
        asked = first_request(base, interface, asked)
    return hosted_list(NAME, [], asked) if asked else ListPage(family=NAME)


FAMILY = Family(name=NAME, specificity=5, recognises=recognises, read=read)
