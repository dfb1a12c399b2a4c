"""Which table of which form it is: told by the words in it, never by the decree a report cites."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.forms.labels import label_key
from crawler.forms.reader import load_forms
from crawler.forms.vocabulary import vocabularies
from crawler.parsing.numbers import parse_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.items import FormId, Table, TableKind

KINDS: tuple[TableKind, ...] = ("stat-2014", "t2", "t3", "t4")
"""The tables of the national forms, in the order they are tried."""

LOCAL_WORDS = (
    "主动公开", "依申请", "当面申请", "传真申请", "网上申请", "网络申请", "信函申请", "申请总数", "答复总数",
    "同意公开", "部分公开", "公开信息", "信息公开",
)  # fmt: skip
"""What rows of a disclosure statistics form are about, in whatever wording a province gave them."""
LEAST_LOCAL_ROWS = 3


@dataclass(slots=True, frozen=True)
class _Marks:
    """The words of one kind of table, in all forms together."""

    rows: frozenset[str]
    columns: frozenset[str]
    own_heading: str
    """What stands over the row labels of the national form: local ones say 项目 or nothing."""
    headers: frozenset[str]
    """Rows that head a part of the table."""


def recognise_tables(tables: Sequence[Table]) -> FormId | None:
    """Set the kind of every table, and return the form that their headings tell; None where they do not."""
    last: TableKind | None = None
    for table in tables:
        kinds = kinds_in(table)
        if kinds:
            table.kind = kinds[0]
        elif last and _continues(table, last):
            table.kind = last
        else:
            table.kind = "local" if _is_local(table) else "other"
        last = table.kind if table.kind in KINDS else None
    return _form_of(tables)


def form_for(tables: Sequence[Table], report_year: int | None) -> FormId | None:
    """Return a report's form: as its tables' headings tell it, else the one prescribed for its year.

    The two forms that share 表三 and 表四 are told apart by 表二 or by the parts of (六)其他处理; where neither is
    there, the year decides. None without tables and year, and before 2008.
    """
    told = _form_of(tables)
    if told:
        return told
    prescribed = next((form.id for form in load_forms().values() if report_year and form.covers(report_year)), None)
    if any(table.kind in ("t2", "t3", "t4") for table in tables):
        return prescribed if prescribed in ("form-2019", "form-2021") else "form-2021"
    return "local" if any(table.kind == "local" for table in tables) else prescribed


def kinds_in(table: Table) -> tuple[TableKind, ...]:
    """Return the national tables that a table holds, the one with most of its words first; () for any other table."""
    keys = _keys(table)
    scores = [(-score, kind) for kind, test in _TESTS if (score := test(table, keys, _marks(kind)))]
    return tuple(kind for _, kind in sorted(scores))


def _keys(table: Table) -> frozenset[str]:
    return frozenset(map(label_key, set().union(*table.rows))) - {""}


@cache
def _marks(kind: TableKind) -> _Marks:
    known = [words for _, words in vocabularies(kind)]
    rows = {key for words in known for key in words.rows if words.is_row(key) and key not in words.label_headings}
    return _Marks(
        rows=frozenset(rows),
        columns=frozenset(key for words in known for key in words.columns if words.is_column(key)),
        own_heading=label_key(known[0].table.label_headings[0]) if known[0].table.label_headings else "",
        headers=frozenset(label_key(row.label) for words in known for row in words.table.rows if row.parent is None),
    )


def _score_statistics(table: Table, keys: frozenset[str], marks: _Marks) -> int:
    """Three of its rows, and four of its nine parts, or half of all labels and its own heading or parts.

    Local forms of the years before and beside it share single labels with it, but neither 统计指标 nor its parts.
    """
    rows, parts = len(keys & marks.rows), len(keys & marks.headers)
    if rows < 3 or (parts < 2 and marks.own_heading not in keys):
        return 0
    labelled = sum(any(label_key(text) for text in row) for row in table.rows)
    return rows if parts >= 4 or 2 * rows >= labelled else 0


def _score_disclosed(table: Table, keys: frozenset[str], marks: _Marks) -> int:
    """A row and a counted column of the same block."""
    del table, marks
    for _, words in vocabularies("t2"):
        columns = {column for key in keys if words.is_column(key) for column in words.columns[key]}
        rows = [row for key in keys for row in words.rows.get(key, ())]
        if any((row.code, column) in words.cells for row in rows for column in columns):
            return len(rows) + len(columns)
    return 0


def _score_requests(table: Table, keys: frozenset[str], marks: _Marks) -> int:
    """Three of its rows, or one under three of its columns."""
    del table
    rows, columns = len(keys & marks.rows), len(keys & marks.columns)
    return rows + columns if rows >= 3 or (rows and columns >= 3) else 0


def _score_disputes(table: Table, keys: frozenset[str], marks: _Marks) -> int:
    """Three of the outcomes: other tables of 复议 and 诉讼 name them otherwise."""
    del table
    outcomes = len(keys & (marks.columns - _SUMS))
    return outcomes if outcomes >= 3 else 0


_SUMS = frozenset({"总计", "合计"})
_TESTS: tuple[tuple[TableKind, Callable[[Table, frozenset[str], _Marks], int]], ...] = (
    ("stat-2014", _score_statistics),
    ("t2", _score_disclosed),
    ("t3", _score_requests),
    ("t4", _score_disputes),
)


def _continues(table: Table, kind: TableKind) -> bool:
    """Whether a table is the rest of the one before it: a row of that kind, and labels that are mostly its own."""
    labels = {
        key for row in table.rows for text in row if (key := label_key(text)) and parse_count(text).reason == "text"
    }
    known = {key for key in labels for _, words in vocabularies(kind) if key in words.rows or words.is_heading(key)}
    return bool(labels & _marks(kind).rows) and 2 * len(known) > len(labels)


def _is_local(table: Table) -> bool:
    """Whether a table is a disclosure statistics form of a place's own."""
    first = [next((key for text in row if (key := label_key(text))), "") for row in table.rows]
    words = Counter(word for key in first for word in LOCAL_WORDS if word in key)
    rows = sum(any(word in key for word in LOCAL_WORDS) for key in first)
    return rows >= LEAST_LOCAL_ROWS and len(words) >= LEAST_LOCAL_ROWS and _has_value_cells(table)


def _has_value_cells(table: Table) -> bool:
    """Whether most rows have a cell without words: a table of texts is no statistics."""
    return 2 * sum(any(not label_key(text) for text in row[1:]) for row in table.rows) > len(table.rows)


def _form_of(tables: Iterable[Table]) -> FormId | None:
    """The form whose own words, that no other form has, stand most often in the tables."""
    votes: Counter[FormId] = Counter()
    for table in tables:
        if table.kind == "stat-2014":
            votes["stat-2014"] += 1
        elif table.kind in KINDS:
            keys = _keys(table)
            for kind in ("t2", "t3"):
                for form, _ in vocabularies(kind):
                    votes[form] += len(keys & _own_words(kind, form))
    best = votes.most_common(2)
    if not best or not best[0][1] or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


@cache
def _own_words(kind: TableKind, form: FormId) -> frozenset[str]:
    """The labels of a table that it has in this form alone."""
    words = {known: {*words.rows, *words.columns} for known, words in vocabularies(kind)}
    return frozenset(words[form].difference(*(others for known, others in words.items() if known != form)))
