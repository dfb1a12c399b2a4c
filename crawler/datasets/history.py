"""The versions of each document: what it said when, and what each version changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.datasets.columns import Column
from crawler.datasets.tables import KEY, StoreTable
from crawler.storage.history import iter_versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from crawler.datasets.tables import Rows
    from crawler.storage import Filters


def version_rows(connection: Connection, filters: Filters) -> Rows:
    """Yield every version of every document, the oldest first; changes are JSON."""
    for each in iter_versions(connection, filters):
        changes: list[object] = [
            {"what": change.what, "name": change.name, "old": change.old, "new": change.new} for change in each.changes
        ]
        yield (
            each.report_id,
            each.rendition,
            each.report_year,
            each.region_code,
            each.issuer_name,
            each.number,
            each.is_current,
            each.cause,
            each.fetched_at,
            each.source_url,
            each.source_sha256,
            each.content_sha256,
            each.facts_sha256,
            len(changes),
            changes,  # type: ignore[misc]  # JSON values all
        )


VERSIONS: Final = StoreTable(
    "versions",
    "Every version of every document, with what it changed",
    (
        *KEY,
        Column("version", "integer", "Number of the version, from 1.", required=True),
        Column("is_current", "boolean", "Whether the other tables show this version.", required=True),
        Column(
            "cause",
            "text",
            "first, site (the document changed), page (what stands round it), derivation (our reading) or late.",
            required=True,
        ),
        Column("fetched_at", "instant", "When it was first fetched.", required=True),
        Column("url", "text", "The address it was read from."),
        Column("source_sha256", "text", "SHA-256 of the bytes as served.", required=True),
        Column("content_sha256", "text", "Digest of the cleaned document.", required=True),
        Column("facts_sha256", "text", "Digest of everything that was read out of it.", required=True),
        Column("changes", "integer", "How many differences there are to the version before.", required=True),
        Column("changed", "text", "JSON list of what changed: facts, indicators, paragraphs.", required=True),
    ),
    version_rows,
)
