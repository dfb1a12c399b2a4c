"""开普 UCAP: lists whose rows `/common/search/<channel>` gives as JSON; the page itself may hold only their shell."""

from __future__ import annotations

import re

from crawler.families import trs
from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.rows import live_rows, read_rows

NAME = "ucap"
SIZE = 20
SEARCH = re.compile(r"/common/search/([0-9a-f]{32}|\d{1,12})")
CHANNEL = re.compile(r"[0-9a-f]{32}\Z")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page names the search of its channel, or has a channel and no row of its own."""
    return SEARCH.search(document.html) is not None or (
        channel_of(document) is not None and not live_rows(document) and bool(read_rows(document))
    )


def channel_of(document: ReadDocument) -> str | None:
    """Return the channel's number: from the search's address, else from the page's meta tag."""
    if match := SEARCH.search(document.html):
        return match[1]
    values = (
        meta.get("content") or ""
        for meta in document.tree.iter("meta")
        if (meta.get("name") or "").lower() == "channelid"
    )
    return next((value for value in values if CHANNEL.match(value)), None)


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's records, or from a column's page the request for its channel's search."""
    if request is not None:
        return read_answer(document, request)
    address = f"/common/search/{channel_of(document)}?page={PLACE}&_pageSize={SIZE}&_isAgg=true&_isJson=true"
    static = trs.read(document, None) if trs.recognises(document) else None
    instead = static.next[0] if static and static.next else None  # where the search does not answer
    page = hosted_list(NAME, read_rows(document), ask(NAME, document.url, address, size=SIZE, fallback=instead))
    if static:
        page.total, page.pages = static.total, static.pages
    return page


FAMILY = Family(name=NAME, specificity=45, recognises=recognises, read=read)
