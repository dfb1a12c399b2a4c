"""The tables of a dataset: each a name, its columns, and the rows that one stored report gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from crawler.datasets.columns import Column
from crawler.items import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from crawler.datasets.columns import Raw
    from crawler.storage import Filters, StoredReport

    Rows: TypeAlias = Iterator[tuple[Raw, ...]]

KEY: Final = (
    Column("report_id", "text", "The report, the same in every table and every export.", required=True),
    Column(
        "rendition",
        "integer",
        "Which document of the report: 1 the first, 2 one that says something else.",
        required=True,
    ),
    Column("report_year", "integer", "The year reported on, which is not the year of publication."),
    Column("region_code", "text", "GB/T 2260 code of the issuer's division, of the report year."),
    Column("issuer", "text", "Who made the report (发布机关)."),
)
"""What every table that a report fills begins with."""
OFFSETS: Final = (
    Column("start", "integer", "Where it begins in the report's text, counted in characters."),
    Column("end", "integer", "Where it ends in the report's text."),
)
CELL: Final = (
    Column("table", "integer", "The table of the report it was read from, from 0."),
    Column("row", "integer", "The row of that table, from 0."),
    Column("column", "integer", "The column of that table, from 0."),
)


@dataclass(slots=True, frozen=True)
class DataTable:
    """One table that every report adds rows to."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[StoredReport], Rows]
    """What a report gives, the key included."""
    key: tuple[str, ...] = ("report_id", "rendition")
    """What joins it to `reports`."""


