"""Reminders: messages that a person asked for at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WAITING = sa.text("next_at IS NOT NULL")
OF_TASK = sa.text("task_id IS NOT NULL")
AFTER_SNOOZE = sa.text("snoozed IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("reminder_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text()),
        sa.Column("due", sa.Text()),
        sa.Column("repeats", sa.Text()),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger()),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("even_if_quiet", sa.Boolean(), nullable=False),
        sa.Column("even_if_paused", sa.Boolean(), nullable=False),
        sa.Column("over", sa.Text()),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("snoozed", sa.Text()),
    )
    op.create_index("reminders_person", "reminders", ["person_id", "next_at"])
    op.create_index(
        "reminders_due", "reminders", ["next_at", "person_id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index(
        "reminders_task", "reminders", ["task_id"], sqlite_where=OF_TASK, postgresql_where=OF_TASK
    )
    op.create_index(
        "reminders_snoozed", "reminders", ["snoozed"], sqlite_where=AFTER_SNOOZE, postgresql_where=AFTER_SNOOZE
    )


def downgrade() -> None:
    op.drop_table("reminders")
