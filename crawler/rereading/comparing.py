"""Archived bytes held against stored records: whether this program makes of them what is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from crawler.archive import Damage, find_files, iter_records
from crawler.errors import ArchiveError, PageError
from crawler.record import record_from
from crawler.rereading.documents import load_bodies, pages_of, read_document
from crawler.stages import run_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crawler.archive import Record
    from crawler.items import ArchivePlace, Page
    from crawler.stages import Stage

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

    folder: Path
    largest: int
    """Bytes that an answer may unpack to."""
    stages: Sequence[Stage]


def iter_differences(wanted: Mapping[ArchivePlace, Wanted], line: Line, reread: Reread) -> Iterator[tuple[str, str]]:
    """Yield (name, sentence) for each stored record that its archived bytes do not give again.

    A place that the archive has not, or has damaged, is a difference too.
    """
    left = dict(wanted)
    for path in find_files(line.folder):
        for each in iter_records(path):
            if isinstance(each, Damage):
                yield path.name, each.sentence
            elif each.kind == "metadata" and (pages := noted_pages(each)) and pages[0].archived in left:
                known = left.pop(pages[0].archived)
                yield from ((known.name, sentence) for sentence in compare(pages, known, line, reread))
    for place, known in left.items():
        yield known.name, f"the archive has no note of {place.file} at {place.offset}"


def noted_pages(record: Record) -> list[Page]:
    """Return the pages of the document that a note is about; [] for another note, and for one that cannot be read."""
    try:
        pages = pages_of(record.note())
    except ArchiveError:
        return []
    return pages if isinstance(pages, list) and pages[0].archived is not None else []


def compare(pages: Sequence[Page], known: Wanted, line: Line, reread: Reread) -> Iterator[str]:
    """Yield what differs between a stored record and what its bytes give today."""
    try:
        load_bodies(pages, line.folder, line.largest)
        article = read_document(pages)
    except (ArchiveError, PageError) as error:
        yield f"its archived bytes cannot be read: {error}"
        return
    report = run_stages(article, line.stages)
    if report.source.sha256 != known.sha256:
        yield f"its archived bytes have the digest {report.source.sha256}, the record says {known.sha256}"
    elif report.derived_from != known.derived_from:
        reread.older += 1
    else:
        reread.compared += 1
        digests = digest_keys(record_from(report))
        changed = [key for key, digest in digests.items() if known.digests.get(key) != digest]
        if changed:
            yield f"its archived bytes give another {', '.join(changed)}"
