"""Uncommon ways to reports: each portal's planted documents are all read from its home page, with few pages more."""

from __future__ import annotations

import re

import pytest

from tests.portals.driver import ask_memory, crawl
from tests.portals.fetched import FETCHED
from tests.portals.pieced import PIECED
from tests.portals.rare import RARE
from tests.portals.unusual import UNUSUAL

ON_ANY_HOST = re.compile(r"\Ahttps?://[^/]+")
PORTALS = UNUSUAL | RARE | FETCHED | PIECED
BESIDE = 16
"""Pages of these small portals that hold no report."""


@pytest.mark.parametrize("name", PORTALS)
def test_every_planted_report_is_read(name: str) -> None:
    portal = PORTALS[name]()
    result = crawl(portal, ask=ask_memory(portal))
    read = {url.url for url in result.urls if url.outcome == "read"}
    read |= {ON_ANY_HOST.sub("", url) for url in read}
    assert [row.path for row in portal.planted if row.path not in read] == []
    assert len(result.articles) == len(portal.planted)
    assert len(portal.hits) <= len(portal.planted) + BESIDE
    assert result.end is not None
    assert result.end.stop_reason == "exhausted"
