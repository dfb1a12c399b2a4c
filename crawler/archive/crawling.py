"""The archive in a crawl: an extension that holds the writer, and a middleware that gives it every answer."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.archive.notes import note_of
from crawler.archive.records import Exchange
from crawler.archive.writer import ArchiveWriter, recover
from crawler.errors import ArchiveError, StoreError
from crawler.fetching.network import RefusedRequest
from crawler.running.stopping import STOPPED, reason_of, stop_crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.headers import Headers

    from crawler.items import ArchivePlace

logger = logging.getLogger(__name__)

PLACE: Final = "gov_reports_archived"
"""Meta key of a request: where the archive has its answer."""
ROOT: Final = Path(__file__).resolve().parents[2]


def locate_archive(setting: str) -> Path:
    """Return the folder of an archive; a relative one is taken from the project's folder."""
    return ROOT / setting


class KeepArchive:
    """Holds the archive's writer while the crawl runs."""

    def __init__(self, crawler: Crawler) -> None:
        setting = crawler.settings["GOV_REPORTS_ARCHIVE"]
        if not setting or not getattr(crawler.spidercls, "archives", True):
            raise NotConfigured  # without a reason: Scrapy would warn of it
        self._crawler = crawler
        folder = locate_archive(setting)
        recover(folder)
        limit = crawler.settings.getint("GOV_REPORTS_ARCHIVE_FILE_MB") * 1024 * 1024
        self._writer = ArchiveWriter(folder, datetime.now(UTC), limit=limit)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; called by Scrapy."""
        return cls(crawler)

    def keep(self, request: Request, response: Response) -> ArchivePlace:
        """Write an answer with its request; return where it stands."""
        return self._writer.add_exchange(exchange_of(request, response))

    def note(self, item: object, now: datetime) -> None:
        """Write what the crawl made of an address."""
        if (noted := note_of(item)) is not None:
            self._writer.add_note(*noted, now)

    def fail(self, error: ArchiveError | StoreError) -> None:
        """End a crawl whose archive cannot be written."""
        logger.error("%s", error)
        stop_crawl(self._crawler, reason_of(error))

    def engine_stopped(self) -> None:
        """Seal the last file, when nothing more can come."""
        try:
            self._writer.close()
        except (ArchiveError, StoreError) as error:
            logger.error("the archive's last file is not sealed, the next run will do it: %s", error)  # noqa: TRY400
            self._crawler.stats.inc_value("gov_reports/item_errors")


class ArchiveAnswers:
    """Gives every answer to the archive before anything else sees it: as it came, compressed and all."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the answer; when that fails the crawl ends, and the address is due in the next."""
        archive = self._crawler.get_extension(KeepArchive)
        if archive is None:
            return response
        try:
            request.meta[PLACE] = archive.keep(request, response)
        except (ArchiveError, StoreError) as error:
            archive.fail(error)
            raise RefusedRequest(STOPPED, f"{request.url}: its answer could not be archived") from error
        return response


def exchange_of(request: Request, response: Response) -> Exchange:
    """Return an answer and its request as the archive writes them."""
    return Exchange(
        url=request.url,
        method=request.method,
        request_headers=list(lines_of(request.headers)),
        request_body=request.body,
        status=response.status,
        protocol=response.protocol or "HTTP/1.1",
        headers=list(lines_of(response.headers)),
        body=response.body,
        at=datetime.now(UTC),
        ip_address=str(response.ip_address) if response.ip_address else None,
        cut="partial" in response.flags,
    )


def lines_of(headers: Headers) -> Iterator[tuple[str, str]]:
    """Yield the lines of headers."""
    for name, values in headers.items():
        for value in values or ():
            yield name.decode("latin-1"), value.decode("latin-1")
