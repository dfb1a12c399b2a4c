"""`ExtractReport`: from the clean document to its record, each value with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler import VERSION
from crawler.facts import read_facts
from crawler.forms import (
    form_digests,
    form_for,
    read_flattened_indicators,
    read_table_indicators,
    rebuild_flattened_tables,
    recognise_tables,
)
from crawler.items import Article, Finding, Report, Span
from crawler.prose import prose_digest, read_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.facts import Facts
    from crawler.forms import FlattenedTable
    from crawler.items import Figure, FormId, Indicator


class ExtractReport:
    """Makes the report of an article; what is no article passes."""

    def process_item(self, item: object) -> object:
        """Return the report of an article, else the item."""
        return extract(item) if isinstance(item, Article) else item


@dataclass(slots=True, kw_only=True)
class Statistics:
    """What a document counts."""

    form: FormId | None
    indicators: list[Indicator]
    figures: list[Figure]
    findings: list[Finding]


def extract(article: Article) -> Report:
    """Return the record of an article whose text is set."""
    recognise_tables(article.tables)
    facts = read_facts(article)
    is_report = facts.report_kind == "disclosure"
    counted = count(article, facts) if is_report else Statistics(form=None, indicators=[], figures=[], findings=[])
    return Report(
        article=article,
        source=article.source,
        page_kind="report" if is_report else "article" if article.page_kind == "report" else article.page_kind,
        report_kind=facts.report_kind,
        kind_reason=facts.kind_reason,
        title=facts.title,
        issuer=facts.issuer,
        region=facts.region,
        report_year=facts.report_year,
        period=facts.period,
        published_on=facts.published_on,
        published_on_raw=facts.published_on_raw,
        published_on_reading=facts.published_on_reading,
        form=counted.form,
        text=article.text,
        sections=facts.sections,
        tables=article.tables,
        indicators=counted.indicators,
        figures=counted.figures,
        attachments=article.attachments,
        findings=[*article.findings, *facts.findings, *counted.findings],
        derived_from={"extractor": VERSION, **form_digests(), "prose": prose_digest()},
    )


def count(article: Article, facts: Facts) -> Statistics:
    """Return the statistics of a disclosure report: a form's cells first, then what its prose says."""
    tables = article.tables
    places = [(table.start, table.end) for table in tables]
    flattened = rebuild_flattened_tables(article.text, places)
    form = form_for([*tables, *(each.table for each in flattened)], facts.report_year)
    indicators = merge(read_table_indicators(tables, form), read_flattened_indicators(flattened, form))
    prose, figures = read_prose(
        article.text,
        skip=sorted([*places, *((each.table.start, each.table.end) for each in flattened)]),
        sections=facts.sections,
        form=form,
        report_year=facts.report_year,
    )
    return Statistics(
        form=form, indicators=[*indicators, *prose], figures=figures, findings=describe_flattened(flattened)
    )


def merge(first: Sequence[Indicator], second: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators of both; of a code that both have the first, unless its cell was blank."""
    chosen = {each.code: each for each in first}
    for each in second:
        if each.code not in chosen or chosen[each.code].value is None:
            chosen[each.code] = each
    return list(chosen.values())


def describe_flattened(flattened: Sequence[FlattenedTable]) -> list[Finding]:
    """Return a finding for tables that were put together from lines: blank cells may be lost."""
    if not flattened:
        return []
    return [
        Finding(
            code="tables.flattened",
            severity="info",
            message=f"{len(flattened)} tables stood in the page as lines of text; their labels put them together",
            evidence=[Span(start=each.table.start, end=each.table.end) for each in flattened],
        )
    ]
