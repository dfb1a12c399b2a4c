"""`RedactPersonalData`: what belongs to a person is masked before anything is kept."""

from __future__ import annotations

from dataclasses import replace

from crawler.checks.personal import mask_personal_data
from crawler.checks.redaction import redact
from crawler.items import Report
from crawler.outcomes import UrlOutcome


class RedactPersonalData:
    """Masks the personal data of a report, every offset kept, and of a link's title; what is neither passes."""

    def process_item(self, item: object) -> object:
        """Return the report or outcome without personal data, else the item."""
        if isinstance(item, Report):
            redact(item)
        elif isinstance(item, UrlOutcome) and item.title:
            title, found = mask_personal_data(item.title)
            return replace(item, title=title) if found else item
        return item
