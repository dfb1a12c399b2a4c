"""Questions to an exported folder in a user's own SQL: its tables by their names, whatever its format."""

from __future__ import annotations

import importlib
import json
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from crawler.datasets.export import load_manifest
from crawler.datasets.formats.sqlitefile import FILE, quote
from crawler.errors import UsageError
from crawler.storage.asking import Answer, ask_file, bound, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

EXTRA: Final = "an export as {form} is asked with DuckDB, which this environment has not; `make extras` adds it"
TYPES: Final = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}
"""Of each type of datapackage.json, DuckDB's."""
MEMORY: Final = "1GB"
"""What a question may hold."""
LONGEST_LINE: Final = 256 << 20
"""Bytes of one row of CSV or JSON: reports are long."""


def ask_folder(folder: Path, question: str, *, rows: int, seconds: float) -> Answer:
    """Return at most `rows` rows of an answer of an export.

    Raises UsageError for a folder that cannot be asked, and for SQL that is wrong, would write or read anything else,
    or takes longer than `seconds`.
    """
    form = form_of(folder)
    if form == "sqlite":
        return ask_file(folder / FILE, question, rows=rows, seconds=seconds)
    return ask_duckdb(load_duckdb(form), list(iter_views(folder, form)), folder, question, rows=rows, seconds=seconds)


def form_of(folder: Path) -> str:
    """Return the format of an export; raise UsageError for a folder without one, or one that SQL cannot ask."""
    manifest = load_manifest(folder)
    if manifest is None:
        raise UsageError(f"{folder}: holds no export; write one with scrapy export --format parquet --out {folder}")
    form = str(manifest.get("format"))
    if form not in ("sqlite", "csv", "parquet", "jsonl", "text"):
        raise UsageError(f"{folder}: holds an export as {form}, which SQL cannot ask; export as sqlite, parquet or csv")
    for each in manifest["files"]:
        if not (folder / each["name"]).is_file():
            raise UsageError(f"{folder}: {each['name']} is missing; scrapy export --verify says what else is")
    return form


def iter_views(folder: Path, form: str) -> Iterator[str]:
    """Yield a statement for each table of an export, which lets DuckDB read it by its name."""
    for resource in load_resources(folder):
        source = source_of(form, literal(str((folder / resource["path"]).absolute())), resource)
        yield f"CREATE VIEW {quote(resource['name'])} AS SELECT * FROM {source}"  # noqa: S608  # our own names, quoted


def load_resources(folder: Path) -> list[dict[str, Any]]:
    """Return the tables of an export as its datapackage.json describes them."""
    found: list[dict[str, Any]] = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    return found


def source_of(form: str, path: str, resource: Mapping[str, Any]) -> str:
    """Return what DuckDB reads a table from; the columns of CSV have the types of the description."""
    if form == "parquet":
        return f"read_parquet({path})"
    if form != "csv":
        return f"read_ndjson({path}, maximum_object_size={LONGEST_LINE})"
    columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns_of(resource))
    rules = f"""header=true, quote='"', escape='"', max_line_size={LONGEST_LINE}"""
    return f"read_csv({path}, {rules}, columns={{{columns}}})"


def columns_of(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a table, with DuckDB's type of each."""
    for field in resource["schema"]["fields"]:
        yield field["name"], TYPES[field["type"]]


def ask_duckdb(
    duckdb: ModuleType, views: list[str], folder: Path, question: str, *, rows: int, seconds: float
) -> Answer:
    """Return an answer of DuckDB, which may read the folder and nothing else, and cannot write."""
    with duckdb.connect() as database:
        database.execute(f"SET memory_limit = '{MEMORY}'; SET TimeZone = 'UTC'; SET temp_directory = ''")
        database.execute(f"SET allowed_directories = [{literal(f'{folder.absolute()}/')}]")
        for view in views:
            database.execute(view)
        database.execute("SET enable_external_access = false; SET lock_configuration = true")
        timer = Timer(seconds, database.interrupt)
        timer.start()
        try:
            statements = duckdb.extract_statements(question)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise UsageError("only one SELECT can be asked, and nothing be written or attached")
            asked = statements[0].query.strip().rstrip(";")
            cursor = database.execute(f"SELECT * FROM ({asked}\n) LIMIT {rows + 1}")  # noqa: S608  # the user's own SQL
            return bound([each[0] for each in cursor.description], cursor.fetchmany(rows + 1), rows)
        except duckdb.InterruptException:
            raise UsageError(too_long(seconds)) from None
        except duckdb.Error as error:
            raise UsageError(str(error).strip()) from error
        finally:
            timer.cancel()


def load_duckdb(form: str) -> ModuleType:
    """Return DuckDB; raise UsageError when it is not installed."""
    try:
        return importlib.import_module("duckdb")
    except ModuleNotFoundError:
        raise UsageError(EXTRA.format(form=form)) from None


def literal(text: str) -> str:
    """Return a text as SQL quotes it.

    >>> literal("a'b")
    "'a''b'"
    """
    return "'" + text.replace("'", "''") + "'"


def tables_of(folder: Path) -> dict[str, list[str]]:
    """Return the names of the tables of an export, and of the columns that its description has of each."""
    form_of(folder)
    return {
        resource["name"]: [field["name"] for field in resource.get("schema", {}).get("fields", [])]
        for resource in load_resources(folder)
    }
