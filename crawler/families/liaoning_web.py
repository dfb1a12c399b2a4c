"""辽宁 /web/: each page is `…/index.shtml` in a folder of its own, named by its day or by 32 hex digits."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.families.generic import read_as
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument

NAME = "liaoning_web"
FINGERPRINT = re.compile(r"/web/[\w/]{1,120}/(?:20\d{6}\d{4,}|[0-9A-F]{32})/index\.s?html?")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page stands below /web/ and links documents in folders of their own."""
    return "/web/" in urlsplit(document.url).path and FINGERPRINT.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the page by its plain links."""
    return read_as(NAME, document, request)


FAMILY = Family(name=NAME, specificity=25, recognises=recognises, read=read, marks=("/web/",))
