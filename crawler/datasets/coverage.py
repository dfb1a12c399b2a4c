"""The ledger of what is owed: for every issuer and year, whether the report is there, and if not, why.

A government owes a report a year since 2008, by 31 March. Since the regulation of 2019 its departments owe theirs by
31 January. An issuer is known by a report of its own, or as the owner of a portal that was crawled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from crawler.catalogue import load_portals
from crawler.datasets.columns import Column
from crawler.datasets.tables import StoreTable
from crawler.items import Region
from crawler.storage import Filters
from crawler.storage.holdings import Holding, Unread, Walked, iter_holdings, iter_unread, last_look, load_walks
from crawler.storage.identity import full_issuer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from crawler.catalogue import Portal
    from crawler.datasets.tables import Rows

FIRST_YEAR: Final = 2008
SPLIT_YEAR: Final = 2019
"""First report year under the revised regulation, which gave departments their own day."""

State: TypeAlias = Literal["present", "late", "doubtful", "missing", "not_due", "unknown"]
"""`unknown`: before the first report of a department, which may not have existed."""
STATES: Final[tuple[State, ...]] = ("present", "late", "doubtful", "missing", "unknown", "not_due")

HELD: Final[tuple[State, ...]] = ("present", "late", "doubtful")
"""States in which a report is there."""

Reason: TypeAlias = Literal[
    "not_published",  # every list of the portal was read to its end, and none has it
    "blocked",
    "unreachable",
    "moved",  # the link leads to nothing
    "attachment_unread",
    "unreadable",  # held back: what was read could not be published
    "other_kind",  # the link leads to another kind of document
    "waiting",  # found, not asked or not answered yet
    "not_found",  # the walk of a list, or of the portal, ended early: `detail` says how
    "no_column",  # the portal shows no list of reports
    "not_crawled",
    "withdrawn",  # held here; its address answers that it is gone
    "no_date",  # present, but its day of publication is not known
]
BY_OUTCOME: Final[dict[str, Reason]] = {
    "gone": "moved",
    "blocked": "blocked",
    "refused": "blocked",
    "robots": "blocked",
    "offsite": "blocked",
    "unreachable": "unreachable",
    "lookalike": "other_kind",
    "cap": "waiting",
}
BOUNDS: Final = frozenset({"pages", "seconds", "limit", "cap"})
"""Bounds of a portal's crawl that leave part of it unread."""
WAITING: Final = frozenset({"pending", "fetching", "retry"})
ENDS: Final = frozenset({"last_page", "empty_page", "repeated_page", "total_reached"})
"""Ways in which a list's walk ends because there is no more of it."""
YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|度)")
GOVERNMENT: Final = re.compile(r"(?:人民)?政府(?:办公厅|办公室)?$")


@dataclass(slots=True, kw_only=True)
class Owed:
    """One expected report."""

    issuer: str
    issuer_kind: str | None
    region_code: str | None
    region: str | None
    region_level: str | None
    report_year: int
    state: State
    reason: Reason | None = None
    detail: str | None = None
    due_on: date
    published_on: date | None = None
    report_id: str | None = None
    portal: str | None = None
    url: str | None = None

    @property
    def days_late(self) -> int | None:
        """How many days after the day it was due; null when in time or unknown."""
        late = (self.published_on - self.due_on).days if self.published_on else 0
        return late if late > 0 else None


@dataclass(slots=True)
class Author:
    """One issuer with what is held of it."""

    name: str
    kind: str | None
    code: str | None
    region: str | None
    level: str | None
    portal: str
    held: dict[int, Holding] = field(default_factory=dict)


def due_on(kind: str | None, year: int) -> date:
    """Return the day by which the report of a year must be public.

    >>> [str(due_on(kind, year)) for kind, year in (("government", 2020), ("department", 2020), ("department", 2018))]
    ['2021-03-31', '2021-01-31', '2019-03-31']
    """
    return date(year + 1, 1, 31) if kind == "department" and year >= SPLIT_YEAR else date(year + 1, 3, 31)


