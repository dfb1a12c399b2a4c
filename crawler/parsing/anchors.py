"""The links of a page: anchors, areas, frames, choices of a drop-down, redirects, and those that scripts hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

import lxml.etree

from crawler.parsing.calls import Part, address_of_call, read_functions
from crawler.parsing.doors import Link, ParsedDocument, address_of, call_of, make_link
from crawler.parsing.links import canonical_url
from crawler.parsing.script_links import iter_pieces, iter_redirects, iter_script_links, iter_way_links, sources_of

find_doors = lxml.etree.XPath(
    "descendant-or-self::*[self::a or self::area or self::iframe or self::frame or self::option or @onclick"
    " or @data-href or @data-url]"
)
MAX_LINKS = 8000
"""Links read of one page; the longest honest menus have some 2,000."""


class LinkedDocument:
    """A parsed page that finds its links once, however many readers ask for them."""

    def __init__(self, document: ParsedDocument) -> None:
        self.url = document.url
        self.base_url = document.base_url
        self.html = document.html
        self.tree = document.tree
        self._document = document

    @cached_property
    def links(self) -> list[Link]:
        """The links of the page."""
        return find_links(self._document)


def read_links(document: ParsedDocument) -> list[Link]:
    """Return the links of the page in order, each address once per wording; at most MAX_LINKS."""
    return document.links if isinstance(document, LinkedDocument) else find_links(document)


def find_links(document: ParsedDocument) -> list[Link]:
    """Return the links of the page, found anew."""
    encoding = getattr(document, "charset", None) or "utf-8"
    found: dict[tuple[str, str], Link] = {}
    for link in islice(iter_links(document, encoding), MAX_LINKS):
        found.setdefault((link.url, link.text), link)
    return list(found.values())


def iter_links(document: ParsedDocument, encoding: str) -> Iterator[Link]:
    """Yield every link of the page, anchors first, in the order of the page."""
    scripts = sources_of(document)
    functions: dict[str, tuple[Part, ...]] | None = None
    for element in find_doors(document.tree):
        address, call = address_of(element), call_of(element)
        # of several arguments one may be an address and no more than the beginning of where the call leads
        if call is not None and (address is None or len(call.arguments) > 1):
            if functions is None:
                functions = read_functions(scripts)
            address = address_of_call(call, functions) or address
        if address and (url := canonical_url(address, document.base_url, encoding=encoding)):
            yield make_link(element, url)
    for find in (iter_redirects, iter_script_links, iter_way_links, iter_pieces):
        yield from find(document, scripts)
