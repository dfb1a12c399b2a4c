"""Schema 2: how runs ended, alerts, where the archive has an answer, when a document was read and changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.storage.types import CleanText, Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and tables; what was there before them is null."""
    op.add_column("runs", sa.Column("exit_code", sa.Integer))
    op.add_column("runs", sa.Column("sentence", CleanText))
    op.add_column("urls", sa.Column("read_at", Instant))
    op.add_column("urls", sa.Column("changed_at", Instant))
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
    op.create_table(
        "archived_answers",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("file", CleanText, nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("digest", CleanText, nullable=False),
    )
