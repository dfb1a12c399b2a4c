"""A page understood: all that a walk needs of an answer, read once. Pure; a worker process can do it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Literal, TypeAlias

from crawler.discovery.bodies import find_bodies
from crawler.discovery.parts import find_parts
from crawler.discovery.scoring import doors_to_more, names_of
from crawler.discovery.sitemaps import is_sitemap, sitemap_links
from crawler.discovery.titles import promise_of
from crawler.families import ListPage, ListRequest, read_list
from crawler.families.rows import ListedDocument
from crawler.items import Article, Page
from crawler.parsing.anchors import read_links
from crawler.parsing.article import read_article
from crawler.parsing.dom import parse_document
from crawler.parsing.doors import Link
from crawler.parsing.limits import refuse_long

LISTED = 3
"""Titles of reports on a page that make it a list."""
Wanted: TypeAlias = Literal["list", "column", "document"]
"""What an answer was asked for: a page of a list, a column that may show a report itself, or a document."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a page gave. Without the tree, so that it can travel between processes."""

    url: str
    """Where redirects ended."""
    digest: bytes
    """Of the characters: two addresses with one digest are one page."""
    listing: ListPage
    links: list[Link]
    names: list[str]
    """What the page calls itself."""
    more: frozenset[str] = frozenset()
    """Where 更多 beside titles of reports leads."""
    article: Article | None = None
    """The document, where one was wanted."""
    parts: list[str]
    """Addresses of the document's other parts, in order."""
    bodies: list[str] = field(default_factory=list)
    """Where the document may stand whose page is empty."""


def read_page(page: Page, request: ListRequest | None, wanted: Wanted) -> Reading:
    """Return the page understood. Raises PageError when it cannot be read."""
    parsed = parse_document(page.body, url=page.url, content_type=page.content_type)
    document = ListedDocument(parsed)
    links = sitemap_links(parsed.html, page.url) if is_sitemap(parsed.html) else read_links(document)
    reading = Reading(
        url=page.url,
        digest=blake2b(parsed.html.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        listing=read_list(document, request),
        links=links,
        names=names_of(document) if wanted == "column" else [],
        more=doors_to_more(links),
        parts=find_parts(page.url, links, parsed.html) if wanted == "document" else [],
    )
    if wanted == "document" or (wanted == "column" and not is_listing(reading.listing)):
        reading.article = refuse_long(read_article(page, parsed))
        if wanted == "document" and reading.article.page_kind in ("list", "empty"):
            reading.bodies = find_bodies(document, links)
    return reading


def read_page_apart(page: Page, request: ListRequest | None, wanted: Wanted) -> Reading:
    """Return the page understood, fit to be sent back by a worker process."""
    reading = read_page(page, request, wanted)
    reading.links = [replace(link, element=None) for link in reading.links]
    return reading


def is_listing(page: ListPage) -> bool:
    """Return whether a page lists reports, whatever else it is."""
    known = bool(page.next) and not page.is_guess
    return known or sum(promise_of(entry.title) == "report" for entry in page.entries) >= LISTED
