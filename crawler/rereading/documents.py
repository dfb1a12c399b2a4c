"""The documents of an archive read again: their answers unpacked, their parts put together as the crawl did."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import DummyStatsCollector

from crawler.archive import load_record
from crawler.archive.notes import item_of, parts_of
from crawler.discovery.intake import file_article, is_file
from crawler.discovery.parts import Assembly
from crawler.errors import ArchiveError, PageError
from crawler.isolation import read_limited
from crawler.items import Article, Page
from crawler.outcomes import UrlOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crawler.archive.notes import Note
    from crawler.outcomes import Outcome

    Reader = Callable[[Page], Article]


@cache
def make_unpacker() -> HttpCompressionMiddleware:
    """Return what unpacks answers in a crawl, without a crawl."""
    crawler = Crawler(Spider, Settings())
    crawler.stats = DummyStatsCollector(crawler)
    return HttpCompressionMiddleware.from_crawler(crawler)


def pages_of(note: Note) -> Outcome | list[Page]:
    """Return the pages of the document that a note is about, without their bodies, or the outcome that it is about.

    Raises ArchiveError for a note that this program does not write.
    """
    item = item_of(note)
    return [item, *parts_of(note)] if isinstance(item, Page) else item


def load_bodies(pages: Sequence[Page], folder: Path, largest: int) -> None:
    """Give pages the bodies of their archived answers; a later part that gave none then has none.

    Raises ArchiveError when an answer is not there, is damaged, or unpacks to more than `largest` bytes.
    """
    for number, page in enumerate(pages):
        page.body = load_body(page, folder, largest) if not number or page.archived else b""


def load_body(page: Page, folder: Path, largest: int) -> bytes:
    """Return the body of a page's archived answer, unpacked as the crawl unpacked it. Raises as `load_bodies` does."""
    if page.archived is None:
        raise ArchiveError(f"{page.url}: the note of a document does not say where its answer stands")
    record = load_record(folder, page.archived)
    headers: dict[str, list[str]] = {}
    for name, value in record.headers:
        headers.setdefault(name, []).append(value)
    packed = Response(record.url, status=record.status, headers=headers, body=record.body)
    try:
        answer = make_unpacker().process_response(Request(record.url, meta={"download_maxsize": largest}), packed)
    except IgnoreRequest as error:
        raise ArchiveError(f"{record.url}: {error}") from error
    assert isinstance(answer, Response)  # noqa: S101  # it only ever unpacks
    return answer.body


def read_document(pages: Sequence[Page], read: Reader = read_limited) -> Article:
    """Return the document of pages that have their bodies. Raises PageError when its first one cannot be read."""
    first, *later = pages
    if is_file(first):
        return file_article(first)
    article = read(first)
    assembly = Assembly(article=article, url=first.url, waiting=[])
    for part in later:
        assembly.join(read_part(part, read), (), url=part.url)
    return article


def read_part(page: Page, read: Reader) -> Article | None:
    """Return one part of a document; None for one that gave no page then, or cannot be read now."""
    try:
        return read(page) if page.body else None
    except PageError:
        return None


def outcome_of_failure(page: Page, error: PageError) -> UrlOutcome:
    """Return how the address of a document ended that cannot be read."""
    return UrlOutcome(
        portal=page.portal or "",
        url=page.entry.url if page.entry else page.url,
        role="entry",
        outcome="error",
        reason=error.reason,
        http_status=page.status,
        at=page.fetched_at,
    )
