"""Tables → indicators: each value found by its row label and its column heading, never by its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.forms.headings import read_headings, read_spots, sides
from crawler.forms.reader import load_forms
from crawler.forms.recognise import kinds_in
from crawler.forms.vocabulary import vocabulary
from crawler.items import Cell, Indicator
from crawler.parsing.numbers import is_unit, parse_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.forms.headings import Heading, Spot
    from crawler.forms.model import FormCell, Row
    from crawler.forms.vocabulary import Vocabulary
    from crawler.items import FormId, Table, TableKind
    from crawler.parsing.numbers import Value

_NOT_WORDS = frozenset({"none", "not_applicable", "masked", "nbsp"})
"""Reasons of `parse_count` that a value cell may have although letters stand in it."""


def read_table_indicators(tables: Sequence[Table], form: FormId | None, *, has_places: bool = True) -> list[Indicator]:
    """Return the indicators of a report's tables in the order of the form, with their cells as evidence.

    Only cells that are printed give one; a blank one has the value None. A code that is printed twice keeps its first
    number: the later one stays in the tables.

    Args:
        tables: the document's tables as `recognise_tables` left them.
        form: as `form_for` told it; None, `local` and `prose-2008` have no coded tables.
        has_places: False where the tables were put together from lines: their columns line up by order alone.
    """
    found: dict[str, Indicator] = {}
    for kind in _kinds_of(form):
        words = vocabulary(form, kind) if form else None
        if words is None:
            continue
        context = _Context(has_places=has_places)
        for index, table in enumerate(tables):
            if table.kind == kind or (table.kind not in (None, "other", "local") and kind in kinds_in(table)):
                for indicator in _read_table(table, index, words, context):
                    kept = found.get(indicator.code)
                    if kept is None or (kept.value is None and indicator.value is not None):
                        found[indicator.code] = indicator
    order = {code: place for place, code in enumerate(load_forms()[form].cells)} if found and form else {}
    return sorted(found.values(), key=lambda indicator: order[indicator.code])


def _kinds_of(form: FormId | None) -> tuple[TableKind, ...]:
    known = load_forms().get(form) if form else None
    return tuple(table.kind for table in known.tables) if known else ()


@dataclass(slots=True)
class _Context:
    """What earlier rows and tables tell about the next: a table cut in two goes on where it stopped."""

    has_places: bool
    halves: Sequence[Sequence[Heading]] = ((),)
    """The headings of each half; see `headings.sides`."""
    width: int = 0
    """Of the grid the headings were seen in: another width has other places."""
    seen: list[Row] = field(default_factory=list)

    def take_headings(self, headings: tuple[Heading, ...], width: int) -> None:
        """Put new headings in the place of the old."""
        self.halves, self.width = sides(headings), width


@dataclass(slots=True)
class _Stretch:
    """A label and the cells that follow it in its row."""

    label: Spot | None = None
    row: Row | None = None
    column: str | None = None
    """A column key, where a table has its columns as rows."""
    is_foreign: bool = False
    """The last label is none of the form's: what follows is no value of the row before it."""
    spots: list[Spot] = field(default_factory=list)


def _read_table(table: Table, index: int, words: Vocabulary, context: _Context) -> Iterator[Indicator]:
    pending: list[list[Spot]] = []
    is_below_headings = False
    for number in range(len(table.rows)):
        spots = read_spots(table, number)
        if _is_heading_row(spots, words, is_below_headings=is_below_headings):
            pending.append(spots)
            is_below_headings = True
            continue
        is_below_headings &= words.rows_stand_in_headings
        if pending:
            context.take_headings(read_headings(pending, words), len(table.rows[0]))
            pending = []
        for cell, spot, unit in _read_row(spots, words, context, len(table.rows[0])):
            indicator = _indicator(cell, spot, unit, index)
            if indicator.value is not None or not cell.is_optional:
                yield indicator


def _is_heading_row(spots: Sequence[Spot], words: Vocabulary, *, is_below_headings: bool) -> bool:
    """Whether a row names columns, or in 表四 rows, and counts nothing."""
    keys = [spot.key for spot in spots if spot.key]
    if words.rows_stand_in_headings:
        is_named = any(words.is_heading(key) or key in words.rows for key in keys)
        return is_named and not (is_below_headings and _is_blank_line(spots, words)) and not _has_number(spots)
    if any(words.is_row(key) for key in keys):
        return False
    if not any(words.is_column(key) or _is_bare_heading(key, words) for key in keys):
        # 总计 and 其他 are columns and rows: below headings they go on with them, unless blanks follow
        is_named = is_below_headings and any(words.is_heading(key) for key in keys)
        return is_named and not _is_blank_line(spots, words) and not _has_number(spots)
    return not _has_number(spots)


def _is_blank_line(spots: Sequence[Spot], words: Vocabulary) -> bool:
    """Whether a row is one label and cells that were left empty."""
    values = [spot for spot in spots if _is_value(spot, words)]
    return bool(values) and len({spot.key for spot in spots if spot not in values}) == 1


def _has_number(spots: Sequence[Spot]) -> bool:
    return any(parse_count(spot.text).value is not None for spot in spots)


def _is_bare_heading(key: str, words: Vocabulary) -> bool:
    """Whether a key is a heading that counts nothing, such as 统计指标 or 申请人情况."""
    return key in words.label_headings or key in words.other_headings


