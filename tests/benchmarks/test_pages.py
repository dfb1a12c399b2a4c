"""The benchmark of pages runs, on pages that exist; how fast anything is, no test says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import demo_pages, real_pages


def test_the_demo_portals_give_pages() -> None:
    assert len(demo_pages()) > 50
    assert all(page.body and page.url.startswith("http://") for page in demo_pages())


def test_a_folder_gives_its_pages_and_a_missing_one_none(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert [page.body for page in real_pages(tmp_path)] == [b"<p>x"]
    assert real_pages(tmp_path / "none") == []


def test_a_run_prints_every_reader_and_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("trafilatura", reason="the peers are installed by `make bench` alone")
    from benchmarks import pages

    (tmp_path / "a.html").write_bytes(demo_pages()[20].body)
    pages.main(["--pages", str(tmp_path), "--rounds", "1", "--memory", "40", "--no-demo"])
    printed = capsys.readouterr().out
    assert all(name in printed for name in (*pages.READERS, *pages.PEERS))
    assert "kB per 1,000 pages" in printed