@dataclass(slots=True, frozen=True)
class StoreTable:
    """One table that is read from the store as a whole."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Connection, Filters], Rows]


Table: TypeAlias = DataTable | StoreTable


def key_of(stored: StoredReport) -> tuple[Raw, ...]:
    """Return the values of `KEY`."""
    report = stored.report
    return stored.id, stored.rendition, report.report_year, report.region.code, report.issuer.name


def report_rows(stored: StoredReport) -> Rows:
    """Yield the report itself."""
    report = stored.report
    severities = [finding.severity for finding in report.findings]
    yield (
        *key_of(stored),
        stored.version,
        report.title,
        report.issuer.kind,
        report.region.name,
        report.region.level,
        report.period.start if report.period else None,
        report.period.end if report.period else None,
        report.published_on,
        report.published_on_raw,
        report.form,
        stored.portal,
        report.source.url,
        " ".join(stored.urls),
        stored.withdrawn,
        stored.first_seen_at,
        stored.fetched_at,
        report.source.sha256,
        stored.archived.file if stored.archived else None,
        stored.archived.offset if stored.archived else None,
        len(report.indicators),
        len(severities),
        "doubtful" if {"warning", "reject"} & set(severities) else "clean",
        report.text,
    )


def section_rows(stored: StoredReport) -> Rows:
    """Yield the sections, each with its text."""
    text, key = stored.report.text, key_of(stored)
    for place, each in enumerate(stored.report.sections):
        yield *key, place, each.number, each.heading, each.kind, each.start, each.end, text[each.start : each.end]


def indicator_rows(stored: StoredReport) -> Rows:
    """Yield the indicators in long form."""
    key = key_of(stored)
    for place, each in enumerate(stored.report.indicators):
        told = (each.code, each.label, each.value, each.unit, each.raw, each.where)
        yield *key, place, *told, *evidence_of(each.evidence)


def evidence_of(evidence: Evidence) -> tuple[int | None, ...]:
    """Return the values of OFFSETS and CELL: one of the two is null."""
    if isinstance(evidence, Span):
        return evidence.start, evidence.end, None, None, None
    return None, None, evidence.table, evidence.row, evidence.column


def figure_rows(stored: StoredReport) -> Rows:
    """Yield the counted quantities of the prose."""
    key = key_of(stored)
    for place, each in enumerate(stored.report.figures):
        told = (each.label, each.value, each.unit, each.qualifier, each.code)
        yield *key, place, *told, each.evidence.start, each.evidence.end


def finding_rows(stored: StoredReport) -> Rows:
    """Yield the findings; evidence is JSON, as in the record."""
    key = key_of(stored)
    for place, each in enumerate(stored.report.findings):
        yield *key, place, each.code, each.severity, each.message, [asdict(item) for item in each.evidence]


POSITION: Final = Column("position", "integer", "Its place within the report, from 0.", required=True)
VALUE: Final = Column("value", "number", "The number; null for a blank, a dash or a mask, which are not 0.")

REPORTS: Final = DataTable(
    "reports",
    "One row for every document of a report, as it stands now",
    (
        *KEY,
        Column("version", "integer", "How many versions of the document were seen, this one counted.", required=True),
        Column("title", "text", "The document's own title."),
        Column("issuer_kind", "text", "government, department, town, zone or other."),
        Column("region", "text", "Full name of the issuer's division."),
        Column("region_level", "text", "central, province, prefecture, county, township or zone."),
        Column("period_start", "date", "First day the statistics cover, as stated."),
        Column("period_end", "date", "Last day the statistics cover, as stated."),
        Column("published_on", "date", "Date of publication; null when its day is not printed."),
        Column("published_on_raw", "text", "What was printed as the date of publication."),
        Column("form", "text", "The form of the report: prose-2008, stat-2014, form-2019, form-2021 or local."),
        Column("portal", "text", "The portal it was found on.", required=True),
        Column("url", "text", "The address it was read from."),
        Column("urls", "text", "Every address that shows it or did, separated by blanks.", required=True),
        Column("withdrawn", "boolean", "Whether every address answers that it is gone.", required=True),
        Column("first_seen_at", "instant", "When it was first fetched.", required=True),
        Column("fetched_at", "instant", "When this version was first fetched.", required=True),
        Column("source_sha256", "text", "SHA-256 of the bytes as served.", required=True),
        Column("archive_file", "text", "The file of the archive that holds the answer as it came over the wire."),
        Column("archive_offset", "integer", "Where its record begins in that file."),
        Column("indicators", "integer", "How many rows it has in `indicators`.", required=True),
        Column("findings", "integer", "How many rows it has in `findings`.", required=True),
        Column("quality", "text", "doubtful when a finding is a warning or graver, else clean.", required=True),
        Column("text", "text", "The clean document: a paragraph a line, table cells joined with ` | `.", required=True),
    ),
    report_rows,
)
SECTIONS: Final = DataTable(
    "sections",
    "The top-level parts of each report, with their text",
    (
        *KEY,
        POSITION,
        Column("number", "integer", "The numeral of the heading; null where it has none."),
        Column("heading", "text", "The heading as printed.", required=True),
        Column("kind", "text", "overview, proactive, requests, disputes, problems or other.", required=True),
        *OFFSETS,
        Column("text", "text", "The section's text, its heading included.", required=True),
    ),
    section_rows,
)
INDICATORS: Final = DataTable(
    "indicators",
    "The statistics of the report forms, one row a value, with where it stands",
    (
        *KEY,
        POSITION,
        Column("code", "text", "The statistic, by the code of its form's codebook.", required=True),
        Column("label", "text", "The codebook's words for it.", required=True),
        VALUE,
        Column("unit", "text", "件, 条, 万元 … by the form."),
        Column("raw", "text", "What was printed.", required=True),
        Column("where", "text", "table or prose.", required=True),
        *OFFSETS,
        *CELL,
    ),
    indicator_rows,
)
FIGURES: Final = DataTable(
    "figures",
    "Every counted quantity of the prose, asked for by a form or not",
    (
        *KEY,
        POSITION,
        Column("label", "text", "The counted thing, as printed.", required=True),
        VALUE,
        Column("unit", "text", "The unit as printed."),
        Column("qualifier", "text", "近, 约, 多, 以上 … as printed."),
        Column("code", "text", "The indicator it also is."),
        *OFFSETS,
    ),
    figure_rows,
)
FINDINGS: Final = DataTable(
    "findings",
    "What a reader of a report must know: sums that fail, tables that miss, text that is lost or tampered with",
    (
        *KEY,
        POSITION,
        Column("code", "text", "The kind of finding; docs/findings.md explains each.", required=True),
        Column("severity", "text", "info, warning or reject.", required=True),
        Column("message", "text", "One sentence with the numbers in it.", required=True),
        Column("evidence", "text", "JSON list of offsets or cells.", required=True),
    ),
    finding_rows,
)
