"""The run's books: what each portal's crawl came to, counted from the items that passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crawler.items import Report
from crawler.outcomes import ListOutcome, PortalOutcome, UrlOutcome

UNDERSTOOD = frozenset({"read", "report", "lookalike", "unchanged"})
"""Outcomes of an address that led to a page; every other one is refused or failed, with its reason."""
STORED = ("new", "changed", "unchanged")
"""What the store can say of a report that it keeps."""
HELD = "quarantined"
"""What it says of one that a finding forbids to publish; the bytes are kept."""


@dataclass(slots=True, kw_only=True)
class PortalBook:
    """One portal's counts."""

    portal: str
    name: str = ""
    home: str = ""
    lists: int = 0
    list_pages: int = 0
    entries: int = 0
    """Distinct rows of its lists."""
    disclosures: int = 0
    """Disclosure reports that came through the stages."""
    stored: Counter[str] = field(default_factory=Counter)
    """By what the store said: new, changed, unchanged, quarantined."""
    known: int = 0
    """Reports in the store that were not read again: it was not time, or their servers said that nothing changed."""
    bodies: int = 0
    """Reports that have a text of their own, not only a file or a picture."""
    others: Counter[str] = field(default_factory=Counter)
    """Documents that are no disclosure report, by their kind."""
    refused: Counter[str] = field(default_factory=Counter)
    """Addresses that gave no page, by reason."""
    indicators: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    """By severity."""
    requests: int = 0
    stop_reason: str = ""
    """Why its crawl ended; empty while it runs, or when it was interrupted."""
    failure: str = ""
    """Why its home page gave nothing."""

    @property
    def reports(self) -> int:
        """Disclosure reports that came through the stages and are in the store."""
        return self.disclosures - self.stored[HELD]

    @property
    def is_fruitful(self) -> bool:
        """Whether the portal has reports to show, read in this run or before."""
        return bool(self.reports or self.known)


@dataclass(slots=True)
class Books:
    """All portals' counts, in the order they were met."""

    portals: dict[str, PortalBook] = field(default_factory=dict)

    def note(self, item: object) -> None:
        """Count one item; what is no outcome and no report is not ours."""
        if isinstance(item, UrlOutcome):
            self._note_url(item)
        elif isinstance(item, ListOutcome):
            book = self._book(item.portal)
            book.lists += 1
            book.list_pages += item.pages
            book.entries += item.entries
        elif isinstance(item, PortalOutcome):
            book = self._book(item.portal)
            book.name, book.home = item.name, item.home
            book.requests, book.stop_reason = item.requests, item.stop_reason
        elif isinstance(item, Report):
            self._note_report(item)

    def note_stored(self, portal: str, what: str, count: int) -> None:
        """Set how often the store said something of a portal's reports."""
        self._book(portal).stored[what] = count

    def total(self, name: str) -> int:
        """Return the sum of one whole number over the portals."""
        return sum(getattr(book, name) for book in self.portals.values())

    def _book(self, portal: str) -> PortalBook:
        return self.portals.setdefault(portal, PortalBook(portal=portal))

    def _note_url(self, outcome: UrlOutcome) -> None:
        book = self._book(outcome.portal)
        if outcome.outcome in ("known", "unchanged") and outcome.reason == "report":
            book.known += 1
        if outcome.outcome in UNDERSTOOD or outcome.outcome == "known":
            if outcome.role == "home":
                book.failure = ""  # it answered without TLS
            return
        reason = outcome.reason or outcome.outcome
        book.refused[reason] += 1
        if outcome.role == "home":
            book.failure = reason

    def _note_report(self, report: Report) -> None:
        book = self._book(report.article.page.portal or "")
        if report.report_kind != "disclosure":
            book.others[report.report_kind or report.page_kind] += 1
            return
        book.disclosures += 1
        book.bodies += bool(report.text)
        book.indicators += len(report.indicators)
        book.findings.update(finding.severity for finding in report.findings)
