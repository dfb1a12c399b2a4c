"""What databases say when something is wrong, and what the operator can do about it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError

from crawler.errors import DiskFullError, StoreError
from crawler.running.logs import mask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READS: Final = "gov_reports_reads"
"""Execution option of a connection that only reads: it takes a snapshot and no lock."""
LOCKED: Final = ("is locked", "lock timeout")
FULL: Final = ("disk is full", "No space left")
MENDS: Final = (
    ("is locked", "another process holds it; wait for that one to end and start again"),
    ("readonly", "it cannot be written; give this user the right to write the file and its folder"),
    ("unable to open", "it cannot be opened; give this user the right to write the file and its folder"),
    ("not a database", "it is not an SQLite database, or was overwritten; move it away, or restore a backup"),
    ("malformed", "it is damaged; move it away with its -wal file, or restore a backup"),
    ("disk is full", "the disk is full; free some space and start again, nothing that was acknowledged is lost"),
    ("disk I/O error", "the disk does not read or write; look at its health and free space"),
    ("lock timeout", "another process is writing to it; wait for that one to end and start again"),
    ("No space left", "the server's disk is full; nothing that was acknowledged is lost"),
    ("authentication failed", "the server refuses this user or password"),
    ("no password supplied", "the server asks for a password; put it into the address or a password file"),
    ("permission denied", "this user may not read or write the store; grant it the right"),
    ("does not exist", "there is no such database or user; create it first"),
    ("starting up", "the server is starting; wait and start again"),
    ("Connection refused", "the server does not answer; look whether it runs and listens there"),
    ("No such file", "the server does not answer; look whether it runs and listens there"),
    ("could not translate host", "no server of this name is known"),
    ("failed to resolve host", "no server of this name is known"),
    ("timeout expired", "the server does not answer"),
    ("connection failed", "the server cannot be reached"),
    ("closed the connection", "the server ended the connection; start again, nothing that was acknowledged is lost"),
    ("connection is lost", "the server ended the connection; start again, nothing that was acknowledged is lost"),
    ("terminating connection", "the server is shutting down; start again, nothing that was acknowledged is lost"),
)
"""Words of SQLite's and PostgreSQL's messages, and the mend."""


def explain_error(error: DatabaseError, place: Path | str) -> StoreError | None:
    """Return what the operator must know about a database's error; None when it is a fault of our own."""
    said = mask(" ".join(str(error.orig).split()))
    kind = DiskFullError if any(words in said for words in FULL) else StoreError
    speaker = "SQLite" if type(error.orig).__module__ == "sqlite3" else "PostgreSQL"
    return next((kind(f"{place}: {mend} ({speaker}: {said})") for words, mend in MENDS if words in said), None)


@contextmanager
def explain(place: Path | str) -> Iterator[None]:
    """Turn what a database says into a StoreError that names the store and the mend."""
    try:
        yield
    except DatabaseError as error:
        if (known := explain_error(error, place)) is None:
            raise
        raise known from error


def is_locked(error: BaseException) -> bool:
    """Return whether an error says that another process held the lock for longer than an attempt waits."""
    return isinstance(error, DatabaseError) and any(words in str(error.orig) for words in LOCKED)
