"""A report without personal data: text, tables, values, headings and messages masked alike, every offset kept."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.checks.personal import Personal, find_personal_data, mask_personal_data, mask_places, stars
from crawler.items import Cell, Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Article, Indicator, Report, Table

JOINT: Final = " | "
"""What CleanText puts between the cells of a row."""
SHORTEST_KNOWN: Final = 3
"""Characters of a name that is masked wherever else it stands; two may be a common word."""
MOST_KNOWN: Final = 200
"""Names that are looked for everywhere; a report is signed by fewer."""
NAMES: Final = {
    "mobile": "mobile numbers",
    "identity_card": "identity card numbers",
    "bank_card": "bank card numbers",
    "email": "e-mail addresses of persons",
    "passport": "passport numbers",
    "plate": "number plates",
    "name": "names of persons who sign",
}
AUTHORS: Final = ("author", "editor", "reporter", "责任编辑")
"""Meta tags that hold an editor's name."""


def redact(report: Report) -> None:
    """Mask the personal data of a report in place and add a finding for each kind of it.

    What is masked in a table is masked in the text and the other way round: both are read, and each teaches the other
    the words to mask. A value that was personal data is no value: it becomes null, and a figure of it goes.
    """
    known = Known()
    found = known.learn(report.text)
    for table in report.tables:
        found += find_short_names(redact_table(table, known), report.text, table)
    found = tidy([*found, *known.find(report.text)])
    report.findings += describe(found)
    text = mask_places(report.text, found)
    if known.words:
        for table in report.tables:
            table.rows = [[known.mask(cell) for cell in row] for row in table.rows]
    report.text = text
    redact_values(report, found)
    redact_words(report, known)
    redact_article(report.article, text, known)


class Known:
    """The names seen so far, so that they are masked wherever they stand again."""

    def __init__(self) -> None:
        self.words: dict[str, Personal] = {}

    def learn(self, text: str) -> list[Personal]:
        """Return the personal data of a text and keep its names, but for short ones."""
        found = find_personal_data(text)
        for each in found:
            word = text[each.start : each.end]
            if each.kind == "name" and len(word) >= SHORTEST_KNOWN and len(self.words) < MOST_KNOWN:
                self.words[word] = each
        return found

    def find(self, text: str) -> list[Personal]:
        """Return where the words that are known stand."""
        found = []
        for word, known in self.words.items():
            place = text.find(word)
            while place >= 0:
                found.append(Personal(kind=known.kind, start=place, end=place + len(word)))
                place = text.find(word, place + len(word))
        return found

    def mask(self, text: str) -> str:
        """Return a text with the words that are known and its own personal data masked."""
        for word in self.words:
            if word in text:
                text = text.replace(word, stars(word))
        return text

    def mask_whole(self, text: str | None) -> str | None:
        """Return a text of its own, such as a title, masked."""
        return self.mask(mask_personal_data(text)[0]) if text else text


def redact_table(table: Table, known: Known) -> set[str]:
    """Mask the cells of a table and return the short names among them.

    The grid is read as lines, since labels stand beside names or above them. A cell that spans stands in the grid
    several times, and what is masked once is masked in all of its places.
    """
    text = "\n".join(map(JOINT.join, table.rows))
    found = known.learn(text)
    if found:
        masked = split_cells(table.rows, mask_places(text, found))
        changes = [changed(row, now) for row, now in zip(table.rows, masked, strict=True)]
        table.rows = [[new.get(cell, cell) for cell in row] for row, new in zip(table.rows, changes, strict=True)]
    if table.caption:
        table.caption = known.mask_whole(table.caption)
    words = (text[each.start : each.end] for each in found if each.kind == "name")
    return {word for word in words if len(word) < SHORTEST_KNOWN}


def changed(row: list[str], now: list[str]) -> dict[str, str]:
    """Return what the cells of a row that were masked became."""
    return {before: after for before, after in zip(row, now, strict=True) if before != after}


def find_short_names(names: set[str], text: str, table: Table) -> list[Personal]:
    """Return where names of two signs stand alone in the lines of their table."""
    return [
        Personal(kind="name", start=match.start(), end=match.end())
        for name in sorted(names)
        for match in re.compile(rf"(?<![\u3400-\u9fff]){name}(?![\u3400-\u9fff])").finditer(
            text, table.start, table.end
        )
    ]


def alone(name: str) -> re.Pattern[str]:
    """Return what matches a name with no other Chinese character beside it."""
    return re.compile(rf"(?<![\u3400-\u9fff]){re.escape(name)}(?![\u3400-\u9fff])")


