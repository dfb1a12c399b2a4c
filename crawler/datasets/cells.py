"""CSV cells that a spreadsheet shows and never runs. Pure.

A text that a spreadsheet could take for a formula gets an apostrophe before the character that makes it one, as people
do by hand; `restore` takes it away again. Numbers stay numbers, and a lone dash is what a blank cell looks like.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.record import Json

    Value: TypeAlias = "str | int | bool | Decimal | date | Sequence[Json] | None"

NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?|[-+－＋]+")
# Where a cell begins: at its start, or after what some spreadsheets split at.
START: Final = r"(^|[\t\r\n;])"
RUNS: Final = r"(?=[ \u3000]*[=+\-@＝＋－＠]|[\t\r])"
RISK: Final = re.compile(f"{START}('*){RUNS}")
ESCAPED: Final = re.compile(f"{START}'('*){RUNS}")
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def defuse(text: str) -> str:
    """Return a text that no spreadsheet runs.

    >>> [defuse(text) for text in ("=1+1", "-3.2", "-", "－1+A1", "收;=1", "+86 1")]
    ["'=1+1", '-3.2', '-', "'－1+A1", "收;'=1", "'+86 1"]
    """
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if NUMBER.fullmatch(text) else RISK.sub(r"\1'\2", text)


def restore(text: str) -> str:
    """Return the text that `defuse` was given; control characters stay replaced."""
    return text if NUMBER.fullmatch(text) else ESCAPED.sub(r"\1\2", text)


def csv_cell(value: Value) -> str:
    """Return a value as a cell: texts quoted, numbers plain, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return '"' + defuse(text).replace('"', '""') + '"'


def csv_line(values: Iterable[Value]) -> str:
    """Return a row as a line of RFC 4180."""
    return ",".join(map(csv_cell, values)) + "\r\n"
