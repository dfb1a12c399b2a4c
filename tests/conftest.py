"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled real pages that stand beside the checkout; a user's machine has none."""
    folder = ROOT.parent / "shared"
    if not (folder / "pages").is_dir():
        pytest.skip("the labelled real pages (../shared) are not on this machine")
    return folder
