"""`NoteInArchive`: what the crawl made of each address stands in the archive beside the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archive.crawling import KeepArchive
from crawler.errors import ArchiveError, StoreError

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class NoteInArchive:
    """Notes documents before the stages read them, so that a replay reads what the crawl read."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage; called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: object) -> object:
        """Note an item; when that fails, end the crawl."""
        archive = self._crawler.get_extension(KeepArchive)
        if archive is not None:
            try:
                archive.note(item, datetime.now(UTC))
            except (ArchiveError, StoreError) as error:
                archive.fail(error)
                raise
        return item
