"""Exports: a folder of files made from one snapshot of the store. The same store gives the same bytes."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from crawler.datasets.cells import csv_line
from crawler.datasets.files import PART, Draft, Written, digest_file, publish
from crawler.datasets.record import dump_record, record_from
from crawler.datasets.tables import KEY, TABLES, key_of
from crawler.errors import UsageError
from crawler.storage import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crawler.storage import Store, StoredReport

    Open: TypeAlias = Callable[[str], Draft]

MANIFEST: Final = "manifest.json"
BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a CSV file is UTF-8."""


class Format(Protocol):
    """One form in which reports leave: made over the files it opens, then given every report in order."""

    def add(self, stored: StoredReport) -> None: ...  # noqa: D102


class JsonLines:
    """`reports.jsonl`: a record a line, exactly as docs/record.md says."""

    def __init__(self, opened: Open, *, bom: bool) -> None:  # noqa: ARG002  # JSON has none (RFC 8259 §8.1)
        self._draft = opened("reports.jsonl")

    def add(self, stored: StoredReport) -> None:
        """Write a report."""
        self._draft.write(dump_record(record_from(stored.report)) + "\n")


class CsvTables:
    """One CSV file a table, joined by `report_id` and `rendition`."""

    def __init__(self, opened: Open, *, bom: bool) -> None:
        self._drafts = [(table, opened(f"{table.name}.csv")) for table in TABLES]
        for table, draft in self._drafts:
            draft.write((BOM if bom else "") + csv_line((*KEY, *table.columns)), rows=0)

    def add(self, stored: StoredReport) -> None:
        """Write a report's rows into every table."""
        key = key_of(stored)
        for table, draft in self._drafts:
            for row in table.rows(stored):
                draft.write(csv_line((*key, *row)))


FORMATS: Final[Mapping[str, Callable[..., Format]]] = {"jsonl": JsonLines, "csv": CsvTables}


def export(
    store: Store, folder: Path, form: str, filters: Filters | None = None, *, bom: bool = False
) -> list[Written]:
    """Write the reports that pass the filters into a folder and return its files, the manifest last.

    Raises UsageError for a folder that is not ours to write in, OSError when the disk refuses: then every file that
    was there is as it was.
    """
    filters = filters or Filters()
    claim_folder(folder, form)
    drafts: list[Draft] = []
    with ExitStack() as stack:

        def opened(name: str) -> Draft:
            drafts.append(stack.enter_context(closing(Draft(folder, name))))
            return drafts[-1]

        target = FORMATS[form](opened, bom=bom)
        for stored in store.iter_reports(filters):
            target.add(stored)
        files = [draft.seal() for draft in drafts]
        opened(MANIFEST).write(dump_manifest(form, filters, files), rows=0)
        files.append(drafts[-1].seal())
        publish(folder, drafts)
    return files


def dump_manifest(form: str, filters: Filters, files: Iterable[Written]) -> str:
    """Return what the folder holds, as JSON."""
    wanted = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(filters).items()}
    manifest = {"dataset": "gov_reports", "format": form, "filters": wanted, "files": [asdict(each) for each in files]}
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def claim_folder(folder: Path, form: str) -> None:
    """Make the folder, or make sure that all in it is an export of the same form; raise UsageError otherwise."""
    if folder.is_symlink():
        raise UsageError(f"{folder}: is a symbolic link; name the folder it leads to")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in folder.iterdir() if not path.name.endswith(PART)}
    manifest = load_manifest(folder)
    if names and manifest is None:
        raise UsageError(f"{folder}: holds files that scrapy export did not write; name a new or empty folder")
    if manifest is not None and manifest.get("format") != form:
        raise UsageError(f"{folder}: holds an export as {manifest.get('format')}; name another folder for {form}")


def load_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of an export; None where there is none of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("dataset") == "gov_reports" else None


def verify(folder: Path) -> list[str]:
    """Return a sentence for each file of an export that is not what its manifest says; none is as it must be.

    Raises UsageError for a folder that holds no export.
    """
    manifest = load_manifest(folder)
    if manifest is None:
        raise UsageError(f"{folder}: holds no export; its {MANIFEST} is missing or is not one of ours")
    faults = []
    for each in manifest["files"]:
        path = folder / Path(each["name"]).name
        if not path.is_file():
            faults.append(f"{path}: is missing")
        elif digest_file(path) != each["sha256"]:
            faults.append(f"{path}: is not the file that was exported (its SHA-256 differs)")
    return faults
