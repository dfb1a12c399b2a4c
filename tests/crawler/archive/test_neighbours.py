"""Several runs that archive into one folder: nobody takes another's file, or trips over one that is gone."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, find_files, recover
from crawler.archive import writer as writing
from tests.factories import NOON


def test_a_file_that_its_writer_holds_is_left_alone(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, NOON)
    writer.add_note("http://a.gov.cn/", {"kind": "url"}, NOON)
    assert recover(tmp_path) == []
    writer.close()
    assert len(find_files(tmp_path)) == 1


def test_a_file_that_was_sealed_meanwhile_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.warc.gz.open").write_bytes(b"")
    found = list(tmp_path.glob("*.open"))
    found[0].unlink()
    monkeypatch.setattr(Path, "glob", lambda *_: iter(found))
    assert recover(tmp_path) == []


def test_a_new_file_that_was_taken_for_an_empty_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: list[int] = []

    def lock(stream, how: int) -> None:
        if not locks:  # another run cleared up between the file's making and its lock
            [left] = tmp_path.glob("*.open")
            left.unlink()
        locks.append(how)

    monkeypatch.setattr(writing.fcntl, "flock", lock)
    writer = ArchiveWriter(tmp_path, NOON)
    writer.add_note("http://a.gov.cn/", {"kind": "url"}, NOON)
    writer.close()
    assert locks == [fcntl.LOCK_EX, fcntl.LOCK_EX]
    assert len(find_files(tmp_path)) == 1
