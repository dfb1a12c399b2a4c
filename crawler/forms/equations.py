"""Identities spelled out: from `left = ["r1", "r2"]`, once for each column, to equations between cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.forms.model import Equation, Identity, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.forms.model import FormCell, FormTable, Relation, Strength


def build_identity(
    *,
    name: str,
    strength: Strength,
    relation: Relation,
    left: tuple[str, ...],
    right: tuple[str, ...],
    per: str | None,
    table: FormTable | None,
    cells: Mapping[str, FormCell],
    source: str | None,
    note: str | None,
) -> Identity:
    """Return an identity with its equations.

    A term is written `code`, `-code` or `code@-1` (the report of the year before). With `per = "column"` the terms are
    rows of `table`, with `per = "row"` columns.

    Raises:
        KeyError: a term, or `per`, names nothing of the form.
    """
    equations = tuple(
        Equation(
            scope=scope,
            left=tuple(_term(term, before, behind, cells) for term in left),
            right=tuple(_term(term, before, behind, cells) for term in right),
        )
        for scope, before, behind in _scopes(per, table, cells)
    )
    return Identity(id=name, strength=strength, relation=relation, equations=equations, source=source, note=note)


def _scopes(
    per: str | None, table: FormTable | None, cells: Mapping[str, FormCell]
) -> Iterator[tuple[str | None, str, str]]:
    """What an equation holds for, and what its terms' codes get before and behind them."""
    if per is None:
        yield None, "", ""
    elif per == "column" and table is not None:
        yield from ((column.key, "", f".{column.key}") for column in table.blocks[0].columns)
    elif per == "row" and table is not None:
        rows = {cell.row.code for cell in cells.values() if cell.table == table.kind}
        yield from ((row.code, f"{row.code}.", "") for row in table.rows if row.code in rows)
    else:
        raise KeyError(per)


def _term(text: str, before: str, behind: str, cells: Mapping[str, FormCell]) -> Term:
    name, _, last_year = text.removeprefix("-").partition("@-1")
    if last_year:
        raise KeyError(text)
    cell = cells[f"{before}{name}{behind}"]
    parent = f"{cell.row.parent}.{cell.column.key}"
    return Term(
        code=cell.code,
        sign=-1 if text.startswith("-") else 1,
        year=-1 if text.endswith("@-1") else 0,
        group=parent if parent in cells and cells[parent].is_optional else None,
    )
