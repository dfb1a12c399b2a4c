"""Opening the store's file: where it is, whether it is ours, and what every connection to it keeps to.

WAL, so that readers and the crawl do not wait for each other; `synchronous=FULL`, so that a page that was acknowledged
survives a power cut; `BEGIN IMMEDIATE` for whoever writes, because SQLite answers a late upgrade from reading to
writing with "busy" at once, whatever the timeout.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.errors import StoreError
from crawler.storage.migrating import bring_up_to_date, create_schema
from crawler.storage.trouble import READS, explain

if TYPE_CHECKING:
    from sqlite3 import Connection as SqliteConnection

BUSY_SECONDS: Final = 5.0
"""How long one attempt waits for another process to end its transaction."""
OLD_DRAFT: Final = 3600.0
"""Seconds after which a half-made store is nobody's; making one takes a tenth of one."""
HEADER: Final = b"SQLite format 3\x00"


def locate(address: str, root: Path) -> Path:
    """Return the file of an SQLite address; a relative one is taken from `root`.

    Raises StoreError for any other address.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError("GOV_REPORTS_STORE is no store's address; write sqlite:///path/to/file.sqlite3") from None
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        shown = url.render_as_string(hide_password=True)
        raise StoreError(f"{shown}: a store is a file; write sqlite:///path/to/file.sqlite3")
    return root / str(url.database)


def open_engine(file: Path, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return the engine of a store that exists and is whole, ours and of this schema; raise StoreError otherwise."""
    check_file(file)
    engine = make_engine(file, busy_seconds)
    try:
        with explain(file):
            bring_up_to_date(engine, file)
    except StoreError:
        engine.dispose()
        raise
    return engine


def make_engine(file: Path, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine for an SQLite file whose connections keep our rules."""
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": busy_seconds, "isolation_level": None},  # we say BEGIN ourselves
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    )
    event.listen(engine, "connect", keep_rules)
    event.listen(engine, "begin", begin)
    return engine


def keep_rules(connection: SqliteConnection, _record: object) -> None:
    """Set what SQLite forgets between connections."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA case_sensitive_like = ON")  # as in every other database
    connection.execute("PRAGMA journal_size_limit = 67108864")  # a long reader may let the log grow; it shrinks after


def begin(connection: Connection) -> None:
    """Begin a transaction: a writer takes its lock at once, a reader its snapshot."""
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def create_store(file: Path) -> None:
    """Create an empty store, whole or not at all; one that another process made meanwhile is left.

    Raises StoreError when the folder is missing or cannot be written.
    """
    if not file.parent.is_dir():
        raise StoreError(f"{file}: its folder does not exist; create it, or set GOV_REPORTS_STORE to another place")
    clear_drafts(file)
    draft = file.with_name(f".{file.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    engine = make_engine(draft)
    try:
        with explain(file):
            with closing(engine.raw_connection()) as raw:  # outside of any transaction, else SQLite keeps silent
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            with engine.begin() as connection:
                create_schema(connection)
        engine.dispose()  # the last connection folds the log into the file
        file.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(f"{file}: cannot be created: {error.strerror}") from error
    finally:
        engine.dispose()
        draft.unlink(missing_ok=True)


def clear_drafts(file: Path) -> None:
    """Remove what killed processes left of stores they were making."""
    for draft in file.parent.glob(f".{file.name}.*.new*"):
        with suppress(OSError):  # another process may clear the same
            if time.time() - draft.stat().st_mtime > OLD_DRAFT:
                draft.unlink()


def check_file(file: Path) -> None:
    """Raise StoreError unless the file can be read and begins as an SQLite database does."""
    try:
        with file.open("rb") as stream:
            head = stream.read(len(HEADER))
    except OSError as error:
        raise StoreError(f"{file}: cannot be read: {error.strerror}") from error
    if not head:
        raise StoreError(f"{file}: is empty, so what was in it is lost; restore a backup, or delete it to begin anew")
    if head != HEADER:
        raise StoreError(f"{file}: is not an SQLite database; move it away, or set GOV_REPORTS_STORE to another file")


def insert_row(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    """Insert one row and return the id it was given."""
    result = connection.execute(table.insert(), row)
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101  # SQLAlchemy gives one for a single insert
    return int(key[0])


def pragma(connection: Connection, name: str) -> list[Any]:
    """Return the rows of one of SQLite's own checks."""
    return list(connection.exec_driver_sql(f"PRAGMA {name}"))
