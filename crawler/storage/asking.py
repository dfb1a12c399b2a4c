"""Questions to an SQLite file in a user's own SQL: read only, with a limit of time and rows."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
STEPS: Final = 10_000
"""Of SQLite's machine, between two looks at the clock."""


def ask(file: Path, question: str, *, rows: int, seconds: float) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names and at most `rows` rows of an answer.

    Raises UsageError for SQL that is wrong, would write, or takes longer than `seconds`.
    """
    deadline = time.monotonic() + seconds
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
        database.execute("PRAGMA query_only = ON")
        database.set_authorizer(judge)
        database.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            cursor = database.execute(question)
            return [each[0] for each in cursor.description or ()], cursor.fetchmany(rows)
        except (sqlite3.Error, sqlite3.Warning) as error:
            late = f"took longer than {seconds:g} s" if "interrupted" in str(error) else str(error)
            raise UsageError(f"query: {late}") from error


def judge(action: int, first: str | None, second: str | None, _base: str | None, _trigger: str | None) -> int:
    """Return whether an action of a statement only reads."""
    if action == sqlite3.SQLITE_FUNCTION and "load_extension" in (first, second):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY
