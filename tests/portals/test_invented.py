"""Portals that no rule was written for: every planted report is read from the home page alone, with few pages more."""

from __future__ import annotations

import pytest

from tests.portals.driver import ask_memory, crawl
from tests.portals.invented import hit_ratio, invent

SEEDS = (5, 6, 10, 19, 22, 27, 29, 37, 38, 39, 41, 48, 53, 56, 58, 69, 75, 81, 85, 92)
MANY = range(100, 400)


def check(seed: int) -> None:
    portal = invent(seed)
    result = crawl(portal, ask=ask_memory(portal))
    root = portal.url.rstrip("/")
    read = {url.url.removeprefix(root) for url in result.urls if url.outcome == "read" and url.role == "entry"}
    assert [row.path for row in portal.planted if row.path not in read] == [], portal.name
    assert hit_ratio(portal) <= 3, portal.name
    assert result.end is not None
    assert result.end.stop_reason == "exhausted"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_report_is_read(seed: int) -> None:
    check(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", MANY)
def test_many_more(seed: int) -> None:
    check(seed)
