"""`scrapy crawl replay`: the archive read again through today's stages, with no network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import scrapy
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.archive import Damage, Record, find_files, iter_records, load_record
from crawler.archive.crawling import locate_archive
from crawler.archive.notes import item_of, parts_of
from crawler.discovery.intake import file_article, is_file
from crawler.discovery.parts import Assembly
from crawler.errors import ArchiveError, PageError, UsageError
from crawler.isolation import read_limited
from crawler.items import Article, Page
from crawler.outcomes import Outcome, UrlOutcome

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

Yielded: TypeAlias = Article | Outcome


class ReplaySpider(scrapy.Spider):
    """Hands the documents of an archive to the stages, as the crawl did, and says what it said of every address."""

    name = "replay"
    archives = False
    """What is read from the archive is not archived again."""
    custom_settings = {"DOWNLOAD_HANDLERS": {"http": None, "https": None}}  # noqa: RUF012  # Scrapy declares it so

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.files = find_files(folder)
        self.unpacker = HttpCompressionMiddleware()

    @classmethod
    def from_crawler(cls, crawler: Crawler, archive: str | None = None, **unknown: str) -> Self:
        """Make the spider; called by Scrapy. `archive=` is a folder, else GOV_REPORTS_ARCHIVE."""
        if unknown:
            raise UsageError(f"unknown argument {next(iter(unknown))}= (there is archive)")
        chosen = Path(archive) if archive else None
        setting = crawler.settings["GOV_REPORTS_ARCHIVE"]
        if chosen is None and not setting:
            raise UsageError("name the archive: scrapy crawl replay -a archive=DIR (GOV_REPORTS_ARCHIVE is empty)")
        spider = cls(chosen or locate_archive(setting))
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield what the archive holds, in the order in which it came."""
        for path in self.files:
            for each in iter_records(path):
                if isinstance(each, Damage):
                    self.note_damage(each.sentence)
                elif each.kind == "metadata":
                    for item in self.read_note(each):
                        yield item
                        await asyncio.sleep(0)  # the stages take it before the next one is read

    def read_note(self, record: Record) -> Iterator[Yielded]:
        """Yield what a note is about: an outcome, or a document."""
        try:
            item = item_of(record.note())
            parts = parts_of(record.note())
            for page in [item, *parts] if isinstance(item, Page) else ():
                page.body = self.load_body(page) if page is item or page.archived else b""
        except ArchiveError as error:
            self.note_damage(str(error))
            return
        if not isinstance(item, Page):
            yield item
        elif is_file(item):
            yield file_article(item)
        else:
            yield from self.read_document(item, parts)

    def read_document(self, page: Page, parts: list[Page]) -> Iterator[Yielded]:
        """Yield the document of a page and the pages of its later parts."""
        try:
            article = read_limited(page)
            assembly = Assembly(article=article, url=page.url, waiting=[])
            for part in parts:
                assembly.join(read_part(part), (), url=part.url)
            yield article
        except PageError as error:
            asked = page.entry.url if page.entry else page.url
            yield UrlOutcome(
                portal=page.portal or "",
                url=asked,
                role="entry",
                outcome="error",
                reason=error.reason,
                http_status=page.status,
                at=page.fetched_at,
            )

    def load_body(self, page: Page) -> bytes:
        """Return the body of an archived answer, unpacked as the crawl unpacked it."""
        if page.archived is None:
            raise ArchiveError(f"{page.url}: the note of a document does not say where its answer stands")
        record = load_record(self.folder, page.archived)
        headers: dict[str, list[str]] = {}
        for name, value in record.headers:
            headers.setdefault(name, []).append(value)
        packed = Response(record.url, status=record.status, headers=headers, body=record.body)
        try:
            limit = {"download_maxsize": self.settings.getint("DOWNLOAD_MAXSIZE")}
            answer = self.unpacker.process_response(Request(record.url, meta=limit), packed)
        except IgnoreRequest as error:
            raise ArchiveError(f"{record.url}: {error}") from error
        assert isinstance(answer, Response)  # noqa: S101  # it only ever unpacks
        return answer.body

    def note_damage(self, sentence: str) -> None:
        """Say and count what could not be read."""
        logger.error("%s", sentence)
        self.crawler.stats.inc_value("gov_reports/archive/damaged")


def read_part(page: Page) -> Article | None:
    """Return one part of a document; None for one that gave no page then, or cannot be read now."""
    try:
        return read_limited(page) if page.body else None
    except PageError:
        return None
