"""Writing an archive: a file grows as `*.open`, is synced, described and renamed; the next one begins."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import logging
import os
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crawler.archive.manifest import MANIFEST, OPEN, SUFFIX, Manifest, sync_folder, write_manifest
from crawler.archive.reader import parse_record, unpack
from crawler.archive.records import Exchange, dump_exchange, dump_info, dump_note
from crawler.errors import ArchiveError, DiskFullError
from crawler.failpoints import failpoint
from crawler.items import ArchivePlace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

logger = logging.getLogger(__name__)

LIMIT: Final = 256 * 1024 * 1024
"""Bytes after which a file is sealed and the next one begun."""
INFO: Final = {
    "software": "gov_reports/0.1",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "robots": "obeyed",
}
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ArchiveWriter:
    """Writes one run's files into a folder; `close` seals the last one."""

    def __init__(self, folder: Path, began_at: datetime, *, limit: int = LIMIT) -> None:
        self._folder, self._limit = folder, limit
        self._prefix = f"{began_at.astimezone(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
        self._number = 0
        self._file: OpenFile | None = None

    def add_exchange(self, exchange: Exchange) -> ArchivePlace:
        """Write an answer with its request; return where the answer stands."""
        records, digest = dump_exchange(exchange)
        file = self._current()
        offset = file.size
        for kind, record in records:
            file.write(kind, record)
        failpoint("archive.written")
        file.flush()
        return ArchivePlace(file=file.name, offset=offset, digest=digest)

    def add_note(self, url: str, content: Mapping[str, Any], at: datetime) -> None:
        """Write what the crawl made of an address."""
        file = self._current()
        file.write("metadata", dump_note(at, url, content))
        file.flush()

    def _current(self) -> OpenFile:
        """Return the file to write into; one that has grown over the limit is sealed first."""
        if self._file is not None and self._file.size >= self._limit:
            self.close()
        if self._file is None:
            self._number += 1
            self._file = OpenFile(self._folder, f"{self._prefix}-{self._number:05}{SUFFIX}")
            self._file.write("warcinfo", dump_info(datetime.now(UTC), self._file.name, INFO))
        return self._file

    def close(self) -> None:
        """Seal the file that is being written."""
        if self._file is not None:
            file, self._file = self._file, None
            file.seal()


class OpenFile:
    """One file being written, locked so that nobody takes it for one a killed run left."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.size = 0
        self._path = folder / (name + OPEN)
        self._records: Counter[str] = Counter()
        self._digest = hashlib.sha256()
        with explain(self._path):
            folder.mkdir(parents=True, exist_ok=True)
            self._stream: BinaryIO = self._path.open("xb")
            fcntl.flock(self._stream, fcntl.LOCK_EX)
            while not stands_at(self._stream, self._path):  # a run beside this one took it for one left empty
                self._stream.close()
                self._stream = self._path.open("xb")
                fcntl.flock(self._stream, fcntl.LOCK_EX)

    def write(self, kind: str, record: bytes) -> None:
        """Write one record."""
        with explain(self._path):
            self._stream.write(record)
        self.size += len(record)
        self._records[kind] += 1
        self._digest.update(record)

    def flush(self) -> None:
        """Hand what was written to the system: it survives this process, not a power cut."""
        with explain(self._path):
            self._stream.flush()

    def seal(self) -> None:
        """Sync the file, write its manifest and give it its name."""
        with explain(self._path), self._stream:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            failpoint("archive.synced")
            seal(self._path, self.size, self._digest.hexdigest(), self._records, recovered=False)


def seal(path: Path, size: int, sha256: str, records: Mapping[str, int], *, recovered: bool) -> Path:
    """Describe a synced `*.open` file and give it its name; return it."""
    final = path.with_name(path.name.removesuffix(OPEN))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(
        file=final.name, bytes=size, sha256=sha256, records=dict(records), sealed_at=now, recovered=recovered
    )
    write_manifest(final, manifest)
    failpoint("archive.described")
    path.replace(final)
    sync_folder(path.parent)
    return final


def recover(folder: Path) -> list[Path]:
    """Seal what killed runs left open, each file cut back to its last whole record; return the sealed files.

    A file that its writer still holds is left alone, one without a whole record removed.
    """
    sealed = []
    for path in sorted(folder.glob(f"*{SUFFIX}{OPEN}")) if folder.is_dir() else ():
        with explain(path), suppress(FileNotFoundError), path.open("r+b") as stream:
            if not is_left(stream, path):
                continue
            size, sha256, records = _measure(stream)
            if not size:
                path.unlink()
                path.with_name(path.name.removesuffix(OPEN) + MANIFEST).unlink(missing_ok=True)
                continue
            stream.truncate(size)
            os.fsync(stream.fileno())
            sealed.append(seal(path, size, sha256, records, recovered=True))
            logger.warning("%s: its run was killed; %d bytes of whole records are kept", sealed[-1], size)
    return sealed


def is_left(stream: BinaryIO, path: Path) -> bool:
    """Lock an open file and return whether nobody writes it and nobody sealed it meanwhile."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return stands_at(stream, path)


def stands_at(stream: BinaryIO, path: Path) -> bool:
    """Return whether an open file is the one at a path."""
    return path.exists() and os.path.samestat(os.fstat(stream.fileno()), path.stat())


def _measure(stream: BinaryIO) -> tuple[int, str, Counter[str]]:
    """Return how far whole records reach, with their digest and how many there are of each type."""
    content = stream.read()
    offset, records = 0, Counter[str]()
    while (packed := unpack(content, offset)) and (record := parse_record(packed[0], "", offset)):
        records[record.kind] += 1
        offset = packed[1]
    return offset, hashlib.sha256(memoryview(content)[:offset]).hexdigest(), records


class explain:  # noqa: N801  # reads as a statement: with explain(path):
    """Turns the system's errors about a file into ours, which name it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if not isinstance(error, OSError):
            return
        if error.errno in FULL:
            raise DiskFullError(f"{self._path}: the disk is full; free some space and start again") from error
        raise ArchiveError(f"{self._path}: cannot be written: {error.strerror}") from error
