"""The reader for what no family knows: rows with dates and titles, and whatever pager the page has."""

from __future__ import annotations

from crawler.families.forms import posted_requests
from crawler.families.interfaces import scripted_requests
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of
from crawler.families.pagers import Pager, read_pager, requests_of
from crawler.families.rows import read_rows
from crawler.families.unlinked import unlinked_requests
from crawler.parsing.anchors import read_links
from crawler.parsing.doors import squeeze, text_of

NAME = "generic"


def recognises(_document: ReadDocument) -> bool:
    """Return True: every page can be tried."""
    return True


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the page: the rows of its main list, and the pages after it as its pager tells them."""
    return read_as(NAME, document, request)


def read_as(family: str, document: ReadDocument, request: ListRequest | None, *, base: int | None = None) -> ListPage:
    """Return the page as another family's whose lists are paged by plain links.

    `base` is what that family calls the first page, where pages that are announced but not linked must be guessed.
    """
    text = f"{squeeze(text_of(document.tree))}\n{document.html}"
    pager = read_pager(document.url, read_links(document), text, page=request.page if request else None)
    entries = read_rows(document)
    page = ListPage(
        family=family,
        entries=entries,
        page_number=pager.page,
        pages=pager.pages,
        total=pager.total,
        next=requests_of(pager, family)
        or posted_requests(document, family, pager.page)
        or next_unlinked(family, document, pager, request, len(entries), base),
    )
    page.end = end_of(page)
    return page


def next_unlinked(
    family: str, document: ReadDocument, pager: Pager, request: ListRequest | None, shown: int, base: int | None
) -> list[ListRequest]:
    """Return requests for pages that the page announces but does not link: its pager is a script we do not know."""
    found = unlinked_requests(family, document, pager, request, shown, base)
    called = scripted_requests(document, shown) if found and request is None else []
    return called or found


FAMILY = Family(name=NAME, specificity=0, recognises=recognises, read=read)
