"""The folder of an export: old or new, never between; only ours is replaced; a changed byte is found."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.commands.export import Command
from crawler.datasets import files
from crawler.datasets.export import export, verify
from crawler.datasets.files import Staging, digest_file, put
from crawler.errors import UsageError
from crawler.storage import Filters, Store, open_store
from tests.commands import run_command
from tests.factories import later, make_outcome, make_report
from tests.forked import run

OLD_YEARS, NEW_YEARS = frozenset({2010}), frozenset({2010, 2011, 2012})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_export_replaces_the_old_one_whole(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    export(store, out, "csv", Filters(years=OLD_YEARS))
    export(store, out, "csv", Filters(years=NEW_YEARS))
    export(store, tmp_path / "other", "csv", Filters(years=NEW_YEARS))
    assert contents(out) == contents(tmp_path / "other")
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("number", sorted(files.NO_EXCHANGE))
def test_where_folders_cannot_be_exchanged_they_are_renamed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files, "exchange", refuse)
    export(store, tmp_path / "out", "jsonl", Filters(years=OLD_YEARS))
    export(store, tmp_path / "out", "jsonl", Filters(years=NEW_YEARS))
    assert verify(tmp_path / "out") == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_died_between_two_renames_is_put_back(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "jsonl", Filters(years=OLD_YEARS))
    before = contents(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    with Staging(tmp_path / "out"):
        assert contents(tmp_path / "out") == before
    assert contents(tmp_path / "out") == before


def export_and_die(file: Path, out: Path, step: int) -> int:
    """Export in a process of its own that kills itself at a step; return its exit code."""
    left = step

    def counted(real):
        def do(*given, **named):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return do

    def work(_begun) -> None:
        for name in ("sync", "put", "remove"):
            setattr(files, name, counted(getattr(files, name)))
        files.Draft.seal = counted(files.Draft.seal)
        with open_store(f"sqlite:///{file}") as store:
            export(store, out, "csv", Filters(years=NEW_YEARS))

    return run(work)


def test_a_killed_export_leaves_the_old_one_or_the_new_one(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "old", "csv", Filters(years=OLD_YEARS))
    export(store, tmp_path / "new", "csv", Filters(years=NEW_YEARS))
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    seen = []
    for step in (1, 3, 9, 15, 16, 17, 18, 19, 20, 40):
        out = tmp_path / str(step) / "out"
        shutil.copytree(tmp_path / "old", out)
        code = export_and_die(store.file, out, step)
        found = contents(out)
        assert found in (old, new), step
        assert verify(out) == []
        seen.append(found == new)
        if step in (1, 17):
            export(store, out, "csv", Filters(years=NEW_YEARS))  # whatever was left is no hindrance
            assert contents(out) == new
            assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert code == 0
    assert not seen[0]
    assert seen[-1]
    assert seen == sorted(seen)


def test_two_exports_into_one_folder_do_not_mix(store: Store, tmp_path: Path) -> None:
    with Staging(tmp_path / "out"), pytest.raises(UsageError, match="another export is writing there"):
        export(store, tmp_path / "out", "csv")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        pytest.param(lambda out: out.write_text("x"), "is a file", id="a file"),
        pytest.param(lambda out: out.symlink_to(out.parent), "symbolic link", id="a link"),
        pytest.param(
            lambda out: (out.mkdir(), (out / "thesis.doc").write_text("x")), "thesis.doc", id="someone's work"
        ),
    ],
)
def test_what_is_not_ours_is_not_replaced(store: Store, tmp_path: Path, prepare, said: str) -> None:
    out = tmp_path / "out"
    prepare(out)
    with pytest.raises(UsageError, match=said):
        export(store, out, "csv")
    assert out.exists()


def test_a_file_added_to_an_export_is_not_swept_away(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "csv", Filters(years=OLD_YEARS))
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        export(store, tmp_path / "out", "csv")
    assert (tmp_path / "out/notes.txt").read_text() == "mine"
    assert verify(tmp_path / "out") == [f"{tmp_path}/out/notes.txt: is not part of the export"]


def test_another_format_needs_another_folder(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "csv", Filters(years=OLD_YEARS))
    with pytest.raises(UsageError, match="holds an export as csv"):
        export(store, tmp_path / "out", "jsonl")


def test_an_export_that_fails_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        export(store, tmp_path / "out", "csv", Filters(years=OLD_YEARS))
    assert list(tmp_path.iterdir()) == []


def test_a_mount_point_is_refused_with_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(new: Path, place: Path) -> None:
        raise OSError(errno.EBUSY, "busy")

    monkeypatch.setattr(files, "put", refuse)
    with Staging(tmp_path / "out") as staging, pytest.raises(UsageError, match="mounted"):
        staging.publish()


def test_put_moves_into_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/a").write_text("1")
    (tmp_path / "place").mkdir()
    put(tmp_path / "new", tmp_path / "place")
    assert (tmp_path / "place/a").read_text() == "1"
    assert not (tmp_path / "new").exists()


@pytest.fixture(scope="module")
def sound(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, for copies that are damaged."""
    folder = tmp_path_factory.mktemp("sound") / "out"
    export(store, folder, "csv", Filters(years=OLD_YEARS))
    return folder


@pytest.mark.parametrize("name", ["reports.csv", "README.md", "datapackage.json", "croissant.json", "manifest.json"])
@pytest.mark.parametrize("place", [0.1, 0.5, 0.97])
def test_a_flipped_bit_is_found(sound: Path, tmp_path: Path, name: str, place: float) -> None:
    shutil.copytree(sound, tmp_path / "out")
    path = tmp_path / "out" / name
    body = bytearray(path.read_bytes())
    body[int(len(body) * place)] ^= 1
    path.write_bytes(body)
    with suppress(UsageError):
        assert any(name in fault for fault in verify(tmp_path / "out"))


