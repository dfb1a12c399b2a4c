"""Questions in SQL to a store or an export: read only, bounded, answered alike whatever is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.synthetic import iter_reports, keep_all
from crawler.commands.query import Command, dump
from crawler.datasets.asking import ask_folder, load_duckdb, tables_of
from crawler.datasets.export import all_tables, export
from crawler.errors import UsageError
from crawler.storage import Store, open_store
from crawler.storage.asking import Answer
from tests.commands import run_command
from tests.factories import NOON

Ask = Callable[..., Answer]
FORMATS = ("sqlite", "csv", "parquet", "jsonl")
BOUNDS = {"rows": 3, "seconds": 9.0}


@pytest.fixture(scope="module")
def exports(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    for form in (*FORMATS, "xlsx"):
        export(store, folder / form, form)
    return folder


@pytest.fixture(scope="module", params=[*FORMATS, "store in a file", "store on a server"])
def ask(request: pytest.FixtureRequest, exports: Path, store: Store) -> Iterator[Ask]:
    """Ask one of all that can be asked."""
    if request.param in FORMATS:
        yield lambda question, **bounds: ask_folder(exports / request.param, question, **bounds)
    elif request.param == "store in a file":
        yield store.ask
    else:
        with open_store(request.getfixturevalue("server")(), create=True) as opened:
            opened.begin_run(NOON)
            keep_all(opened, iter_reports(12))
            yield opened.ask


def test_an_answer_is_bounded_and_says_so(ask: Ask) -> None:
    question = "SELECT report_year AS y, count(*) AS n FROM reports WHERE report_year > 2000 GROUP BY 1 ORDER BY 1"
    answer = ask(question, rows=3, seconds=9)
    assert (answer.names, [row[0] for row in answer.rows], answer.is_cut) == (["y", "n"], [2008, 2009, 2010], True)
    assert not ask(f"{question} LIMIT 3;", rows=3, seconds=9).is_cut


def test_a_question_may_hold_what_drivers_and_comments_are_made_of(ask: Ask) -> None:
    answer = ask("SELECT '100%' AS a, '%s' AS b, '中''文' AS c -- a word", **BOUNDS)
    assert answer.rows == [("100%", "%s", "中'文")]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("DELETE FROM reports", id="deletes"),
        pytest.param("DROP TABLE reports", id="drops"),
        pytest.param("CREATE TABLE x AS SELECT 1", id="creates"),
        pytest.param("ATTACH '/etc/passwd' AS x", id="attaches"),
        pytest.param("COPY (SELECT 1) TO '/tmp/never'", id="copies"),
        pytest.param("PRAGMA query_only = OFF", id="turns off a bound of a file"),
        pytest.param("SET statement_timeout = 0", id="turns off a bound of a server"),
        pytest.param("SELECT load_extension('x')", id="loads a program"),
        pytest.param("SELECT * FROM read_csv('/etc/passwd')", id="reads another file"),
        pytest.param("SELECT 1; DELETE FROM reports", id="two"),
        pytest.param("SELECT 1) AS x; COMMIT; DELETE FROM reports; SELECT * FROM (SELECT 1", id="two out of brackets"),
        pytest.param("SELEC", id="no SQL"),
        pytest.param("SELECT nothing FROM reports", id="no such column"),
        pytest.param("", id="empty"),
        pytest.param(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", id="endless"
        ),
    ],
)
def test_what_writes_or_does_not_end_is_refused(ask: Ask, question: str) -> None:
    count = "SELECT count(*) FROM reports"
    before = ask(count, **BOUNDS).rows
    with pytest.raises(UsageError):
        ask(question, rows=3, seconds=0.3)
    assert ask(count, **BOUNDS).rows == before
    assert not Path("/tmp/never").exists()


def test_every_export_gives_the_same_answer_with_types(exports: Path) -> None:
    question = "SELECT report_id, rendition, state, due_on, days_late FROM coverage JOIN reports USING (report_id)"
    question = f"{question.replace('report_id, rendition', 'coverage.report_id, rendition')} ORDER BY 1, 2"
    answers = {form: ask_folder(exports / form, question, rows=99, seconds=9).rows for form in ("csv", "parquet")}
    assert answers["csv"] == answers["parquet"] != []
    assert isinstance(answers["csv"][0][3], date)
    printed = ask_folder(exports / "sqlite", question, rows=99, seconds=9).rows
    assert [tuple(map(str, row)) for row in printed] == [tuple(map(str, row)) for row in answers["csv"]]


def test_every_table_of_an_export_can_be_asked(exports: Path) -> None:
    listed = tables_of(exports / "csv")
    assert listed == {table.name: [column.name for column in table.columns] for table in all_tables()}
    for name in listed:
        (row,) = ask_folder(exports / "csv", f"SELECT count(*) FROM {name}", **BOUNDS).rows
        assert row == ask_folder(exports / "parquet", f"SELECT count(*) FROM {name}", **BOUNDS).rows[0]


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        pytest.param("none", "holds no export; write one with", id="no folder"),
        pytest.param("xlsx", "export as sqlite, parquet or csv", id="a workbook"),
        pytest.param("torn", r"reports\.csv is missing; .*--verify", id="a file is gone"),
    ],
)
def test_a_folder_that_cannot_be_asked_says_why(
    exports: Path, store: Store, tmp_path: Path, folder: str, words: str
) -> None:
    place = exports / folder
    if folder == "torn":
        place = tmp_path / folder
        export(store, place, "csv")
        (place / "reports.csv").unlink()
    with pytest.raises(UsageError, match=words):
        ask_folder(place, "SELECT 1", **BOUNDS)


def test_without_duckdb_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match=r"as csv is asked with DuckDB.*make extras"):
        load_duckdb("csv")


def test_the_command(store: Store, exports: Path) -> None:
    question = "SELECT name, form FROM portals, versions WHERE form = 'form-2021'"
    ended = run_command(Command, store, question, "--rows", "1", "--format", "json")
    assert (ended.code, ended.out.count("\n")) == (0, 1)
    assert "the first 1 rows" in ended.err
    assert "\nversions\tid, rendition_id, " in run_command(Command, store).out
    assert "\ncoverage\treport_year, region_code, " in run_command(Command, store, "--folder", f"{exports}/parquet").out
    assert run_command(Command, store, "SELEC").err.startswith("scrapy query: near ")
    wrong = (["SELEC"], ["SELECT", "1"], ["SELECT 1", "--rows", "0"], ["SELECT 1", "--folder", f"{exports}/xlsx"])
    assert [run_command(Command, store, *arguments).code for arguments in wrong] == [2, 2, 2, 2]


def test_forms() -> None:
    names, rows = ["a", "b"], [("=1", None), ("省", date(2024, 1, 31))]
    assert list(dump(names, rows, "table"))[1:] == ["=1\t\n", "省\t2024-01-31\n"]
    assert list(dump(names, rows, "csv"))[1:] == ['"\'=1",\r\n', '"省",2024-01-31\r\n']
    assert list(dump(names, rows, "json"))[1] == '{"a": "省", "b": "2024-01-31"}\n'
