"""What a column of a dataset holds: one type for every format, and one sentence that says what it means."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.record import Json

    Raw: TypeAlias = "str | int | bool | Decimal | date | datetime | Sequence[Json] | None"

Kind: TypeAlias = Literal["text", "integer", "number", "boolean", "date", "instant"]
"""`instant` is UTC, printed as `2026-03-02T04:00:00.000000+00:00`."""
Value: TypeAlias = "str | int | bool | Decimal | date | None"

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a spreadsheet, cannot hold."""
INSTANT_FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%f+00:00"


@dataclass(slots=True, frozen=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind
    meaning: str
    """One sentence for the descriptors."""
    required: bool = False
    """Whether it is never null."""


def plain_text(text: str) -> str:
    """Return a text as every table holds it: U+FFFD for each control character, a line break for `\\r`.

    >>> plain_text("a\\r\\nb\\rc\\x01")
    'a\\nb\\nc�'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text) if not text.isprintable() else text


def plain_value(value: Raw) -> Value:
    """Return a value as tables hold it: instants as text, lists as JSON, texts without control characters."""
    if isinstance(value, str):
        return plain_text(value)
    if value is None or isinstance(value, int | Decimal):
        return value
    if isinstance(value, datetime):
        return value.strftime(INSTANT_FORMAT)
    if isinstance(value, date):
        return value
    return plain_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
