"""Tasks with an estimate, labels, a project, notes, pieces, and recurrences that count from the completion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tasks", sa.Column("repeats_from_done", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("tasks", sa.Column("minutes", sa.Integer()))
    op.add_column("tasks", sa.Column("labels", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("tasks", sa.Column("project", sa.Text()))
    op.add_column("tasks", sa.Column("notes", sa.Text()))
    op.add_column("tasks", sa.Column("parent_id", sa.Text()))


def downgrade() -> None:
    for name in ("parent_id", "notes", "project", "labels", "minutes", "repeats_from_done"):
        op.drop_column("tasks", name)
