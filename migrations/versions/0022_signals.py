"""What is known of people's notifications; how a consent was answered, if not in a chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consents", sa.Column("via", sa.Text(), nullable=True))
    op.create_table(
        "notification_states",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("silenced_from", sa.BigInteger(), nullable=True),
        sa.Column("silenced_until", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("decisions_age", "decisions", ["decided_at", "decision_id"])
    op.create_index("notification_states_person", "notification_states", ["person_id"])


def downgrade() -> None:
    op.drop_index("decisions_age", "decisions")
    op.drop_table("notification_states")
    op.drop_column("consents", "via")
