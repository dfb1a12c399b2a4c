"""The store's own proof: every address counted once, every record whole, every record with its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, exists, func, select

from crawler.storage.engine import pragma
from crawler.storage.rows import PART_TABLES
from crawler.storage.schema import STATES, sources, urls, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Select

KEPT: Final = ("stored", "unchanged", "flagged")
"""States of an address whose document is in the store."""


@dataclass(slots=True, frozen=True)
class Balance:
    """One portal's side of the law: discovered = the sum of the states."""

    portal: str
    discovered: int
    states: dict[str, int]

    @property
    def holds(self) -> bool:
        """Whether no address was lost or counted twice."""
        return self.discovered == sum(self.states.values())


def balance(connection: Connection) -> list[Balance]:
    """Return the balance of every portal; both sides are counted apart."""
    discovered = connection.execute(
        select(urls.c.portal, func.count(urls.c.key.distinct())).group_by(urls.c.portal).order_by(urls.c.portal)
    )
    counted = connection.execute(
        select(urls.c.portal, urls.c.state, func.count())
        .where(urls.c.state.in_(STATES))
        .group_by(urls.c.portal, urls.c.state)
    )
    states: dict[str, dict[str, int]] = {}
    for portal, state, count in counted:
        states.setdefault(portal, dict.fromkeys(STATES, 0))[state] = count
    return [Balance(portal, count, states.get(portal, {})) for portal, count in discovered]


def find_breaches(connection: Connection) -> list[str]:
    """Return a sentence for each way in which the store contradicts itself; none is as it must be."""
    return [sentence for check in CHECKS for sentence in check(connection)]


def _unbalanced(connection: Connection) -> Iterator[str]:
    for each in balance(connection):
        if not each.holds:
            yield f"{each.portal}: {each.discovered} addresses, but {sum(each.states.values())} in a known state"


def _reports_without_record(connection: Connection) -> Iterator[str]:
    """Yield addresses whose ledger row says that a report is stored, while no record is."""
    has_source = exists().where(sources.c.key == urls.c.key)
    moved = exists().where(sources.c.url == urls.c.final_url)
    query = select(urls.c.url).where(urls.c.outcome == "report", urls.c.state.in_(KEPT), ~has_source, ~moved)
    yield from _name(connection, query, "is stored in the ledger, but has no record")


def _records_without_row(connection: Connection) -> Iterator[str]:
    """Yield addresses of records that the ledger does not know."""
    in_ledger = exists().where(urls.c.key == sources.c.key)
    redirected = exists().where(urls.c.final_url == sources.c.url)
    query = select(sources.c.url).where(sources.c.is_current, ~in_ledger, ~redirected)
    yield from _name(connection, query, "has a record, but no row in the ledger")


def _name(connection: Connection, query: Select[Any], fault: str) -> Iterator[str]:
    for (url,) in connection.execute(query):
        yield f"{url}: {fault}"


def _half_versions(connection: Connection) -> Iterator[str]:
    """Yield versions that miss some of their parts."""
    for name, table in PART_TABLES.items():
        rows = select(func.count()).where(table.c.version_id == versions.c.id).correlate(versions).scalar_subquery()
        promised = versions.c.parts[name].as_integer()
        query = select(versions.c.id, versions.c.source_url, promised, rows).where(promised != rows)
        for version, url, wanted, found in connection.execute(query):
            yield f"{url}: version {version} has {found} of its {wanted} {name}"


def _renditions_without_version(connection: Connection) -> Iterator[str]:
    shown = exists().where(versions.c.rendition_id == sources.c.rendition_id, versions.c.is_current)
    yield from _name(connection, select(sources.c.url).where(~shown), "shows a document that has no current version")


def _damage(connection: Connection) -> Iterator[str]:
    """Yield what SQLite itself finds; a server looks after its own files."""
    if connection.dialect.name != "sqlite":
        return
    for row in pragma(connection, "quick_check"):
        if row[0] != "ok":
            yield f"the file is damaged: {row[0]}"
    for table, *_ in pragma(connection, "foreign_key_check"):
        yield f"a row of {table} refers to one that does not exist"


CHECKS: Final[tuple[Callable[[Connection], Iterator[str]], ...]] = (
    _damage,
    _unbalanced,
    _reports_without_record,
    _records_without_row,
    _half_versions,
    _renditions_without_version,
)
