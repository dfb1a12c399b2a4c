"""Sitemaps (`sitemap.xml`): their addresses have no words, so that only their folders tell a column."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit, urlunsplit

from crawler.discovery.words import STRONG, segment_points
from crawler.parsing.doors import Link
from crawler.parsing.links import canonical_url

ADDRESS = "/sitemap.xml"
"""Where a sitemap stands when nothing names it."""
ROOT = re.compile(r"<(?:urlset|sitemapindex)\b", re.I)
LOCATION = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})", re.I)
HEAD = 2000
MAX_LOCATIONS = 50_000
"""What the protocol allows one file."""
MAX_LINKS = 200


def is_sitemap(text: str) -> bool:
    """Return whether an answer is a sitemap or an index of sitemaps."""
    return ROOT.search(text, 0, HEAD) is not None


def sitemap_links(text: str, base: str) -> list[Link]:
    """Return the columns of annual reports that a sitemap names, and the further sitemaps of an index.

    A document's address gives the column it stands in: the nearest folder above it that is named like one.
    """
    found: dict[str, Link] = {}
    for place, match in enumerate(LOCATION.finditer(text)):
        if place >= MAX_LOCATIONS or len(found) >= MAX_LINKS:
            break
        url = canonical_url(unescape(match[1]), base)
        if url is None:
            continue
        is_index = url.endswith(".xml")
        column = url if is_index else column_of(url)
        if column is not None:
            words = "网站地图" if is_index else ""
            found.setdefault(column, Link(url=column, text=words, title=words, kind="script", block="sitemap"))
    return list(found.values())


def column_of(url: str) -> str | None:
    """Return the address of the annual-report column that an address names or stands in, or None."""
    parts = urlsplit(url)
    segments = parts.path.split("/")
    for depth in range(len(segments) - 1, 0, -1):
        if segment_points(segments[depth]) >= STRONG:
            path = "/".join(segments[: depth + 1])
            is_whole = depth == len(segments) - 1
            return url if is_whole else urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))
    return None
