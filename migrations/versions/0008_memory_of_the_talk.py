"""Turns of talks, the prompt that was drawn for a decision, tasks that a message added, those done lately."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("position", COUNTER, primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("turns_person", "turns", ["person_id", "said_at"])
    op.create_index("turns_said", "turns", ["said_at"])
    op.add_column("decisions", sa.Column("prompt", sa.Text()))
    op.add_column(
        "messages", sa.Column("added", sa.Text(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.create_index(
        "tasks_done", "tasks", ["person_id", "done_at"], sqlite_where=sa.text("done_at IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("tasks_done", "tasks")
    op.drop_column("messages", "added")
    op.drop_column("decisions", "prompt")
    op.drop_table("turns")
