"""Runs migrations over the connection, and within the transaction, that `crawler.storage.migrating` has opened."""

from __future__ import annotations

from alembic import context

from crawler.storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
