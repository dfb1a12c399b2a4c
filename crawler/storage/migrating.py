"""Bringing a store of an earlier schema up to date: in one transaction, so that it is the old one or the new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, select, update

from crawler.errors import StoreError
from crawler.storage.index import create_index
from crawler.storage.schema import SCHEMA_VERSION, metadata, schema_version
from crawler.storage.trouble import READS

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).with_name("migrations")


def revision_of(version: int) -> str:
    """Return the name of a schema's revision.

    >>> revision_of(3)
    '0003'
    """
    return f"{version:04}"


def create_schema(connection: Connection) -> None:
    """Create today's schema in an empty database."""
    metadata.create_all(connection)
    create_index(connection)
    connection.execute(schema_version.insert().values(version=SCHEMA_VERSION))


def bring_up_to_date(engine: Engine, place: Path | str) -> None:
    """Migrate a store of an earlier schema; raise StoreError for a newer one, or another program's database."""
    with engine.connect().execution_options(**{READS: True}) as connection:
        found = read_version(connection, place)
    if found == SCHEMA_VERSION:
        return
    with engine.begin() as connection:
        found = read_version(connection, place)  # another process may have done it meanwhile
        if found < SCHEMA_VERSION:
            migrate(connection, found, SCHEMA_VERSION)


def read_version(connection: Connection, place: Path | str) -> int:
    """Return the schema of a store; raise StoreError when it is not for this program."""
    if not inspect(connection).has_table(schema_version.name):
        raise StoreError(f"{place}: is the database of another program; set GOV_REPORTS_STORE to another place")
    found = connection.execute(select(schema_version.c.version)).scalar()
    if found is None or found > SCHEMA_VERSION:
        raise StoreError(
            f"{place}: was written by a newer gov_reports (schema {found}, this program knows {SCHEMA_VERSION}); "
            "use that version, or another store"
        )
    return int(found)


def migrate(connection: Connection, found: int, wanted: int) -> None:
    """Take a store from one schema to a later one, within the transaction that is open.

    `schema_version` is what counts; Alembic's own note of the revision is written from it.
    """
    from alembic import command  # half a second that only a migration has to wait

    config = configure(connection)
    if found:
        command.stamp(config, revision_of(found), purge=True)
    command.upgrade(config, revision_of(wanted))
    connection.execute(update(schema_version).values(version=wanted))


def configure(connection: Connection) -> Config:
    """Return Alembic's configuration over an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
