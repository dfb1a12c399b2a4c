"""What every family speaks of: the page of a list, the requests for its other pages, and the family itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import lxml.html

from crawler.items import Entry
from crawler.outcomes import StopReason


class ReadDocument(Protocol):
    """A parsed answer: an HTML page, or the text of an interface's XML or JSON (whose tree means nothing)."""

    url: str
    base_url: str
    html: str
    tree: lxml.html.HtmlElement


@dataclass(slots=True, kw_only=True, frozen=True)
class ListRequest:
    """How to ask for one page of a list."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    family: str = ""
    """The family that reads the answer; '' when the answer says it itself."""
    page: int = 1
    """1-based number of the page."""
    state: tuple[tuple[str, str], ...] = ()
    """What the family must know to read the answer and to go on: sorted (name, value) pairs."""
    fallback: ListRequest | None = None
    """Asked instead when this one is refused or has no entry: the same page by another method."""

    def get(self, name: str, default: str = "") -> str:
        """Return a value of the state."""
        return dict(self.state).get(name, default)


@dataclass(slots=True, kw_only=True, frozen=True)
class Column:
    """Another list of the portal, by its name."""

    url: str
    name: str


@dataclass(slots=True, kw_only=True)
class ListPage:
    """One page of a list, understood."""

    family: str
    entries: list[Entry] = field(default_factory=list)
    next: list[ListRequest] = field(default_factory=list)
    """The following pages that are known, nearest first; empty when this is the last."""
    total: int | None = None
    """Entries the whole list announces."""
    pages: int | None = None
    """Pages the whole list announces."""
    page_number: int = 1
    columns: list[Column] = field(default_factory=list)
    """Other lists that only the family can tell: nodes of a tree held in a script."""
    annual: bool = False
    """Whether the family knows this for a list of annual reports, whatever its titles say."""
    is_guess: bool = False
    """Whether it is not known that the page has a list: its scripts may fetch one."""
    end: StopReason | None = None
    """Why nothing follows; None when something does, or when the page does not say."""


Reader: TypeAlias = Callable[[ReadDocument, ListRequest | None], ListPage]


@dataclass(slots=True, kw_only=True, frozen=True)
class Family:
    """One make of CMS: how its lists are recognised and read. Each file of the package offers one as `FAMILY`."""

    name: str
    specificity: int
    """Families are asked from the highest down; the generic reader has 0 and recognises all."""
    recognises: Callable[[ReadDocument], bool]
    """Whether a page carries the family's fingerprint *and* a list it can read."""
    read: Reader
    marks: tuple[str, ...] = ()
    """Words in lower case of which a page of the family has at least one: looked for before anything dearer."""


def state_of(**values: str | int) -> tuple[tuple[str, str], ...]:
    """Return values as the state of a request."""
    return tuple(sorted((name, str(value)) for name, value in values.items()))


def end_of(page: ListPage, *, found: int | None = None) -> StopReason | None:
    """Return why a list ends at this page: nothing on it, all found, or no page after it; None when it goes on."""
    if not page.entries:
        return "empty_page"
    if page.total is not None and found is not None and found == page.total:
        return "total_reached"
    return None if page.next else "last_page"
