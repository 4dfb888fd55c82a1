"""What the operator sees: incidents, when deliveries were due, and failures of the language model."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BY_TIME = sa.text("due_at IS NOT NULL AND reason IS NULL")
TOO_OLD = sa.text("unavailable = 'stale'")
IS_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("spending", sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("deliveries", sa.Column("due_at", sa.BigInteger(), nullable=True))
    _partial("deliveries_by_time", "deliveries", ["reserved_at", "state", "reason", "changed_at", "due_at"], BY_TIME)
    _partial("decisions_too_old", "decisions", ["decided_at"], TOO_OLD)
    op.create_table(
        "incidents",
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    _partial("incidents_open", "incidents", ["kind", "subject"], IS_OPEN, unique=True)
    op.create_index("incidents_ended", "incidents", ["ended_at"])


def downgrade() -> None:
    op.drop_table("incidents")
    op.drop_index("decisions_too_old", "decisions")
    op.drop_index("deliveries_by_time", "deliveries")
    op.drop_column("deliveries", "due_at")
    op.drop_column("spending", "failures")


def _partial(
    name: str, table: str, columns: list[str], where: sa.TextClause, *, unique: bool = False
) -> None:
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where
    )
