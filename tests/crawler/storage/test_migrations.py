"""Stores of every earlier schema become today's, whole or not at all, wherever the process dies."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, inspect, make_url

from crawler.datasets.export import export
from crawler.storage import open_store
from crawler.storage.engine import make_engine
from crawler.storage.migrating import migrate
from crawler.storage.schema import SCHEMA_VERSION, metadata, schema_version
from crawler.storage.server import make_server_engine
from tests.factories import NOON, later, make_outcome, make_report

EARLIER = range(1, SCHEMA_VERSION)
INDEX = "search_index"


def engine_of(address: str) -> Engine:
    url = make_url(address)
    return make_engine(Path(str(url.database))) if url.get_backend_name() == "sqlite" else make_server_engine(url, 5)


def make_earlier(address: str, version: int) -> None:
    """Make a store of an earlier schema that holds what that schema could hold."""
    with open_store(address, create=True) as store:
        store.begin_run(NOON)
        for report in (make_report(), make_report(count=348, at=later(days=1))):
            store.save_report(report, make_outcome(report), NOON)
        store.finish_run(NOON, "finished")
        rows = {}
        with store.snapshot() as connection:
            for table in metadata.sorted_tables:
                rows[table.name] = [dict(row) for row in connection.execute(table.select()).mappings()]
        if store._engine.dialect.name == "postgresql":
            with store._engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA public")
    if address.startswith("sqlite"):
        Path(str(make_url(address).database)).unlink()
    engine = engine_of(address)
    with engine.begin() as connection:
        migrate_from_nothing(connection, version)
        known = inspect(connection)
        for table in metadata.sorted_tables:
            if table.name != schema_version.name and known.has_table(table.name):
                columns = {column["name"] for column in known.get_columns(table.name)}
                for row in rows[table.name]:
                    connection.execute(table.insert().values(**{key: row[key] for key in row if key in columns}))
        if engine.dialect.name == "postgresql":
            for name in ("runs", "urls", "renditions", "versions", "sources", "events"):
                sequence = f"pg_get_serial_sequence('{name}', 'id')"
                connection.exec_driver_sql(f"SELECT setval({sequence}, coalesce(max(id), 0) + 1) FROM {name}")
    engine.dispose()


def migrate_from_nothing(connection, version: int) -> None:
    migrate(connection, 0, version)
    connection.execute(schema_version.insert().values(version=version))


@pytest.mark.parametrize("version", EARLIER)
def test_p01_a_store_of_every_earlier_schema_gives_the_same_export(nowhere: str, tmp_path: Path, version: int) -> None:
    with open_store(f"sqlite:///{tmp_path}/today.sqlite3", create=True) as store:
        store.begin_run(NOON)
        for report in (make_report(), make_report(count=348, at=later(days=1))):
            store.save_report(report, make_outcome(report), NOON)
        export(store, tmp_path / "today", "csv")
    make_earlier(nowhere, version)
    with open_store(nowhere) as store:
        export(store, tmp_path / "migrated", "csv")
        assert store.find_breaches() == []
        store.begin_run(later(days=2))  # and it can be written
        report = make_report("http://www.qinghe.gov.cn/new.html", issuer="青禾市审计局")
        assert store.save_report(report, make_outcome(report), later(days=2)).news == "new"
    for path in (tmp_path / "today").iterdir():
        assert (tmp_path / "migrated" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_migrated_schema_is_the_one_that_is_created(nowhere: str) -> None:
    engine = engine_of(nowhere)
    with engine.begin() as connection:
        migrate_from_nothing(connection, SCHEMA_VERSION)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, parents: not (kind == "table" and str(name).startswith(INDEX))},
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


class StoppedError(Exception):
    """Stands for the end of the process."""


def count_statements(engine: Engine, stop: int | None, act: Callable[[], None]) -> list[str]:
    met: list[str] = []

    def before(connection, cursor, statement, parameters, context, executemany) -> None:
        met.append(statement)
        if len(met) == stop:
            act()

    event.listen(engine, "before_cursor_execute", before)
    return met


@pytest.mark.parametrize(
    "stride", [pytest.param(3, id="every third"), pytest.param(1, id="every", marks=pytest.mark.nightly)]
)
def test_p02_killed_at_every_statement_a_file_is_the_old_one_and_the_next_try_succeeds(
    tmp_path: Path, stride: int
) -> None:
    made = tmp_path / "made.sqlite3"
    make_earlier(f"sqlite:///{made}", 1)
    total = None
    stop = 1
    while total is None:
        stop += stride
        file = tmp_path / f"{stop}.sqlite3"
        shutil.copy(made, file)
        child = os.fork()
        if child == 0:
            engine = make_engine(file)
            count_statements(engine, stop, lambda: os.kill(os.getpid(), signal.SIGKILL))
            with engine.begin() as connection:
                migrate(connection, 1, SCHEMA_VERSION)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0:
            total = stop
        else:
            engine = make_engine(file)
            with engine.connect() as connection:
                assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar() == 1
                assert "alerts" not in inspect(connection).get_table_names()
            engine.dispose()
        with open_store(f"sqlite:///{file}") as store:
            assert store.count_reports() == 1
            assert store.find_breaches() == []
        file.unlink()
    assert total > 10


def test_p02_stopped_at_every_statement_a_server_has_the_old_one(server: Callable[[], str]) -> None:
    address = server()
    make_earlier(address, 1)

    def stop_now() -> None:
        raise StoppedError

    stop, done = 1, False
    while not done:
        stop += 2
        engine = engine_of(address)
        count_statements(engine, stop, stop_now)
        try:
            with engine.begin() as connection:
                migrate(connection, 1, SCHEMA_VERSION)
            done = True
        except StoppedError:
            pass
        engine.dispose()
        if not done:
            check = create_engine(address)
            with check.connect() as connection:
                assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar() == 1
            check.dispose()
    with open_store(address) as store:
        assert store.count_reports() == 1
