"""Large synthetic stores in minutes: a small one made by the program itself, multiplied in SQL.

Every copy is a report of an issuer of its own, with its own ids, keys and addresses, in the places of the original; its
texts and numbers are those of the original. What reads the store sees so many reports, indicators and indexed words.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from crawler.storage.index import INDEX
from crawler.storage.schema import PARTS, metadata, reports, sources, urls, versions
from crawler.storage.types import storable
from crawler.storage.words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Table

RULES: Final = (
    *("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"),
    *("cache_size = -200000", "temp_store = MEMORY"),
)
CHANGED: Final[dict[str, dict[str, str]]] = {
    "reports": {
        "id": "printf('x%05x', :k) || substr(id, 7)",
        "key": "key || '#' || :k",
        "issuer_name": "issuer_name || '第' || :k || '所'",
    },
    "renditions": {"id": "id + :k * :renditions", "report_id": "printf('x%05x', :k) || substr(report_id, 7)"},
    "versions": {
        "id": "id + :k * :versions",
        "rendition_id": "rendition_id + :k * :renditions",
        "issuer_name": "issuer_name || '第' || :k || '所'",
        "source_url": "source_url || '?' || :k",
    },
    "sources": {
        "id": "id + :k * :sources",
        "rendition_id": "rendition_id + :k * :renditions",
        "key": "key || '?' || :k",
        "url": "url || '?' || :k",
    },
    "urls": {"id": "id + :k * :urls", "key": "key || '?' || :k", "url": "url || '?' || :k"},
    **{part.name: {"version_id": "version_id + :k * :versions"} for part in PARTS},
}
"""Of each table that grows, what is different in copy number k."""


def multiply(file: Path, times: int) -> None:
    """Make a closed store so many times as large; the process must not die on the way."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for rule in RULES:
            database.execute(f"PRAGMA {rule}")
        strides = {
            table.name: stride(database, table) for table in (versions, sources, urls, metadata.tables["renditions"])
        }
        keep_words(database)
        database.execute("BEGIN")
        for table in (reports, *(metadata.tables[name] for name in CHANGED if name != reports.name)):
            bound = upper_bound(table, strides)
            statement = copy_statement(table, bound)
            for number in range(1, times):
                database.execute(statement, {"k": number, **strides})
        for number in range(1, times):
            database.execute(
                f"INSERT INTO {INDEX} (rowid, words) SELECT id + ? * ?, words FROM kept_words",
                (number, strides["versions"]),
            )
        database.execute("COMMIT")
        database.execute("DROP TABLE kept_words")
        database.execute("ANALYZE")
        database.execute("PRAGMA journal_mode = WAL")


def stride(database: sqlite3.Connection, table: Table) -> int:
    """Return what the ids of a table grow by from copy to copy."""
    return int(database.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table.name}").fetchone()[0])


def upper_bound(table: Table, strides: dict[str, int]) -> str:
    """Return the condition that holds for the originals alone."""
    if table.name in strides:
        return f"id < :{table.name}"
    if "version_id" in table.c:
        return "version_id < :versions"
    return "instr(key, '#') = 0"


def copy_statement(table: Table, bound: str) -> str:
    """Return the statement that adds copy number k of a table's original rows."""
    names = [f'"{column.name}"' for column in table.columns]
    told = [CHANGED[table.name].get(column.name, f'"{column.name}"') for column in table.columns]
    return f'INSERT INTO "{table.name}" ({", ".join(names)}) SELECT {", ".join(told)} FROM "{table.name}" WHERE {bound}'


def keep_words(database: sqlite3.Connection) -> None:
    """Keep the words of the originals beside the index, which does not tell what it holds."""
    database.execute("CREATE TABLE kept_words (id INTEGER PRIMARY KEY, words TEXT)")
    found = database.execute("SELECT id, title, text FROM versions ORDER BY id").fetchall()
    database.executemany(
        "INSERT INTO kept_words VALUES (?, ?)",
        ((number, " ".join(sorted(words_of(storable(f"{title or ''}\n{text}"))))) for number, title, text in found),
    )
