"""Heading rows understood: which counted column, or which row in 表四, stands over each part of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from crawler.forms.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.forms.model import Row
    from crawler.forms.vocabulary import Vocabulary
    from crawler.items import Table

HeadingKind: TypeAlias = Literal["label", "unit", "value", "other"]

_PRINTED_UNIT = re.compile(r"[(（](?:单位[:：]?)?\s*((?:千|万|百万|亿)?元)\s*[)）]")
_SUMS = frozenset({"合计", "总计"})


@dataclass(slots=True, eq=False)
class Spot:
    """One printed cell as it meets one row of the grid."""

    row: int
    column: int
    """Its leftmost place in the row."""
    width: int
    text: str
    top: int
    """The row it begins in; less than `row` where it spans down from above."""
    bottom: int
    """The last row it covers."""
    key: str
    """Its words; see `labels.label_key`."""

    @property
    def begins(self) -> bool:
        """Whether the cell begins in this row."""
        return self.top == self.row


@dataclass(slots=True, frozen=True)
class Heading:
    """What stands over some places of a table."""

    column: int
    """Its leftmost place; -1 where the headings are known by their order alone."""
    width: int
    kind: HeadingKind
    key: str | None = None
    """Of the counted column."""
    row: Row | None = None
    """The row, where rows stand in headings."""
    unit: str | None = None
    """Of money, as printed in it."""
    candidates: tuple[str, ...] = ()
    """The column keys that its cut-off text can mean."""
    text: str = ""
    """Its words; see `labels.label_key`."""

    def covers(self, spot: Spot) -> bool:
        """Tell whether a cell stands under it, in part at least."""
        return self.column < spot.column + spot.width and spot.column < self.column + self.width


def read_spots(table: Table, row: int) -> list[Spot]:
    """Return the printed cells of one grid row, from left to right."""
    texts = table.rows[row]
    origin = table.origin
    if origin is None:
        return [Spot(row, column, 1, text, row, row, label_key(text)) for column, text in enumerate(texts)]
    spots = []
    corners = origin[row]
    column = 0
    while column < len(texts):
        corner, behind, bottom = corners[column], column + 1, row
        while behind < len(texts) and corners[behind] == corner:
            behind += 1
        while bottom + 1 < len(origin) and origin[bottom + 1][column] == corner:
            bottom += 1
        text = texts[column]
        spots.append(Spot(row, column, behind - column, text, corner[0], bottom, label_key(text)))
        column = behind
    return spots


def read_headings(rows: Sequence[Sequence[Spot]], words: Vocabulary) -> tuple[Heading, ...]:
    """Return the headings that consecutive heading rows make together, from left to right.

    Where the spans of the headings are broken, their order tells them: a spanning heading gives way to what it spans.
    """
    headings = _by_place(rows, words)
    ordered = headings_in_order([spot.key for row in rows for spot in row if spot.begins and spot.key], words)
    if _is_broken(headings, ordered):
        headings = ordered
    headings = _settle_candidates(headings)
    return _settle_one_column(headings, words) if words.has_one_column else headings


def sides(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Return the headings cut before each label heading but the first: two for a table printed as two halves."""
    parts: list[list[Heading]] = [[]]
    for heading in headings:
        if heading.kind == "label" and any(other.kind == "label" for other in parts[-1]):
            parts.append([])
        parts[-1].append(heading)
    return parts


def _by_place(rows: Sequence[Sequence[Spot]], words: Vocabulary) -> tuple[Heading, ...]:
    """One heading for each run of places that have the same cells over them."""
    width = max((spot.column + spot.width for row in rows for spot in row), default=0)
    paths: list[dict[tuple[int, int], str]] = [{} for _ in range(width)]
    for row in rows:
        for spot in row:
            for place in range(spot.column, spot.column + spot.width):
                paths[place][spot.top, spot.column] = spot.text
    headings = []
    for path, places in groupby(range(width), key=paths.__getitem__):
        columns = list(places)
        if heading := _heading(columns[0], len(columns), list(path.values()), words):
            headings.append(heading)
    if headings and headings[0].column == 0 and _is_corner(headings[0], words):
        headings[0] = replace(headings[0], kind="label")
    return tuple(headings)


def _is_corner(heading: Heading, words: Vocabulary) -> bool:
    """Whether the first heading stands over the labels, although its word (类型, 结果) is none we know."""
    return heading.kind == "other" and heading.row is None and heading.text not in words.other_headings


