"""Tables: which hold data and which only lay out the page; data tables as full grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.etree

from crawler.items import Table
from crawler.parsing.lines import PageLines
from crawler.parsing.tokens import Element, attributes_of

MAX_SPAN = 1000
"""What browsers allow a cell to span; a larger number (10⁹ was met) means "to the end"."""
TRUSTED_SPAN = 100
"""A span above this widens no table: it ends with the last column that some cell begins in."""
MAX_CELLS = 200_000
"""Places of one grid; rows beyond are left out."""
LONG_CELL = 300
"""Characters of a cell that hold an article rather than a datum, when most of the table's text is in it."""
SHORT_CELL = 60

SKIPPED = frozenset(("script", "style", "noscript", "template", "head", "svg", "input", "textarea", "select", "button"))
BREAKING = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dd",
        "dt",
        "center",
        "blockquote",
        "pre",
        "hr",
        "caption",
    ]
)
CELLS = frozenset(("td", "th"))
ROW_PARENTS = frozenset(("tr", "tbody", "tfoot", "thead"))
NO_ROWS = SKIPPED | {"table", "caption", "colgroup"}
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
HAS_INVISIBLE = re.compile(f"[{''.join(map(chr, INVISIBLE))}]")
PLAIN = frozenset(("p", "div", "span", "font", "b", "strong", "i", "em", "u", "a", "center"))
"""Tags that `chain_text` follows."""
BREAK = "\x00"
# A line break inside a cell wraps its text: between words of letters or digits it is a blank, else nothing.
WRAP = re.compile(r"[ \t\r\n\f]*\x00[\s\x00]*|[ \t]*[\r\n][\s]*")
WRAPPED = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef] [\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""A blank in Chinese: the markup tells whether it was typed, or came of a wrapped line."""
WORD = re.compile(r"[0-9A-Za-z.,;:%)\]]")


@dataclass(slots=True)
class SourceCell:
    """A cell as the markup has it."""

    text: str
    columns: int
    rows: int
    """Rows it spans; 0: to the end of the table."""
    paragraphs: int
    nested: int
    """Characters of it that stand in tables within it."""


def is_data_table(rows: list[list[SourceCell]]) -> bool:
    """Return whether the table holds data: cells side by side, no cell with an article in it."""
    filled = [[cell for cell in row if cell.text] for row in rows]
    total = sum(len(cell.text) for row in filled for cell in row)
    if total == 0:
        return False
    cells = [cell for row in filled for cell in row]
    nested = sum(cell.nested for cell in cells)
    side_by_side = sum(1 for row in filled if len(row) >= 2)
    if nested and (nested > 0.4 * total or side_by_side < 3):
        return False
    longest = max(cells, key=lambda cell: len(cell.text))
    if len(longest.text) > LONG_CELL and len(longest.text) > 0.6 * total and longest.paragraphs >= 3:
        return False
    if len(longest.text) > LONG_CELL and len(longest.text) > 0.8 * total:
        return False
    if side_by_side == 0:
        return False
    if len(filled) == 1 or len(rows) == 1:
        return len(cells) >= 3 and max(len(cell.text) for cell in cells) <= SHORT_CELL
    return True


def read_rows(table: Element) -> list[list[SourceCell]]:
    """Return the table's own rows and cells, tables within its cells not counted as rows."""
    rows: list[list[SourceCell]] = []
    count = 0
    for row in iter_rows(table):
        cells = [read_cell(cell) for cell in iter_cells(row)]
        if cells:
            rows.append(cells)
            count += len(cells)
            if count > MAX_CELLS:
                break
    return rows


def rows_of(page: PageLines, index: int) -> list[list[SourceCell]]:
    """Return the rows of the table that is a region of a page, out of the lines that were read of it.

    Equal to `read_rows` of its element, without another walk; tables with stray boxes between rows and cells are
    walked.
    """
    if any(page.regions[child].tag not in CELLS for child in page.children(index)):
        return read_rows(page.element(index))
    return [[cell_of(page, cell) for cell in row] for row in cell_rows(page, index)]


def cell_rows(page: PageLines, index: int) -> list[list[int]]:
    """Return the regions of a table's own cells, row by row."""
    rows: list[list[int]] = []
    earlier = None
    for child in islice(page.children(index), MAX_CELLS):
        if earlier is None or not page.share_parent(earlier, child):
            rows.append([])
        rows[-1].append(child)
        earlier = child
    return rows


def cell_of(page: PageLines, index: int) -> SourceCell:
    """Return the cell that is a region of a page."""
    region = page.regions[index]
    lines = page.lines[region.start : region.end]
    text = lines[0].text if lines else ""
    if len(lines) > 1:
        text = join_whole([line.text for line in lines])
    if len(text) <= LONG_CELL and " " in text and WRAPPED.search(text):
        text = cell_text(page.element(index))[0]
    nested = 0
    if region.last > index + 1:
        nested = sum(
            len(line.text)
            for inner in range(index + 1, region.last)
            if page.regions[inner].tag == "table"
            for line in page.lines[page.regions[inner].start : page.regions[inner].end]
        )
    columns = height = 1
    if "span=" in (tag := page.start_tag(index)):
        spans = attributes_of(tag)
        columns, height = read_span(spans.get("colspan"), least=1), read_span(spans.get("rowspan"), least=0)
    return SourceCell(text, columns, height, len(lines), nested)


def iter_rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table in order, rows that an unclosed row swallowed too; bare cells make a row."""
    stack = [iter(table)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == "tr":
            yield child
            if any(part.tag in ROW_PARENTS for part in child):
                stack.append(part for part in child if part.tag in ROW_PARENTS)
        elif child.tag in CELLS:
            parent = child.getparent()
            if parent is not None:
                yield parent
            stack.pop()
        elif isinstance(child.tag, str) and child.tag not in NO_ROWS:
            stack.append(iter(child))


def iter_cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, also those inside a stray form or span."""
    for child in row:
        if child.tag in ("td", "th"):
            yield child
        elif child.tag in ("form", "span", "font", "a", "center", "div"):
            yield from (cell for cell in child if cell.tag in ("td", "th"))


def read_cell(cell: Element) -> SourceCell:
    """Return a cell with its text on one line."""
    text, paragraphs, nested = cell_text(cell)
    return SourceCell(
        text=text,
        columns=read_span(cell.get("colspan"), least=1),
        rows=read_span(cell.get("rowspan"), least=0),
        paragraphs=paragraphs,
        nested=nested,
    )


def read_span(value: str | None, *, least: int) -> int:
    """Return a span as a number between `least` and MAX_SPAN; what is none counts as 1."""
    if not value:
        return 1
    match = re.match(r"\s*\+?(\d{1,15})", value)
    if match is None:
        return 1
    return min(max(int(match[1]), least), MAX_SPAN)


def cell_text(cell: Element) -> tuple[str, int, int]:  # noqa: C901 - one loop over a cell's pieces
    """Return the shown text of a cell, its number of paragraphs, and the characters inside tables within it."""
    if len(cell) == 0:
        text = cell.text
        return (join_lines(text), 1, 0) if text else ("", 0, 0)
    if (chained := chain_text(cell)) is not None:
        return join_lines(chained), count_paragraphs(chained), 0
    parts: list[str] = []
    nested = depth = 0
    skipped: Element | None = None
    walker = lxml.etree.iterwalk(cell, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED or (element is not cell and HIDING.search(element.get("style") or "")):
                walker.skip_subtree()
                skipped = element
                continue
            depth += tag == "table"
            if tag in BREAKING and element is not cell:
                parts.append(BREAK)
            text = element.text
        else:
            if element is cell:
                break
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    depth -= tag == "table"
                    if tag in BREAKING:
                        parts.append(BREAK)
            text = element.tail
        if text:
            parts.append(text)
            if depth:
                nested += len(text.strip())
    joined = "".join(parts)
    return join_lines(joined), count_paragraphs(joined), nested


def chain_text(cell: Element) -> str | None:
    """Return the text of a cell whose elements each hold one other (<td><p><span>), None when it has another shape.

    So are most cells that Word wrote; following them down takes a third of a walk with its events.
    """
    before = [cell.text or ""]
    behind: list[str] = []
    node = cell
    while len(node) == 1:
        node = node[0]
        tag = node.tag
        style = node.get("style") if tag in PLAIN else None
        if tag not in PLAIN or (style and HIDING.search(style)):
            return None
        mark = BREAK if tag in BREAKING else ""
        before += (mark, node.text or "")
        behind += (node.tail or "", mark)
    return None if len(node) else "".join(before) + "".join(reversed(behind))


def count_paragraphs(text: str) -> int:
    """Return the number of lines between marked breaks that are not blank."""
    return sum(1 for line in text.split(BREAK) if line.strip())


def join_lines(text: str) -> str:
    """Return a cell's text on one line."""
    if not text.isascii() and HAS_INVISIBLE.search(text):
        text = text.translate(INVISIBLE)
    text = text.strip(" \t\r\n\f\x00\u3000\xa0")
    if BREAK in text or "\n" in text or "\r" in text:
        text = WRAP.sub(lambda match: join_at(match), text)
    return " ".join(text.split())


def join_whole(lines: list[str]) -> str:
    """Return lines of a page on one line, as `join_lines` does."""
    parts = [lines[0]]
    for text in lines[1:]:
        first = text[:1]
        if first.isascii() and first.isalnum() and WORD.match(parts[-1][-1:]):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def join_at(match: re.Match[str]) -> str:
    """Return what stands for a line break: a blank between words of letters or digits, nothing in Chinese."""
    text, start, end = match.string, match.start(), match.end()
    if start and end < len(text) and WORD.match(text[start - 1]) and text[end].isascii() and text[end].isalnum():
        return " "
    return ""


def expand_grid(rows: list[list[SourceCell]]) -> tuple[list[list[str]], list[list[tuple[int, int]]] | None]:
    """Return the full grid of a table's rows and, where a cell spans, each place's origin."""
    width = grid_width(rows)
    if all(cell.columns == 1 and cell.rows == 1 for row in rows for cell in row):
        return [[*(cell.text for cell in row), *[""] * (width - len(row))] for row in rows], None
    height = min(len(rows), max(1, MAX_CELLS // max(1, width)))
    texts: list[list[str]] = [[""] * width for _ in range(height)]
    origins: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(height)]
    for index in range(height):
        column = 0
        for cell in rows[index]:
            while column < width and origins[index][column] is not None:
                column += 1
            if column >= width:
                break
            last_row = min(height, index + cell.rows) if cell.rows else height
            last_column = column
            while last_column < width and last_column < column + cell.columns and origins[index][last_column] is None:
                last_column += 1
            for place_row in range(index, last_row):
                for place in range(column, last_column):
                    if origins[place_row][place] is None:
                        origins[place_row][place] = (index, column)
                        texts[place_row][place] = cell.text
            column = last_column
    return texts, [[place or (row, column) for column, place in enumerate(line)] for row, line in enumerate(origins)]


def grid_width(rows: list[list[SourceCell]]) -> int:
    """Return the number of columns: as far as cells begin, or span by a believable number."""
    width = 1
    carried: dict[int, int] = {}  # column → rows that a cell above still covers
    for row in rows:
        column = 0
        below: dict[int, int] = {}
        for cell in row:
            while carried.get(column, 0) > 0:
                column += 1
            end = column + (cell.columns if cell.columns <= TRUSTED_SPAN else 1)
            end = next((place for place in range(column, end) if carried.get(place, 0) > 0), end)
            width = max(width, min(end, MAX_SPAN))
            if cell.rows != 1:
                below.update(dict.fromkeys(range(column, end), (cell.rows or MAX_SPAN) - 1))
            column = end
        for place in list(carried):
            carried[place] -= 1
            if carried[place] <= 0:
                del carried[place]
        carried.update(below)
    return width


def make_table(rows: list[list[SourceCell]], caption: str | None = None) -> Table:
    """Return the item of a data table; rows without any text at its end are left out."""
    while rows and not any(cell.text for cell in rows[-1]):
        rows = rows[:-1]
    texts, origin = expand_grid(rows)
    return Table(rows=texts, caption=caption, origin=origin)
