"""Schema 5: hosts that asked to be left alone for longer than a run waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.storage.types import CleanText, Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the hosts that are left alone."""
    op.create_table(
        "host_pauses",
        sa.Column("host", CleanText, primary_key=True),
        sa.Column("until", Instant, nullable=False),
    )
