"""Reading the versions of documents: what each said when, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from crawler.storage.compare import Change
from crawler.storage.reading import BATCH, in_order, passes
from crawler.storage.schema import changes, renditions, reports, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.storage.reading import Filters


@dataclass(slots=True, kw_only=True, frozen=True)
class StoredVersion:
    """One version of a document."""

    report_id: str
    rendition: int
    report_year: int | None
    region_code: str | None
    issuer_name: str | None
    number: int
    is_current: bool
    cause: str
    fetched_at: datetime
    source_url: str | None
    source_sha256: str
    content_sha256: str
    facts_sha256: str
    changes: tuple[Change, ...]
    """Against the version before; empty for the first and for late ones."""


def iter_versions(connection: Connection, filters: Filters) -> Iterator[StoredVersion]:
    """Yield every version that passes the filters, in the order of reports, then by number."""
    columns = [versions.c[name] for name in StoredVersion.__dataclass_fields__ if name in versions.c]
    query = (
        select(versions.c.id, reports.c.id.label("report_id"), renditions.c.number.label("rendition"), *columns)
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .join(reports, reports.c.id == renditions.c.report_id)
        .where(*passes(filters))
        .order_by(*in_order(), versions.c.number)
    )
    for batch in connection.execute(query.execution_options(yield_per=BATCH)).mappings().partitions():
        found = load_changes(connection, [row["id"] for row in batch])
        for row in batch:
            told = {name: value for name, value in row.items() if name != "id"}
            yield StoredVersion(**told, changes=tuple(found.get(row["id"], ())))


def load_changes(connection: Connection, chosen: Sequence[int]) -> dict[int, list[Change]]:
    """Return what versions changed, by version, in order."""
    found: dict[int, list[Change]] = {}
    query = select(changes).where(changes.c.version_id.in_(chosen))
    for row in connection.execute(query.order_by(changes.c.version_id, changes.c.position)):
        found.setdefault(row.version_id, []).append(Change(row.what, row.name, row.old, row.new))
    return found
