"""Opening the store: what is wrong is said with the file and the mend, and nothing is ever begun anew in silence."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.storage import open_store
from crawler.storage.schema import SCHEMA_VERSION
from tests.factories import NOON, make_outcome, make_report

ROOT = Path(__file__).resolve().parents[3]


def address(file: Path) -> str:
    return f"sqlite:///{file}"


def make_store(file: Path) -> Path:
    with open_store(address(file), create=True) as store:
        store.begin_run(NOON)
        report = make_report()
        store.save_report(report, make_outcome(report), NOON)
    return file


def test_a_new_store_is_whole_and_alone_in_its_folder(tmp_path: Path) -> None:
    file = make_store(tmp_path / "store.sqlite3")
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite3"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(SCHEMA_VERSION,)]


def test_every_writer_syncs_keeps_references_and_waits(tmp_path: Path) -> None:
    with open_store(address(make_store(tmp_path / "s.sqlite3"))) as store, store.snapshot() as connection:
        rules = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "busy_timeout")
        }
    assert rules == {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 5000}


def test_a_relative_address_is_taken_from_the_project_and_its_folder_is_made(tmp_path: Path) -> None:
    with open_store("sqlite:///output/deep/s.sqlite3", create=True, root=tmp_path) as store:
        assert store.file == tmp_path / "output/deep/s.sqlite3"
    assert (tmp_path / "output/deep/s.sqlite3").is_file()


def test_without_create_a_missing_store_is_an_error_and_stays_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"s\.sqlite3: there is no store; crawl first"):
        open_store(address(tmp_path / "s.sqlite3"))
    assert list(tmp_path.iterdir()) == []


def flip(file: Path) -> None:
    file.write_bytes(b"SQLite format 4\x00" + file.read_bytes()[16:])


def overwrite(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    file.write_bytes(data)


def become_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE schema_version SET version = version + 1")
        connection.commit()


def belong_to_another(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda file: file.write_bytes(b""), "is empty, so what was in it is lost", id="zero length"),
        pytest.param(lambda file: file.write_bytes(b"url,title\n"), "is not an SQLite database", id="another file"),
        pytest.param(flip, "is not an SQLite database", id="header flipped"),
        pytest.param(overwrite, "move it away", id="pages overwritten"),
        pytest.param(become_newer, "written by a newer gov_reports", id="newer schema"),
        pytest.param(belong_to_another, "the database of another program", id="another program's"),
    ],
)
def test_m13_a_store_that_cannot_be_used_is_named_and_left_as_it_is(tmp_path: Path, damage, message: str) -> None:
    file = make_store(tmp_path / "store.sqlite3")
    damage(file)
    before = file.read_bytes()
    with pytest.raises(StoreError, match=message) as caught:
        open_store(address(file), create=True)
    assert str(file) in str(caught.value)
    assert file.read_bytes() == before


def test_m13_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Is a directory"):
        open_store(address(tmp_path), create=True)


def test_m13_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder does not exist; create it"):
        open_store(address(tmp_path / "nowhere/s.sqlite3"), create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/db", "output/store.db", ""])
def test_an_address_that_is_no_file_is_refused_without_its_password(wrong: str) -> None:
    with pytest.raises(StoreError, match="write sqlite:///path") as caught:
        open_store(wrong, create=True)
    assert "secret" not in str(caught.value)


def test_m13_a_store_that_must_not_be_written_says_so(tmp_path: Path) -> None:
    file = make_store(tmp_path / "store.sqlite3")
    with open_store(address(file)) as store:
        store._engine.dispose()
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")  # as SQLite itself answers for a read-only file
            connection.rollback()
        with pytest.raises(StoreError, match="cannot be written; give this user the right"):
            store.begin_run(NOON)


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def locked(tmp_path: Path):
    file = make_store(tmp_path / "store.sqlite3")
    with subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield file, process
        process.communicate()


def test_m08_a_store_that_stays_locked_is_an_error_after_the_wait(locked) -> None:
    file, _process = locked
    with open_store(address(file), busy_seconds=0.05) as store:
        store._begun = 1
        with pytest.raises(StoreError, match="another process holds it"):
            store.record_outcome(make_outcome("http://www.qinghe.gov.cn/b.html", "robots"), NOON)
        assert len(list(store.iter_reports())) == 1, "readers do not wait"


def test_m08_a_lock_that_is_let_go_is_waited_for(locked) -> None:
    file, process = locked
    with open_store(address(file), busy_seconds=20) as store:
        process.stdin.write("\n")
        process.stdin.flush()  # the other process ends within the wait
        assert store.begin_run(NOON) == 2


def test_m09_a_writer_that_reads_first_is_not_refused_when_another_commits(tmp_path: Path) -> None:
    """A deferred transaction would fail at once: SQLite cannot upgrade a snapshot that has become old."""
    file = make_store(tmp_path / "store.sqlite3")
    with open_store(address(file)) as one, open_store(address(file)) as other:
        one.begin_run(NOON)
        other.begin_run(NOON)
        for number in range(20):
            for store in (one, other):
                report = make_report(issuer=f"青禾市第{number}局", count=300 + number, at=NOON)
                store.save_report(report, make_outcome(report), NOON)
        assert one.find_breaches() == []


def test_m06_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    with open_store(address(make_store(tmp_path / "store.sqlite3"))) as store:
        store.begin_run(NOON)
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite raises it to the pages there are
            connection.rollback()
        big = make_report("http://www.qinghe.gov.cn/big.html", year=2020, text="长" * 400_000)
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            store.save_report(big, make_outcome(big), NOON)
        assert len(list(store.iter_reports())) == 1
        assert store.find_breaches() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_processes_that_create_one_store_make_one(tmp_path: Path) -> None:
    program = (
        "import sys; from crawler.storage import open_store;"
        "open_store(sys.argv[1], create=True).begin_run(__import__('tests.factories').factories.NOON)"
    )
    command = [sys.executable, "-c", program, address(tmp_path / "store.sqlite3")]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    with open_store(address(tmp_path / "store.sqlite3")) as store, store.snapshot() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 3
