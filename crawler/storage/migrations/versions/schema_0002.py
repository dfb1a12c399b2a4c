"""Schema 2: how runs ended, alerts, where the archive has an answer, when a document was read and changed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from crawler.storage.types import CleanText, Instant

revision = "0002"
down_revision = "0001"


COLUMNS: Final = (
    ("runs", "exit_code", sa.Integer),
    ("runs", "sentence", CleanText),
    ("urls", "read_at", Instant),
    ("urls", "changed_at", Instant),
)


def upgrade() -> None:
    """Add columns and tables that are not there yet: some stores that call themselves schema 1 have a part of them."""
    known = sa.inspect(op.get_bind())
    for table, name, kind in COLUMNS:
        if name not in {column["name"] for column in known.get_columns(table)}:
            op.add_column(table, sa.Column(name, kind))
    if not known.has_table("alerts"):
        add_alerts()
    if not known.has_table("archived_answers"):
        add_archived_answers()


def add_alerts() -> None:
    """Add what somebody must be told."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id")),
        sa.Column("at", Instant, nullable=False),
        sa.Column("code", CleanText, nullable=False),
        sa.Column("portal", CleanText),
        sa.Column("message", CleanText, nullable=False),
        sa.Column("sent_at", Instant),
    )


def add_archived_answers() -> None:
    """Add where the archive has what a version was read from."""
    op.create_table(
        "archived_answers",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("file", CleanText, nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("digest", CleanText, nullable=False),
    )
