"""The benchmark of stores runs, on stores that are what they say; how fast anything is, no test says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.datasets import Measure, compare, main
from benchmarks.multiplied import multiply
from benchmarks.synthetic import iter_reports, keep_all
from crawler.datasets.coverage import iter_coverage
from crawler.storage import Filters, open_store
from crawler.storage.search import search
from tests.factories import NOON


def test_a_multiplied_store_is_whole_and_so_many_times_as_large(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite3"

    def look() -> tuple[int, int, int]:
        with open_store(address) as store, store.snapshot() as connection:
            hits = sum(1 for _ in search(connection, ("主动公开",), Filters()))
            held = sum(owed.report_id is not None for owed in iter_coverage(connection, Filters(), ()))
            assert store.find_breaches() == []
            assert len({stored.id for stored in store.iter_reports()}) == store.count_reports()
            return store.count_reports(), hits, held

    with open_store(address, create=True) as store:
        store.begin_run(NOON)
        keep_all(store, iter_reports(6, most_cells=3))
        store.finish_run(NOON, "finished")
    before = look()
    multiply(tmp_path / "store.sqlite3", 3)
    assert look() == tuple(3 * count for count in before)


def test_a_run_prints_every_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sizes", "8", "--jobs", "coverage;export jsonl", "--folder", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "8 reports: store of " in printed
    assert "export jsonl" in printed
    assert printed.endswith("every target was met\n")
    assert list(tmp_path.iterdir()) == []


def test_what_grows_too_fast_or_holds_too_much_is_told() -> None:
    small = {"coverage": Measure("coverage", 1.0, 1, 1), "ingest": Measure("ingest", 1.0, 1, 1)}
    large = {"coverage": Measure("coverage", 30.0, 1, 1), "ingest": Measure("ingest", 1.1, 600 << 20, 1)}
    assert compare({10: small, 100: large}) == [
        "ingest of 100 reports held 600 MB",
        "coverage grew 3.00 × from 10 to 100 reports",
    ]
