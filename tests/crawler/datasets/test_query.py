"""Questions in SQL: read only, bounded, answered in three forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.commands.query import dump
from crawler.datasets.export import export
from crawler.errors import UsageError
from crawler.storage import Store
from crawler.storage.asking import ask


@pytest.fixture(scope="module")
def file(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query") / "out"
    export(store, folder, "sqlite")
    return folder / "gov_reports.sqlite3"


def test_an_answer_is_bounded(file: Path) -> None:
    names, rows = ask(file, "SELECT report_year, count(*) AS n FROM reports GROUP BY 1 ORDER BY 1", rows=3, seconds=9)
    assert (names, len(rows)) == (["report_year", "n"], 3)


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM reports",
        "ATTACH '/etc/passwd' AS x",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM reports",
        "SELEC",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_what_writes_or_does_not_end_is_refused(file: Path, question: str) -> None:
    before = file.read_bytes()
    with pytest.raises(UsageError, match="query: "):
        ask(file, question, rows=3, seconds=0.2)
    assert file.read_bytes() == before


def test_forms() -> None:
    names, rows = ["a", "b"], [("=1", None), ("省", 2)]
    assert list(dump(names, rows, "table"))[1:] == ["=1\t\n", "省\t2\n"]
    assert list(dump(names, rows, "csv"))[1] == '"\'=1",\r\n'
    assert list(dump(names, rows, "json"))[1] == '{"a": "省", "b": 2}\n'
