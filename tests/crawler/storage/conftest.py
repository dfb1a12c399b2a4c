"""A real store, once in a file of its own and once in a database of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.storage import Store, open_store
from tests.factories import NOON
from tests.postgres import server  # noqa: F401  # a fixture


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite3"
    return str(request.getfixturevalue("server")())


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address, create=True) as opened:
        opened.begin_run(NOON, owner="test:1", program="gov_reports/0")
        yield opened
