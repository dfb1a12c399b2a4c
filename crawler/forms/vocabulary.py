"""The labels of one table of a form, ready to be looked up: what a printed label can mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.forms.labels import enumerator, is_misprint, label_key
from crawler.forms.reader import load_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.forms.model import FormCell, FormTable, Row
    from crawler.items import FormId, TableKind

SHORTEST_PREFIX = 4
"""Characters of the shortest cut-off heading (本年制发) that may still be told."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Vocabulary:
    """One table of a form by its label keys (see `labels.label_key`)."""

    table: FormTable
    rows: Mapping[str, tuple[Row, ...]]
    """Several where parents share a label: (二)被依法纠错数 of 复议 and of 诉讼."""
    columns: Mapping[str, tuple[str, ...]]
    """Column keys, in the order of the form; several where a heading was cut off: 本年新."""
    groups: Mapping[str, tuple[str, ...]]
    """Spanning headings and the columns under them."""
    label_headings: frozenset[str]
    unit_headings: frozenset[str]
    serial_headings: frozenset[str]
    other_headings: frozenset[str]
    """Those of serials are among them."""
    cells: Mapping[tuple[str, str], FormCell]
    """By row code and column key."""
    has_one_column: bool
    """Whether a row has one cell only, as in 政府信息公开情况统计表."""
    rows_stand_in_headings: bool
    """Whether the table is one line of values, with what others have as rows in its headings (表四)."""

    def is_row(self, key: str) -> bool:
        """Tell whether a key is a row label and nothing else."""
        return key in self.rows and key not in self.columns

    def is_column(self, key: str) -> bool:
        """Tell whether a key is a counted column's heading, or a group's, and nothing else."""
        return (key in self.columns or key in self.groups) and key not in self.rows

    def is_heading(self, key: str) -> bool:
        """Tell whether a key stands in headings, counted or not."""
        return (
            key in self.columns
            or key in self.groups
            or key in self.label_headings
            or key in self.unit_headings
            or key in self.other_headings
        )

    def find_columns(self, key: str) -> tuple[str, ...]:
        """Return the column keys that a heading can mean: one, several, or ()."""
        if key in self.columns:
            return self.columns[key]
        if len(key) < SHORTEST_PREFIX:
            return ()
        begun = {columns for label, columns in self.columns.items() if label.startswith(key)}
        return begun.pop() if len(begun) == 1 else ()

    def find_row(self, text: str, seen: Sequence[Row]) -> Row | None:
        """Return the row that a printed label means after the rows already seen; None where it is none or unsure."""
        key = label_key(text)
        candidates = self.rows.get(key) or self._misprinted(key, enumerator(text), seen)
        if len(candidates) == 1 and not candidates[0].needs_parent:
            return candidates[0]
        return _under_parent(candidates, seen)

    def _misprinted(self, key: str, number: int | None, seen: Sequence[Row]) -> tuple[Row, ...]:
        """The rows that a label with lost characters can be: of the same number and among the last row's family."""
        if number is None or not seen or key in self.columns:
            return ()
        family = {seen[-1].code, seen[-1].parent}
        return tuple(
            {
                row.code: row
                for label, rows in self.rows.items()
                for row in rows
                if row.parent in family and enumerator(row.label) == number and is_misprint(key, label)
            }.values()
        )


@cache
def vocabulary(form: FormId, kind: TableKind) -> Vocabulary | None:
    """Return the vocabulary of one table of a form; None where the form has no such table."""
    table = next((table for table in load_forms()[form].tables if table.kind == kind), None)
    return _build(table, load_forms()[form].cells.values()) if table else None


@cache
def vocabularies(kind: TableKind) -> tuple[tuple[FormId, Vocabulary], ...]:
    """Return the vocabularies of a table in every form that has it."""
    return tuple((form, found) for form in load_forms() if (found := vocabulary(form, kind)))


@cache
def known_words() -> frozenset[str]:
    """Return every label key of every form."""
    found = [words for form in load_forms().values() for table in form.tables for _, words in vocabularies(table.kind)]
    return frozenset(
        key
        for words in found
        for keys in (
            words.rows,
            words.columns,
            words.groups,
            words.label_headings,
            words.unit_headings,
            words.other_headings,
        )
        for key in keys
    )


def _build(table: FormTable, cells: Iterable[FormCell]) -> Vocabulary:
    columns: dict[str, dict[str, None]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    other = {*table.other_headings, *table.serial_headings}
    for block in table.blocks:
        other.update(name for name in (block.label, *block.aliases) if name)
        for column in block.columns:
            for name in (column.label, *column.aliases):
                columns.setdefault(label_key(name), {})[column.key] = None
        for group in block.groups:
            groups.update((label_key(name), group.columns) for name in (group.label, *group.aliases))
    return Vocabulary(
        table=table,
        rows=_row_keys(table.rows),
        columns={key: tuple(keys) for key, keys in columns.items()},
        groups=groups,
        label_headings=frozenset(map(label_key, table.label_headings)),
        unit_headings=frozenset(map(label_key, table.unit_headings)),
        serial_headings=frozenset(map(label_key, table.serial_headings)),
        other_headings=frozenset(map(label_key, other)),
        cells={(cell.row.code, cell.column.key): cell for cell in cells if cell.table == table.kind},
        has_one_column=all(tuple(keys) == ("",) for keys in columns.values()),
        rows_stand_in_headings=table.kind == "t4",
    )


def _row_keys(rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    """Rows by the keys of their names, also behind the names of those they stand under: 不予公开-属于国家秘密."""
    by_code = {row.code: row for row in rows}
    keys: dict[str, dict[str, Row]] = {}
    for row in rows:
        before, above = "", by_code.get(row.parent or "")
        names = [label_key(part) for name in (row.label, *row.aliases) for part in (name, name.split(" / ")[-1])]
        for name in names:
            keys.setdefault(name, {})[row.code] = row
        while above:
            before, above = label_key(above.label) + before, by_code.get(above.parent or "")
            for name in names:
                keys.setdefault(before + name, {})[row.code] = row
    return {key: tuple(found.values()) for key, found in keys.items()}


def _under_parent(candidates: Sequence[Row], seen: Sequence[Row]) -> Row | None:
    """The candidate whose parent or sibling was seen last; one that needs its parent follows one of them at once.

    One of several that was seen before is not meant again: the label of the parent between them was not understood.
    """
    for last in reversed(seen):
        for row in candidates:
            if row.parent in (last.code, last.parent):
                return None if row in seen[:-1] and len(candidates) > 1 else row
        if any(row.needs_parent for row in candidates):
            return None
    return None
