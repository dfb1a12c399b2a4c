"""What a report form is made of: tables of rows × columns, their cells with codes, and the identities between cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.items import FormId, TableKind

RowKind: TypeAlias = Literal["value", "header", "total", "subset", "memo", "group"]
Relation: TypeAlias = Literal["=", "<="]
Strength: TypeAlias = Literal["must", "soft"]


@dataclass(slots=True, frozen=True, kw_only=True)
class Column:
    """One counted column of a block; in a one-column table its key is empty."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    kind: RowKind = "value"
    en: str | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Row:
    """One row of a block, or one of the column groups of 表四, which stand where others have rows."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    parent: str | None = None
    kind: RowKind = "value"
    needs_parent: bool = False
    """Its label says nothing without its parent's (3.其他): read only directly under it."""
    en: str | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class HeadingGroup:
    """A heading that spans columns and has none of its own: 法人或其他组织."""

    label: str
    aliases: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(slots=True, frozen=True, kw_only=True)
class Block:
    """Rows that share their columns."""

    code: str | None
    label: str | None
    aliases: tuple[str, ...]
    unit: str | None
    columns: tuple[Column, ...]
    groups: tuple[HeadingGroup, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True, frozen=True, kw_only=True)
class FormTable:
    """One table of a form."""

    kind: TableKind
    title: str
    label_headings: tuple[str, ...]
    """What stands over the row labels: 信息内容, 统计指标."""
    unit_headings: tuple[str, ...]
    serial_headings: tuple[str, ...]
    """What stands over numbers that count rows: 序号."""
    other_headings: tuple[str, ...]
    """Headings that name no counted column: 申请人情况, 备注."""
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all blocks."""
        return tuple(row for block in self.blocks for row in block.rows)


@dataclass(slots=True, frozen=True, kw_only=True)
class FormCell:
    """One cell that the form asks to be filled, or, in a group row, that some reports print all the same."""

    code: str
    label: str
    unit: str | None
    table: TableKind
    row: Row
    column: Column

    @property
    def is_optional(self) -> bool:
        """Whether the national form has no such cell: the row only heads its parts."""
        return self.row.kind == "group"


@dataclass(slots=True, frozen=True)
class Term:
    """One summand of an equation."""

    code: str
    """Of a cell."""
    sign: Literal[1, -1] = 1
    year: Literal[0, -1] = 0
    """-1: the cell of the same issuer's report of the year before."""
    group: str | None = None
    """The cell that stands for this one and its siblings where none of them is printed: (六)其他处理 as one row."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Equation:
    """Σ left `relation` Σ right, of cells."""

    scope: str | None
    """The column key or row code that it holds for; None: the identity has this one only."""
    left: tuple[Term, ...]
    right: tuple[Term, ...]


@dataclass(slots=True, frozen=True, kw_only=True)
class Identity:
    """One rule between the numbers of a form, with all its equations."""

    id: str
    """As in the codebook, such as `t3.flow`; an id may stand more than once (s14.4 holds for 复议 and for 诉讼)."""
    strength: Strength
    """`must` holds in a report without mistakes, `soft` may fail for a good reason."""
    relation: Relation
    equations: tuple[Equation, ...]
    source: str | None = None
    note: str | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Form:
    """One report form, as its data file tells it."""

    id: FormId
    first_year: int
    last_year: int | None
    """None: still in use."""
    basis: str
    tables: tuple[FormTable, ...]
    identities: tuple[Identity, ...]
    cells: Mapping[str, FormCell]
    """Every cell by its code, in the order of the form; those of group rows too (see `FormCell.is_optional`)."""

    def covers(self, report_year: int) -> bool:
        """Tell whether the form is the one prescribed for a report year."""
        return self.first_year <= report_year <= (self.last_year or report_year)

    @property
    def asked(self) -> tuple[FormCell, ...]:
        """The cells that the national form prints: 65 of stat-2014, 198 of form-2019, 200 of form-2021."""
        return tuple(cell for cell in self.cells.values() if not cell.is_optional)

    def parts(self, code: str) -> tuple[str, ...]:
        """Return the codes of the cells one level below a cell, in the same column; () where it has none."""
        cell = self.cells[code]
        return tuple(
            part.code
            for part in self.cells.values()
            if part.row.parent == cell.row.code and part.column.key == cell.column.key and part.table == cell.table
        )
