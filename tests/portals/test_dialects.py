"""Every dialect, from the home page alone: all planted reports are opened, the list's family and end are told."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

from tests.portals import dialects
from tests.portals.driver import Result, crawl
from tests.portals.simulator import serve

MODULES = [info.name for info in pkgutil.iter_modules(dialects.__path__)]
BUILT_IN = 3
"""Pages that lead to a column: the home page, the hub, and one in hand."""


@pytest.fixture(scope="module", params=MODULES)
def crawled(request: pytest.FixtureRequest) -> tuple[ModuleType, Result, int]:
    dialect = importlib.import_module(f"{dialects.__name__}.{request.param}")
    with serve(dialect.build()) as portal:
        result = crawl(portal)
        return dialect, result, len(portal.hits)


def test_every_planted_row_is_opened(crawled: tuple[ModuleType, Result, int]) -> None:
    dialect, result, _ = crawled
    planted = dialect.build().planted
    assert result.missed(planted) == []
    assert len(result.opened) == len(planted)


def test_the_list_says_what_it_is_and_why_it_ended(crawled: tuple[ModuleType, Result, int]) -> None:
    dialect, result, _ = crawled
    assert dialect.FAMILY in {walked.family for walked in result.lists}
    assert {walked.stop_reason for walked in result.lists if walked.family == dialect.FAMILY} <= dialect.STOPS


def test_few_pages_beside_the_reports(crawled: tuple[ModuleType, Result, int]) -> None:
    dialect, _, hits = crawled
    rows = len(dialect.build().planted)
    assert hits - rows <= max(rows, 16)
