"""Hosts that are left alone beyond the end of a run: what one was told holds for the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from crawler.storage.schema import host_pauses

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST: Final = timedelta(days=7)
"""A host that asks for more is asked again after this: a slip of its clock must not shut it for ever."""


def note(connection: Connection, host: str, until: datetime, at: datetime) -> None:
    """Write that a host is to be left alone until an instant."""
    connection.execute(delete(host_pauses).where(host_pauses.c.host == host))
    connection.execute(host_pauses.insert().values(host=host, until=min(until, at + LONGEST)))


def load(connection: Connection, at: datetime) -> dict[str, datetime]:
    """Return until when hosts are to be left alone, those whose time is not over."""
    query = select(host_pauses.c.host, host_pauses.c.until).where(host_pauses.c.until > at)
    return {row.host: row.until for row in connection.execute(query)}