def exchange_names(folder: Path) -> None:
    (folder / "figures.csv").rename(folder / "x")
    (folder / "findings.csv").rename(folder / "figures.csv")
    (folder / "x").rename(folder / "findings.csv")


def forge(folder: Path) -> None:
    """Change a number in a table, and its digest in the manifest."""
    before = digest_file(folder / "coverage.csv")
    (folder / "coverage.csv").write_bytes((folder / "coverage.csv").read_bytes().replace(b"2010", b"2011", 1))
    manifest = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(manifest.replace(before, digest_file(folder / "coverage.csv")), "utf-8")


@pytest.mark.parametrize(
    ("damage", "faults"),
    [
        pytest.param(lambda out: None, [], id="none"),
        pytest.param(lambda out: (out / "reports.csv").write_text(""), ["reports.csv: is not"], id="emptied"),
        pytest.param(lambda out: os.truncate(out / "reports.csv", 99), ["reports.csv: is not"], id="cut short"),
        pytest.param(
            lambda out: (out / "reports.csv").write_bytes((out / "reports.csv").read_bytes() + b"\r\n"),
            ["reports.csv: is not"],
            id="a line more",
        ),
        pytest.param(
            lambda out: (out / "reports.csv").write_bytes((out / "reports.csv").read_bytes().replace(b"\r\n", b"\n")),
            ["reports.csv: is not"],
            id="other line ends",
        ),
        pytest.param(exchange_names, ["figures.csv: is not", "findings.csv: is not"], id="two names exchanged"),
        pytest.param(
            lambda out: ((out / "figures.csv").unlink(), (out / "figures.csv").mkdir()),
            ["figures.csv: is missing"],
            id="a folder in its place",
        ),
        pytest.param(lambda out: (out / "notes.txt").write_text("x"), ["notes.txt: is not part"], id="a stranger"),
        pytest.param(forge, ["manifest.json: is not as it was written"], id="a forged digest"),
        pytest.param(
            lambda out: (out / "manifest.json").write_text((out / "manifest.json").read_text("utf-8") + " "),
            ["manifest.json: is not as it was written"],
            id="a blank after the manifest",
        ),
    ],
)
def test_every_kind_of_damage_is_found_and_named(sound: Path, tmp_path: Path, damage, faults: list[str]) -> None:
    shutil.copytree(sound, tmp_path / "out")
    damage(tmp_path / "out")
    found = verify(tmp_path / "out")
    assert len(found) == len(faults)
    assert all(f"/{words}" in fault for fault, words in zip(found, faults, strict=True))


def test_a_missing_file_is_found_and_no_export_is_said(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "csv", Filters(years=OLD_YEARS))
    (tmp_path / "out/figures.csv").unlink()
    assert verify(tmp_path / "out") == [f"{tmp_path}/out/figures.csv: is missing"]
    with pytest.raises(UsageError, match="holds no export"):
        verify(tmp_path)


def test_the_manifest_names_no_path_outside(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "jsonl", Filters(years=OLD_YEARS))
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    manifest["files"][0]["name"] = "../../etc/passwd"
    (tmp_path / "out/manifest.json").write_text(json.dumps(manifest))
    assert all(str(tmp_path / "out") in fault for fault in verify(tmp_path / "out"))


def test_the_command_exports_filters_and_verifies(store: Store, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    wanted = ["--years", "2010-2012", "--level", "province", "--form", "prose-2008", "--quality", "clean"]
    ended = run_command(Command, store, "--format", "jsonl", "--out", out, *wanted)
    assert (ended.code, ended.err) == (0, "")
    assert f"{out}/reports.jsonl: " in ended.out
    lines = (tmp_path / "out/reports.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["report_year"] for line in lines} <= {2010, 2011, 2012}
    assert lines
    ended = run_command(Command, store, "--verify", out)
    assert (ended.code, ended.out) == (0, f"{out}: every file is as it was exported\n")
    (tmp_path / "out/reports.jsonl").write_text("")
    ended = run_command(Command, store, "--verify", out)
    assert ended.code == 1
    assert "SHA-256 differs" in ended.out
    assert run_command(Command, store, "--format", "csv").code == 2


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        pytest.param(Filters(quality="clean"), "clean", id="clean"),
        pytest.param(Filters(quality="doubtful"), "doubtful", id="doubtful"),
    ],
)
def test_quality_is_what_the_table_says(store: Store, filters: Filters, wanted: str) -> None:
    found = list(store.iter_reports(filters))
    assert found
    grave = [any(finding.severity != "info" for finding in stored.report.findings) for stored in found]
    assert set(grave) == {wanted == "doubtful"}


def test_an_export_is_one_snapshot_while_a_crawl_writes(store: Store, tmp_path: Path, monkeypatch) -> None:
    real = files.Draft.write
    written = []

    def write(draft: files.Draft, text: str, rows: int = 1) -> None:
        real(draft, text, rows)
        if not written:
            written.append(True)
            late = make_report("http://www.qinghe.gov.cn/late.html", issuer="青禾市水利局", year=2025)
            store.save_report(late, make_outcome(late), later(days=3))

    monkeypatch.setattr(files.Draft, "write", write)
    before = store.count_reports()
    export(store, tmp_path / "out", "jsonl")
    assert store.count_reports() == before + 1
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert {table["table"]: table["rows"] for table in manifest["tables"]}["reports"] == before
