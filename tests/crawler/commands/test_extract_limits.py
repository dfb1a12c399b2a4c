"""`scrapy extract` on hostile files: each ends in a record or a named error, in time, and the next is read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crawler.parsing.hostile import CHEAP, HEAVY, REPORT, page

ROOT = Path(__file__).resolve().parents[3]


def extract(files: list[Path]) -> tuple[int, list[dict[str, object]], float]:
    """Return exit code, the objects printed, and the seconds it took."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "extract", *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], time.monotonic() - begun


def write(folder: Path, name: str, body: bytes) -> Path:
    """Return the file that holds the page."""
    path = folder / f"{name.replace(' ', '-').replace('<', 'lt')}.html"
    path.write_bytes(body)
    return path


def test_refused_files_are_told_by_name_and_the_next_is_read(tmp_path: Path) -> None:
    names = {
        "31,000 divs": "too_deep",
        "40,000 attributes": "too_many_attributes",
        "100,000 attributes": "too_many_attributes",
        "HZ": "charset",
    }
    files = [write(tmp_path, name, CHEAP[name]()) for name in names]
    code, printed, _ = extract([*files, write(tmp_path, "sound", page(REPORT))])
    assert code == 1
    assert [record["error"]["reason"] for record in printed[:-1]] == list(names.values())
    assert printed[-1]["page_kind"] == "report"


@pytest.mark.nightly
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_ends_in_ten_seconds(tmp_path: Path, name: str) -> None:
    _, printed, seconds = extract([write(tmp_path, name, HEAVY[name]()), write(tmp_path, "sound", page(REPORT))])
    assert seconds < 12
    assert len(printed) == 2
    assert printed[1]["page_kind"] == "report"
