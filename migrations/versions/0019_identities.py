"""Accounts at an identity provider by which people sign in, and sign-ins that are under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("issuer", "subject"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("identities_person", "identities", ["person_id"])
    op.create_table(
        "pending_sign_ins",
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("pending_sign_ins_person", "pending_sign_ins", ["person_id"])
    op.create_index("pending_sign_ins_age", "pending_sign_ins", ["created_at"])


def downgrade() -> None:
    op.drop_table("pending_sign_ins")
    op.drop_table("identities")
