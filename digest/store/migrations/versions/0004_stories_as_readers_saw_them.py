"""Sent articles: the story each was in, its headline as readers saw it, and where that led."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("sent_articles") as table:
        table.add_column(sa.Column("story", sa.String(length=32), nullable=False, server_default=""))
        table.add_column(sa.Column("headline", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("url", sa.Text(), nullable=True))
