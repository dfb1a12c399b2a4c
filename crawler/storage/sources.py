"""The addresses at which a rendition was seen, and what happened to them: an address shows one rendition at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import Connection, and_, select, update

from crawler.storage.schema import events, renditions, sources

if TYPE_CHECKING:
    from sqlalchemy import Row

    from crawler.storage.identity import Digests

Event: TypeAlias = Literal["withdrawn", "restored", "replaced", "reread", "returned"]
"""`replaced`: the address shows another report now; `reread`: the same page, told apart better; `returned`: an earlier
version came back."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Seen:
    """One look at a document: where, when, and the digests of what stood there."""

    portal: str
    key: str
    url: str
    at: datetime
    digests: Digests


def find_source(connection: Connection, key: str) -> Row[Any] | None:
    """Return the current source of an address with the report it belongs to; None for an address never stored."""
    query = (
        select(sources, renditions.c.report_id)
        .join(renditions, renditions.c.id == sources.c.rendition_id)
        .where(sources.c.key == key, sources.c.is_current)
    )
    return connection.execute(query).first()


def add_source(connection: Connection, rendition: int, seen: Seen) -> None:
    """Write that an address shows a rendition; one that showed it before is taken up again."""
    values = _seen_values(seen)
    chosen = and_(sources.c.rendition_id == rendition, sources.c.key == seen.key)
    if connection.execute(update(sources).where(chosen).values(**values)).rowcount:
        return
    row = {"rendition_id": rendition, "portal": seen.portal, "key": seen.key, "url": seen.url}
    connection.execute(sources.insert(), {**row, "first_seen_at": seen.at, **values})


def touch_source(connection: Connection, source: Row[Any], seen: Seen) -> None:
    """Write that an address was seen again, with what it showed; one that had been withdrawn is restored."""
    connection.execute(update(sources).where(sources.c.id == source.id).values(**_seen_values(seen)))
    if source.withdrawn_at is not None:
        note_event(connection, source.id, "restored", seen.at)


def _seen_values(seen: Seen) -> dict[str, Any]:
    return {
        "is_current": True,
        "content_sha256": seen.digests.content,
        "facts_sha256": seen.digests.facts,
        "body_sha256": seen.digests.body,
        "last_seen_at": seen.at,
        "withdrawn_at": None,
    }


def leave(connection: Connection, source: Row[Any], event: Event, at: datetime) -> None:
    """Write that an address no longer shows its rendition."""
    connection.execute(update(sources).where(sources.c.id == source.id).values(is_current=False))
    note_event(connection, source.id, event, at)


def withdraw(connection: Connection, key: str, at: datetime) -> None:
    """Write that an address answers that its document is gone; what was stored stays."""
    source = find_source(connection, key)
    if source is not None and source.withdrawn_at is None:
        connection.execute(update(sources).where(sources.c.id == source.id).values(withdrawn_at=at))
        note_event(connection, source.id, "withdrawn", at)


def confirm(connection: Connection, key: str, at: datetime) -> None:
    """Write that an address answers that its document is as it was; one that had been withdrawn is restored."""
    source = find_source(connection, key)
    if source is not None and source.withdrawn_at is not None:
        connection.execute(update(sources).where(sources.c.id == source.id).values(withdrawn_at=None))
        note_event(connection, source.id, "restored", at)


def note_event(connection: Connection, source: int, event: Event, at: datetime) -> None:
    """Write one line of a source's history."""
    connection.execute(events.insert(), {"source_id": source, "at": at, "event": event})
