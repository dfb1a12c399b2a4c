"""The index of words, kept in the transaction of the version it is about.

In a file it is an FTS5 table that holds no text of its own; on a server a `tsvector` with a GIN index. Both hold the
same words, each once and without its place: they narrow a search down, and the text itself decides.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select, text

from crawler.storage.schema import versions
from crawler.storage.types import storable
from crawler.storage.words import words_of

BATCH: Final = 100
INDEX: Final = "search_index"
CREATE: Final = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='', detail='none', "
        "tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        f"CREATE TABLE {INDEX} (version_id integer PRIMARY KEY REFERENCES versions (id), words tsvector NOT NULL)",
        f"CREATE INDEX {INDEX}_words ON {INDEX} USING gin (words)",
    ),
}
INSERT: Final = {
    "sqlite": text(f"INSERT INTO {INDEX} (rowid, words) VALUES (:version, :words)"),  # noqa: S608  # our own name
    "postgresql": text(
        f"INSERT INTO {INDEX} (version_id, words) VALUES (:version, array_to_tsvector(string_to_array(:words, ' ')))"  # noqa: S608
    ),
}


def index_version(connection: Connection, version: int, title: str | None, body: str) -> None:
    """Write the words of a version into the index."""
    words = " ".join(sorted(words_of(storable(f"{title or ''}\n{body}"))))
    connection.execute(INSERT[connection.dialect.name], {"version": version, "words": words})


def create_index(connection: Connection) -> None:
    """Create the index in a store that has none, and fill it from the versions there are."""
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    found = connection.execute(select(versions.c.id).order_by(versions.c.id)).scalars().all()
    for start in range(0, len(found), BATCH):
        query = select(versions.c.id, versions.c.title, versions.c.text)
        for row in connection.execute(query.where(versions.c.id.in_(found[start : start + BATCH]))).all():
            index_version(connection, row.id, row.title, row.text)
