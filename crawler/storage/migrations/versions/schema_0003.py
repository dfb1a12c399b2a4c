"""Schema 3: the index of words that a search goes through, filled from the versions there are."""

from __future__ import annotations

from alembic import op

from crawler.storage.index import create_index

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the index."""
    create_index(op.get_bind())
