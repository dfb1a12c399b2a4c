"""`scrapy crawl replay`: the archive read again through today's stages, with no network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import scrapy

from crawler.archive import Damage, Record, find_files, iter_records
from crawler.archive.crawling import locate_archive
from crawler.errors import ArchiveError, PageError, UsageError
from crawler.items import Article
from crawler.outcomes import Outcome
from crawler.rereading.documents import load_bodies, outcome_of_failure, pages_of, read_document

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
                elif each.kind == "metadata" and (item := self.read_note(each)) is not None:
                    yield item
                    await asyncio.sleep(0)  # the stages take it before the next one is read

    def read_note(self, record: Record) -> Yielded | None:
        """Return what a note is about: an outcome, or a document; None for what is damaged."""
        try:
            noted = pages_of(record.note())
            if not isinstance(noted, list):
                return noted
            load_bodies(noted, self.folder, self.settings.getint("DOWNLOAD_MAXSIZE"))
        except ArchiveError as error:
            self.note_damage(str(error))
            return None
        try:
            return read_document(noted)
        except PageError as error:
            return outcome_of_failure(noted[0], error)

    def note_damage(self, sentence: str) -> None:
        """Say and count what could not be read."""
        logger.error("%s", sentence)
        self.crawler.stats.inc_value("gov_reports/archive/damaged")
