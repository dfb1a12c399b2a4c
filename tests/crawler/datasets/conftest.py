"""One store of invented reports of every form, and what is awkward to export."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.synthetic import first_reports, iter_reports, keep_all
from crawler.items import Report
from crawler.storage import Store, open_store
from tests.factories import NOON, awkward_report, later, make_outcome, make_report


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_store: Callable[[Path], str]) -> Path:
    """The store's file, for copies."""
    folder = tmp_path_factory.mktemp("filled")
    with open_store(empty_store(folder)) as opened:
        opened.begin_run(NOON, owner="test:1", program="gov_reports/0")
        keep_all(opened, iter_reports(30))
        for report in (awkward_report(), make_report(), make_report(count=348, at=later(days=1))):
            opened.save_report(report, make_outcome(report), NOON)
        gone = make_report("http://www.qinghe.gov.cn/gone.html", issuer=None, year=None, region=None)
        opened.save_report(gone, make_outcome(gone), NOON)
        opened.record_outcome(make_outcome(gone, "gone", reason="http_404"), later(days=2))
        opened.finish_run(later(days=2), "finished")
    return folder / "store.sqlite3"


@pytest.fixture(scope="module")
def store(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = tmp_path_factory.mktemp("store") / "store.sqlite3"
    shutil.copyfile(filled, file)
    with open_store(f"sqlite:///{file}") as opened:
        opened.begin_run(later(days=2))
        yield opened


@pytest.fixture(scope="session")
def reports() -> list[Report]:
    return first_reports(20)
