"""The data files of the forms, read strictly: what the reader does not know stops the program."""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from crawler.errors import FormError
from crawler.forms.equations import build_identity
from crawler.forms.labels import label_key
from crawler.forms.model import Block, Column, Form, FormCell, FormTable, HeadingGroup, Relation, Row, RowKind, Strength
from crawler.items import FormId, TableKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.forms.model import Identity

T = TypeVar("T")

FOLDER = Path(__file__).parent


@cache
def load_forms() -> Mapping[FormId, Form]:
    """Return the forms by id, oldest first.

    Raises:
        FormError: a file has an unknown key, a dangling parent, a code or label that stands twice.
    """
    forms = sorted((read_form(path) for path in _form_files()), key=lambda form: form.first_year)
    return MappingProxyType({form.id: form for form in forms})


@cache
def form_digests() -> Mapping[str, str]:
    """Return the sha256 of each form's data file by the form's id: what a record was derived from."""
    return MappingProxyType(
        {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(_form_files())}
    )


def read_form(path: Path) -> Form:
    """Return the form that one data file tells.

    Raises:
        FormError: see `load_forms`; the message begins with file and line.
    """
    source = _Source(path)
    top = source.fields
    tables = tuple(_table(fields) for fields in top.tables("table"))
    cells = _cells(source, tables)
    form = Form(
        id=top.choice("id", get_args(FormId)),
        first_year=top.take("first_year", int),
        last_year=top.maybe("last_year", int),
        basis=top.take("basis", str),
        tables=tables,
        cells=MappingProxyType(cells),
        identities=tuple(_identity(fields, tables, cells) for fields in top.tables("identity")),
    )
    top.close()
    for table in tables:
        _check_labels(source, table)
    return form


def _form_files() -> Iterator[Path]:
    """The data files that are named as a form; other data may stand beside them."""
    return (path for form in get_args(FormId) if (path := FOLDER / f"{form}.toml").exists())


class _Source:
    """One data file: its top-level keys, and errors that name the line."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.text = path.read_text("utf-8")
        try:
            content = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = found[1] if (found := re.search(r"line (\d+)", str(error))) else "1"
            raise FormError(f"{self.name}:{line}: {error}") from error
        self.fields = _Fields(self, content)

    def error(self, needle: str, message: str) -> FormError:
        """An error at the first line that has `needle` (a TOML reader keeps no line numbers)."""
        lines = self.text.splitlines()
        line = next((number for number, line in enumerate(lines, 1) if needle in line), 1)
        return FormError(f"{self.name}:{line}: {message}")


class _Fields:
    """The keys of one TOML table, each to be taken once; one that nobody takes is an error."""

    def __init__(self, source: _Source, content: dict[str, Any]) -> None:
        self.source = source
        self._content = dict(content)
        self._anchor = str(content.get("code") or content.get("id") or content.get("label") or "")

    def take(self, key: str, kind: type[T]) -> T:
        """A key that must be there."""
        value = self.maybe(key, kind)
        if value is None:
            raise self.source.error(self._anchor, f"{key!r} is missing")
        return value

    def maybe(self, key: str, kind: type[T]) -> T | None:
        """A key that may be absent."""
        value = self._content.pop(key, None)
        if value is not None and not isinstance(value, kind):
            raise self.source.error(f"{key} =", f"{key!r} must be {kind.__name__}, not {value!r}")
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> Any:  # noqa: ANN401 - a Literal
        """A word out of a fixed set."""
        value = self.maybe(key, str) or default
        if value not in allowed:
            raise self.source.error(f'"{value}"', f"{key!r} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of strings, () where absent."""
        return tuple(str(word) for word in self.maybe(key, list) or ())

    def tables(self, key: str) -> list[_Fields]:
        """A list of TOML tables, [] where absent."""
        return [_Fields(self.source, content) for content in self.maybe(key, list) or ()]

    def close(self) -> None:
        """Refuse what nobody took."""
        for key in self._content:
            raise self.source.error(f"{key} =", f"unknown key {key!r}")


