"""南方 NFCMS (广东): static lists counted from 1 (`index_2.html` is page 2), documents at `/content/post_N.html`."""

from __future__ import annotations

import re

from crawler.families.generic import read_as
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument

NAME = "nfcms"
FINGERPRINT = re.compile(r"NFCMS_|NFC_INCLUDE|/content/m?post_\d+\.html")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page carries marks of NFCMS."""
    return FINGERPRINT.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the page by its plain links."""
    return read_as(NAME, document, request, base=1)


FAMILY = Family(
    name=NAME,
    specificity=20,
    recognises=recognises,
    read=read,
    marks=("nfcms_", "nfc_include", "/content/post_", "/content/mpost_"),
)
