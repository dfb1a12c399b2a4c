"""Files that appear whole or not at all: written beside their place, synced, then renamed into it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

PART: Final = ".part"


@dataclass(slots=True, frozen=True)
class Written:
    """One finished file, as the manifest names it."""

    name: str
    rows: int
    bytes: int
    sha256: str


class Draft:
    """A file being written under another name; `publish` puts it in its place, `close` alone leaves nothing."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.rows = 0
        self._place = folder / name
        self._part = folder / f".{name}{PART}"
        self._size = 0
        self._digest = hashlib.sha256()
        self._stream = os.fdopen(os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644), "wb")
        self._claim(folder)

    def _claim(self, folder: Path) -> None:
        """Make the draft ours; what a killed export left of it goes."""
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._stream.close()
            raise UsageError(f"{folder}: another export is writing there") from None
        self._stream.truncate(0)

    def write(self, text: str, rows: int = 1) -> None:
        """Write some rows."""
        data = text.encode("utf-8")
        self._digest.update(data)
        self._size += self._stream.write(data)
        self.rows += rows

    def seal(self) -> Written:
        """Make sure that every byte is on the disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        return Written(self.name, self.rows, self._size, self._digest.hexdigest())

    def publish(self) -> None:
        """Put the sealed file in its place."""
        self._part.replace(self._place)

    def close(self) -> None:
        """End writing; an unpublished draft is removed."""
        if not self._stream.closed:
            self._part.unlink(missing_ok=True)
            self._stream.close()


def publish(folder: Path, drafts: Iterable[Draft]) -> None:
    """Put sealed files in their places, in order, and make their names last through a power cut."""
    for draft in drafts:
        draft.publish()
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