def _read_row(
    spots: Sequence[Spot], words: Vocabulary, context: _Context, width: int
) -> Iterator[tuple[FormCell, Spot, str | None]]:
    """The form's cells of one row, each with what is printed there and the unit that its heading or row names."""
    stretches = _stretches(spots, words, context.seen)
    has_places = context.has_places and width == context.width
    for stretch in stretches:
        if stretch.is_foreign and not words.rows_stand_in_headings:
            continue
        headings = _half(stretch.label, context.halves)
        pairs = list(_align(stretch.spots, headings, has_places=has_places))
        row_unit = next((spot.text.strip() for spot in stretch.spots if is_unit(spot.text.strip())), None)
        for spot, heading in pairs or _only_value(stretch.spots, headings, words):
            row = stretch.row or (heading.row if heading else None)
            key = stretch.column if stretch.column is not None else (heading.key if heading else "")
            cell = words.cells.get((row.code, key)) if row and key is not None else None
            if cell and _is_own(spot, stretch.label):
                yield cell, spot, (heading.unit if heading else None) or row_unit


def _half(label: Spot | None, halves: Sequence[Sequence[Heading]]) -> Sequence[Heading]:
    """The headings of the half of a table that a label stands in."""
    if len(halves) == 1:
        return halves[0]
    here = (half for half in halves if label and any(h.kind == "label" and h.covers(label) for h in half))
    return next(here, halves[0])


def _stretches(spots: Sequence[Spot], words: Vocabulary, seen: list[Row]) -> list[_Stretch]:
    """A row cut into labels and what follows each: the last label before the values is the row's own."""
    stretches = [_Stretch()]
    for spot in spots:
        here = stretches[-1]
        if _is_value(spot, words):
            here.spots.append(spot)
            continue
        if here.spots and here.label is not None:
            here = _Stretch()
            stretches.append(here)
        here.spots = []
        _name(here, spot, words, seen)
    return stretches


def _name(stretch: _Stretch, spot: Spot, words: Vocabulary, seen: list[Row]) -> None:
    """Take a label into a stretch."""
    row = words.find_row(spot.text, seen)
    stretch.label = spot
    stretch.is_foreign = False
    if row is not None:
        stretch.row = row
        if not seen or seen[-1] is not row:
            seen.append(row)
    elif words.rows_stand_in_headings and (columns := words.find_columns(spot.key)):
        stretch.column = columns[0]
    elif not words.is_heading(spot.key):
        stretch.is_foreign = True


def _is_value(spot: Spot, words: Vocabulary) -> bool:
    """Whether a cell is a number, a blank, a dash, a unit: anything but words."""
    key = spot.key
    if not key:
        return True
    if key in words.rows or words.is_heading(key):
        return False
    value = parse_count(spot.text)
    return value.value is not None or value.reason in _NOT_WORDS or is_unit(spot.text.strip())


def _align(spots: Sequence[Spot], headings: Sequence[Heading], *, has_places: bool) -> Iterator[tuple[Spot, Heading]]:
    """Cells and the headings over them: by place where that is plain, else by order where the numbers agree."""
    label = next((place for place, heading in enumerate(headings) if heading.kind == "label"), -1)
    under = headings[label + 1 :]
    if has_places and _stand_under(spots, under):
        yield from zip(spots, under, strict=True)
        return
    over = [[h for h in under if has_places and h.column >= 0 and h.covers(spot)] for spot in spots]
    if all(len(found) == 1 for found in over) and len({found[0] for found in over}) == len(under) == len(spots):
        yield from ((spot, found[0]) for spot, found in zip(spots, over, strict=True))
    elif pairs := _by_order(spots, under):
        yield from pairs
    else:
        for spot, found in zip(spots, over, strict=True):
            if len(found) == 1 and sum(found[0] in others for others in over) == 1:
                yield spot, found[0]


def _stand_under(spots: Sequence[Spot], headings: Sequence[Heading]) -> bool:
    """Whether each cell has the very place and width of one heading, as in nine rows of ten."""
    return len(spots) == len(headings) and all(
        spot.column == heading.column and spot.width == heading.width
        for spot, heading in zip(spots, headings, strict=True)
    )


def _by_order(spots: Sequence[Spot], headings: Sequence[Heading]) -> list[tuple[Spot, Heading]]:
    """Cells and headings in their order, if there are as many; blanks that pad a short row are none."""
    padded = list(spots)
    while len(padded) > len(headings) and not padded[-1].text.strip():
        padded.pop()
    if len(padded) == len(headings):
        return list(zip(padded, headings, strict=True))
    counted = [heading for heading in headings if heading.kind == "value"]
    values = [spot for spot in spots if not is_unit(spot.text.strip())]
    return list(zip(values, counted, strict=True)) if len(values) == len(counted) else []


def _only_value(
    spots: Sequence[Spot], headings: Sequence[Heading], words: Vocabulary
) -> list[tuple[Spot, Heading | None]]:
    """The one value of a row whose headings are lost, where the table has one value column."""
    values = [spot for spot in spots if not is_unit(spot.text.strip())]
    return [(values[0], None)] if words.has_one_column and not headings and len(values) == 1 else []


def _is_own(spot: Spot, label: Spot | None) -> bool:
    """Whether a cell belongs to its row alone: one merged over several labelled rows belongs to none of them."""
    return spot.begins and (label is None or spot.bottom <= label.bottom)


def _indicator(cell: FormCell, spot: Spot, unit: str | None, index: int) -> Indicator:
    value: Value = parse_count(spot.text)
    return Indicator(
        code=cell.code,
        label=cell.label,
        value=value.value,
        unit=value.unit or unit or cell.unit,
        raw=spot.text,
        where="table",
        evidence=Cell(table=index, row=spot.row, column=spot.column),
    )
