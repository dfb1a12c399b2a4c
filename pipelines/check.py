"""`CheckReport`: what does not add up, is missing or looks tampered with becomes a finding."""

from __future__ import annotations

from crawler.checks import check_report
from crawler.items import Report


class CheckReport:
    """Adds the findings of `crawler.checks` to a report; what is no report passes."""

    def process_item(self, item: object) -> object:
        """Return the report with its findings, else the item."""
        if isinstance(item, Report):
            item.findings.extend(check_report(item))
        return item
