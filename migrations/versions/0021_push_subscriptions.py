"""The browsers to which oO pushes tips."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_subscriptions",
        sa.Column("subscription_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subscription_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
        sa.UniqueConstraint("endpoint"),
    )
    op.create_index("push_subscriptions_person", "push_subscriptions", ["person_id"])


def downgrade() -> None:
    op.drop_table("push_subscriptions")
