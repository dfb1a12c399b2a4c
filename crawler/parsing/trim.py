"""The lines of the document's region that are the document: what portals put into the same box is taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.items import Block, Paragraph
from crawler.parsing.body import (
    BYLINE,
    CRUMB,
    FOOTER,
    LINKS,
    META,
    PROSE,
    SHORT,
    WIDGET,
    Reading,
    is_body_box,
)
from crawler.parsing.chrome import CLOSING, EDITOR, FOOTER_WEAK, LONE_DATE, META_LABEL
from crawler.parsing.tables import make_table

ATTACHMENT_WORD = re.compile(
    r"^[\[【(（]?\s*(?:附\s*[件表录]|附[:：]|\d{1,2}\s*[.．、]|《)|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\s*$", re.I
)
KEY = re.compile(r"[\s\W_]+")
HEAD_CHROME = (WIDGET, CRUMB, META, BYLINE, FOOTER)
HEAD_LINES = 60
"""Lines of a region before its first paragraph among which title and byline are sought."""


@dataclass(slots=True)
class Extent:
    """The document's lines: start ≤ i < end without those in `dropped`."""

    start: int
    end: int
    dropped: set[int] = field(default_factory=set)


def trim(reading: Reading, index: int, titles: set[str]) -> Extent:
    """Return the lines of a region that are the document; `titles` are keys of what its title may be."""
    region = reading.page.regions[index]
    named = is_body_box(region.element)
    tables = table_spans(reading, region.start, region.end)
    start = find_start(reading, region.start, region.end, titles, tables, named=named)
    end = find_end(reading, start, region.end, tables)
    dropped = {i for i in range(start, end) if is_stray(reading, i) and not any(a <= i < b for a, b, _ in tables)}
    return Extent(start, end, dropped)


def key_of(text: str) -> str:
    """Return the letters, digits and Han characters of a text: what titles are compared by."""
    return KEY.sub("", text)


def table_spans(reading: Reading, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the outermost data tables between two lines: (first line, line after the last, region)."""
    found: list[tuple[int, int, int]] = []
    for index, region in enumerate(reading.page.regions):
        if region.element.tag == "table" and start <= region.start < region.end <= end:
            if found and region.start < found[-1][1]:
                continue
            if reading.table_rows(index) is not None and not is_metadata(reading, region.start, region.end):
                found.append((region.start, region.end, index))
    return found


def is_metadata(reading: Reading, start: int, end: int) -> bool:
    """Return whether a table is the metadata of the page."""
    return sum(1 for i in range(start, end) if reading.kinds[i] == META) * 2 > end - start


def find_start(
    reading: Reading, start: int, end: int, titles: set[str], tables: list[tuple[int, int, int]], *, named: bool
) -> int:
    """Return the first line of the document within its region."""
    lines, kinds = reading.page.lines, reading.kinds
    first_table = min((a for a, _, _ in tables), default=end)
    first = next((i for i in range(start, min(end, first_table)) if kinds[i] == PROSE), None)
    limit = min(end, first_table) if first is None else first
    limit = min(limit, start + HEAD_LINES) if first is not None else limit
    cut, after_title = start, False
    for i in range(start, limit):
        kind, text = kinds[i], lines[i].text
        if (not named and key_of(text) in titles and len(text) >= 4) or kind in (WIDGET, CRUMB, FOOTER) or kind == META:
            cut, after_title = i + 1, True
        elif kind == BYLINE:
            if LONE_DATE.match(text):
                if after_title and not named and cut == i:
                    cut = i + 1
            elif not named or after_title or i - start < 3:
                cut, after_title = i + 1, True
        elif kind == LINKS and not named and not ATTACHMENT_WORD.search(text):
            cut, after_title = i + 1, True
    return cut if cut < end else start


def find_end(reading: Reading, start: int, end: int, tables: list[tuple[int, int, int]]) -> int:
    """Return the line after the last one of the document within its region."""
    lines, kinds = reading.page.lines, reading.kinds
    total = reading.mass[end] - reading.mass[start]
    covered = {i for a, b, _ in tables for i in range(a, b)}
    for i in range(start, end):
        if i in covered or not (kinds[i] in (WIDGET, LINKS, SHORT, FOOTER) and is_closing(reading, i)):
            continue
        if reading.mass[end] - reading.mass[i] < 0.25 * total and reading.mass[i] > reading.mass[start]:
            end = i
            break
    last = next((i for i in range(end - 1, start - 1, -1) if kinds[i] == PROSE or i in covered), None)
    if last is None:
        last = start - 1
    links = 0
    for i in range(last + 1, end):
        text = lines[i].text
        if kinds[i] == FOOTER or (kinds[i] == SHORT and FOOTER_WEAK.search(text)):
            return i
        if kinds[i] == LINKS and not ATTACHMENT_WORD.search(text) and not text.startswith("附件"):
            links += 1
            if links >= 2:
                return i - 1
        else:
            links = 0
    return end


def is_closing(reading: Reading, i: int) -> bool:
    """Return whether the document's box ends with this line."""
    text = reading.page.lines[i].text
    return len(text) <= 80 and (CLOSING.match(text) is not None or reading.kinds[i] == FOOTER)


def is_stray(reading: Reading, i: int) -> bool:
    """Return whether a line within the document is a widget, the editor's line or a lost piece of chrome."""
    kind, text = reading.kinds[i], reading.page.lines[i].text
    if kind in (WIDGET, META, FOOTER, CRUMB):
        return True
    if kind == SHORT:
        return EDITOR.match(text) is not None or text in ("附件：", "相关附件", "相关链接：", "相关文档：")
    return kind == BYLINE and (EDITOR.match(text) is not None and not text.startswith(("来源", "作者")))


def make_blocks(reading: Reading, extent: Extent) -> list[Block]:
    """Return the document's paragraphs and tables in order."""
    blocks: list[Block] = []
    tables = {a: (b, index) for a, b, index in table_spans(reading, extent.start, extent.end)}
    i = extent.start
    while i < extent.end:
        if i in tables:
            end, index = tables[i]
            rows = reading.table_rows(index)
            if rows:
                element = reading.page.regions[index].element
                caption = element.find("caption")
                words = " ".join("".join(caption.itertext()).split()) if caption is not None else ""
                if words:
                    blocks.append(Paragraph(text=words))
                blocks.append(make_table(rows, words or None))
            i = end
            continue
        if i not in extent.dropped:
            blocks.append(Paragraph(text=reading.page.lines[i].text))
        i += 1
    return blocks


__all__ = ["META_LABEL", "Extent", "find_end", "find_start", "key_of", "make_blocks", "trim"]
