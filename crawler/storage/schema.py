"""The store's tables. Names follow `crawler.items`; offsets are `begin_offset` and `end_offset` into the text.

portals ─ runs ─ urls (the ledger) ─ lists ─ held_pages
reports (issuer, kind, year) ─ renditions (each different document) ─ versions (what it said when) ─ sections, tables …
                                            └ sources (the addresses that showed it) ─ events
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    true,
)

from crawler.storage.types import CleanText, ExactNumber, Instant

SCHEMA_VERSION: Final = 5
STATES: Final = ("pending", "fetching", "stored", "unchanged", "flagged", "quarantined", "rejected", "retry")
"""What an address can be; it is exactly one of them."""

metadata = MetaData()


def text(name: str, *rules: Any, **options: Any) -> Column[Any]:  # noqa: ANN401  # passed on to Column
    """Return a column of text, required unless `nullable=True`."""
    return Column(name, CleanText, *rules, **{"nullable": False, **options})


def instant(name: str, **options: Any) -> Column[Any]:  # noqa: ANN401
    """Return a column of aware UTC instants, optional unless `nullable=False`."""
    return Column(name, Instant, **options)


def run() -> Column[Any]:
    """Return the column that names the run that wrote a row."""
    return Column("run_id", Integer, ForeignKey("runs.id"))


def part(name: str, *columns: Column[Any]) -> Table:
    """Return a table of a version's parts, in the order in which the report has them."""
    return Table(
        name,
        metadata,
        Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
        sqlite_with_rowid=False,
    )


def offsets() -> tuple[Column[Any], Column[Any]]:
    """Return the columns of evidence in the text."""
    return Column("begin_offset", Integer), Column("end_offset", Integer)


def where(flag: Column[bool]) -> dict[str, Any]:
    """Return the options that make an index cover only the rows with the flag."""
    return {"sqlite_where": flag == true(), "postgresql_where": flag == true()}


schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    instant("started_at", nullable=False),
    instant("seen_at", nullable=False),  # the owner's last sign of life
    instant("finished_at"),
    text("owner"),  # host and process: who may hold leases
    text("program"),
    text("finish_reason", nullable=True),
    Column("counts", JSON(none_as_null=True)),
    Column("exit_code", Integer),
    text("sentence", nullable=True),  # why it is not 0
    text("scope", nullable=True),  # what it holds: portals and hosts, in order, with blanks between; null: everything
)

job_endings = Table(  # how the last try of each portal's crawl job ended
    "job_endings",
    metadata,
    text("portal", primary_key=True),
    Column("job", Integer, nullable=False),
    instant("ended_at", nullable=False),
    Column("exit_code", Integer, nullable=False),
    text("sentence", nullable=True),
    Column("failures", Integer, nullable=False),  # of this job, in a row
)

host_pauses = Table(  # hosts that asked to be left alone for longer than a run waits
    "host_pauses",
    metadata,
    text("host", primary_key=True),
    instant("until", nullable=False),
)

alerts = Table(  # what somebody must be told; those not sent yet are tried again at the end of every run
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    run(),
    instant("at", nullable=False),
    text("code"),
    text("portal", nullable=True),
    text("message"),
    instant("sent_at"),
)

portals = Table(
    "portals",
    metadata,
    text("id", primary_key=True),
    text("name", nullable=True),
    text("home", nullable=True),
    instant("first_seen_at", nullable=False),
    instant("last_crawled_at"),
    Column("requests", Integer),
    Column("columns", Integer),
    Column("entries", Integer),
    text("stop_reason", nullable=True),
    run(),
)

urls = Table(
    "urls",
    metadata,
    Column("id", Integer, primary_key=True),
    text("portal", ForeignKey("portals.id")),
    text("key"),  # what all spellings of the address share
    text("url"),
    text("role"),
    text("state", CheckConstraint(f"state IN {STATES}", name="one_state")),
    text("outcome", nullable=True),
    text("reason", nullable=True),
    Column("http_status", Integer),
    text("found_on", nullable=True),
    text("title", nullable=True),
    text("final_url", nullable=True),
    instant("first_seen_at", nullable=False),
    instant("last_seen_at", nullable=False),
    instant("leased_until"),
    instant("retry_at"),
    Column("attempts", Integer, nullable=False, default=0),
    text("etag", nullable=True),
    text("last_modified", nullable=True),
    text("body_sha256", nullable=True),
    instant("read_at"),  # when its body was last read; a 304 does not count
    instant("changed_at"),  # when it was last seen to be new or changed
    run(),
    UniqueConstraint("portal", "key"),
    Index("urls_by_state", "portal", "state"),
)

