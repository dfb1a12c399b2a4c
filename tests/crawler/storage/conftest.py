"""A real store, once in a file of its own and once in a database of a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.storage import Store, open_store
from tests.factories import NOON

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(params=KINDS)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where there is no store yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite3"
    return str(request.getfixturevalue("server")())


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Callable[[Path], str]) -> str:
    """The address of an empty store."""
    return empty_store(tmp_path) if request.param == "sqlite" else request.getfixturevalue("server")(stored=True)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        opened.begin_run(NOON, owner="test:1", program="gov_reports/0")
        yield opened
