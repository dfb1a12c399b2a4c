"""Deltas: what changed after a run or a day, as rows that replace those of an earlier export.

`changes` names each document that is different and how. To bring an earlier export up to date, take out of every table
the rows of the documents that `changes` names, and put in the rows of the delta.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crawler.datasets.columns import Column
from crawler.datasets.tables import KEY, StoreTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from crawler.datasets.tables import Rows
    from crawler.storage import Filters
    from crawler.storage.news import News

CHANGES = (
    *KEY,
    Column("kind", "text", "added, changed, withdrawn, restored or superseded.", required=True),
    Column("what", "text", "Of changed: fact, indicator or paragraph."),
    Column("name", "text", "The fact's or the indicator's name; of a paragraph, its line in the new text."),
    Column("old", "text", "What stood there; null: nothing did."),
    Column("new", "text", "What stands there now; null: nothing does."),
)


def changes_table(news: Sequence[News]) -> StoreTable:
    """Return the table of what is different."""
    return StoreTable("changes", "What is different, a row a fact, cell or paragraph", CHANGES, partial(rows, news))


def rows(news: Sequence[News], connection: Connection, filters: Filters) -> Rows:  # noqa: ARG001  # read already
    """Yield the rows of the table."""
    for each in news:
        change = each.change
        yield (
            each.report_id,
            each.rendition,
            each.report_year,
            each.region_code,
            each.issuer_name,
            each.kind,
            change.what if change else None,
            change.name if change else None,
            change.old if change else None,
            change.new if change else None,
        )
