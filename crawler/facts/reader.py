"""All facts of one document, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.facts.issuers import Named, issuer_conflict, iter_issuers
from crawler.facts.kinds import kind_of, settle_kind
from crawler.facts.organs import TOWN, kind_of_organ
from crawler.facts.periods import StatedPeriod, read_period
from crawler.facts.published import find_published
from crawler.facts.regions.evidence import iter_hints, place_in_text
from crawler.facts.regions.resolve import Place, locate
from crawler.facts.sections import read_sections
from crawler.facts.titles import find_title
from crawler.facts.years import YearFound, earliest_year, find_year, settle_year, year_in_title
from crawler.items import Issuer, Region

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crawler.facts.titles import TitleFound
    from crawler.items import Article, Finding, Period, ReportKind, Section

NO_DOCUMENT: Final = frozenset({"list", "blocked", "error_page"})
"""Kinds of page that hold no document; their text may name many."""
OF_ANY_DOCUMENT: Final = frozenset({"list organ", "meta ContentSource", "byline 来源", "byline 发布机构"})
"""Places that name the issuer of a document that is no yearly one; columns and sites are no news item's issuers."""
TOWN_OFFICES: Final = {"道": "办事处", "街": "道办事处", "处": ""}
"""What a town's government is called, by the last character of its name; else 人民政府."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """What a document is; the fields of the Report of the same names."""

    report_kind: ReportKind = "other"
    kind_reason: str | None = None
    title: str | None = None
    issuer: Issuer = field(default_factory=Issuer)
    region: Region = field(default_factory=Region)
    report_year: int | None = None
    period: Period | None = None
    published_on: date | None = None
    published_on_raw: str | None = None
    published_on_reading: str | None = None
    sections: list[Section] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_facts(article: Article) -> Facts:
    """Return the facts of an article whose text is set and whose tables are recognised."""
    title = find_title(article)
    sections = read_sections(article.text, article.tables)
    kind, reason = _kind(article, title.title, sections)
    facts = Facts(report_kind=kind, kind_reason=reason, title=title.title, sections=sections)
    is_report = kind == "disclosure"
    stated = read_period(article.text) if is_report else StatedPeriod()
    year = _find_year(article, title.title, kind, stated)
    published = find_published(article, earliest_year(year) if is_report else None)
    year = settle_year(year, published.on if is_report else None)
    facts.report_year, facts.period = year.year, stated.period
    facts.published_on, facts.published_on_raw = published.on, published.raw
    facts.published_on_reading = published.reading
    facts.findings = [*year.findings, *stated.findings, *published.findings]
    _read_issuer(facts, article, title, _years(year, published.on))
    return facts


def _kind(article: Article, title: str | None, sections: Sequence[Section]) -> tuple[ReportKind, str]:
    """The kind of document; of a page that holds none, whatever its title says, `other`.

    The picture rendition of a report is its scan or its attachment: no text, but a report.
    """
    shown = bool(article.attachments) or article.kind_reason == "media_only"
    if article.page_kind in NO_DOCUMENT or (article.page_kind == "empty" and not shown):
        return "other", f"page: {article.page_kind}"
    return settle_kind(kind_of(title or "", article.page.url), article.text, sections, article.tables)


def _find_year(article: Article, title: str | None, kind: ReportKind, stated: StatedPeriod) -> YearFound:
    """The year of a report, or that a look-alike's title names; other documents are about no year."""
    if kind == "disclosure":
        return find_year(article, title, stated.period, stated.span)
    year = year_in_title(title) if kind not in ("other", "notice") else None
    return YearFound(year, "title" if year else None)


def _years(year: YearFound, published: date | None) -> tuple[int, ...]:
    """The years whose divisions count: the report's, then that of its publication."""
    found = [year.year, year.year + 1 if year.year else None, published.year if published else None]
    return tuple(dict.fromkeys(each for each in found if each))


def _read_issuer(facts: Facts, article: Article, title: TitleFound, years: Sequence[int]) -> None:
    """Set issuer and region."""
    found = iter_issuers(article, title.title, title.reading)
    named = next((each for each in found if facts.report_kind != "other" or each.reading in OF_ANY_DOCUMENT), None)
    if named is None and facts.report_kind == "disclosure" and (governed := place_in_text(article.text, years)):
        named = Named(governed, "text", governed)
    if named is None:
        return
    first, _, second = named.name.partition(" ")
    place = locate(first, years, lambda: iter_hints(article, title.title, years))
    name = official_name(first, place)
    facts.issuer = Issuer(
        name=f"{name} {second}" if second else name,
        kind=kind_of_organ(first, is_place=place.printed and not place.rest, is_zone=place.region.level == "zone"),
        reading=named.reading,
        raw=named.raw,
    )
    facts.region = place.region
    if facts.report_kind == "disclosure":
        conflict = issuer_conflict(named, article)
        facts.findings += [*place.findings, *([conflict] if conflict else [])]


def official_name(name: str, place: Place) -> str:
    """Return an organ's whole name: with its place where it was left out, and 人民政府 behind a bare place.

    A zone's name stays as printed: who runs it (管委会, 管理局) cannot be known from its name.
    """
    if not place.printed and place.division:
        name = place.division.name + place.rest
    if place.region.level == "zone":
        return name
    is_division = place.printed and not place.rest
    if is_division and place.division and name == place.division.short:
        name = place.division.name
    rest = place.rest.removeprefix("人民政府")
    is_town = rest == place.sub_place if place.sub_place else bool(TOWN.fullmatch(name))
    if is_town:
        return name + TOWN_OFFICES.get(name[-1], "人民政府")
    if is_division:
        return name + ("行政公署" if name.endswith(("地区", "盟")) else "人民政府")
    return re.sub(r"(?<!人民)政府(?=$|办公)", "人民政府", name)
