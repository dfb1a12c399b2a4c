"""Keeping reports: the same one once, each different document of it once, each thing a document said once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import Connection, func, select, update

from crawler.parsing.links import url_key
from crawler.storage.engine import insert_row
from crawler.storage.identity import Identity, address_of, digest, identify, is_same_document
from crawler.storage.schema import renditions, reports, sources, versions
from crawler.storage.sources import Seen, add_source, find_source, leave, note_event, touch_source
from crawler.storage.versions import (
    Cause,
    add_version,
    confirm_derivation,
    current_version,
    find_version,
    keep_changes,
    load_report,
    make_current,
)

if TYPE_CHECKING:
    from sqlalchemy import Row

    from crawler.items import Report

News: TypeAlias = Literal["new", "unchanged", "changed"]
"""`new`: a document nobody had; `unchanged`: known, perhaps at one more address; `changed`: a new version."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Saved:
    """What keeping a report came to."""

    news: News
    report_id: str


@dataclass(slots=True, kw_only=True, frozen=True)
class Visit:
    """One delivery of a report: what arrived, from where, when, in which run."""

    report: Report
    identity: Identity
    seen: Seen
    run: int

    @property
    def at(self) -> datetime:
        """When the document was fetched."""
        return self.seen.at


def save(connection: Connection, report: Report, portal: str, at: datetime, run: int) -> Saved:
    """Keep a report; deliver it as often as you like, in any order. `at` stands in for a fetch without a time."""
    visit = _receive(report, portal, at, run)
    source = find_source(connection, visit.seen.key)
    news: News
    if source is not None and source.report_id == visit.identity.id:
        news = _revisit(connection, visit, source)
    elif source is not None and visit.at < source.last_seen_at:
        news = "unchanged"  # heard of late: the address has shown another report since
    else:
        news = _arrive(connection, visit, source)
    return Saved(news=news, report_id=visit.identity.id)


def disown(connection: Connection, report: Report, portal: str, at: datetime, run: int) -> None:
    """Part an address from the report it showed, because what it shows is no report, or was none all along."""
    visit = _receive(report, portal, at, run)
    former = find_source(connection, visit.seen.key)
    if former is not None and visit.at >= former.last_seen_at:
        _part(connection, visit, former)


def _receive(report: Report, portal: str, at: datetime, run: int) -> Visit:
    url = address_of(report)
    fetched_at = report.article.page.fetched_at or at
    seen = Seen(portal=portal, key=url_key(url), url=url, at=fetched_at, digests=digest(report))
    return Visit(report=report, identity=identify(report), seen=seen, run=run)


def _arrive(connection: Connection, visit: Visit, former: Row[Any] | None) -> News:
    """Keep a report at an address that showed none so far, or another one."""
    if former is not None:
        _part(connection, visit, former)
    _keep_report(connection, visit)
    rendition = _find_same(connection, visit)
    if rendition is not None:
        add_source(connection, rendition, visit.seen)
        return "unchanged"
    rendition = _add_rendition(connection, visit)
    add_version(connection, rendition, visit.report, visit.seen.digests, "first", visit.at, visit.run)
    add_source(connection, rendition, visit.seen)
    return "new"


def _part(connection: Connection, visit: Visit, former: Row[Any]) -> None:
    """Part an address from the report it showed.

    The same page told apart better supersedes what it was taken for; another report at the address, such as this
    year's on a page that always shows the latest, leaves last year's in its place.
    """
    old = current_version(connection, former.rendition_id)
    digests = visit.seen.digests
    same_page = digests.body == former.body_sha256 or digests.content == former.content_sha256
    reread = same_page or (
        old.derived_from != visit.report.derived_from and is_same_document(load_report(connection, old), visit.report)
    )
    leave(connection, former, "reread" if reread else "replaced", visit.at)
    others = select(sources.c.id).where(sources.c.rendition_id == former.rendition_id, sources.c.is_current)
    if reread and connection.execute(others).first() is None:
        _supersede(connection, former.rendition_id, visit.at)


