"""Issues that a person paused or cancelled, and the day that a mailing is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_STATE = "ck_deliveries_state"
_STATES = "state IN ('planned', 'claimed', 'sent', 'deferred', 'failed', 'uncertain', 'skipped', 'cancelled')"


def upgrade() -> None:
    with op.batch_alter_table("issues") as table:
        table.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("mailings") as table:
        table.add_column(sa.Column("day", sa.Date(), nullable=True))
    # SQLite copies the table for that.
    with op.batch_alter_table("deliveries") as table:
        table.drop_constraint(op.f(_STATE), type_="check")
        table.create_check_constraint(op.f(_STATE), _STATES)