def iter_coverage(
    connection: Connection, filters: Filters, catalogue: Iterable[Portal] | None = None
) -> Iterator[Owed]:
    """Yield every expected report up to the last look of the crawl: by region, issuer, year."""
    seen = last_look(connection)
    if seen is None:
        return
    years = [year for year in range(FIRST_YEAR, seen.year) if filters.years is None or year in filters.years]
    of_place = Filters(region=filters.region, issuer=filters.issuer, level=filters.level)
    walks, unread = load_walks(connection), index_unread(iter_unread(connection))
    silent = dict(walks)
    for author in iter_authors(iter_holdings(connection, of_place)):
        silent.pop(author.portal, None)
        yield from judge_author(author, years, seen.date(), walks, unread)
    if filters.issuer is None:
        known = {portal.id: portal for portal in (load_portals() if catalogue is None else catalogue)}
        for author in iter_silent(connection, silent, known, of_place):
            yield from judge_author(author, years, seen.date(), walks, unread)


def iter_authors(holdings: Iterator[Holding]) -> Iterator[Author]:
    """Yield the issuers of a region after the other; the same one under its long and its short name is one."""
    for _, group in groupby(holdings, key=lambda each: each.region_code):
        authors: dict[tuple[str, str], Author] = {}
        for each in group:
            place = Region(code=each.region_code, name=each.region_name)
            key = (full_issuer(each.issuer_name, place), "" if each.region_code else each.portal)
            author = authors.setdefault(
                key,
                Author(
                    each.issuer_name,
                    each.issuer_kind,
                    each.region_code,
                    each.region_name,
                    each.region_level,
                    each.portal,
                ),
            )
            before = author.held.get(each.report_year)
            if before is None or (before.doubtful and not each.doubtful):
                author.held[each.report_year] = each
        for _, author in sorted(authors.items()):
            yield author


def iter_silent(
    connection: Connection, silent: Mapping[str, Walked], known: Mapping[str, Portal], filters: Filters
) -> Iterator[Author]:
    """Yield the owners of portals that gave no report at all."""
    held = {each.portal for each in iter_holdings(connection, Filters())} if silent and filters != Filters() else set()
    for walked in silent.values():
        portal = known.get(walked.portal)
        if walked.portal in held or not (walked.crawled or portal):
            continue
        name = walked.name or (portal.name if portal else walked.portal)
        code, level = (portal.region_code, portal.level) if portal else (None, None)
        if filters.level not in (None, level) or not (
            filters.region is None or (code or "").startswith(filters.region)
        ):
            continue
        kind = "government" if GOVERNMENT.search(name) or code else "department"
        yield Author(name, kind, code, None, level, walked.portal)


def index_unread(found: Iterator[Unread]) -> dict[tuple[str, int], list[Unread]]:
    """Return the addresses that gave no report, by portal and the year in their title."""
    index: dict[tuple[str, int], list[Unread]] = defaultdict(list)
    for each in found:
        for year in set(YEAR.findall(each.title or "")):
            index[each.portal, int(year)].append(each)
    return index


def judge_author(
    author: Author,
    years: list[int],
    seen_on: date,
    walks: Mapping[str, Walked],
    unread: Mapping[tuple[str, int], list[Unread]],
) -> Iterator[Owed]:
    """Yield what an issuer owes, one a year."""
    first = min(author.held, default=FIRST_YEAR)
    for year in years:
        due = due_on(author.kind, year)
        owed = Owed(
            issuer=author.name,
            issuer_kind=author.kind,
            region_code=author.code,
            region=author.region,
            region_level=author.level,
            report_year=year,
            state="missing",
            due_on=due,
            portal=author.portal,
        )
        if (held := author.held.get(year)) is not None:
            judge_held(owed, held)
        elif due >= seen_on:
            owed.state = "not_due"
        else:
            explain_missing(owed, walks.get(author.portal), unread.get((author.portal, year), []))
            if owed.reason == "not_published" and author.kind != "government" and year < first:
                owed.state, owed.reason = "unknown", None
        yield owed


def judge_held(owed: Owed, held: Holding) -> None:
    """Write what is held."""
    owed.issuer, owed.report_id, owed.url, owed.portal = held.issuer_name, held.report_id, held.source_url, held.portal
    owed.published_on = held.published_on
    owed.state = "doubtful" if held.doubtful else "late" if owed.days_late else "present"
    if not held.shown:
        owed.reason = "withdrawn"
    elif held.published_on is None:
        owed.reason = "no_date"


