"""How values stand in the store, the same in every database: exact, and in one spelling."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which UTF-8 cannot hold."""
INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%f+00:00"


def storable(text: str) -> str:
    """Return the text with U+FFFD for each character no database takes; its length, and so every offset, stays."""
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text) if UNSTORABLE.search(text) else text


class PlainText(TypeDecorator[str]):
    """Text in the order of its code points, whatever language the database was made for."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the database's own."""
        return dialect.type_descriptor(Text(collation="C" if dialect.name == "postgresql" else None))


class CleanText(PlainText):
    """Text that any database takes."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        """Return what is written."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as ISO 8601 of fixed width, so that text order is time order."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is written; a naive instant is a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).strftime(INSTANT_FORMAT)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Return what was meant."""
        return None if value is None else datetime.fromisoformat(value)


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal number with the digits it was read with; SQLite's own numbers would round it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is written."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ANN401, ARG002
        """Return what was meant."""
        return None if value is None else Decimal(value)
