"""The arguments of a crawl, from the words a user gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.catalogue import Portal
from crawler.errors import UsageError
from crawler.parsing.links import authority, canonical_url, url_key

FIRST_YEAR, LAST_YEAR = 2008, 2100
"""Reports exist since the regulation of 2008."""
YEARS = re.compile(r"(\d{4})(?:\s*-\s*(\d{4}))?\Z")


def parse_years(words: str) -> frozenset[int]:
    """Return the years of `2016-2024`, `2019` or `2016,2018-2020`; raise UsageError for anything else."""
    years: set[int] = set()
    for part in words.split(","):
        match = YEARS.match(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            raise UsageError(f"years={words}: use years since {FIRST_YEAR} such as 2019, 2016-2024 or 2016,2018-2020")
        years.update(range(first, last + 1))
    return frozenset(years)


def parse_limit(words: str) -> int:
    """Return a limit of at least 1; raise UsageError for anything else."""
    if not words.isdigit() or int(words) < 1:
        raise UsageError(f"limit={words}: must be a whole number of at least 1")
    return int(words)


def parse_start(address: str, catalogue: Sequence[Portal]) -> Portal:
    """Return a portal for any address; one whose home page is in the catalogue keeps its id.

    Raises UsageError when it is no address of the web.
    """
    url = canonical_url(address if "//" in address else f"http://{address}")
    if url is None:
        raise UsageError(f"start={address}: is no http(s) address")
    known = next((portal for portal in catalogue if url_key(portal.home) == url_key(url)), None)
    if known is not None:
        return known
    host = authority(urlsplit(url))
    return Portal(id=host.replace(":", "-"), name=host, home=url)
