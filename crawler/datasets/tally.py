"""What an export is made of, counted on the way: for its data card."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.datasets.columns import Raw
    from crawler.datasets.tables import Table
    from crawler.storage import StoredReport


@dataclass(slots=True)
class Tally:
    """Counts over the reports and over what is owed."""

    documents: int = 0
    with_numbers: int = 0
    by_year: Counter[int | None] = field(default_factory=Counter)
    by_form: Counter[str | None] = field(default_factory=Counter)
    by_level: Counter[str | None] = field(default_factory=Counter)
    by_portal: Counter[str] = field(default_factory=Counter)
    by_finding: Counter[tuple[str, str]] = field(default_factory=Counter)
    doubtful: int = 0
    undated: int = 0
    withdrawn: int = 0
    blank_values: int = 0
    values: int = 0
    owed: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Of `coverage`, by year and state."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Of what is missing, why."""
    last_fetch: datetime | None = None
    extractors: set[str] = field(default_factory=set)
    derivation: set[str] = field(default_factory=set)
    """Keys of `derived_from`."""

    def add(self, stored: StoredReport) -> None:
        """Count a report."""
        report = stored.report
        self.documents += 1
        self.by_year[report.report_year] += 1
        self.by_form[report.form] += 1
        self.by_level[report.region.level] += 1
        self.by_portal[stored.portal] += 1
        self.by_finding.update((finding.severity, finding.code) for finding in report.findings)
        self.doubtful += any(finding.severity != "info" for finding in report.findings)
        self.undated += report.published_on is None
        self.withdrawn += stored.withdrawn
        self.with_numbers += bool(report.indicators)
        self.values += len(report.indicators)
        self.blank_values += sum(indicator.value is None for indicator in report.indicators)
        self.last_fetch = max(stored.fetched_at, self.last_fetch or stored.fetched_at)
        self.derivation.update(report.derived_from)
        self.extractors.add(report.derived_from.get("extractor", "?"))

    def watch(self, table: Table, rows: Iterator[tuple[Raw, ...]]) -> Iterator[tuple[Raw, ...]]:
        """Yield the rows of a table; count what is owed."""
        if table.name != "coverage":
            yield from rows
            return
        names = [column.name for column in table.columns]
        year, state, reason = (names.index(name) for name in ("report_year", "state", "reason"))
        for row in rows:
            self.owed[int(str(row[year])), str(row[state])] += 1
            if row[state] == "missing":
                self.reasons[str(row[reason])] += 1
            yield row

    @property
    def as_of(self) -> date | None:
        """The day of the last fetch."""
        return self.last_fetch.date() if self.last_fetch else None
