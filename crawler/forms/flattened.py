"""Tables that lost their frame, one cell a line or lines of cells parted by pipes or spaces, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from crawler.forms.grids import read_table_indicators
from crawler.forms.labels import label_key
from crawler.forms.pieces import Piece, is_framed, read_lines
from crawler.forms.recognise import KINDS, kinds_in
from crawler.forms.vocabulary import known_words, vocabularies
from crawler.items import Cell, Indicator, Span, Table
from crawler.parsing.numbers import is_unit, parse_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.items import FormId, TableKind

_Role: TypeAlias = Literal["row", "heading", "either", "value", "blank", "guidance", "foreign"]

MOST_LINES_OF_A_LABEL = 3
MOST_FOREIGN_LINES = 6
"""Lines without a label of the form, one after the other, that end a table."""
LONGEST_VALUE = 100
"""Characters of a number with its remark; a longer text is a paragraph."""
LEAST_ROWS_WITHOUT_HEADING = 8
"""Rows that tell 统计表 without its heading: the headings of a report in prose name up to seven."""

_LABELS = frozenset({"row", "heading", "either"})
_PROSE = re.compile(r"[。；;!?！？]|.{80}")
_EMPTY = frozenset({"dash", "slash", "none", "masked", "not_applicable"})


@dataclass(slots=True, kw_only=True)
class FlattenedTable:
    """A table put together from lines, and where each of its cells stands in the text."""

    table: Table
    """Its rows are only as long as they were printed; `start` and `end` are those of its lines."""
    spans: list[list[Span]]


def rebuild_flattened_tables(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[FlattenedTable]:
    """Return the tables of the national forms that stand in a text without their frame, in the order of the text.

    Args:
        text: the clean text of the document.
        taken: offset pairs of the lines that real tables gave; they are passed over.
    """
    compact = "".join(_outside(text, taken).split())
    kinds = [kind for kind in KINDS if _can_hold(compact, kind)]
    if not kinds:
        return []
    found, loose = _framed(list(read_lines(text, taken)), text)
    found.extend(table for kind in kinds for draft in _drafts(kind, loose) if (table := _from_draft(draft, kind)))
    return sorted(found, key=lambda flattened: flattened.table.start)


def read_flattened_indicators(flattened: Sequence[FlattenedTable], form: FormId | None) -> list[Indicator]:
    """Return the indicators of rebuilt tables; their evidence is where each value stands in the text.

    A row with fewer or more values than headings gives none: nothing says which are missing.
    """
    indicators = read_table_indicators([each.table for each in flattened], form, has_places=False)
    for indicator in indicators:
        if isinstance(cell := indicator.evidence, Cell):
            indicator.evidence = flattened[cell.table].spans[cell.row][cell.column]
    return indicators


def _outside(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """What of the text stands outside the real tables."""
    places = sorted(taken)
    ends = [0, *(high for _, high in places)]
    return "\n".join(text[low:high] for low, high in zip(ends, [*(low for low, _ in places), len(text)], strict=True))


def _can_hold(compact: str, kind: TableKind) -> bool:
    """Whether three labels of a table stand in a text without spaces: a cheap test before the lines are read."""
    return sum(label in compact for label in _long_labels(kind)) >= 3


@cache
def _long_labels(kind: TableKind) -> frozenset[str]:
    """The labels of a kind of table that are more than two characters long."""
    return frozenset(key for _, words in vocabularies(kind) for key in (*words.rows, *words.columns) if len(key) > 2)


def _framed(lines: Sequence[list[Piece]], text: str) -> tuple[list[FlattenedTable], list[list[Piece]]]:
    """The tables whose rows are whole lines of cells between pipes, and the lines that are in none of them."""
    found: list[FlattenedTable] = []
    loose: list[list[Piece]] = []
    for may_be_framed, group in groupby(lines, key=lambda line: is_framed(line, text) or _is_title(line)):
        rows = list(group)
        table = _table(rows, None) if may_be_framed and any(is_framed(row, text) for row in rows) else None
        kinds = kinds_in(table.table) if table else ()
        if table and kinds:
            table.table.kind = kinds[0]
            found.append(table)
        else:
            loose.extend(rows)
    return found, loose


def _is_title(line: Sequence[Piece]) -> bool:
    """Whether a line is one label of a form, such as 第二十条第(一)项 over its rows."""
    return len(line) == 1 and label_key(line[0].text) in known_words()


def _table(rows: Sequence[Sequence[Piece]], kind: TableKind | None) -> FlattenedTable:
    """A table of pieces, its rows as long as they are."""
    return FlattenedTable(
        table=Table(
            rows=[[piece.text for piece in row] for row in rows],
            kind=kind,
            start=rows[0][0].start,
            end=max(piece.end for row in rows for piece in row),
        ),
        spans=[[Span(start=piece.start, end=piece.end) for piece in row] for row in rows],
    )


@dataclass(slots=True)
class _Draft:
    """The rows found on a stretch of lines, before it is known whether they are a table."""

    rows: list[list[Piece]] = field(default_factory=list)
    headings: list[Piece] = field(default_factory=list)
    """A heading row that is still being read."""
    blanks: list[Piece] = field(default_factory=list)
    """Empty cells behind it."""
    is_open: bool = False
    """Whether the next values belong to the last row."""
    has_serials: bool = False
    """Whether a number that counts rows stands before each label."""
    foreign: int = 0
    """Lines since the last label or value."""

    def begin_row(self, pieces: Iterable[Piece]) -> None:
        """Let a new row follow the heading row or the row that was being read."""
        self.drop_serial()
        self.end_headings()
        self.rows.append(list(pieces))
        self.is_open = True

    def end_row(self) -> None:
        """Close the last row, before a label that is none of the form's.

        It may name a row or be a remark; with row numbers, a lone number is then either this row's or the next one's.
        """
        if self.is_open and self.has_serials:
            if sum(piece.text.isdecimal() for piece in self.rows[-1][1:]) == 1:
                self.rows.pop()
            else:
                self.drop_serial()
        self.is_open = False

    def drop_serial(self) -> None:
        """Take the number of the next row from the end of this one."""
        if self.is_open and self.has_serials and self.rows[-1][-1].text.isdecimal():
            self.rows[-1].pop()

    def end_headings(self) -> None:
        """Make the heading row being read one of the rows."""
        if self.headings:
            self.rows.append(self.headings)
        self.headings = []
        self.is_open = False


def _drafts(kind: TableKind, lines: Sequence[list[Piece]]) -> Iterator[_Draft]:
    """The stretches of lines that hold labels of one kind of table, read by the roles of their pieces."""
    draft = _Draft()
    pieces = [piece for line in lines for piece in line]
    roles = [_role(piece.text, kind) for piece in pieces]
    place = 0
    while place < len(pieces):
        ahead = slice(place, place + MOST_LINES_OF_A_LABEL)
        piece, role, count = _take(pieces[ahead], roles[ahead], kind)
        place += count
        if role == "foreign":
            draft.foreign += 1
            draft.end_row()
            if draft.foreign > MOST_FOREIGN_LINES or _PROSE.search(piece.text):
                yield draft
                draft = _Draft()
        elif role != "guidance":
            draft.foreign = 0
            _add(draft, piece, role, kind)
    yield draft


def _take(pieces: Sequence[Piece], roles: Sequence[_Role], kind: TableKind) -> tuple[Piece, _Role, int]:
    """The next label, whole although it may be broken over lines, else the next piece, with its role and its pieces."""
    words = next((place for place, role in enumerate(roles) if role in ("value", "blank")), len(roles))
    for count in range(words, 1, -1):
        if sum(role in _LABELS for role in roles[:count]) > 1:
            continue
        label = pieces[0].joined(pieces[1:count])
        if (role := _label_role(label_key(label.text), kind)) is not None:
            return label, role, count
    return pieces[0], roles[0], 1


def _role(text: str, kind: TableKind) -> _Role:
    key = label_key(text)
    if (role := _label_role(key, kind)) is not None:
        return role
    if not text or is_unit(text):
        return "blank"
    if len(text) <= LONGEST_VALUE:
        value = parse_count(text)
        if value.value is not None or value.reason in _EMPTY:
            return "value"
    return "foreign" if key else "guidance"


def _label_role(key: str, kind: TableKind) -> _Role | None:
    """The role of a label of the form; None for what is none."""
    if not key:
        return None
    is_row = any(key in words.rows for _, words in vocabularies(kind))
    is_heading = any(words.is_heading(key) for _, words in vocabularies(kind))
    return "either" if is_row and is_heading else "row" if is_row else "heading" if is_heading else None


def _add(draft: _Draft, piece: Piece, role: _Role, kind: TableKind) -> None:
    """Put a piece where its role wants it."""
    if role in ("value", "blank"):
        _add_value(draft, piece, is_blank=role == "blank", kind=kind)
    elif label_key(piece.text) in vocabularies(kind)[-1][1].serial_headings:
        draft.has_serials = True
    elif kind == "t4" or role == "heading" or (role == "either" and _goes_on_headings(draft, piece)):
        draft.headings.append(piece)
        draft.blanks = []
        draft.is_open = False
    else:
        draft.begin_row([piece])


def _goes_on_headings(draft: _Draft, piece: Piece) -> bool:
    """Whether 总计 or 其他 is one more heading, not a row: headings are being read, and it is not among them."""
    return bool(draft.headings) and label_key(piece.text) not in {label_key(each.text) for each in draft.headings}


def _add_value(draft: _Draft, piece: Piece, *, is_blank: bool, kind: TableKind) -> None:
    if draft.is_open:
        draft.rows[-1].append(piece)
    elif kind == "t4" and draft.headings and is_blank:
        draft.blanks.append(piece)
    elif kind == "t4" and draft.headings:
        label = _label_behind(draft.headings)
        blanks = draft.blanks if label else draft.blanks[1:]  # the first frames the new row
        del draft.headings[len(draft.headings) - len(label) :]
        draft.begin_row([*label, *blanks, piece])


def _label_behind(headings: Sequence[Piece]) -> list[Piece]:
    """The label that stands behind the headings of 表四 where it is printed in rows: a row's, or its only column's."""
    _, words = vocabularies("t4")[-1]
    keys = [label_key(piece.text) for piece in headings]
    is_label = keys[-1] in words.rows or sum(key in words.columns for key in keys) == 1
    return [headings[-1]] if is_label else []


def _from_draft(draft: _Draft, kind: TableKind) -> FlattenedTable | None:
    """The table that a draft is; None where its labels are too few, or nothing is counted under them."""
    draft.end_headings()
    if not draft.rows:
        return None
    found = _table([_closed(row, kind) for row in draft.rows], kind)
    rows = found.table.rows
    if kind not in kinds_in(found.table) or not any(
        parse_count(text).value is not None for row in rows for text in row
    ):
        return None
    if kind == "stat-2014" and len(rows) < LEAST_ROWS_WITHOUT_HEADING and not _has_heading(found.table):
        return None
    return found


def _has_heading(table: Table) -> bool:
    _, words = vocabularies("stat-2014")[0]
    return any(label_key(text) in words.label_headings for row in table.rows for text in row)


def _closed(row: list[Piece], kind: TableKind) -> list[Piece]:
    """A row of 统计表 with a blank for the value that is not printed."""
    if kind != "stat-2014" or any(not is_unit(piece.text) for piece in row[1:]):
        return row
    return [*row, Piece("", row[-1].end, row[-1].end)]
