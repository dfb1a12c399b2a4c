"""The store on a PostgreSQL server: the same schema and the same rules as in a file.

Who writes takes one lock for the length of its transaction, so that writers queue up as they do for a file. Who reads
sees one snapshot. Texts are compared by their code points, so that orders are those of a file.
"""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from crawler.errors import StoreError
from crawler.storage.migrating import bring_up_to_date, create_schema
from crawler.storage.schema import metadata, schema_version
from crawler.storage.trouble import READS, explain

DRIVER: Final = "postgresql+psycopg"
LOCK: Final = 7_316_044_921
"""The advisory lock of whoever writes, one number for all our programs."""
SECRET: Final = frozenset({"password", "sslpassword", "passfile"})
EXTRA: Final = "a store on PostgreSQL needs psycopg, which this environment has not; `make extras` adds it"


def is_server(address: str) -> bool:
    """Return whether an address names a store on a server."""
    return address.partition("://")[0].partition("+")[0] in ("postgresql", "postgres")


def parse_server(address: str) -> URL:
    """Return the address of a server with our driver; raise StoreError, without its secrets, for what is none."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        raise StoreError(
            "GOV_REPORTS_STORE is no store's address; write postgresql+psycopg://user@host/database"
        ) from None
    if not url.database:
        raise StoreError(f"{name_of(url)}: names no database; write postgresql+psycopg://user@host/database")
    return url.set(drivername=DRIVER)


def name_of(url: URL) -> str:
    """Return an address as it may be shown: without passwords."""
    shown = url.set(query={name: "***" if name in SECRET else value for name, value in url.query.items()})
    return shown.render_as_string(hide_password=True)


def open_server(address: str, *, create: bool, busy_seconds: float) -> tuple[Engine, str]:
    """Return the engine of a store on a server and what it is called; `create` makes one where there is none.

    Raises StoreError, naming the server and the mend, when it cannot be reached, holds no store, or a newer one.
    """
    url = parse_server(address)
    name = name_of(url)
    engine = make_server_engine(url, busy_seconds)
    try:
        with explain(name):
            prepare(engine, name, create=create)
    except StoreError:
        engine.dispose()
        raise
    return engine, name


def make_server_engine(url: URL, busy_seconds: float) -> Engine:
    """Return an engine whose connections keep our rules; raise StoreError without the driver."""
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,  # a server that was started anew meanwhile costs no run
            json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(EXTRA) from None
    wait = max(int(busy_seconds * 1000), 1)

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READS, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")

    event.listen(engine, "begin", begin)
    return engine


def prepare(engine: Engine, name: str, *, create: bool) -> None:
    """Make sure that the database holds a store of today's schema."""
    with engine.connect().execution_options(**{READS: True}) as connection:
        found = set(inspect(connection).get_table_names())
    if schema_version.name in found:
        bring_up_to_date(engine, name)
        return
    if taken := sorted(found & set(metadata.tables)):
        raise StoreError(f"{name}: holds another program's table {taken[0]}; name a database of its own")
    if not create:
        raise StoreError(f"{name}: there is no store; crawl first, or set GOV_REPORTS_STORE to where it is")
    with engine.begin() as connection:
        if not inspect(connection).has_table(schema_version.name):  # another process may have made it meanwhile
            create_schema(connection)