held_pages = Table(  # quarantine: the bytes of what could not be stored, to be read again
    "held_pages",
    metadata,
    Column("url_id", Integer, ForeignKey("urls.id"), primary_key=True, autoincrement=False),
    text("reason"),
    text("content_type", nullable=True),
    text("sha256"),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary),  # zlib; null when larger than is kept here
    instant("held_at", nullable=False),
)

lists = Table(
    "lists",
    metadata,
    text("portal", ForeignKey("portals.id"), primary_key=True),
    text("key", primary_key=True),
    text("url"),
    text("family"),
    text("title", nullable=True),
    Column("pages", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("expected", Integer),
    text("stop_reason"),
    Column("holes", Integer, nullable=False),
    instant("walked_at", nullable=False),
    run(),
)

reports = Table(
    "reports",
    metadata,
    text("id", primary_key=True),
    text("key", unique=True),
    text("portal", ForeignKey("portals.id")),
    text("report_kind"),
    Column("report_year", Integer),
    text("region_code", nullable=True),
    text("issuer_name", nullable=True),
    instant("first_seen_at", nullable=False),
)

renditions = Table(
    "renditions",
    metadata,
    Column("id", Integer, primary_key=True),
    text("report_id", ForeignKey("reports.id")),
    Column("number", Integer, nullable=False),
    instant("superseded_at"),  # its only address was read anew, as another report
    UniqueConstraint("report_id", "number"),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rendition_id", Integer, ForeignKey("renditions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    text("cause"),  # first, site (the document changed), page (what stands round it), derivation (our reading), late
    text("content_sha256"),
    text("facts_sha256"),
    instant("fetched_at", nullable=False),
    run(),
    text("source_path", nullable=True),
    text("source_url", nullable=True),
    text("source_sha256"),
    text("source_charset", nullable=True),
    text("source_charset_reading", nullable=True),
    text("page_kind"),
    text("kind_reason", nullable=True),
    text("title", nullable=True),
    text("issuer_name", nullable=True),
    text("issuer_kind", nullable=True),
    text("issuer_reading", nullable=True),
    text("issuer_raw", nullable=True),
    text("region_code", nullable=True),
    text("region_name", nullable=True),
    text("region_level", nullable=True),
    Column("region_matched_year", Integer),
    text("region_reading", nullable=True),
    Column("report_year", Integer),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("published_on", Date),
    text("published_on_raw", nullable=True),
    text("published_on_reading", nullable=True),
    text("form", nullable=True),
    text("text"),
    Column("derived_from", JSON, nullable=False),
    Column("parts", JSON, nullable=False),  # how many rows each table of parts must have
    UniqueConstraint("rendition_id", "number"),
)
Index("one_current_version", versions.c.rendition_id, unique=True, **where(versions.c.is_current))

sections = part("sections", Column("number", Integer), text("heading"), text("kind"), *offsets())
tables = part(
    "tables",
    text("caption", nullable=True),
    text("kind", nullable=True),
    Column("rows", JSON, nullable=False),
    *offsets(),
)
indicators = part(
    "indicators",
    text("code", index=True),
    text("label"),
    Column("value", ExactNumber),
    text("unit", nullable=True),
    text("raw"),
    text("place"),  # table or prose
    *offsets(),
    Column("table_index", Integer),
    Column("row_index", Integer),
    Column("column_index", Integer),
)
figures = part(
    "figures",
    text("label"),
    Column("value", ExactNumber),
    text("unit", nullable=True),
    text("qualifier", nullable=True),
    text("code", nullable=True),
    *offsets(),
)
attachments = part("attachments", text("url"), text("name"), text("media_type", nullable=True))
findings = part("findings", text("code"), text("severity"), text("message"), Column("evidence", JSON, nullable=False))
changes = part("changes", text("what"), text("name"), text("old", nullable=True), text("new", nullable=True))

archived_answers = Table(  # where the archive has what a version was read from
    "archived_answers",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    text("file"),
    Column("offset", Integer, nullable=False),
    text("digest"),
)

PARTS: Final = (sections, tables, indicators, figures, attachments, findings)
"""The tables whose rows make up a record; `changes` says what a version changed and is no part of it."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rendition_id", Integer, ForeignKey("renditions.id"), nullable=False, index=True),
    text("portal", ForeignKey("portals.id")),
    text("key"),
    text("url"),
    Column("is_current", Boolean, nullable=False),  # the address shows this rendition, as far as we know
    text("content_sha256"),  # of what it showed last
    text("facts_sha256"),
    text("body_sha256"),
    instant("first_seen_at", nullable=False),
    instant("last_seen_at", nullable=False),
    instant("withdrawn_at"),  # since when it answers 404 or 410
    UniqueConstraint("rendition_id", "key"),
)
Index("one_rendition_an_address", sources.c.key, unique=True, **where(sources.c.is_current))

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False, index=True),
    instant("at", nullable=False),
    text("event"),  # withdrawn, restored, replaced, reread, returned
)
