"""Run by alembic, from `digest.store.database` or from its own command line (`alembic -c` is not needed here)."""

from __future__ import annotations

from alembic import context

from digest.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can't alter a column: alembic copies the table instead.
    render_as_batch=True,
    # One transaction for all: a database is at one revision or at the other, never between.
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
