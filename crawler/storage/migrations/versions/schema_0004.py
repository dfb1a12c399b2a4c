"""Schema 4: what of the store a run holds, and how crawl jobs ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.storage.types import CleanText, Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add a run's scope and the endings of jobs."""
    op.add_column("runs", sa.Column("scope", CleanText))
    op.create_table(
        "job_endings",
        sa.Column("portal", CleanText, primary_key=True),
        sa.Column("job", sa.Integer, nullable=False),
        sa.Column("ended_at", Instant, nullable=False),
        sa.Column("exit_code", sa.Integer, nullable=False),
        sa.Column("sentence", CleanText),
        sa.Column("failures", sa.Integer, nullable=False),
    )
