"""The national forms, filled at random and printed as offices print them: the ground for tests of unseen reports.

Every variation has been met in a real report; which of them meet in one report is left to the dice.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from crawler.forms import load_forms
from crawler.items import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.forms.model import Block, FormCell, FormTable, Row

BLANKS = ("", "", "", "-", "——", "/", "无", "\xa0", "***")
GUIDANCE = ("（指本年事项数）", "(按实际情况填写，没有填“0”)", "（含规章制度、决定、公告等（不含内部文件））", "")
FOREIGN_ROWS = (
    "其他主动公开文件",
    "属于工作秘密",
    "9.属于内部管理信息",
    "乡镇（街道）办件数",
    "咨询处理数",
    "（八）转办数",
)

Line = list["Printed"]


@dataclass(slots=True)
class Printed:
    """One cell to be printed: its text, how many places it takes, and the code that is planted in it."""

    text: str
    width: int = 1
    height: int = 1
    code: str | None = None


@dataclass(slots=True)
class Sheet:
    """What was planted, and the tables that it was printed into."""

    tables: list[Table] = field(default_factory=list)
    planted: dict[str, tuple[Decimal | None, str]] = field(default_factory=dict)


def grid(text: str) -> Table:
    """Return a table from lines of `a | b`; `<` goes on with the cell to the left, `^` with the one above."""
    rows: list[list[str]] = []
    origin: list[list[tuple[int, int]]] = []
    for number, line in enumerate(text.strip("\n").splitlines()):
        rows.append([])
        origin.append([])
        for column, part in enumerate(line.split("|")):
            cell = part.strip(" ").replace("\\n", "\n")
            row_from, column_from = {"<": (number, column - 1), "^": (number - 1, column)}.get(cell, (number, column))
            continued = cell in ("<", "^")
            rows[-1].append(rows[row_from][column_from] if continued else cell)
            origin[-1].append(origin[row_from][column_from] if continued else (number, column))
    return Table(rows=rows, origin=origin)


def lay_out(lines: Sequence[Line]) -> Table:
    """Return the full grid of printed lines, as an HTML table with these spans is laid out."""
    places: dict[tuple[int, int], tuple[str, tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        column = 0
        for cell in line:
            while (number, column) in places:
                column += 1
            for down, right in itertools.product(range(cell.height), range(cell.width)):
                places[number + down, column + right] = (cell.text, (number, column))
    width = max(column for _, column in places) + 1
    nothing = [[("", (row, column)) for column in range(width)] for row in range(len(lines))]
    full = [[places.get((row, column), nothing[row][column]) for column in range(width)] for row in range(len(lines))]
    return Table(rows=[[text for text, _ in row] for row in full], origin=[[place for _, place in row] for row in full])


class Printer:
    """Prints one form with the habits of one office."""

    def __init__(self, form: str, dice: random.Random) -> None:
        self.form = load_forms()[form]
        self.dice = dice
        self.sheet = Sheet()
        self.fill = dice.choice((0.0, 0.4, 0.9, 1.0))
        self.point = dice.choice((".", "、", "．"))
        self.brackets = dice.choice(("()", "（）"))
        self.is_numbered = dice.random() < 0.8
        self.breaks = dice.random() < 0.5
        self.guides = dice.random() < 0.3
        self.has_foreign_rows = dice.random() < 0.4
        self.repeats_headings = dice.random() < 0.3
        self.shuffles = dice.random() < 0.3
        self.has_spans = dice.random() < 0.85

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def value(self, cell: FormCell) -> Printed:
        """A cell with something planted in it."""
        number = Decimal(self.dice.choice((0, 0, 1, 3, 17, 214, 1860, 27649)))
        raw = str(number)
        if not self.chance(self.fill):
            raw, number = self.dice.choice(BLANKS), None
        elif cell.unit == "万元" and self.chance(0.5):
            number += Decimal("0.5")
            raw = str(number)
        elif self.chance(0.1):
            raw = self.dice.choice((f"{number:,}", f" {raw} ", raw.translate({48 + n: 0xFF10 + n for n in range(10)})))
        self.sheet.planted[cell.code] = (number, raw)
        return Printed(raw, code=cell.code)

    def foreign(self) -> str:
        return self.label(self.dice.choice(FOREIGN_ROWS))

    def label(self, text: str, *, guides: bool = False) -> str:
        """A label in the office's hand."""
        head, dot, rest = text.partition(".")
        if dot and head.isdecimal():
            text = f"{head}{self.point}{rest}" if self.is_numbered else rest
        text = text.replace("(", self.brackets[0]).replace(")", self.brackets[1])
        if guides and self.guides and "元" not in text:
            text += self.dice.choice(GUIDANCE)
        if self.breaks and len(text) > 5 and self.chance(0.5):
            cut = self.dice.randrange(2, len(text) - 1)
            text = text[:cut] + self.dice.choice(("\n", " ", "\u3000", "\n\n")) + text[cut:]
        return text

    def emit(self, lines: Sequence[Line], *, without_spans: bool = False) -> None:
        table = lay_out(lines)
        if without_spans:
            table.origin = None
        self.sheet.tables.append(table)

    def table(self, kind: str) -> FormTable:
        return next(table for table in self.form.tables if table.kind == kind)

    def cells(self, row: Row, block: Block) -> list[FormCell]:
        codes = (f"{row.code}.{column.key}" if column.key else row.code for column in block.columns)
        return [self.form.cells[code] for code in codes]

    # ---- 表二

    def disclosed(self) -> None:
        blocks = list(self.table("t2").blocks)
        if self.shuffles:
            self.dice.shuffle(blocks)
        parts = [self._block(block) for block in blocks]
        if self.chance(0.25):
            for part in parts:
                self.emit(part)
        elif self.chance(0.3):
            cut = self.dice.randrange(1, len(parts))
            self.emit([line for part in parts[:cut] for line in part])
            self.emit([line for part in parts[cut:] for line in part])
        else:
            self.emit([line for part in parts for line in part])

    def _block(self, block: Block) -> list[Line]:
        width = 4 if self.has_spans else len(block.columns)
        title = self.label(str(self.dice.choice((block.label, *block.aliases))))
        labels = [self.label(column.label, guides=True) for column in block.columns]
        if len(labels) > 1 and block.columns[0].label.startswith("本年新") and self.chance(0.15):
            labels[:2] = ["本年新", "本年新"]
        lines = [] if self.chance(0.1) else [[Printed(title, width + 1 if self.has_spans else 1)]]
        lines.append([Printed("信息内容"), *self._spread(labels, width)])
        for row in block.rows:
            name = self.label(self.dice.choice((row.label, *row.aliases)), guides=True)
            values = [self.value(cell) for cell in self.cells(row, block)]
            lines.append([Printed(name), *self._spread(values, width)])
        if self.has_foreign_rows and self.chance(0.3):
            spread = self._spread([str(self.dice.randrange(99)) for _ in labels], width)
            lines.insert(
                self.dice.randrange(len(lines) - len(block.rows), len(lines) + 1), [Printed(self.foreign()), *spread]
            )
        return lines

    def _spread(self, cells: Sequence[str | Printed], width: int) -> Line:
        """Cells over a number of places; which of them is the wide one differs from row to row, as Word leaves it."""
        line = [cell if isinstance(cell, Printed) else Printed(cell) for cell in cells]
        line[self.dice.randrange(len(line))].width += width - len(line)
        return line

    # ---- 表三

    def requests(self) -> None:
        block = self.table("t3").blocks[0]
        style = self.dice.choice(("national", "national", "two columns", "one column", "broken headings"))
        body = self._request_rows(block, style)
        headings = self._request_headings(block, style)
        has_spans = style in ("national", "two columns")
        if has_spans and self.chance(0.3):
            cut = self.dice.randrange(3, len(body) - 2)
            again = headings if self.chance(0.5) else []
            first, second = _cut(body, cut)
            self.emit([*headings, *first])
            self.emit([*again, *second])
        elif not has_spans and self.repeats_headings:
            cut = self.dice.randrange(3, len(body) - 2)
            self.emit([*headings, *body[:cut], *headings, *body[cut:]])
        else:
            self.emit([*headings, *body])

    def _request_headings(self, block: Block, style: str) -> list[Line]:
        names = [self.label(column.label) for column in block.columns]
        note = Printed("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
        group = Printed(self.label(block.groups[0].label), 5)
        if style == "one column":
            return [[Printed("项目" if self.chance(0.5) else ""), *map(Printed, names)]]
        if style == "broken headings":
            return [
                [note, Printed("申请人情况")],
                [Printed(names[0]), Printed(group.text), Printed(names[-1])],
                [Printed(name) for name in names[1:-1]],
            ]
        note.width, note.height = (3 if style == "national" else 2), 3
        return [
            [note, Printed("申请人情况", 7)],
            [Printed(names[0], 1, 2), group, Printed(names[-1], 1, 2)],
            [Printed(name) for name in names[1:-1]],
        ]

    def _request_rows(self, block: Block, style: str) -> list[Line]:
        rows = {row.code: row for row in block.rows}
        lines: list[Line] = []
        for row in block.rows:
            if row.kind in ("header", "group"):
                if style in ("one column", "broken headings"):
                    lines.append([Printed(self.label(row.label)), *(Printed("") for _ in block.columns)])
                continue
            values = [self.value(cell) for cell in self.cells(row, block)]
            labels = self._request_labels(row, rows, style)
            lines.append([*labels, *values])
        if self.has_foreign_rows and style == "one column":
            place = self.dice.randrange(1, len(lines) + 1)
            lines.insert(place, [Printed(self.foreign()), *(Printed("7") for _ in block.columns)])
        return lines

    def _request_labels(self, row: Row, rows: dict[str, Row], style: str) -> Line:
        name = Printed(self.label(row.label))
        parent = rows.get(row.parent or "")
        if style in ("one column", "broken headings"):
            return [name]
        columns = 3 if style == "national" else 2
        if parent is None:
            name.width = columns
            return [name]
        siblings = [other for other in rows.values() if other.parent == parent.code]
        leading: Line = []
        if columns == 3 and row is self._first_under(rows, "f19.t3.r3", "f21.t3.r3"):
            count = sum(other.kind not in ("header", "group") and other.code.count(".") > 2 for other in rows.values())
            leading.append(Printed(self.label(rows[row.code.rsplit(".", 1)[0]].label), 1, count))
        if parent.kind == "group":
            if row is siblings[0]:
                leading.append(Printed(self.label(parent.label), 1, len(siblings)))
        else:
            name.width = columns - 1 if columns == 3 else columns
        return [*leading, name]

    def _first_under(self, rows: dict[str, Row], *codes: str) -> Row:
        return next(row for row in rows.values() if row.parent in codes)

    # ---- 表四

    def disputes(self) -> None:
        block = self.table("t4").blocks[0]
        names = [self.label(column.label) for column in block.columns]
        rows = list(block.rows)
        values = {row.code: [self.value(cell) for cell in self.cells(row, block)] for row in rows}
        style = self.dice.choice(("national", "national", "three tables", "rows", "columns", "broken"))
        tops = [row.label.split(" / ")[-1] for row in rows]
        if style == "national":
            self.emit([
                [Printed(tops[0], 5), Printed("行政诉讼", 10)],
                [*(Printed(name, 1, 2) for name in names), Printed(tops[1], 5), Printed(tops[2], 5)],
                [Printed(name) for name in (*names, *names)],
                [cell for row in rows for cell in values[row.code]],
            ])  # fmt: skip
        elif style == "broken":
            self.emit([
                [Printed(tops[0]), Printed("行政诉讼")],
                [*map(Printed, names), Printed(tops[1]), Printed(tops[2])],
                [Printed(name) for name in (*names, *names)],
                [cell for row in rows for cell in values[row.code]],
            ])  # fmt: skip
        elif style == "three tables":
            for row, top in zip(rows, tops, strict=True):
                self.emit([[Printed(top, 5)], [Printed(name) for name in names], values[row.code]])
        elif style == "rows":
            lines = [[Printed(top), *values[row.code]] for row, top in zip(rows, tops, strict=True)]
            self.emit([[Printed("类型"), *map(Printed, names)], *lines])
        else:
            lines = [[Printed(name), *(values[row.code][place] for row in rows)] for place, name in enumerate(names)]
            self.emit([[Printed("结果"), *map(Printed, tops)], *lines])

    # ---- 统计表

    def statistics(self) -> None:
        block = self.table("stat-2014").blocks[0]
        has_serials, has_units, has_notes = self.chance(0.3), self.chance(0.8), self.chance(0.2)
        heading = [Printed(self.label("统计指标")), *([Printed("单位")] if has_units else []), Printed("统计数")]
        heading = [*([Printed("序号")] if has_serials else []), *heading, *([Printed("备注")] if has_notes else [])]
        lines: list[Line] = []
        for row in block.rows:
            cell = self.form.cells[row.code]
            unit = [Printed(row.unit or self.dice.choice(("", "——")))] if has_units else []
            note = [Printed(self.dice.choice(("", "", "含县区")))] if has_notes else []
            serial = [Printed(str(len(lines) + 1))] if has_serials else []
            lines.append([*serial, Printed(self.label(row.label, guides=True)), *unit, self.value(cell), *note])
            if self.has_foreign_rows and self.chance(0.05):
                blanks = [Printed("") for _ in (*unit, *note)]
                lines.append(
                    [*serial, Printed(self.foreign()), *blanks[: len(unit)], Printed("5"), *blanks[len(unit) :]]
                )
        self._emit_statistics(heading, lines)

    def _emit_statistics(self, heading: Line, lines: list[Line]) -> None:
        style = self.dice.choice(("whole", "whole", "two tables", "two tables, one heading", "side by side"))
        cut = self.dice.randrange(8, len(lines) - 8)
        if style == "side by side":
            cut = (len(lines) + 1) // 2
            nothing = [Printed("") for _ in heading]
            self.emit([
                [*heading, *heading],
                *([*one, *other] for one, other in itertools.zip_longest(lines[:cut], lines[cut:], fillvalue=nothing)),
            ])  # fmt: skip
        elif style == "whole":
            again = [heading] if self.repeats_headings else []
            self.emit([heading, *lines[:cut], *again, *lines[cut:]], without_spans=self.chance(0.5))
        else:
            self.emit([heading, *lines[:cut]])
            self.emit([*([heading] if style == "two tables" else []), *lines[cut:]])


def _cut(lines: Sequence[Line], place: int) -> tuple[list[Line], list[Line]]:
    """A table cut at a page break: what spanned the break is printed in both parts."""
    first, second = [list(line) for line in lines[:place]], [list(line) for line in lines[place:]]
    again: Line = []
    for number, line in enumerate(lines[:place]):
        for column, cell in enumerate(line):
            if number + cell.height > place:
                first[number][column] = Printed(cell.text, cell.width, place - number, cell.code)
                again.append(Printed(cell.text, cell.width, number + cell.height - place))
    second[0] = [*again, *second[0]]
    return first, second


def print_form(form: str, seed: int) -> Sheet:
    """Return one form, filled and printed at random."""
    printer = Printer(form, random.Random(seed))
    if form == "stat-2014":
        printer.statistics()
    else:
        printer.disclosed()
        printer.requests()
        printer.disputes()
    return printer.sheet


def flatten(table: Table, style: str) -> str:
    """Return a table as text that lost its frame, in one of four ways that extractors lose it.

    `lines`: one cell a line, blanks lost; `pipes`: a line for each row; `own lines`: pipes with each cell on its own
    line; `spaces`: a line for each row, its words and numbers parted by spaces, blanks lost.
    """
    rows = []
    for number, texts in enumerate(table.rows):
        origin = table.origin[number] if table.origin else [(number, column) for column in range(len(texts))]
        rows.append([text for column, text in enumerate(texts) if origin[column] == (number, column)])
    if style == "pipes":
        return "\n".join(" | ".join(" ".join(text.split()) for text in row) for row in rows)
    if style == "own lines":
        return "\n".join("|\n" + "\n".join(f"{' '.join(text.split())} |" for text in row) for row in rows)
    if style == "spaces":
        return "\n".join(" ".join("".join(text.split()) for text in row if text.strip()) for row in rows)
    return "\n".join(line for row in rows for text in row for line in text.split("\n") if line.strip())
