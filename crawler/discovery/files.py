"""Document files that a column links in the place of pages: `2023年` over a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.discovery.scoring import names_part
from crawler.discovery.titles import is_sure
from crawler.discovery.words import plain
from crawler.items import Entry
from crawler.parsing.doors import Link
from crawler.parsing.links import attachment_type


def files_among(links: Iterable[Link], entries: Sequence[Entry]) -> list[Entry]:
    """Return the files that an annual-report column links under the words of a report, a year or an organ.

    Those that its list has as entries already are left out.
    """
    known = {entry.url for entry in entries}
    return [
        Entry(url=link.url, title=link.title)
        for link in links
        if link.url not in known
        and attachment_type(link.url) is not None
        and (is_sure(link.title) or names_part(plain(link.title)))
    ]
