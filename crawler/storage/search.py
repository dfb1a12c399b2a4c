"""Full text search over the reports: the index narrows it down, and what is yielded was found in the text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, select, text

from crawler.errors import UsageError
from crawler.storage.index import INDEX
from crawler.storage.reading import BATCH, select_current
from crawler.storage.schema import versions
from crawler.storage.words import find, fold, words_of_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Row, TextClause

    from crawler.storage.reading import Filters

MATCH: Final = {
    "sqlite": text(f"versions.id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :words)"),  # noqa: S608
    "postgresql": text(f"versions.id IN (SELECT version_id FROM {INDEX} WHERE words @@ CAST(:words AS tsquery))"),  # noqa: S608
}


@dataclass(slots=True, kw_only=True, frozen=True)
class Hit:
    """One report that holds every term."""

    report_id: str
    rendition: int
    report_year: int | None
    issuer_name: str | None
    title: str | None
    url: str | None
    lines: tuple[tuple[int, str, tuple[tuple[int, int], ...]], ...]
    """The lines that hold a term: number from 1, text, and where the terms stand in it."""


def parse_terms(words: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of a search: each word a user gives is one.

    Raises UsageError when nothing is left to search for.
    """
    terms = tuple(dict.fromkeys(word for word in words if words_of_query(word)))
    if not terms:
        raise UsageError("search: give at least one word of letters, digits or Chinese characters")
    return terms


def search(connection: Connection, terms: Sequence[str], filters: Filters, limit: int | None = None) -> Iterator[Hit]:
    """Yield the reports whose text or title holds every term, in the order of exports, at most `limit`.

    Keys are put in order first; texts are read a batch at a time, as far as they are wanted.
    """
    query = select_current(filters).where(match(connection.dialect.name, terms))
    with connection.execute(query.execution_options(yield_per=BATCH)) as found:
        hits = (hit for keys in found.partitions() for hit in look_into_batch(connection, keys, tuple(terms)))
        yield from islice(hits, limit)


def look_into_batch(connection: Connection, keys: Sequence[Row[Any]], terms: tuple[str, ...]) -> Iterator[Hit]:
    """Yield the hits among some reports, in the order given."""
    query = select(versions).where(versions.c.id.in_([key.id for key in keys]))
    rows = {row.id: row for row in connection.execute(query)}
    for key in keys:
        if (hit := look_into(key, rows[key.id], terms)) is not None:
            yield hit


def match(dialect: str, terms: Sequence[str]) -> TextClause:
    """Return the condition that a version has all words of the terms; nothing of a user's input is syntax."""
    words = sorted(frozenset().union(*map(words_of_query, terms)))
    if dialect == "sqlite":
        wanted = " AND ".join(f'"{word}"' for word in words)
    else:
        wanted = " & ".join(f"'{word}'" for word in words)
    return MATCH[dialect].bindparams(words=wanted)


def look_into(key: Row[Any], row: Row[Any], terms: tuple[str, ...]) -> Hit | None:
    """Return the hit of a report whose text really holds every term; None where it has their pairs apart."""
    folded = tuple(map(fold, terms))
    lines = row.text.split("\n")
    compared = [fold(line) for line in lines]
    title = fold(row.title or "")
    if not all(term in title or any(term in line for line in compared) for term in folded):
        return None
    found = [
        (number, line, tuple(find(line, folded)))
        for number, (line, letters) in enumerate(zip(lines, compared, strict=True), 1)
        if any(term in letters for term in folded)
    ]
    return Hit(
        report_id=key.report_id,
        rendition=key.rendition_number,
        report_year=row.report_year,
        issuer_name=row.issuer_name,
        title=row.title,
        url=row.source_url,
        lines=tuple(found),
    )
