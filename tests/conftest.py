"""What the tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgres import server  # noqa: F401  # a fixture: one server for all

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled real pages that stand beside the checkout; a user's machine has none."""
    folder = ROOT.parent / "shared"
    if not (folder / "pages").is_dir():
        pytest.skip("the labelled real pages (../shared) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """What puts a new, empty store into a folder and gives its address: a copy, which costs less than making one."""
    from crawler.storage import open_store  # many tests need no store at all

    made = tmp_path_factory.mktemp("empty") / "store.sqlite3"
    open_store(f"sqlite:///{made}", create=True).close()

    def put(folder: Path) -> str:
        shutil.copyfile(made, folder / "store.sqlite3")
        return f"sqlite:///{folder}/store.sqlite3"

    return put
