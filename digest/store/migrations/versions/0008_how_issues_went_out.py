"""Mailings: what took their messages, a mail server or the folder that they were only written into."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("mailings", sa.Column("taken_by", sa.Text(), nullable=False, server_default=""))
    # A server's answer has a code; what was written into the folder has none.
    op.execute(
        "UPDATE mailings SET taken_by = coalesce((SELECT CASE code WHEN 0 THEN 'outbox' ELSE 'a mail server' END"
        " FROM deliveries WHERE deliveries.issue = mailings.issue AND state = 'sent' LIMIT 1), '')"
    )
