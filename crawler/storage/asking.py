"""Questions to a store in a user's own SQL: one SELECT, read only, with a limit of time and rows."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

from crawler.errors import UsageError
from crawler.storage.schema import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
JSON_TABLES: Final = ("json_each", "json_tree")
STEPS: Final = 10_000
"""Of SQLite's machine, between two looks at the clock."""
LONGEST_VALUE: Final = 64 << 20
"""Bytes of one value of an answer: functions that repeat a text make any length."""
CANCELLED: Final = "57014"
"""What PostgreSQL answers when a statement took too long."""


@dataclass(slots=True, frozen=True)
class Answer:
    """What a question gave."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool
    """Whether there are more rows than were asked for."""


def ask_file(file: Path, question: str, *, rows: int, seconds: float) -> Answer:
    """Return at most `rows` rows of an answer of an SQLite file.

    Raises UsageError for SQL that is wrong, would write, or takes longer than `seconds`.
    """
    deadline = time.monotonic() + seconds
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
        database.execute("PRAGMA query_only = ON")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        for table in JSON_TABLES:  # met before anything is refused, they are there for the question
            database.execute(f"SELECT 1 FROM {table}('[]')")  # noqa: S608  # our own names
        database.set_authorizer(judge)
        database.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            cursor = database.execute(question)
            if cursor.description is None:
                raise UsageError("only a SELECT can be asked")
            return bound([each[0] for each in cursor.description], cursor.fetchmany(rows + 1), rows)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise UsageError(explain_file(str(error), seconds)) from error


def explain_file(said: str, seconds: float) -> str:
    """Return what SQLite said in words that a user can act on."""
    if "interrupted" in said:
        return too_long(seconds)
    if "not authorized" in said or "prohibited" in said or "one statement" in said:
        return f"only one SELECT can be asked, and nothing be written or attached ({said})"
    return said


def judge(action: int, first: str | None, second: str | None, _base: str | None, _trigger: str | None) -> int:
    """Return whether an action of a statement only reads."""
    if action == sqlite3.SQLITE_FUNCTION and "load_extension" in (first, second):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def ask_server(connection: Connection, question: str, *, rows: int, seconds: float) -> Answer:
    """Return at most `rows` rows of an answer of a server, over a connection that only reads.

    A question is put into brackets, where only a SELECT can stand. Raises UsageError as `ask_file` does.
    """
    asked = question.strip().rstrip(";").replace("%", "%%")
    wait = max(int(seconds * 1000), 1)
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {wait}")
    try:
        # A statement with a parameter is prepared, and servers prepare one statement, never two.
        found = connection.exec_driver_sql(f"SELECT * FROM ({asked}\n) AS answer LIMIT %(rows)s", {"rows": rows + 1})  # noqa: S608
        return bound(list(found.keys()), [tuple(row) for row in found], rows)
    except DBAPIError as error:
        late = getattr(error.orig, "sqlstate", None) == CANCELLED
        raise UsageError(too_long(seconds) if late else str(error.orig).strip()) from error


def bound(names: list[str], found: list[tuple[Any, ...]], rows: int) -> Answer:
    """Return an answer of at most `rows` rows, of one row more that were asked for."""
    return Answer(names, found[:rows], len(found) > rows)


def too_long(seconds: float) -> str:
    """Return what a question is told that does not end."""
    return f"took longer than {seconds:g} s; ask for less, or give --seconds"


def tables_of_store() -> dict[str, list[str]]:
    """Return the names of a store's tables and of their columns."""
    return {table.name: list(table.c.keys()) for table in metadata.sorted_tables}
