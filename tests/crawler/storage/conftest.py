"""A real store in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.storage import Store, open_store
from tests.factories import NOON


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/store.sqlite3", create=True) as opened:
        opened.begin_run(NOON, owner="test:1", program="gov_reports/0")
        yield opened
