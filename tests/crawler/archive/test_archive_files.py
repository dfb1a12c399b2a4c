"""V08 and the promises of the archive: as served, whole or not there, and damage is named where it stands."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveWriter, Damage, Record, check_file, find_files, iter_records, load_record, recover
from crawler.archive.records import Exchange
from crawler.errors import ArchiveError, DiskFullError
from crawler.failpoints import Plan

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)
BODY = gzip.compress("<html>年度报告</html>".encode(), mtime=0)


def exchange(number: int = 1, **fields) -> Exchange:
    return Exchange(
        **{
            "url": f"http://127.0.0.1/{number}.html?a=1",
            "method": "GET",
            "request_headers": [("User-Agent", "gov_reports/0.1"), ("Authorization", "c4n4ry")],
            "request_body": b"",
            "status": 200,
            "protocol": "HTTP/1.1",
            "headers": [
                ("Content-Type", "text/html"),
                ("Content-Encoding", "gzip"),
                ("X-Note", "one\r\nSet-Cookie: c4n4ry"),
                ("Set-Cookie", "c4n4ry=1"),
            ],
            "body": BODY,
            "at": AT,
            "ip_address": "127.0.0.1",
            **fields,
        }
    )


def write(folder: Path, pages: int = 5, **options) -> list:
    writer = ArchiveWriter(folder, AT, **options)
    places = []
    for number in range(pages):
        places.append(writer.add_exchange(exchange(number, body=BODY + bytes([number]))))
        writer.add_note(f"http://127.0.0.1/{number}.html", {"kind": "url", "number": number}, AT)
    writer.close()
    return places


def read(folder: Path) -> list[Record | Damage]:
    return [each for path in find_files(folder) for each in iter_records(path)]


def test_an_answer_comes_back_as_it_came_over_the_wire(tmp_path: Path) -> None:
    (place,) = write(tmp_path, 1)
    found = load_record(tmp_path, place)
    assert (found.status, found.url, found.at) == (200, "http://127.0.0.1/0.html?a=1", AT)
    assert found.body == BODY + b"\0"
    assert ("Content-Encoding", "gzip") in found.headers
    assert [getattr(each, "kind", each) for each in read(tmp_path)] == ["warcinfo", "response", "request", "metadata"]


def test_other_readers_of_warc_agree_and_find_every_digest_right(tmp_path: Path) -> None:
    write(tmp_path, 3)
    (path,) = find_files(tmp_path)
    with path.open("rb") as stream:
        kinds = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", *["response", "request", "metadata"] * 3]
    assert gzip.decompress(path.read_bytes()).startswith(b"WARC/1.1\r\n")


def test_u01_no_secret_is_archived(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (path,) = find_files(tmp_path)
    text = gzip.decompress(path.read_bytes())
    assert b"Authorization" not in text
    assert b"c4n4ry=1" not in text
    assert b"X-Note: one Set-Cookie: c4n4ry\r\n" in text, "a header's value cannot begin another header"


def test_files_rotate_and_each_has_its_manifest(tmp_path: Path) -> None:
    places = write(tmp_path, 6, limit=1500)
    files = find_files(tmp_path)
    assert len(files) > 1
    assert {place.file for place in places} == {path.name for path in files}
    assert not list(tmp_path.glob("*.open"))
    for path in files:
        assert check_file(path) == []
    assert [load_record(tmp_path, place).body[-1] for place in places] == list(range(6))


DAMAGES = {
    "a bit flipped": lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:],
    "the tail cut": lambda data: data[:-40],
    "zeros at the end": lambda data: data + bytes(100),
    "a record lost": lambda data: data[: data.rindex(b"\x1f\x8b\x08")],
}


@pytest.mark.parametrize("name", DAMAGES)
def test_v08_damage_is_named_and_all_else_is_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, 5)
    (path,) = find_files(tmp_path)
    whole = len([each for each in read(tmp_path) if isinstance(each, Record)])
    path.write_bytes(DAMAGES[name](path.read_bytes()))
    found = read(tmp_path)
    assert isinstance(found[-1], Damage)
    assert len([each for each in found if isinstance(each, Record)]) >= whole - 1


def test_v08_a_file_or_a_manifest_that_is_missing_is_named(tmp_path: Path) -> None:
    write(tmp_path, 2)
    (path,) = find_files(tmp_path)
    path.rename(tmp_path / "elsewhere")
    (missing,) = read(tmp_path)
    assert isinstance(missing, Damage)
    (tmp_path / "elsewhere").rename(path)
    (tmp_path / f"{path.name}.json").unlink()
    assert "nothing says whether" in check_file(path)[0]
    with pytest.raises(ArchiveError, match="there is no archive"):
        find_files(tmp_path / "nowhere")


def test_a_record_that_is_not_the_one_meant_is_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    first, second = write(tmp_path, 2)
    with pytest.raises(ArchiveError, match="not the one"):
        load_record(tmp_path, replace(first, digest=second.digest))
    with pytest.raises(ArchiveError, match="not the one"):
        load_record(tmp_path, replace(first, offset=first.offset + 1))


def test_an_open_file_is_read_and_left_to_its_writer(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, AT)
    place = writer.add_exchange(exchange())
    assert load_record(tmp_path, place).body == BODY
    assert recover(tmp_path) == [], "its writer lives"
    writer.close()
    assert [path.name for path in find_files(tmp_path)] == [place.file]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.crawler.archive.test_archive_files import AT, ArchiveWriter, exchange
writer = ArchiveWriter(Path(sys.argv[1]), AT)
for number in range(3):
    writer.add_exchange(exchange(number))
if sys.argv[2] == "half":
    writer._file._stream.write(b"\\x1f\\x8b\\x08 half a record")
    writer._file._stream.flush()
if sys.argv[2] == "close":
    writer.close()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("end", "fail"),
    [("open", ""), ("half", ""), ("close", "archive.synced:1:kill"), ("close", "archive.described:1:kill")],
    ids=["between records", "inside a record", "before its manifest", "before its name"],
)
def test_m02_r03_what_a_killed_run_left_open_is_cut_back_and_sealed(tmp_path: Path, end: str, fail: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), end], cwd=ROOT, check=False, env=os.environ | {"GOVR_FAIL": fail}
    )
    assert done.returncode == -signal.SIGKILL
    assert not list(tmp_path.glob("*.warc.gz"))
    (path,) = recover(tmp_path)
    assert json.loads((tmp_path / f"{path.name}.json").read_text())["recovered"] is True
    assert [each.kind for each in read(tmp_path)] == ["warcinfo", *["response", "request"] * 3]
    assert recover(tmp_path) == []


@pytest.mark.parametrize(("action", "error"), [("eio", ArchiveError), ("full", DiskFullError)])
def test_m06_an_error_of_the_disk_names_the_file(tmp_path: Path, monkeypatch, action: str, error: type) -> None:
    writer = ArchiveWriter(tmp_path, AT)
    writer.add_exchange(exchange())
    monkeypatch.setattr("crawler.failpoints._plan", Plan("archive.synced", 1, again=False, action=action))
    with pytest.raises(error, match=r"warc\.gz\.open"):
        writer.close()
