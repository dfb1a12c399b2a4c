"""Reading an archive record by record: what is damaged is named, and what stands after it is still read."""

from __future__ import annotations

import json
import mmap
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecordLoader  # type: ignore[import-untyped]

from crawler.archive.manifest import check_file, load_manifest
from crawler.archive.records import digest_of
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.items import ArchivePlace

MAGIC: Final = b"\x1f\x8b\x08"
CHUNK: Final = 1 << 16
LARGEST: Final = 256 * 1024 * 1024
"""Bytes; a record that unpacks to more is none of ours."""
Bytes: TypeAlias = "mmap.mmap | memoryview | bytes"


@dataclass(slots=True, kw_only=True, frozen=True)
class Record:
    """One record, unpacked."""

    kind: str
    """`warcinfo`, `response`, `request`, `metadata`."""
    file: str
    offset: int
    url: str
    at: datetime
    digest: str
    """Of the payload."""
    body: bytes
    """The payload: of an answer, its body as it came over the wire."""
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    """Of the answer."""

    def note(self) -> dict[str, Any]:
        """Return the content of a metadata record."""
        content: dict[str, Any] = json.loads(self.body)
        return content


@dataclass(slots=True, kw_only=True, frozen=True)
class Damage:
    """A place of a file where no whole record stands."""

    file: str
    offset: int
    sentence: str


def iter_records(path: Path) -> Iterator[Record | Damage]:
    """Yield the records of a file in order, and a Damage for every stretch that is none.

    The last thing yielded is a Damage when the file or the count of its records is not what its manifest says.
    """
    faults = check_file(path)
    found: Counter[str] = Counter()
    if path.is_file() and path.stat().st_size:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
            for each in _walk(view, path.name):
                if isinstance(each, Record):
                    found[each.kind] += 1
                yield each
    if not faults and dict(found) != load_manifest(path).records:
        faults = [f"{path}: holds {dict(found)} records, {load_manifest(path).records} were sealed"]
    for fault in faults:
        yield Damage(file=path.name, offset=0, sentence=fault)


def load_record(folder: Path, place: ArchivePlace) -> Record:
    """Return the record at a place; raise ArchiveError when it is not there or is not the one that was meant."""
    path = folder / place.file
    if not path.is_file():
        path = path.with_name(path.name + ".open")  # the run that wrote it has not ended
    try:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
            packed = unpack(view, place.offset)
            record = parse_record(packed[0], place.file, place.offset) if packed else None
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{path}: cannot be read: {error}") from error
    if record is None or record.digest != place.digest:
        raise ArchiveError(f"{path}: the record at {place.offset} is not the one that was written")
    return record


def _walk(view: mmap.mmap, file: str) -> Iterator[Record | Damage]:
    offset = 0
    while offset < len(view):
        packed = unpack(view, offset)
        record = parse_record(packed[0], file, offset) if packed else None
        if packed is not None and record is not None:
            yield record
            offset = packed[1]
            continue
        following = view.find(MAGIC, offset + 1)
        while following >= 0 and unpack(view, following) is None:
            following = view.find(MAGIC, following + 1)
        after = following if following >= 0 else len(view)
        yield Damage(file=file, offset=offset, sentence=f"{file}: no whole record in bytes {offset} to {after}")
        offset = after


def unpack(view: Bytes, offset: int) -> tuple[bytes, int] | None:
    """Return the gzip member at an offset, unpacked, and where it ends; None when there is no whole one."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    parts, size, place = [], 0, offset
    try:
        while not stream.eof and place < len(view) and size <= LARGEST:
            part = stream.decompress(view[place : place + CHUNK])
            place += CHUNK
            parts.append(part)
            size += len(part)
    except zlib.error:
        return None
    if not stream.eof:
        return None
    return b"".join(parts), min(place, len(view)) - len(stream.unused_data)


def parse_record(raw: bytes, file: str, offset: int) -> Record | None:
    """Return a record from its bytes; None when they are none, or not those that its digest was made of."""
    try:
        found = ArcWarcRecordLoader().parse_record_stream(BytesIO(raw), known_format="warc")
        body = found.raw_stream.read()
    except (ArchiveLoadFailed, EOFError):
        return None
    told = found.rec_headers.get_header
    digest = digest_of(body)
    meant = told("WARC-Payload-Digest") or told("WARC-Block-Digest")
    if meant != digest:
        return None
    http = found.http_headers if found.rec_type == "response" else None
    return Record(
        kind=found.rec_type,
        file=file,
        offset=offset,
        url=told("WARC-Target-URI") or "",
        at=parse_date(told("WARC-Date")),
        digest=digest,
        body=body,
        status=int(http.get_statuscode()) if http else 0,
        headers=list(http.headers) if http else [],
    )


def parse_date(text: str) -> datetime:
    """Return the instant a record was made at."""
    return datetime.fromisoformat(text).astimezone(UTC)