def _heading(column: int, width: int, texts: Sequence[str], words: Vocabulary) -> Heading | None:
    """The meaning of the texts over one place, from the top down; None where nothing is printed."""
    keys = [key for text in texts if (key := label_key(text))]
    if not keys:
        return None
    found = [columns for key in keys if (columns := words.find_columns(key))]
    row = next((words.rows[key][0] for key in reversed(keys) if key in words.rows), None)
    kind: HeadingKind = "other"
    if found:
        kind = "value"
    elif any(key in words.label_headings for key in keys):
        kind = "label"
    elif any(key in words.unit_headings for key in keys):
        kind = "unit"
    unit = next((match[1] for text in texts if (match := _PRINTED_UNIT.search(text))), None)
    candidates = found[-1] if found else ()
    return Heading(
        column,
        width,
        kind,
        key=candidates[0] if len(candidates) == 1 else None,
        row=row if words.rows_stand_in_headings else None,
        unit=unit,
        candidates=candidates if len(candidates) > 1 else (),
        text=keys[-1],
    )


def _is_broken(headings: Sequence[Heading], ordered: Sequence[Heading]) -> bool:
    """Whether the headings by place say other than those by order: spans that hide, shift or part them."""
    named = [(heading.key, heading.row) for heading in headings if heading.kind == "value"]
    wanted = [(heading.key, heading.row) for heading in ordered]
    return len(named) < len(set(wanted)) or (len(named) == len(wanted) and named != wanted)


def headings_in_order(keys: Sequence[str], words: Vocabulary) -> tuple[Heading, ...]:
    """Return the headings that a run of label keys names, in the order of the columns they stand over.

    自然人 · 法人或其他组织 · 总计 · 商业企业 … 其他 puts 总计 last: the spanning heading gives way to those it spans.
    Where rows stand in headings, each run of different columns belongs to the next row named.
    """
    counted = [(key, columns) for key in keys if (columns := words.find_columns(key)) or key in words.groups]
    if words.rows_stand_in_headings:
        return _runs_by_row(keys, [columns[0] for _, columns in counted if columns], words)
    order: list[tuple[str, ...]] = []
    spanned = {column for key in keys for column in words.groups.get(key, ())}
    inner = [columns for _, columns in counted if columns and columns[0] in spanned]
    for key, columns in counted:
        if key in words.groups:
            order.extend(inner)
        elif columns[0] not in spanned:
            order.append(columns)
    return tuple(
        Heading(
            -1,
            1,
            "value",
            key=columns[0] if len(columns) == 1 else None,
            candidates=columns if len(columns) > 1 else (),
        )
        for columns in order
    )


def _runs_by_row(keys: Sequence[str], columns: Sequence[str], words: Vocabulary) -> tuple[Heading, ...]:
    """Columns cut where one comes again; each run goes to the row named in the same order."""
    runs: list[list[str]] = []
    for column in columns:
        if not runs or column in runs[-1]:
            runs.append([])
        runs[-1].append(column)
    rows = list({row.code: row for key in keys for row in words.rows.get(key, ())}.values())
    if len(rows) != len(runs):
        return ()
    return tuple(
        Heading(-1, 1, "value", key=column, row=row) for row, run in zip(rows, runs, strict=True) for column in run
    )


def _settle_candidates(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Cut-off headings (本年新 twice) named in the order of the form, where there are as many as they can mean."""
    taken = {heading.key for heading in headings if heading.key is not None}
    settled = list(headings)
    for candidates in {heading.candidates for heading in headings if heading.candidates}:
        open_keys = [key for key in candidates if key not in taken]
        places = [place for place, heading in enumerate(headings) if heading.candidates == candidates]
        if len(places) == len(open_keys):
            for place, key in zip(places, open_keys, strict=True):
                settled[place] = replace(settled[place], key=key, candidates=())
    return tuple(settled)


def _settle_one_column(headings: Sequence[Heading], words: Vocabulary) -> tuple[Heading, ...]:
    """One value column for each label column: 统计数, or the sum of several, or the only one that is there."""
    settled: list[Heading] = []
    for side in sides(headings):
        named = [heading for heading in side if heading.kind == "value"]
        sums = [heading for heading in named if heading.text in _SUMS]
        unnamed = [heading for heading in side if heading.kind == "other" and heading.text not in words.other_headings]
        chosen = next((only[0] for only in (named, sums, [] if named else unnamed) if len(only) == 1), None)
        for heading in side:
            if heading is chosen:
                settled.append(replace(heading, kind="value", key=""))
            else:
                settled.append(replace(heading, kind="other", key=None) if heading.kind == "value" else heading)
    return tuple(settled)
