"""Lists of no make we know whose script names an interface or holds the records itself."""

from __future__ import annotations

from crawler.families.answers import hosted_list, read_answer
from crawler.families.interfaces import FAMILY_NAME, find_interface, first_request, scripted_requests
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of
from crawler.families.pagers import NEXT_WORDS, PAGES_WORDS, TOTAL_WORDS, announced, number_links
from crawler.families.records import held_records
from crawler.families.rows import live_rows
from crawler.parsing.anchors import read_links, squeeze, text_of

NAME = FAMILY_NAME


def recognises(document: ReadDocument) -> bool:
    """Return whether the page has no rows or no pager of its own, and a script names an interface or holds records."""
    if find_interface(document) is None:
        return bool(held_records(document)) and not live_rows(document)
    links = read_links(document)
    return not live_rows(document) or not (number_links(links) or any(NEXT_WORDS.match(link.text) for link in links))


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's rows, or from the page its records or the request for its list."""
    if request is not None:
        return read_answer(document, request)
    rows = live_rows(document)
    if not rows:
        if held := held_records(document):
            return ListPage(family=NAME, entries=held, end="last_page")
        interface = find_interface(document)
        return hosted_list(NAME, [], first_request(document, interface)) if interface else ListPage(family=NAME)
    text = f"{squeeze(text_of(document.tree))}\n{document.html}"
    pages, total = announced(PAGES_WORDS, text), announced(TOTAL_WORDS, text)
    page = ListPage(family=NAME, entries=rows, total=total, pages=pages)
    if (pages or 2) > 1 and (total is None or total > len(rows)):
        page.next = scripted_requests(document, len(rows))
    page.end = end_of(page)
    return page


FAMILY = Family(name=NAME, specificity=5, recognises=recognises, read=read)
