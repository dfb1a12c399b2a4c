"""One address to ask and why, and what a portal's walk may cost."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.discovery.lists import ListWalk
from crawler.discovery.parts import Assembly
from crawler.discovery.words import STRONG
from crawler.families import ListRequest
from crawler.items import Entry
from crawler.outcomes import Role


@dataclass(slots=True, frozen=True, kw_only=True)
class Bounds:
    """What a portal's walk may cost; each bound that is met is the portal's stop reason."""

    pages: int = 5000
    """Requests, entries included."""
    seconds: float = 6 * 3600
    depth: int = 9
    """Clicks from the home page."""
    search: int = 40
    """Pages on the way while nothing was found yet …"""
    allowance: int = 10
    """… and once something was: these, and `per_report` more for each report found."""
    per_report: int = 1
    failures: int = 3
    """Links of one block that led nowhere before its other links are left."""
    entries: int | None = None
    """Entries to open (`limit=`)."""


@dataclass(slots=True, kw_only=True, eq=False)
class Visit:
    """One address to ask, and why."""

    url: str
    role: Role
    title: str = ""
    """The words of the link, or the entry's title."""
    found_on: str | None = None
    depth: int = 0
    score: int = 0
    """What following the link may bring, in points."""
    inner: bool = False
    """Whether it is a sub-column of an annual-report column: by organ, by year."""
    request: ListRequest | None = None
    """How to ask, where a family says it."""
    list_walk: ListWalk | None = None
    """The list this is a page or an entry of."""
    entry: Entry | None = None
    assembly: Assembly | None = None
    """The document this is a later part of."""
    hops: int = 0
    """How many pages without a document of their own led here from the entry."""
    trail: tuple[str, ...] = ()
    """The blocks of links that led here, the nearest last: they learn from what is found."""

    @property
    def is_strong(self) -> bool:
        """Whether the link to it named an annual-report column."""
        return self.score >= STRONG
