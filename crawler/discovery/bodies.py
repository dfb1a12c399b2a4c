"""Where a document stands whose page is empty: in a frame, behind a redirect, in what a script shows or fetches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from crawler.families.interfaces import find_unpaged
from crawler.families.model import ReadDocument
from crawler.families.sources import scripts_of
from crawler.parsing.doors import Link
from crawler.parsing.links import canonical_url

MAX_BODIES = 4
"""Addresses that are tried for one document."""
FILE = re.compile(r"""['"]([^'"\s<>]{1,300}\.(?:pdf|docx?|wps|ofd|xlsx?))['"]""", re.I)
FURNITURE = re.compile(r"head|foot|top|bottom|nav|menu|left|right|search|login|share|link|banner|copyright", re.I)
"""Names of the pieces that every page of a site loads."""


def find_bodies(document: ReadDocument, links: Sequence[Link]) -> list[str]:
    """Return the addresses at which the document of an empty page may stand, the likeliest first."""
    found = dict.fromkeys(url for url in iter_bodies(document, links) if url != document.url)
    return [url for url in found if not FURNITURE.search(urlsplit(url).path.rpartition("/")[2])][:MAX_BODIES]


def iter_bodies(document: ReadDocument, links: Sequence[Link]) -> Iterator[str]:
    """Yield files that scripts show and what they fetch, then redirects, frames and pieces."""
    scripts = scripts_of(document)
    named = [match[1] for source in scripts.sources for match in FILE.finditer(source)]
    named += [each.url for each in find_unpaged(scripts.asking) if not each.body]
    yield from (url for name in named if (url := canonical_url(name, document.base_url)))
    yield from (link.url for link in links if link.kind in ("redirect", "frame") and not link.url.endswith(".js"))
