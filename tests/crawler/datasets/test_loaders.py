"""What an exported folder is for: each library loads it in one line, without a network."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from benchmarks.synthetic import iter_reports, keep_all
from crawler.datasets.export import export
from crawler.storage import Filters, open_store
from tests.factories import NOON

LOAD = """
import json, sys
import datasets
datasets.disable_progress_bars()
found = {}
for wanted in sys.argv[2:]:
    form, *names = wanted.split(",")
    for name in names:
        rows = datasets.load_dataset(f"{sys.argv[1]}/{form}", name, split="train")
        found[f"{form} {name}"] = [len(rows), {key: str(kind) for key, kind in rows.features.items()}]
    found[form] = datasets.load_dataset(f"{sys.argv[1]}/{form}", split="train").num_rows
print(json.dumps(found))
"""
LOADED = {
    "csv": ["reports", "coverage"],
    "parquet": ["reports", "indicators_wide_form_2021"],
    "jsonl": ["reports", "versions"],
    "text": ["documents"],
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaders")
    with open_store(f"sqlite:///{folder}/store.sqlite3", create=True) as opened:
        opened.begin_run(NOON)
        keep_all(opened, iter_reports(18, most_cells=24))
        for form in ("csv", "jsonl", "parquet", "sqlite", "text", "xlsx"):
            export(opened, folder / form, form, Filters())
    return folder


def rows_of(folder: Path) -> dict[str, int]:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {table["table"]: table["rows"] for table in manifest["tables"]}


def test_hugging_face_loads_every_folder_with_the_types_of_its_card(folders: Path, tmp_path: Path) -> None:
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    wanted = [",".join([form, *names]) for form, names in LOADED.items()]
    command = [sys.executable, "-c", LOAD, str(folders), *wanted]
    ended = subprocess.run(command, env={**os.environ, **offline}, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(ended.stdout)
    for form, names in LOADED.items():
        rows = rows_of(folders / form)
        assert {name: found[f"{form} {name}"][0] for name in names} == {name: rows[name] for name in names}
        assert found[form] == rows[names[0]]
        if form != "text":
            types = found[f"{form} reports"][1]
            assert types["published_on"] == "Value('date32')"
            assert types["published_on_raw"] == "Value('string')"


def test_records_of_early_years_do_not_fix_the_types_of_later_ones(folders: Path) -> None:
    card = (folders / "jsonl/README.md").read_text("utf-8")
    evidence = card.partition("- name: indicators")[2].partition("- name: figures")[0]
    for name in ("start", "end", "table", "row", "column"):
        assert f"- name: {name}\n" in evidence


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_frictionless_finds_the_package_and_every_row_valid(folders: Path, form: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        checked = frictionless.Package(str(folders / form / "datapackage.json")).validate()
    assert checked.valid, checked.flatten(["name", "type", "fieldName", "note"])[:5]
    assert {task.name: task.stats["rows"] for task in checked.tasks} == rows_of(folders / form)


@pytest.mark.parametrize("form", ["jsonl", "parquet", "sqlite", "text"])
def test_frictionless_finds_the_description_of_other_formats_valid(folders: Path, form: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    descriptor = json.loads((folders / form / "datapackage.json").read_text("utf-8"))
    assert frictionless.Package.validate_descriptor(descriptor).valid
    rows = {each["name"]: each["rows"] for each in descriptor["resources"]}
    assert rows == rows_of(folders / form)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite", "text", "xlsx"])
def test_croissant_is_valid_and_reads_the_rows(folders: Path, form: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mlcroissant = pytest.importorskip("mlcroissant")
        found = mlcroissant.Dataset(str(folders / form / "croissant.json"))
        issues = found.metadata.issues
        assert not issues.errors
        assert not issues.warnings
        if form in ("csv", "parquet"):
            records = list(found.records("coverage"))
            assert len(records) == rows_of(folders / form)["coverage"]
            assert records[0]["coverage/issuer"].decode().endswith("人民政府")


def test_pandas_polars_and_duckdb_read_the_same_sums(folders: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        duckdb, pandas, polars = (pytest.importorskip(name) for name in ("duckdb", "pandas", "polars"))
    csv, parquet = folders / "csv/indicators.csv", folders / "parquet/indicators.parquet"
    sums = {
        pandas.read_csv(csv, dtype={"region_code": str})["value"].sum(),
        pandas.read_parquet(parquet)["value"].sum(),
        polars.read_csv(csv, infer_schema_length=None)["value"].sum(),
        polars.read_parquet(parquet)["value"].sum(),
        duckdb.sql(f"SELECT sum(value) FROM '{csv}'").fetchall()[0][0],
        duckdb.sql(f"SELECT sum(value) FROM '{parquet}'").fetchall()[0][0],
    }
    assert len(sums) == 1
    assert sums.pop() > 0


HEADINGS = (
    *("Tables", "Use", "Counts", "Coverage", "What the checks found", "Error rates", "Known gaps"),
    *("How the values were made", "Licence and sources", "Check it"),
)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite", "text", "xlsx"])
def test_the_data_card_says_what_is_there(folders: Path, form: str) -> None:
    card = (folders / form / "README.md").read_text("utf-8")
    assert tuple(re.findall(r"^## (.*)", card, re.M)) == HEADINGS
    assert "18 documents, report years 2008–2025" in card
    assert ("| 2010 | 100% | " in card) == (form != "text")
    assert "Documents by portal: g910000 (1" in card
    assert "by gov_reports synthetic." in card
    assert "\n- 0 " not in card, "what is no gap is not listed"
    file = next(name for table, name in places(folders / form).items() if table in ("reports", "documents"))
    assert f"`{file}` | {rows_of(folders / form)[table_of(form)]} |" in card


def places(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {table["table"]: table["file"] for table in manifest["tables"]}


def table_of(form: str) -> str:
    return "documents" if form == "text" else "reports"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite", "text", "xlsx"])
def test_the_line_of_the_card_loads_the_folder(folders: Path, form: str) -> None:
    code = re.search(r"^```python\n(.*?)^```", (folders / form / "README.md").read_text("utf-8"), re.M | re.S)
    assert code
    line = code[1].strip().splitlines()[-1].replace("FOLDER", str(folders / form))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = {"json": json, "sqlite3": sqlite3, "pandas": pytest.importorskip("pandas")}
        assert eval(line, known) is not None
