"""The walk of one list, page by page, to a proven end."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.discovery.titles import promise_of
from crawler.families.model import ListPage, ListRequest
from crawler.items import Entry
from crawler.outcomes import StopReason
from crawler.parsing.links import url_key

MAX_PAGES = 400
"""Pages of one list; the longest seen in the field have some 40."""
MAX_HOLES = 3
"""Pages in a row that do not answer before the list is given up."""
MAX_STALE = 2
"""Pages in a row without a new entry before the list is taken for ended, when more pages are announced."""
DOUBTFUL = 8
"""Entries of one list tried although their titles promise no yearly report."""
PATIENCE = 3
"""Pages in a row without one title of a yearly report before a list is left."""


@dataclass(slots=True, kw_only=True)
class ListWalk:
    """One list being read: what was found, what is still to ask, and why it ended."""

    url: str
    title: str
    annual: bool
    """Whether it is a column of annual reports: then every row is an entry, else only rows whose titles say so."""
    family: str = ""
    pages: int = 0
    keys: set[str] = field(default_factory=set)
    expected: int | None = None
    pending: dict[int, ListRequest] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    """Numbers of the pages asked for so far; several may be on the road at once."""
    on_road: int = 0
    doubtful: int = 0
    """Entries opened whose titles promised no yearly report …"""
    proven: int = 0
    """… and those of them that were one."""
    holes: int = 0
    holes_in_a_row: int = 0
    stale_in_a_row: int = 0
    barren_in_a_row: int = 0
    stop: StopReason | None = None

    def feed(self, page: ListPage, request: ListRequest | None) -> list[Entry]:
        """Take in one page; return the entries that no earlier page had."""
        self.on_road -= request is not None
        self.family = self.family or page.family
        self.pages += 1
        self.holes_in_a_row = 0
        self.asked.add(request.page if request else page.page_number)
        if page.page_number == 0:
            self.asked.discard(1)  # it only says where the list is
        if page.total is not None:
            self.expected = max(self.expected or 0, page.total)
        fresh = [entry for entry in page.entries if url_key(entry.url) not in self.keys]
        self.keys.update(url_key(entry.url) for entry in fresh)
        if fresh:
            self.stale_in_a_row = 0
            promising = any(promise_of(entry.title) != "unknown" for entry in fresh)
            self.barren_in_a_row = 0 if promising else self.barren_in_a_row + 1
        if request is not None and not fresh and (request.page > 1 if page.entries else not page.next):
            self._find_no_new(page, request)
        else:
            self._go_on(page)
        return fresh

    def _find_no_new(self, page: ListPage, request: ListRequest) -> None:
        """End at a page that is empty or was seen before, unless it can be asked another way or others may differ."""
        self.pages -= 1
        self.stale_in_a_row += 1
        if request.fallback is not None:
            self.pending = {request.page: request.fallback}
            return
        if self.stop is None:
            self.pending |= {ahead.page: ahead for ahead in page.next if ahead.page not in self.asked}
        if self.stale_in_a_row >= MAX_STALE or not (self.pending or self.on_road):
            self.end("repeated_page" if page.entries else "empty_page")

    def _go_on(self, page: ListPage) -> None:
        """Note the pages after this one, or end."""
        if self.stop is None:
            self.pending |= {ahead.page: ahead for ahead in page.next if ahead.page not in self.asked}
        if not self.pending and self.on_road == 0:
            whole = self.expected == len(self.keys) and self.pages > 1
            self.end("total_reached" if whole else page.end or "last_page")
        elif self.pages >= MAX_PAGES or self.barren_in_a_row >= (PATIENCE if self.annual else 1):
            self.end("cap")

    def miss(self, request: ListRequest | None) -> None:
        """Take in that a page did not answer: ask for it another way, or for the one after it, or give up."""
        if request is None:
            self.end("error")
            return
        self.on_road -= 1
        if request.fallback is not None:
            self.pending[request.page] = request.fallback
            return
        self.holes += 1
        self.holes_in_a_row += 1
        if (not self.pending and self.on_road == 0) or self.holes_in_a_row >= MAX_HOLES:
            self.end("error")

    def take(self) -> ListRequest | None:
        """Return the nearest page to ask for, or None when there is none."""
        if not self.pending:
            return None
        number = min(self.pending)
        self.asked.add(number)
        self.on_road += 1
        return self.pending.pop(number)

    def end(self, reason: StopReason) -> None:
        """Stop here; the first reason stands."""
        self.pending.clear()
        self.stop = self.stop or reason

    def may_open_doubtful(self) -> bool:
        """Return whether another entry without a promising title may be opened: a few are tried, all if that pays."""
        if self.proven == 0 and self.doubtful >= DOUBTFUL:
            return False
        self.doubtful += 1
        return True

    @property
    def is_over(self) -> bool:
        """Whether it ended and no page of it is on the road."""
        return self.stop is not None and self.on_road == 0
