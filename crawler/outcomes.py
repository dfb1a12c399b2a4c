"""How each address of a crawl ended: what the spider tells the ledger and the summary.

Every address that was requested ends in exactly one `UrlOutcome`, and every list that was walked in one `ListOutcome`.
The spider yields both among its items; the pipelines of an article pass on what is not theirs, and the store writes
the rows. An address that led to an article has two voices: the spider says `read`, and the store, which hears last,
says what the document was (`report`, `lookalike` …).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["home", "column", "list", "entry", "part", "attachment", "sitemap"]
"""What the address was asked for: the portal's home, a page on the way, a page of a list, a row of a list, a later part
of the document that a row led to …"""

OutcomeName: TypeAlias = Literal[
    "read",  # answered and understood; for an entry: handed to the pipelines
    "report",  # a disclosure report (the store's word)
    "lookalike",  # a document of another kind (the store's word)
    "gone",  # 404, 410, or a page that says so with status 200
    "refused",  # our own middlewares refused it: `reason` is theirs
    "unreachable",  # no answer: name, connection, timeout, TLS
    "blocked",  # a wall: 401, 403, 405, 412, 429, 521, challenge, captcha, login
    "offsite",  # led out of the portal
    "robots",  # forbidden by robots.txt
    "trap",  # part of an endless space: page repeats, path grows
    "cap",  # not asked: a bound of the walk came first
    "known",  # not asked: the store has it, and it is not yet time to look again
    "unchanged",  # asked whether it changed since it was read, and answered that it did not (304)
    "error",  # any other status, or a page that could not be read
]

StopReason: TypeAlias = Literal[
    "last_page",  # the page says it is the last, or names no next one
    "empty_page",  # a page without entries
    "repeated_page",  # a page whose entries were all seen on earlier pages of the list
    "total_reached",  # as many entries as the list announced
    "cap",  # a bound of the walk
    "error",  # a page of the list did not answer
]


@dataclass(slots=True, kw_only=True, frozen=True)
class UrlOutcome:
    """How one requested address ended."""

    portal: str
    """Catalogue id, or the host for an address given by hand."""
    url: str
    """Canonical, as requested."""
    role: Role
    outcome: OutcomeName
    reason: str | None = None
    """A stable word: `http_404`, `dns`, `timeout`, `soft_404`, `challenge`, `pages` (the bound) …; null for read."""
    http_status: int | None = None
    found_on: str | None = None
    """The page that linked to it."""
    title: str | None = None
    """The words of the link."""
    final_url: str | None = None
    """Where redirects ended, when elsewhere."""
    at: datetime | None = None
    """Aware, UTC."""


@dataclass(slots=True, kw_only=True, frozen=True)
class ListOutcome:
    """How the walk of one list ended, with the proof of its end."""

    portal: str
    url: str
    """The list's first page."""
    family: str
    """Which reader understood it: `trs`, `hanweb_jpage`, `generic` …"""
    title: str | None
    """The column's name, from the link that led to it."""
    pages: int
    """Pages read."""
    entries: int
    """Distinct entries found on them."""
    expected: int | None
    """Entries the list announced (totalrecord, total …)."""
    stop_reason: StopReason
    holes: int = 0
    """Pages of the list that did not answer while later ones did."""
    at: datetime | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class PortalOutcome:
    """What one portal's crawl came to, when its frontier was empty or a bound was met."""

    portal: str
    name: str
    home: str
    requests: int
    """Pages asked for, the reports' own included."""
    columns: int
    """Annual-report columns found."""
    entries: int
    """Distinct entries opened."""
    stop_reason: str
    """`exhausted`: nothing left worth a request; a bound: `pages`, `seconds`, `limit`; else why the home failed."""
    reports: int = 0
    """Documents that call themselves yearly reports, and files that stand for one."""
    at: datetime | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Sighting:
    """One address that was met and not asked yet."""

    url: str
    role: Role
    title: str | None = None
    found_on: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Discovered:
    """Addresses that a page led to: each has its row in the ledger before any of them is asked."""

    portal: str
    found: tuple[Sighting, ...]
    at: datetime | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Taken:
    """An address that is being asked: leased, so that a run that dies gives it back."""

    portal: str
    url: str


Outcome: TypeAlias = UrlOutcome | ListOutcome | PortalOutcome | Discovered