def _table(fields: _Fields) -> FormTable:
    table = FormTable(
        kind=fields.choice("kind", get_args(TableKind)),
        title=fields.take("title", str),
        label_headings=fields.words("label_headings"),
        unit_headings=fields.words("unit_headings"),
        serial_headings=fields.words("serial_headings"),
        other_headings=fields.words("other_headings"),
        blocks=tuple(_block(block) for block in fields.tables("block")),
    )
    fields.close()
    return table


def _block(fields: _Fields) -> Block:
    block = Block(
        code=fields.maybe("code", str),
        label=fields.maybe("label", str),
        aliases=fields.words("aliases"),
        unit=fields.maybe("unit", str),
        columns=tuple(_column(column) for column in fields.tables("columns")),
        groups=tuple(_group(group) for group in fields.tables("groups")),
        rows=tuple(_row(row) for row in fields.tables("rows")),
    )
    fields.close()
    return block


def _column(fields: _Fields) -> Column:
    column = Column(
        key=fields.take("key", str),
        label=fields.take("label", str),
        aliases=fields.words("aliases"),
        unit=fields.maybe("unit", str),
        kind=fields.choice("kind", get_args(RowKind), "value"),
        en=fields.maybe("en", str),
    )
    fields.close()
    return column


def _group(fields: _Fields) -> HeadingGroup:
    group = HeadingGroup(
        label=fields.take("label", str), aliases=fields.words("aliases"), columns=fields.words("columns")
    )
    fields.close()
    return group


def _row(fields: _Fields) -> Row:
    row = Row(
        code=fields.take("code", str),
        label=fields.take("label", str),
        aliases=fields.words("aliases"),
        unit=fields.maybe("unit", str),
        parent=fields.maybe("parent", str),
        kind=fields.choice("kind", get_args(RowKind), "value"),
        needs_parent=bool(fields.maybe("needs_parent", bool)),
        en=fields.maybe("en", str),
    )
    fields.close()
    return row


def _cells(source: _Source, tables: tuple[FormTable, ...]) -> dict[str, FormCell]:
    """Every cell by code; a header row has cells in the one-column table alone, where filers do fill them."""
    cells: dict[str, FormCell] = {}
    for table in tables:
        codes = {row.code for row in table.rows}
        for block in table.blocks:
            for row in block.rows:
                if row.parent is not None and row.parent not in codes:
                    raise source.error(f'"{row.code}"', f"the parent {row.parent!r} of {row.code!r} does not exist")
                for column in block.columns:
                    if row.kind == "header" and column.key:
                        continue
                    cell = _cell(table, block, row, column)
                    if cell.code in cells:
                        raise source.error(f'"{row.code}"', f"the code {cell.code!r} stands twice")
                    cells[cell.code] = cell
    return cells


def _cell(table: FormTable, block: Block, row: Row, column: Column) -> FormCell:
    return FormCell(
        code=f"{row.code}.{column.key}" if column.key else row.code,
        label=f"{row.label} / {column.label}" if column.key else row.label,
        unit=row.unit or column.unit or (None if row.kind == "header" else block.unit),
        table=table.kind,
        row=row,
        column=column,
    )


def _check_labels(source: _Source, table: FormTable) -> None:
    """Refuse two rows under one parent that could not be told apart."""
    seen: dict[tuple[str | None, str], str] = {}
    for row in table.rows:
        for label in {label_key(name) for name in (row.label, *row.aliases)}:
            other = seen.setdefault((row.parent, label), row.code)
            if other != row.code:
                raise source.error(f'"{row.code}"', f"the label {label!r} of {row.code!r} is that of {other!r}")


def _identity(fields: _Fields, tables: tuple[FormTable, ...], cells: dict[str, FormCell]) -> Identity:
    name = fields.take("id", str)
    strength: Strength = fields.choice("strength", get_args(Strength))
    relation: Relation = fields.choice("relation", get_args(Relation))
    try:
        identity = build_identity(
            name=name,
            strength=strength,
            relation=relation,
            left=fields.words("left"),
            right=fields.words("right"),
            per=fields.maybe("per", str),
            table=next(
                (table for kind in (fields.maybe("table", str),) for table in tables if table.kind == kind), None
            ),
            cells=cells,
            source=fields.maybe("source", str),
            note=fields.maybe("note", str),
        )
    except KeyError as error:
        raise fields.source.error(str(error.args[0]), f"identity {name!r} names {error}, which is no cell") from error
    fields.close()
    return identity
