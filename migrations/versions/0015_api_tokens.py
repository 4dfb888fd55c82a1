"""Personal tokens, and the answers to requests of the API that may be repeated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("token_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index("api_tokens_person", "api_tokens", ["person_id"])
    op.create_index(
        "api_tokens_shown",
        "api_tokens",
        ["created_at"],
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_table(
        "kept_answers",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("kept_answers_answered", "kept_answers", ["answered_at"])


def downgrade() -> None:
    op.drop_table("kept_answers")
    op.drop_table("api_tokens")
