"""Archived bytes read again: whether this program makes of them the record that is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import DummyStatsCollector

from crawler.archive import Damage, find_files, iter_records, load_record
from crawler.archive.notes import item_of, parts_of
from crawler.datasets.record import record_from
from crawler.discovery.parts import Assembly
from crawler.errors import ArchiveError, PageError
from crawler.isolation import is_risky, read_bounded, run_limited
from crawler.items import Article, Page, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Protocol

    from scrapy.settings import BaseSettings

    from crawler.archive import Record
    from crawler.items import ArchivePlace

    class Stage(Protocol):
        """One stage of the line."""

        def process_item(self, item: object) -> object:
            """Return what the stage makes of an item."""


NOT_COMPARED: Final = frozenset({"source"})
"""Where a record came from is told by the archive itself; its digest is compared apart."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Wanted:
    """A stored record, as much of it as tells whether another is the same."""

    name: str
    sha256: str
    derived_from: dict[str, str]
    digests: dict[str, bytes]
    """By the record's keys."""


def wanted_from(name: str, record: Mapping[str, Any]) -> Wanted:
    """Return what must come out again when the bytes of a record are read."""
    return Wanted(
        name=name,
        sha256=record["source"]["sha256"],
        derived_from=record["derived_from"],
        digests=digest_keys(record),
    )


def digest_keys(record: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a digest of each value of a record."""
    return {
        key: blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).digest()
        for key, value in record.items()
        if key not in NOT_COMPARED
    }


@dataclass(slots=True, kw_only=True)
class Reread:
    """What came of reading an archive again."""

    compared: int = 0
    older: int = 0
    """Records that another version of this program made; no other record is expected of them."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Line:
    """What a page goes through from the archive to its record."""

    unpacker: HttpCompressionMiddleware
    stages: Sequence[Stage]


def make_line(settings: BaseSettings, stages: Sequence[Stage]) -> Line:
    """Return the line of these stages; answers are unpacked under the limits of the settings."""
    crawler = Crawler(Spider, Settings(dict(settings)))
    crawler.stats = DummyStatsCollector(crawler)
    return Line(unpacker=HttpCompressionMiddleware.from_crawler(crawler), stages=stages)


def iter_differences(
    folder: Path, wanted: Mapping[ArchivePlace, Wanted], line: Line, reread: Reread
) -> Iterator[tuple[str, str]]:
    """Yield (name, sentence) for each stored record that its archived bytes do not give again.

    A place that the archive has not, or has damaged, is a difference too.
    """
    left = dict(wanted)
    for path in find_files(folder):
        for each in iter_records(path):
            if isinstance(each, Damage):
                yield path.name, each.sentence
            elif each.kind == "metadata" and (pages := pages_of(each)) and pages[0].archived in left:
                known = left.pop(pages[0].archived)
                yield from ((known.name, sentence) for sentence in compare(pages, folder, known, line, reread))
    for place, known in left.items():
        yield known.name, f"the archive has no note of {place.file} at {place.offset}"


def pages_of(record: Record) -> list[Page]:
    """Return the pages of the document that a note is about; [] for another note, and for one that cannot be read."""
    try:
        note = record.note()
        page = item_of(note)
        return [page, *parts_of(note)] if isinstance(page, Page) and page.archived is not None else []
    except ArchiveError:
        return []


def read_document(pages: Sequence[Page], folder: Path, line: Line) -> Article:
    """Return the document of its archived pages, put together as the crawl did.

    Raises:
        ArchiveError, PageError: the first page is not there, or cannot be read.
    """
    first, *later = pages
    first.body = load_body(folder, first, line.unpacker)
    article = read_limited(first)
    assembly = Assembly(article=article, url=first.url, waiting=[])
    for part in later:
        part.body = load_body(folder, part, line.unpacker) if part.archived else b""
        assembly.join(read_part(part), (), url=part.url)
    return article


def read_part(part: Page) -> Article | None:
    """Return the article of a later part, None where it cannot be read."""
    try:
        return read_limited(part) if part.body else None
    except PageError:
        return None


def read_limited(page: Page) -> Article:
    """Return a page read, in a worker process with limits if it is one that may be slow."""
    return run_limited(read_bounded, page) if is_risky(page.body) else read_bounded(page)


def compare(pages: Sequence[Page], folder: Path, known: Wanted, line: Line, reread: Reread) -> Iterator[str]:
    """Yield what differs between a stored record and what its bytes give today."""
    try:
        item: object = read_document(pages, folder, line)
    except (ArchiveError, PageError) as error:
        yield f"its archived bytes cannot be read: {error}"
        return
    for stage in line.stages:
        item = stage.process_item(item)
    if not isinstance(item, Report):
        yield "its archived bytes give no report"
        return
    record = record_from(item)
    if item.source.sha256 != known.sha256:
        yield f"its archived bytes have the digest {item.source.sha256}, the record says {known.sha256}"
    elif item.derived_from != known.derived_from:
        reread.older += 1
    else:
        reread.compared += 1
        changed = [key for key, digest in digest_keys(record).items() if known.digests.get(key) != digest]
        if changed:
            yield f"its archived bytes give another {', '.join(changed)}"


def load_body(folder: Path, page: Page, unpacker: HttpCompressionMiddleware) -> bytes:
    """Return the body of a page's archived answer, unpacked.

    Raises:
        ArchiveError: the answer is not there, damaged, or unpacks to more than the limits allow.
    """
    if page.archived is None:
        raise ArchiveError(f"{page.url}: nobody knows where its answer stands")
    record = load_record(folder, page.archived)
    headers: dict[str, list[str]] = {}
    for name, value in record.headers:
        headers.setdefault(name, []).append(value)
    packed = Response(record.url, status=record.status, headers=headers, body=record.body)
    try:
        answer = unpacker.process_response(Request(record.url), packed)
    except IgnoreRequest as error:
        raise ArchiveError(f"{record.url}: {error}") from error
    return answer.body if isinstance(answer, Response) else b""
