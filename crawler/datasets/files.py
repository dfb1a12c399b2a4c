"""Folders of files that appear whole or not at all: made beside their place, synced, then exchanged with it at once."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

PART: Final = ".part"
OLD: Final = ".old"
AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2
"""Of Linux's renameat2: two names change places in one step."""
NO_EXCHANGE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
"""What systems and file systems answer that cannot do it."""
UNMOVABLE: Final = frozenset({errno.EBUSY, errno.EXDEV})


@dataclass(slots=True, frozen=True)
class Written:
    """One finished file, as the manifest names it."""

    name: str
    rows: int
    bytes: int
    sha256: str


class Draft:
    """A text file being written; its digest is made on the way."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.rows = 0
        self._size = 0
        self._digest = hashlib.sha256()
        self._stream = path.open("xb", buffering=1 << 20)

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
        self._stream.close()
        return Written(self.name, self.rows, self._size, self._digest.hexdigest())

    def close(self) -> None:
        """End writing."""
        self._stream.close()


class Staging:
    """A folder in the making, beside the one it will become; unpublished, it leaves nothing.

    Raises UsageError when another export is making the same folder, OSError when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.path = self.folder.with_name(f".{self.folder.name}{PART}")
        restore(self.folder)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._drafts: list[Draft] = []
        self._lock = self._claim()
        for left in self.path.iterdir():  # by a killed export
            remove(left)

    def _claim(self) -> int:
        """Return the lock on the folder in the making, as a file descriptor."""
        self.path.mkdir(exist_ok=True)
        lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        if not is_ours(lock, self.path):
            os.close(lock)
            raise UsageError(f"{self.folder}: another export is writing there")
        return lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def draft(self, name: str) -> Draft:
        """Return a new text file in the folder."""
        self._drafts.append(Draft(self.path / name))
        return self._drafts[-1]

    def seal(self, name: str, rows: int) -> Written:
        """Return a file that a library wrote into the folder, its bytes on the disk."""
        path = self.path / name
        sync(path)
        return Written(name, rows, path.stat().st_size, digest_file(path))

    def publish(self) -> None:
        """Put the folder in its place, in one step, and make that last through a power cut."""
        sync(self.path)
        try:
            put(self.path, self.folder)
        except OSError as error:
            if error.errno in UNMOVABLE:
                raise UsageError(f"{self.folder}: is where a disk is mounted; name a folder inside of it") from error
            raise
        sync(self.folder.parent)

    def close(self) -> None:
        """Remove what is left: an unpublished draft, or the folder that was replaced."""
        for draft in self._drafts:
            draft.close()
        remove(self.path)
        os.close(self._lock)


def is_ours(handle: int, path: Path) -> bool:
    """Lock an open folder and return whether it is ours alone and still the one at the path."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(handle), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def put(new: Path, place: Path) -> None:
    """Move a folder to a place; what was there, if anything, is then at `new`."""
    if not place.exists() or not any(place.iterdir()):
        new.replace(place)  # POSIX lets an empty folder be replaced
        return
    try:
        exchange(new, place)
    except OSError as error:
        if error.errno not in NO_EXCHANGE:
            raise
        old = place.with_name(f".{place.name}{OLD}")
        remove(old)
        place.rename(old)
        new.rename(place)
        old.rename(new)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step; raise OSError where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if libc.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def restore(folder: Path) -> None:
    """Put back a folder that an export without `exchange` had moved away when it was killed."""
    old = folder.with_name(f".{folder.name}{OLD}")
    if not folder.exists() and old.is_dir():
        old.rename(folder)


def remove(path: Path) -> None:
    """Remove a file or a folder of ours, if it is there."""
    with suppress(FileNotFoundError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
