"""Deltas: an earlier export and the delta give the later export; what did not change is not in it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.datasets.export import export
from crawler.errors import UsageError
from crawler.storage import Store, open_store
from tests.factories import HOST, NOON, later, make_outcome, make_report

FILLED = ("reports", "sections", "indicators", "indicators_wide_form_2021", "figures", "findings")
A, B, C, D = (f"{HOST}/{name}.html" for name in "abcd")


def keep(store: Store, *reports) -> None:
    for report in reports:
        store.save_report(report, make_outcome(report), NOON)


@pytest.fixture
def store(tmp_path: Path, empty_store: Callable[[Path], str]) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        opened.begin_run(NOON)
        keep(
            opened,
            make_report(A, issuer="青禾市财政局"),
            make_report(B, issuer="青禾市教育局"),
            make_report(C, issuer="青禾市民政局"),
            make_report(D, issuer="青禾市水利局"),
        )
        opened.finish_run(NOON, "finished")
        yield opened


def happen(store: Store) -> None:
    """One run: one report corrected, one withdrawn, one new, one at another address too, one page told apart better."""
    store.begin_run(later(days=1))
    keep(
        store,
        make_report(A, issuer="青禾市财政局", count=348, at=later(days=1, hours=1)),
        make_report(f"{HOST}/new.html", issuer="青禾市审计局", at=later(days=1, hours=1)),
        make_report(f"{HOST}/mirror.html", issuer="青禾市民政局", at=later(days=1, hours=1)),
        make_report(D, issuer="青禾市水务局", at=later(days=1, hours=1), derived_from="2"),
    )
    store.record_outcome(make_outcome(B, "gone", reason="http_404", at=later(days=1, hours=1)), later(days=1, hours=1))
    store.finish_run(later(days=1, hours=2), "finished")


def rows(folder: Path, table: str) -> list[tuple[str, ...]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)][1:]


@pytest.mark.parametrize("since", ["1", "2026-03-03", "2026-03-03T03:00:00+00:00"])
def test_an_export_and_its_delta_give_the_next_export(store: Store, tmp_path: Path, since: str) -> None:
    export(store, tmp_path / "old", "csv")
    happen(store)
    export(store, tmp_path / "new", "csv")
    export(store, tmp_path / "delta", "csv", since=since)
    named = {row[:2] for row in rows(tmp_path / "delta", "changes")}
    for table in FILLED:
        kept = [row for row in rows(tmp_path / "old", table) if row[:2] not in named]
        assert sorted(kept + rows(tmp_path / "delta", table)) == sorted(rows(tmp_path / "new", table)), table


def test_a_delta_says_what_changed(store: Store, tmp_path: Path) -> None:
    happen(store)
    export(store, tmp_path / "delta", "csv", since="1")
    found = {(row[4], *row[5:]) for row in rows(tmp_path / "delta", "changes")}
    assert ("青禾市财政局", "changed", "indicator", "f21.t2.a1.rule.made", "347", "348") in found
    assert ("青禾市教育局", "withdrawn", "", "", "", "") in found
    assert ("青禾市审计局", "added", "", "", "", "") in found
    assert ("青禾市民政局", "changed", "fact", "urls", C, f"{C} {HOST}/mirror.html") in found
    assert ("青禾市水务局", "added", "", "", "", "") in found
    assert ("青禾市水利局", "superseded", "", "", "", "") in found
    assert {row[0] for row in found} == {
        "青禾市财政局",
        "青禾市教育局",
        "青禾市审计局",
        "青禾市民政局",
        "青禾市水务局",
        "青禾市水利局",
    }


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite", "text", "xlsx"])
def test_without_a_change_a_delta_is_empty(store: Store, tmp_path: Path, form: str) -> None:
    store.begin_run(later(days=1))
    keep(store, make_report(A, issuer="青禾市财政局", at=later(days=1)))
    store.finish_run(later(days=1), "finished")
    export(store, tmp_path / "delta", form, since="1")
    manifest = json.loads((tmp_path / "delta/manifest.json").read_text("utf-8"))
    assert {table["rows"] for table in manifest["tables"]} == {0}
    assert manifest["filters"]["since"] == "1"


def test_what_came_back_is_restored(store: Store, tmp_path: Path) -> None:
    happen(store)
    store.begin_run(later(days=2))
    keep(store, make_report(B, issuer="青禾市教育局", at=later(days=2)))
    export(store, tmp_path / "delta", "csv", since="2")
    assert [row[4:6] for row in rows(tmp_path / "delta", "changes")] == [("青禾市教育局", "restored")]
    export(store, tmp_path / "whole", "csv", since="1")
    assert ("青禾市教育局", "restored") in {row[4:6] for row in rows(tmp_path / "whole", "changes")}


@pytest.mark.parametrize(
    ("since", "said"),
    [
        pytest.param("99", "no run of this number", id="no such run"),
        pytest.param("soon", "write a run", id="no moment"),
    ],
)
def test_a_moment_that_is_none_is_refused(store: Store, tmp_path: Path, since: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        export(store, tmp_path / "delta", "csv", since=since)
    assert not (tmp_path / "delta").exists()
