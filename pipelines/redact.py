"""`RedactPersonalData`: what belongs to a person is masked before anything is kept."""

from __future__ import annotations

from crawler.checks.redaction import redact
from crawler.items import Report


class RedactPersonalData:
    """Masks the personal data of a report, every offset kept; what is no report passes."""

    def process_item(self, item: object) -> object:
        """Return the report without personal data, else the item."""
        if isinstance(item, Report):
            redact(item)
        return item