def _supersede(connection: Connection, rendition: int, at: datetime | None) -> None:
    connection.execute(update(renditions).where(renditions.c.id == rendition).values(superseded_at=at))


def _keep_report(connection: Connection, visit: Visit) -> None:
    if connection.execute(select(reports.c.id).where(reports.c.id == visit.identity.id)).first() is not None:
        return
    report = visit.report
    row = {
        "id": visit.identity.id,
        "key": visit.identity.key,
        "portal": visit.seen.portal,
        "report_kind": report.report_kind,
        "report_year": report.report_year,
        "region_code": report.region.code,
        "issuer_name": report.issuer.name,
        "first_seen_at": visit.at,
    }
    connection.execute(reports.insert(), row)


def _find_same(connection: Connection, visit: Visit) -> int | None:
    """Return the rendition of the report that is the same document, word for word or nearly."""
    query = (
        select(versions)
        .join(renditions, renditions.c.id == versions.c.rendition_id)
        .where(renditions.c.report_id == visit.identity.id, versions.c.is_current)
        .order_by(renditions.c.number)
    )
    candidates = list(connection.execute(query))
    for version in candidates:
        if version.content_sha256 == visit.seen.digests.content:
            return _take_up(connection, version)
    for version in candidates:
        if is_same_document(load_report(connection, version), visit.report):
            return _take_up(connection, version)
    return None


def _take_up(connection: Connection, version: Row[Any]) -> int:
    _supersede(connection, version.rendition_id, None)
    return int(version.rendition_id)


def _add_rendition(connection: Connection, visit: Visit) -> int:
    of_report = renditions.c.report_id == visit.identity.id
    number = connection.execute(select(func.coalesce(func.max(renditions.c.number), 0) + 1).where(of_report))
    row = {"report_id": visit.identity.id, "number": number.scalar_one()}
    return insert_row(connection, renditions, row)


def _revisit(connection: Connection, visit: Visit, source: Row[Any]) -> News:
    """Keep a report that an address shows again: mostly nothing is new."""
    digests, rendition = visit.seen.digests, source.rendition_id
    known = find_version(connection, rendition, digests)
    if known is not None:
        confirm_derivation(connection, known, visit.report)
    if visit.at < source.last_seen_at:
        if known is None:
            add_version(connection, rendition, visit.report, digests, "late", visit.at, visit.run)
        return "unchanged"
    touch_source(connection, source, visit.seen)
    if (digests.content, digests.facts) == (source.content_sha256, source.facts_sha256):
        return "unchanged"
    current = current_version(connection, rendition)
    if known is not None:
        return _return_to(connection, known, current, source, visit)
    return _change(connection, visit, source, current)


def _return_to(connection: Connection, known: Row[Any], current: Row[Any], source: Row[Any], visit: Visit) -> News:
    """Show an earlier version again: servers behind one name flap between two states, and that makes no versions."""
    if known.id == current.id:
        return "unchanged"
    make_current(connection, known.rendition_id, known.id)
    note_event(connection, source.id, "returned", visit.at)
    return "changed"


def _change(connection: Connection, visit: Visit, source: Row[Any], current: Row[Any]) -> News:
    """Keep a new version; a mirror that follows the document it copies makes none."""
    before, digests = load_report(connection, current), visit.seen.digests
    is_mirror = current.content_sha256 != source.content_sha256
    if is_mirror and is_same_document(before, visit.report):
        return "unchanged"
    cause: Cause = "site"
    if digests.content == source.content_sha256:
        cause = "page" if current.derived_from == visit.report.derived_from else "derivation"
    version = add_version(connection, current.rendition_id, visit.report, digests, cause, visit.at, visit.run)
    make_current(connection, current.rendition_id, version)
    keep_changes(connection, version, before, visit.report)
    return "changed"
