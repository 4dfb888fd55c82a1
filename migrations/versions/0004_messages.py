"""What messages were about, for replies to them, and the labels of buttons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("account_id", sa.Text(), primary_key=True),
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("decision_id", sa.Text()),
        sa.Column("task_ids", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text()),
        sa.Column("checksum", sa.Integer()),
    )
    op.add_column("handles", sa.Column("labels", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    op.create_index("messages_thread", "messages", ["account_id", "thread"])
    op.create_index("messages_person", "messages", ["person_id"])
    op.create_index("messages_sent", "messages", ["sent_at"])
    op.execute(
        "INSERT INTO messages (account_id, message_id, person_id, sent_at, decision_id, task_ids)"
        " SELECT account_id, message_id, person_id, changed_at, decision_id, '[]' FROM deliveries"
        " WHERE state = 'sent' AND message_id IS NOT NULL ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    op.drop_column("handles", "labels")
    op.drop_table("messages")