def tidy(found: list[Personal]) -> list[Personal]:
    """Return what was found in order of place; of two that overlap, the one that begins first and is longer."""
    kept: list[Personal] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def split_cells(rows: list[list[str]], masked: str) -> list[list[str]]:
    """Return the masked text of a table as its cells: masks keep the length, so each cell is where it was."""
    place, result = 0, []
    for row in rows:
        cells = []
        for cell in row:
            cells.append(masked[place : place + len(cell)])
            place += len(cell) + len(JOINT)
        place += 1 - len(JOINT) if row else 1
        result.append(cells)
    return result


def redact_values(report: Report, found: list[Personal]) -> None:
    """Give every indicator the raw text that now stands at its evidence; figures that were personal data go."""
    starts = [each.start for each in found]
    for indicator in report.indicators:
        redact_indicator(report, indicator, found, starts)
    if found:
        report.figures = [each for each in report.figures if not touches(each.evidence, found, starts)]
        if any(touches(section_span(each.start, each.heading), found, starts) for each in report.sections):
            for section in report.sections:
                section.heading = mask_along(section.heading, report.text, section.start)


def redact_indicator(report: Report, indicator: Indicator, found: list[Personal], starts: list[int]) -> None:
    """Mask an indicator whose evidence was masked."""
    evidence = indicator.evidence
    if isinstance(evidence, Span):
        if touches(evidence, found, starts):
            indicator.raw, indicator.value = report.text[evidence.start : evidence.end], None
    elif "*" in (cell := cell_text(report, evidence)) and cell != indicator.raw and len(cell) == len(indicator.raw):
        indicator.raw, indicator.value = cell, None


def cell_text(report: Report, cell: Cell) -> str:
    """Return what stands in a cell, '' where there is none."""
    if cell.table >= len(report.tables) or cell.row >= len(report.tables[cell.table].rows):
        return ""
    row = report.tables[cell.table].rows[cell.row]
    return row[cell.column] if cell.column < len(row) else ""


def touches(span: Span, found: list[Personal], starts: list[int]) -> bool:
    """Tell whether a stretch of the text holds a part of what was masked."""
    index = bisect.bisect_left(starts, span.end)
    return any(each.end > span.start for each in found[max(index - 3, 0) : index])


def section_span(start: int, heading: str) -> Span:
    """Return where a heading stands."""
    return Span(start=start, end=start + len(heading))


def mask_along(word: str, text: str, start: int) -> str:
    """Return a word with stars where the masked text at its place has them."""
    return "".join("*" if text[start + place : start + place + 1] == "*" else char for place, char in enumerate(word))


def redact_words(report: Report, known: Known) -> None:
    """Mask the facts that are words: titles, names, captions, messages."""
    report.title = known.mask_whole(report.title)
    report.published_on_raw = known.mask_whole(report.published_on_raw)
    report.issuer.name = known.mask_whole(report.issuer.name)
    report.issuer.raw = known.mask_whole(report.issuer.raw)
    report.kind_reason = known.mask_whole(report.kind_reason)
    for section in report.sections:
        section.heading = known.mask(section.heading)
    for figure in report.figures:
        figure.label = known.mask(figure.label)
    for attachment in report.attachments:
        attachment.name = known.mask_whole(attachment.name) or ""
    for finding in report.findings:
        finding.message = known.mask_whole(finding.message) or ""


def redact_article(article: Article, text: str, known: Known) -> None:
    """Mask what of the article leaves the line: the ledger keeps the link's title, messages quote the rest."""
    article.text = text
    article.title = known.mask_whole(article.title)
    article.head_title = known.mask_whole(article.head_title)
    article.byline = [known.mask_whole(line) or "" for line in article.byline]
    article.breadcrumb = known.mask_whole(article.breadcrumb)
    for name in AUTHORS:
        if name in article.meta:
            article.meta[name] = stars(article.meta[name])
    if article.page.entry is not None:
        article.page.entry.title = known.mask_whole(article.page.entry.title) or ""


def describe(found: Iterable[Personal]) -> list[Finding]:
    """Return a finding for each kind, with the places and without what stood there."""
    places = list(found)
    return [
        make_finding(
            f"personal.{kind}",
            f"{count} {NAMES[kind]} are masked",
            [Span(start=each.start, end=each.end) for each in places if each.kind == kind],
        )
        for kind, count in sorted(Counter(each.kind for each in places).items())
    ]
