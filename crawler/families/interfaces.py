"""Interfaces that a page's script names: an address with a page's number among its parameters."""

from __future__ import annotations

import html as entities
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families.answers import PLACE, ask
from crawler.families.model import ListRequest, ReadDocument

FAMILY_NAME = "scripted"
"""Reads the answers."""
ADDRESS = re.compile(r"""['"]([^'"\s<>]{1,200}\?[^'"\s<>]{1,600})['"]""")
PAGE_NAMES = frozenset(
    ("page", "pageno", "pagenum", "pageindex", "currpage", "curpage", "currentpage", "current", "pagenumber", "p")
)
NOT_LISTS = re.compile(r"\.(?:js|css|png|jpe?g|gif)\Z|/(?:search|so|s)\Z|login|count|visit|stat", re.I)


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


def scripted_requests(document: ReadDocument, shown: int) -> list[ListRequest]:
    """Return the request for the second page of a list whose first stands in the page; none without an interface.

    Pages are taken to be counted from 1; when that brings nothing new, from 0.
    """
    address = find_interface(document)
    if address is None:
        return []
    size = max(shown, 1)
    from_zero = ask(FAMILY_NAME, document.url, address, page=2, size=size, first=0, seen=shown)
    return [ask(FAMILY_NAME, document.url, address, page=2, size=size, seen=shown, fallback=from_zero)]