def explain_missing(owed: Owed, walked: Walked | None, candidates: list[Unread]) -> None:
    """Write why a report is not held: what became of a link that names it, else how its portal's walk ended."""
    own = OWN_NAME.sub("", owed.issuer)
    named = [each for each in candidates if own in (each.title or "")]
    if not named and owed.issuer_kind == "government":
        named = [each for each in candidates if GOVERNMENT_TITLE.search(each.title or "")]
    if named:
        best = named[0]
        owed.url, owed.detail = best.url, best.reason
        owed.reason = reason_of(best)
        return
    owed.reason, owed.detail = judge_walk(walked)


OWN_NAME: Final = re.compile(r"^.{2,8}?(?:特别行政区|自治区|自治州|地区|[省市盟州县区旗])(?=.{3})")
"""What stands before the body's own name: 青禾市 of 青禾市财政局."""
GOVERNMENT_TITLE: Final = re.compile(r"政府(?:信息公开)?(?:工作)?(?:年度)?(?:报告|年报)|人民政府")


def reason_of(unread: Unread) -> Reason:
    """Return why an address gave no report."""
    if unread.reason == "attachment_unread":
        return "attachment_unread"
    if unread.state == "quarantined":
        return "unreadable"
    known = BY_OUTCOME.get(unread.outcome or "")
    if known is not None:
        return known
    return "waiting" if unread.state in WAITING else "unreadable"


def judge_walk(walked: Walked | None) -> tuple[Reason, str | None]:
    """Return why a report was not found on a portal, and the detail."""
    if walked is None or not walked.crawled:
        return "not_crawled", None
    if not walked.lists:
        failure = walked.stop_reason or ""
        if failure in ("exhausted", ""):
            return "no_column", None
        if failure in BOUNDS:
            return "not_found", failure
        blocked = failure.startswith(("http_4", "http_5", "challenge", "captcha", "robots", "blocked", "host_paused"))
        return ("blocked" if blocked else "unreachable"), failure
    ends = {end for end, _ in walked.lists if end not in ENDS}
    if any(holes for _, holes in walked.lists):
        ends.add("holes")
    if walked.stop_reason in BOUNDS:
        ends.add(str(walked.stop_reason))
    return ("not_found", ", ".join(sorted(ends))) if ends else ("not_published", None)


def coverage_rows(connection: Connection, filters: Filters) -> Rows:
    """Yield the rows of the table."""
    for each in iter_coverage(connection, filters):
        yield (
            each.report_year,
            each.region_code,
            each.issuer,
            each.issuer_kind,
            each.region,
            each.region_level,
            each.state,
            each.reason,
            each.detail,
            each.due_on,
            each.published_on,
            each.days_late,
            each.report_id,
            each.portal,
            each.url,
        )


COVERAGE: Final = StoreTable(
    "coverage",
    "Every report that is owed, issuer × year since 2008: present, or why it is not",
    (
        Column("report_year", "integer", "The year that is reported on.", required=True),
        Column("region_code", "text", "GB/T 2260 code of the issuer's division."),
        Column("issuer", "text", "Who owes the report.", required=True),
        Column("issuer_kind", "text", "government, department, town, zone or other."),
        Column("region", "text", "Full name of the issuer's division."),
        Column("region_level", "text", "central, province, prefecture, county, township or zone."),
        Column("state", "text", f"One of {', '.join(STATES)}.", required=True),
        Column("reason", "text", "Why it is missing; of a report that is held: withdrawn, no_date."),
        Column("detail", "text", "The word of the crawl for it: http_404, timeout, cap …"),
        Column(
            "due_on", "date", "By when it must be public: 31 March; departments since 2019: 31 January.", required=True
        ),
        Column("published_on", "date", "When it was published."),
        Column("days_late", "integer", "Days between; null when in time or unknown."),
        Column("report_id", "text", "The report that is held."),
        Column("portal", "text", "The portal that has it or should."),
        Column("url", "text", "Where it is, or where the link to it led."),
    ),
    coverage_rows,
)
