"""Every format holds the same cells; nothing in them runs; the same store gives the same bytes."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from crawler.datasets.cells import restore as unescape
from crawler.datasets.columns import plain_value
from crawler.datasets.export import all_tables, export, verify
from crawler.datasets.formats import FORMATS
from crawler.datasets.formats.corpus import majority, simhash
from crawler.datasets.formats.parquet import load_arrow
from crawler.datasets.formats.spreadsheet import LONGEST_CELL, fit_cell
from crawler.datasets.tables import DataTable, Table
from crawler.errors import UsageError
from crawler.record import dump_record, record_from
from crawler.storage import Filters, Store
from tests.factories import AWKWARD_VALUES

KINDS = {table.name: [column.kind for column in table.columns] for table in all_tables()}
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def expected(store: Store, table: Table) -> list[list[Any]]:
    """The rows as the tables themselves give them."""
    if isinstance(table, DataTable):
        rows = [row for stored in store.iter_reports() for row in table.rows(stored)]
    else:
        with store.snapshot() as connection:
            rows = list(table.rows(connection, Filters()))
    return [[normal(plain_value(value)) for value in row] for row in rows]


def normal(value: Any) -> Any:
    """One spelling for a value: numbers as doubles, dates as text, an empty text as null."""
    if isinstance(value, bool) or value in ("", None):
        return value or (None if value in ("", None) else False)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else float(value)


def read_csv(folder: Path, table: str) -> list[list[Any]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))[1:]
    readers: dict[str, Callable[[str], Any]] = {
        "text": unescape,
        "integer": float,
        "number": float,
        "boolean": lambda cell: cell == "true",
        "date": str,
        "instant": str,
    }
    return [
        [readers[kind](cell) if cell else None for kind, cell in zip(KINDS[table], row, strict=True)] for row in rows
    ]


def read_parquet(folder: Path, table: str) -> list[list[Any]]:
    found = pyarrow.parquet.read_table(folder / f"{table}.parquet")
    return [[normal(value) for value in row.values()] for row in found.to_pylist()]


def read_sqlite(folder: Path, table: str) -> list[list[Any]]:
    with closing(sqlite3.connect(folder / "gov_reports.sqlite3")) as database:
        rows = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
    return [
        [
            None if cell is None else bool(cell) if kind == "boolean" else normal(cell)
            for kind, cell in zip(KINDS[table], row, strict=True)
        ]
        for row in rows
    ]


def read_xlsx(folder: Path, table: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(folder / "gov_reports.xlsx", read_only=True)
    rows = list(book[table[:31]].iter_rows(min_row=2, max_col=len(KINDS[table]), values_only=True))
    book.close()
    return [
        [
            cell.date().isoformat()
            if isinstance(cell, datetime)
            else normal(ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell) if isinstance(cell, str) else cell)
            for cell in row
        ]
        for row in rows
    ]


@pytest.fixture(scope="module")
def exported(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for name in FORMATS:
        export(store, folder / name, name)
    return folder


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
@pytest.mark.parametrize("read", [read_csv, read_parquet, read_sqlite], ids=["csv", "parquet", "sqlite"])
def test_every_cell_comes_back(store: Store, exported: Path, table: Table, read: Callable[..., Any]) -> None:
    rows = expected(store, table)
    assert rows, table.name
    assert read(exported / read.__name__.removeprefix("read_"), table.name) == rows


def as_in_a_sheet(cell: Any) -> Any:
    """What a sheet holds of a cell: 32,767 characters, 16 digits."""
    if isinstance(cell, str):
        return fit_cell(cell)
    return float(f"{cell:.16G}") if isinstance(cell, float) else cell


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_every_cell_comes_back_from_a_spreadsheet_but_for_what_a_cell_cannot_hold(
    store: Store, exported: Path, table: Table
) -> None:
    rows = [[as_in_a_sheet(cell) for cell in row] for row in expected(store, table)]
    assert read_xlsx(exported / "xlsx", table.name) == rows


def test_a_spreadsheet_says_which_texts_it_cut_and_holds_no_formula(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "xlsx/gov_reports.xlsx", read_only=True)
    (head, cut, *_) = book["cut_cells"].iter_rows(values_only=True)
    assert head == ("sheet", "row", "column", "characters")
    assert (cut[0], cut[2]) == ("reports", "text")
    assert cut[3] > LONGEST_CELL
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    book.close()
    manifest = json.loads((exported / "xlsx/manifest.json").read_text("utf-8"))
    assert "were cut" in manifest["notes"][0]
    assert "were cut" in (exported / "xlsx/README.md").read_text("utf-8")


def test_numbers_like_identity_cards_stay_text(exported: Path) -> None:
    for read in (read_csv, read_parquet, read_sqlite, read_xlsx):
        rows = read(exported / read.__name__.removeprefix("read_"), "indicators")
        assert "110101199001011234" in {row[10] for row in rows}


def test_null_is_not_nought_and_nought_is_no_empty_text(exported: Path) -> None:
    wanted = [(None if value is None else float(value), raw) for value, raw in AWKWARD_VALUES]
    parquet = pyarrow.parquet.read_table(exported / "parquet/indicators.parquet").to_pylist()
    assert [(row["value"], row["raw"]) for row in parquet if row["label"] == "-标签"] == wanted
    with closing(sqlite3.connect(exported / "sqlite/gov_reports.sqlite3")) as database:
        query = "SELECT value, raw FROM indicators WHERE label = '-标签' ORDER BY rowid"
        assert database.execute(query).fetchall() == wanted
    lines = (exported / "jsonl/reports.jsonl").read_text("utf-8").split("\n")[:-1]
    records = [each for line in lines for each in json.loads(line)["indicators"] if each["label"] == "-标签"]
    assert [(each["value"], each["raw"]) for each in records] == [(value, raw) for value, raw in AWKWARD_VALUES], (
        "a record keeps every digit"
    )
    with (exported / "csv/indicators.csv").open(encoding="utf-8", newline="") as stream:
        cells = [(row["value"], row["raw"]) for row in csv.DictReader(stream) if unescape(row["label"]) == "-标签"]
    assert [cell for cell, _ in cells] == ["", "", "0", "-0.5", "12345678901234567890", "", ""]
    assert [unescape(raw) for _, raw in cells] == [raw for _, raw in AWKWARD_VALUES]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.datasets.formats.spreadsheet.MOST_ROWS", 1000)
    export(store, tmp_path / "x", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "x/gov_reports.xlsx", read_only=True)
    assert {"indicators", "indicators_2", "indicators_3"} <= set(book.sheetnames)
    assert [next(sheet.iter_rows(values_only=True))[0] for sheet in book][:2] == ["report_id", "report_id"]
    book.close()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("短", "短", id="short"),
        pytest.param("长" * 32_767, "长" * 32_767, id="exactly a cell"),
        pytest.param("长" * 32_768, "长" * 32_767, id="one too many"),
        pytest.param("\U00020000" * 16_384, "\U00020000" * 16_383, id="a pair is not halved"),
    ],
)
def test_fit_cell(text: str, kept: str) -> None:
    assert fit_cell(text) == kept


def test_json_lines_are_the_records(store: Store, exported: Path) -> None:
    lines = (exported / "jsonl/reports.jsonl").read_text("utf-8").split("\n")
    assert lines[:-1] == [dump_record(record_from(stored.report)) for stored in store.iter_reports()]
    coverage = [json.loads(line) for line in (exported / "jsonl/coverage.jsonl").read_text("utf-8").split("\n")[:-1]]
    assert {each["state"] for each in coverage} >= {"present", "missing"}


def test_a_corpus_marks_paragraphs_that_were_seen_before(exported: Path) -> None:
    documents = [json.loads(line) for line in (exported / "text/documents.jsonl").read_text("utf-8").splitlines()]
    paragraphs = [paragraph for each in documents for paragraph in each["段落"]]
    first = {each["md5"] for each in paragraphs if not each["是否重复"] and not each["是否跨文件重复"]}
    assert first == {each["md5"] for each in paragraphs}
    assert len(first) == sum(not each["是否重复"] and not each["是否跨文件重复"] for each in paragraphs)
    assert any(each["是否跨文件重复"] for each in paragraphs)
    for each in documents:
        assert each["段落数"] == len(each["段落"])
        assert each["最长段落长度"] == max(len(paragraph["内容"]) for paragraph in each["段落"])
        assert 0 <= each["simhash"] < 1 << 64
    assert not list((exported / "text").glob(".*"))


def test_texts_that_differ_little_have_fingerprints_that_differ_little() -> None:
    base = "本年度共公开政府信息三百四十七条，收到申请十二件，均已按期答复，没有行政复议和行政诉讼。" * 4
    near, far = simhash(base + "另有一件。"), simhash("财政预算决算公开情况说明，三公经费比上年下降百分之五。" * 6)
    assert (simhash(base) ^ near).bit_count() < (simhash(base) ^ far).bit_count()
    assert majority([b"\x01" * 8, b"\x03" * 8, b"\x03" * 8]) == int.from_bytes(b"\x03" * 8, "little")


def test_csv_begins_with_a_mark_for_excel_when_asked(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "csv", "csv", bom=True)
    assert (tmp_path / "csv/reports.csv").read_bytes().startswith(b'\xef\xbb\xbf"report_id"')
    assert json.loads((tmp_path / "csv/datapackage.json").read_text("utf-8"))["resources"][0]["encoding"] == "utf-8-sig"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_store_gives_the_same_bytes(store: Store, exported: Path, tmp_path: Path, name: str) -> None:
    again = export(store, tmp_path / name, name)
    first = {path.name: path.read_bytes() for path in (exported / name).iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} == first
    assert {each.name for each in again} == set(first)
    assert verify(tmp_path / name) == []


def test_parquet_without_pyarrow_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="make extras"):
        load_arrow()
