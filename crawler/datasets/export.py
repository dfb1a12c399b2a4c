"""Exports: a folder of files made from one snapshot of the store. The same store gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler.datasets.card import dump_card
from crawler.datasets.continuity import CONTINUITY
from crawler.datasets.coverage import COVERAGE
from crawler.datasets.delta import changes_table
from crawler.datasets.descriptors import describe_croissant, describe_package
from crawler.datasets.files import Staging, Written, digest_file, restore
from crawler.datasets.formats import FORMATS
from crawler.datasets.history import VERSIONS
from crawler.datasets.tables import FIGURES, FINDINGS, INDICATORS, REPORTS, SECTIONS, StoreTable
from crawler.datasets.tally import Tally
from crawler.datasets.wide import wide_tables
from crawler.errors import UsageError
from crawler.storage import Filters
from crawler.storage.news import iter_news, parse_since
from crawler.storage.reading import iter_reports, select_current

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from crawler.datasets.formats.model import Format
    from crawler.datasets.tables import Table
    from crawler.storage import Store

MANIFEST: Final = "manifest.json"
DATASET: Final = "gov_reports"
SEAL: Final = "manifest_sha256"


def all_tables() -> tuple[Table, ...]:
    """Return the tables of a dataset, in their order."""
    return (REPORTS, SECTIONS, INDICATORS, *wide_tables(), FIGURES, FINDINGS, CONTINUITY, COVERAGE, VERSIONS)


def export(
    store: Store,
    folder: Path,
    form: str,
    filters: Filters | None = None,
    *,
    bom: bool = False,
    since: str | None = None,
) -> list[Written]:
    """Write the reports that pass the filters into a folder and return its files, the manifest last.

    `since` leaves out all that is as it was after a run, or at a day or instant. Raises UsageError for a folder that is
    not ours to write in, OSError when the disk refuses. Then, as when the process dies, what was there is as it was.
    """
    filters = filters or Filters()
    asked = {**told(filters), **({"since": since} if since else {})}
    claim_folder(folder, form)
    with Staging(folder) as staging:
        with store.snapshot() as connection:
            tables, only = choose(connection, filters, since)
            target, tally = FORMATS[form](staging, tables, bom=bom), Tally()
            for stored in iter_reports(connection, filters, only):
                tally.add(stored)
                target.add_report(stored)
            for table in target.tables:
                if isinstance(table, StoreTable):
                    target.add_rows(table, tally.watch(table, table.rows(connection, filters)))
        files = target.finish()
        files += describe(staging, target, tally, files, asked)
        manifest = staging.draft(MANIFEST)
        manifest.write(dump_manifest(target, tally, asked, files), rows=0)
        files.append(manifest.seal())
        staging.publish()
    return files


def choose(
    connection: Connection, filters: Filters, since: str | None
) -> tuple[tuple[Table, ...], frozenset[int] | None]:
    """Return the tables of an export, and the documents it is confined to."""
    if since is None:
        return all_tables(), None
    passing = {row.rendition_id for row in connection.execute(select_current(filters))}
    news = [
        each
        for each in iter_news(connection, parse_since(connection, since))
        if each.kind == "superseded" or each.rendition_id in passing
    ]
    filled = tuple(table for table in all_tables() if not isinstance(table, StoreTable))
    return (*filled, changes_table(news)), frozenset(each.rendition_id for each in news)


def describe(
    staging: Staging, target: Format, tally: Tally, files: list[Written], filters: dict[str, Any]
) -> list[Written]:
    """Write what tells people and programs about the files, and return it."""
    texts = {
        "README.md": dump_card(target, tally, filters),
        "croissant.json": dump_json(describe_croissant(target, tally, files)),
        "datapackage.json": dump_json(describe_package(target, tally, files)),
    }
    written = []
    for name, text in texts.items():
        draft = staging.draft(name)
        draft.write(text, rows=0)
        written.append(draft.seal())
    return written


def told(filters: Filters) -> dict[str, Any]:
    """Return what filters ask for, as JSON holds it."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(filters).items()}


def dump_manifest(target: Format, tally: Tally, filters: dict[str, Any], files: Iterable[Written]) -> str:
    """Return what the folder holds, with a digest of itself."""
    return dump_json(
        seal(
            {
                "dataset": DATASET,
                "format": target.name,
                "layout": target.layout,
                "as_of": tally.as_of.isoformat() if tally.as_of else None,
                "extractors": sorted(tally.extractors),
                "filters": filters,
                "notes": target.notes,
                "tables": [asdict(place) for place in target.places()],
                "files": [asdict(each) for each in files],
            }
        )
    )


def seal(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with the digest of all else in it."""
    bare = {name: value for name, value in manifest.items() if name != SEAL}
    return {**bare, SEAL: hashlib.sha256(dump_json(bare).encode()).hexdigest()}


def dump_json(value: dict[str, Any]) -> str:
    """Return a description as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def claim_folder(folder: Path, form: str) -> None:
    """Make sure that a folder is new, empty, or holds an export of the same form and nothing else."""
    restore(folder.absolute())
    if folder.is_symlink():
        raise UsageError(f"{folder}: is a symbolic link; name the folder it leads to")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    manifest = load_manifest(folder)
    ours = {MANIFEST, *(Path(each["name"]).name for each in manifest["files"])} if manifest else set()
    if foreign := sorted(names - ours):
        raise UsageError(f"{folder}: holds {foreign[0]}, which scrapy export did not write; name a new or empty folder")
    if manifest is not None and manifest.get("format") != form:
        raise UsageError(f"{folder}: holds an export as {manifest.get('format')}; name another folder for {form}")


def load_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of an export; None where there is none of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("dataset") == DATASET else None


def verify(folder: Path) -> list[str]:
    """Return a sentence for each file of an export that is not what its manifest says; none is as it must be.

    Raises UsageError for a folder that holds no export.
    """
    manifest = load_manifest(folder)
    if manifest is None:
        raise UsageError(f"{folder}: holds no export; its {MANIFEST} is missing or is not one of ours")
    faults = []
    if dump_json(seal(manifest)) != (folder / MANIFEST).read_text("utf-8"):
        faults.append(f"{folder / MANIFEST}: is not as it was written")
    listed = {Path(each["name"]).name: each["sha256"] for each in manifest["files"]}
    for name, digest in listed.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{path}: is missing")
        elif digest_file(path) != digest:
            faults.append(f"{path}: is not the file that was exported (its SHA-256 differs)")
    strangers = {path.name for path in folder.iterdir()} - set(listed) - {MANIFEST}
    return faults + [f"{folder / name}: is not part of the export" for name in sorted(strangers)]
