"""The versions of a rendition: what one document said, when, and what changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import Connection, func, select, update

from crawler.storage.compare import compare
from crawler.storage.engine import insert_row
from crawler.storage.index import index_version
from crawler.storage.rows import PART_TABLES, part_rows, rebuild, version_row
from crawler.storage.schema import archived_answers, changes, renditions, reports, versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, RowMapping

    from crawler.items import Report
    from crawler.storage.identity import Digests

Cause: TypeAlias = Literal["first", "site", "page", "derivation", "late"]
"""`site`: the document changed; `page`: what stands round it did (its date …); `derivation`: our reading of the same
document did; `late`: fetched before the current version, but heard of after it."""
Parts: TypeAlias = "dict[str, list[RowMapping]]"


def current_version(connection: Connection, rendition: int) -> Row[Any]:
    """Return the current version of a rendition; every rendition has one."""
    return connection.execute(select(versions).where(versions.c.rendition_id == rendition, versions.c.is_current)).one()


def find_version(connection: Connection, rendition: int, digests: Digests) -> Row[Any] | None:
    """Return the version of a rendition that said exactly this."""
    query = select(versions).where(
        versions.c.rendition_id == rendition,
        versions.c.content_sha256 == digests.content,
        versions.c.facts_sha256 == digests.facts,
    )
    return connection.execute(query).first()


def add_version(
    connection: Connection, rendition: int, report: Report, digests: Digests, cause: Cause, at: datetime, run: int
) -> int:
    """Write a version with its parts, current unless it comes late; return its id."""
    number = select(func.coalesce(func.max(versions.c.number), 0) + 1).where(versions.c.rendition_id == rendition)
    parts = part_rows(report)
    row = {
        "rendition_id": rendition,
        "number": connection.execute(number).scalar_one(),
        "is_current": cause == "first",
        "cause": cause,
        "content_sha256": digests.content,
        "facts_sha256": digests.facts,
        "fetched_at": at,
        "run_id": run,
        "parts": {name: len(rows) for name, rows in parts.items()},
        **version_row(report),
    }
    version = insert_row(connection, versions, row)
    index_version(connection, version, report.title, report.text)
    for name, rows in parts.items():
        if rows:
            connection.execute(PART_TABLES[name].insert(), [{"version_id": version, **each} for each in rows])
    if (place := report.article.page.archived) is not None:
        connection.execute(archived_answers.insert(), {"version_id": version, **asdict(place)})
    return version


def make_current(connection: Connection, rendition: int, version: int) -> None:
    """Make a version the one that the rendition shows."""
    of_rendition = versions.c.rendition_id == rendition
    connection.execute(update(versions).where(of_rendition, versions.c.is_current).values(is_current=False))
    connection.execute(update(versions).where(versions.c.id == version).values(is_current=True))


def keep_changes(connection: Connection, version: int, old: Report, new: Report) -> None:
    """Write what a version changed against the one before it."""
    rows = [
        {
            "version_id": version,
            "position": place,
            "what": each.what,
            "name": each.name,
            "old": each.old,
            "new": each.new,
        }
        for place, each in enumerate(compare(old, new))
    ]
    if rows:
        connection.execute(changes.insert(), rows)


def confirm_derivation(connection: Connection, version: Row[Any], report: Report) -> None:
    """Write that today's extractor reads the version as it stands."""
    if version.derived_from != report.derived_from:
        chosen = versions.c.id == version.id
        connection.execute(update(versions).where(chosen).values(derived_from=report.derived_from))


def load_report(connection: Connection, version: Row[Any]) -> Report:
    """Return the report that a version holds."""
    query = (
        select(reports.c.report_kind)
        .join(renditions, renditions.c.report_id == reports.c.id)
        .where(renditions.c.id == version.rendition_id)
    )
    kind = connection.execute(query).scalar_one()
    return rebuild(version._mapping, kind, load_parts(connection, [version.id])[version.id])


def load_parts(connection: Connection, chosen: Sequence[int]) -> dict[int, Parts]:
    """Return the parts of versions, by version and table, in order."""
    found: dict[int, Parts] = {version: defaultdict(list) for version in chosen}
    for name, table in PART_TABLES.items():
        query = select(table).where(table.c.version_id.in_(chosen)).order_by(table.c.version_id, table.c.position)
        for row in connection.execute(query).mappings():
            found[row["version_id"]][name].append(row)
    return found
