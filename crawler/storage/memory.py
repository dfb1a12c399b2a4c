"""What the ledger knows of a portal's documents: which to ask again, when, and in what words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sqlalchemy import Connection, select

from crawler.outcomes import OutcomeName, Role
from crawler.parsing.links import url_key
from crawler.storage.ledger import DOCUMENT_ROLES, ENDED, POLICY, SETTLED, State
from crawler.storage.schema import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Decision: TypeAlias = Literal["ask", "wait", "leave"]
"""`ask` now; `wait`: a failure's time is not up; `leave`: read, and not yet time to look again."""
QUARTER: Final = 4
"""A document that has stood unchanged for some time is asked again after a fourth of that time."""
READ_WHOLE: Final = timedelta(days=90)
"""After this long a document is read whole, whatever its server says of changes: some say wrong things."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Known:
    """One document's address as the ledger has it."""

    url: str
    key: str
    role: Role
    state: State
    outcome: OutcomeName | None
    reason: str | None
    title: str | None
    found_on: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    changed_at: datetime | None
    read_at: datetime | None
    retry_at: datetime | None
    leased_until: datetime | None
    etag: str | None
    last_modified: str | None


@dataclass(slots=True, kw_only=True, frozen=True)
class Revisits:
    """How often known documents are looked at again."""

    least: timedelta
    """Between two looks at one document, however young; zero: in every run."""
    most: timedelta
    """However old."""

    def wait_of(self, known: Known) -> timedelta:
        """Return how long after the last look the next one is due."""
        stood = known.last_seen_at - (known.changed_at or known.first_seen_at)
        return max(self.least, min(stood / QUARTER, self.most))


OUTSIDE: Final = frozenset({"trap", "offsite", "robots"})
"""Outcomes of addresses that are asked only when a list names them."""


class Memory:
    """What one portal's ledger said when the run began."""

    def __init__(self, known: Mapping[str, Known], revisits: Revisits, at: datetime) -> None:
        self._known, self._revisits, self._at = known, revisits, at

    def find(self, url: str) -> Known | None:
        """Return what is known of an address, whatever its spelling."""
        return self._known.get(url_key(url))

    def decide(self, url: str) -> Decision:
        """Return whether an address is to be asked in this run."""
        known = self.find(url)
        return "ask" if known is None else self._judge(known)

    def _judge(self, known: Known) -> Decision:
        if known.state == "retry":
            return "wait" if known.retry_at is not None and known.retry_at > self._at else "ask"
        if known.state not in ENDED or known.reason in POLICY:
            return "ask"  # what policy refused costs no request to refuse again, and policies change
        return "leave" if self._at - known.last_seen_at < self._revisits.wait_of(known) else "ask"

    def conditions(self, url: str) -> dict[str, str]:
        """Return the headers that ask for a document only if it changed; none for one that must be read whole."""
        known = self.find(url)
        if known is None or known.outcome not in SETTLED or known.read_at is None:
            return {}
        if self._at - known.read_at > READ_WHOLE:
            return {}
        told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in told.items() if value}

    def due(self) -> Iterator[Known]:
        """Yield the documents to be asked in this run whether or not a list still shows them, in the order of meeting.

        Those that policy refused are left out: they are asked for when a list names them.
        """
        for known in self._known.values():
            if known.reason not in POLICY and known.outcome not in OUTSIDE and self._judge(known) == "ask":
                yield known


def load_known(connection: Connection, portal: str) -> dict[str, Known]:
    """Return the documents' addresses of a portal by their keys."""
    columns = [urls.c[name] for name in Known.__dataclass_fields__]
    query = select(*columns).where(urls.c.portal == portal, urls.c.role.in_(sorted(DOCUMENT_ROLES)))
    found = connection.execute(query.order_by(urls.c.id)).mappings()
    return {row["key"]: Known(**row) for row in found}
