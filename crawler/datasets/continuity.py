"""What each report says against the one of the year before: what was left then is what comes now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.checks.identities import describe
from crawler.checks.years import codes_between_years, compare_years
from crawler.datasets.columns import Column
from crawler.datasets.tables import KEY, StoreTable
from crawler.storage.pairs import iter_pairs

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from crawler.datasets.tables import Rows
    from crawler.storage import Filters


def continuity_rows(connection: Connection, filters: Filters) -> Rows:
    """Yield every equation between a report and the one of the year before, where both have a number for it."""
    for pair in iter_pairs(connection, filters, codes_between_years()):
        for result in compare_years(pair.now, pair.before):
            yield (
                pair.now.report_id,
                pair.rendition,
                pair.report_year,
                pair.region_code,
                pair.issuer_name,
                pair.before.report_id,
                f"sums.{result.identity}",
                result.scope,
                result.state,
                result.left,
                result.right,
                describe(result).message if result.state == "fails" else None,
            )


CONTINUITY: Final = StoreTable(
    "continuity",
    "What each report says against the same issuer's report of the year before",
    (
        *KEY,
        Column("before_id", "text", "The report of the year before.", required=True),
        Column("code", "text", "The equation; docs/findings.md explains each.", required=True),
        Column("scope", "text", "The column of the form it holds for; null where it is of single cells."),
        Column("state", "text", "holds, fails, or undecidable where a cell is blank.", required=True),
        Column("says", "number", "What this report says.", required=True),
        Column(
            "follows",
            "number",
            "What follows from the report of the year before, with what this one adds.",
            required=True,
        ),
        Column("message", "text", "One sentence with the numbers in it, where it fails."),
    ),
    continuity_rows,
)
