"""The store on a real PostgreSQL server: faults are said without a secret; writers queue up, readers see one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from benchmarks.synthetic import iter_reports, keep_all
from crawler.datasets.export import export
from crawler.errors import StoreError
from crawler.storage import Store, open_store
from crawler.storage.schema import SCHEMA_VERSION
from crawler.storage.server import is_server, name_of, parse_server
from tests.factories import HOST, NOON, awkward_report, make_outcome, make_report

Server = Callable[[], str]
SECRET = "hunter2-canary"


def test_m17_both_kinds_of_store_give_the_same_exports_byte_for_byte(server: Server, tmp_path: Path) -> None:
    found = {}
    for name, address in (("file", f"sqlite:///{tmp_path}/s.sqlite3"), ("server", server())):
        with open_store(address, create=True) as store:
            store.begin_run(NOON)
            items = [*iter_reports(18, most_cells=40)]
            awkward = awkward_report()
            store.save_report(awkward, make_outcome(awkward), NOON)
            keep_all(store, items if name == "file" else reversed(items))
            for form in ("csv", "jsonl", "parquet", "sqlite", "text"):
                export(store, tmp_path / name / form, form)
        found[name] = {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
    assert found["file"] == found["server"]
    assert len(found["file"]) > 20


def test_without_create_a_database_without_a_store_stays_as_it_is(server: Server) -> None:
    address = server()
    with pytest.raises(StoreError, match="there is no store; crawl first"):
        open_store(address)
    with pytest.raises(StoreError, match="there is no store"):
        open_store(address)


def test_another_programs_database_is_left_alone(server: Server) -> None:
    address = server()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE reports (id integer)")
    engine.dispose()
    with pytest.raises(StoreError, match="holds another program's table reports"):
        open_store(address, create=True)


def test_a_newer_store_is_refused(server: Server) -> None:
    address = server()
    with open_store(address, create=True) as store, store._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE schema_version SET version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StoreError, match=rf"newer gov_reports \(schema {SCHEMA_VERSION + 1}"):
        open_store(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param(f"postgresql+psycopg://u:{SECRET}@127.0.0.1:1/x", "does not answer", id="nobody listens"),
        pytest.param(f"postgresql://u:{SECRET}@/x?host=/nowhere", "does not answer", id="no socket"),
        pytest.param(
            f"postgresql+psycopg://127.0.0.1:1/x?user=u&password={SECRET}", "does not answer", id="in the query"
        ),
        pytest.param(f"postgresql+psycopg://u:{SECRET}@127.0.0.1:1/", "names no database", id="no database"),
        pytest.param(f"postgresql+psycopg://u:{SECRET}@127.0.0.1:port/x", "no store's address", id="no address"),
    ],
)
def test_u01_no_secret_is_said(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_store(address)
    error: BaseException | None = caught.value
    assert SECRET not in str(error)
    while error is not None:
        assert SECRET not in f"{error} {error.args}"
        error = error.__cause__


def test_a_store_is_named_without_its_password(server: Server) -> None:
    url = parse_server(f"postgresql://u:{SECRET}@h/d?password={SECRET}&sslmode=require")
    assert name_of(url) == "postgresql+psycopg://u:***@h/d?password=%2A%2A%2A&sslmode=require"
    assert is_server("postgresql://h/d")
    assert not is_server("sqlite:///postgresql")


def test_a_missing_driver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreError, match="make extras"):
        open_store("postgresql+psycopg://u@127.0.0.1/x")


def test_a_missing_database_is_said(server: Server) -> None:
    address = server().replace("/test_", "/no_")
    with pytest.raises(StoreError, match="there is no such database or user"):
        open_store(address)


def test_writers_of_one_store_lose_nothing(server: Server) -> None:
    address = server()
    open_store(address, create=True).close()
    problems: list[BaseException] = []

    def write(worker: int) -> None:
        try:
            with open_store(address) as store:
                store._begun = 1
                for number in range(15):
                    report = make_report(f"{HOST}/{number}.html", issuer=f"青禾市第{number}局", count=number + 100)
                    store.save_report(report, make_outcome(report), NOON)
        except BaseException as error:
            problems.append(error)
            raise

    with open_store(address) as store:
        store.begin_run(NOON)
        threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not problems
        assert store.count_reports() == 15
        assert store.find_breaches() == []


def test_a_writer_that_waits_too_long_says_so(server: Server) -> None:
    address = server()
    with open_store(address, create=True) as holder, open_store(address, busy_seconds=0.05) as other:
        with holder._engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
            with pytest.raises(StoreError, match="another process is writing to it"):
                other.begin_run(NOON)
        assert other.begin_run(NOON) == 1


def test_a_reader_sees_one_moment_and_cannot_write(server: Server) -> None:
    with open_store(server(), create=True) as store:
        store.begin_run(NOON)
        with store.snapshot() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 0
            keep(store)
            assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 0
            with pytest.raises(Exception, match="read-only transaction"):
                connection.exec_driver_sql("DELETE FROM reports")
        assert store.count_reports() == 1


def keep(store: Store) -> None:
    report = make_report()
    store.save_report(report, make_outcome(report), NOON)
