"""What earlier runs know, as a walk asks for it: whether to open an entry, and what else is due. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crawler.discovery.titles import year_of
from crawler.discovery.visits import Visit
from crawler.items import Entry
from crawler.outcomes import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.outcomes import Role

    class Known(Protocol):
        """One address of a document."""

        @property
        def url(self) -> str: ...  # noqa: D102
        @property
        def role(self) -> Role: ...  # noqa: D102
        @property
        def outcome(self) -> str | None: ...  # noqa: D102
        @property
        def title(self) -> str | None: ...  # noqa: D102
        @property
        def found_on(self) -> str | None: ...  # noqa: D102


class Memory(Protocol):
    """What the ledger said of one portal when the run began."""

    def find(self, url: str) -> Known | None:
        """Return what is known of an address."""

    def decide(self, url: str) -> str:
        """Return `ask`, `wait` or `leave`."""

    def conditions(self, url: str) -> dict[str, str]:
        """Return the headers that ask for a document only if it changed."""

    def due(self) -> Iterable[Known]:
        """Yield the documents to be asked whether or not a list still shows them."""


def reason_to_leave(memory: Memory | None, visit: Visit) -> str | None:
    """Return why an entry is not to be opened now: what it was found to be, or `wait`; None when it is."""
    if memory is None or (decision := memory.decide(visit.url)) == "ask":
        return None
    known = memory.find(visit.url)
    if known is None or decision == "wait":
        return decision
    if known.outcome == "report":
        prove(visit)
    return known.outcome or decision


def prove(visit: Visit) -> None:
    """Count an entry that is known to be a report for its list, as when it was read."""
    if visit.list_walk is not None:
        visit.list_walk.proven += 1


def remembered(memory: Memory | None, years: frozenset[int] | None) -> Iterator[Visit]:
    """Yield what is due by itself: never asked, to be tried again, or old enough to be looked at again."""
    for known in memory.due() if memory is not None else ():
        title = known.title or ""
        year = year_of(title)
        if years is None or year is None or year in years:
            entry = Entry(url=known.url, title=title)
            yield Visit(url=known.url, role=known.role, title=title, found_on=known.found_on, entry=entry)


def sighting_of(visit: Visit) -> Sighting:
    """Return an entry as the ledger takes it in before it is asked."""
    return Sighting(url=visit.url, role=visit.role, title=visit.title or None, found_on=visit.found_on)
