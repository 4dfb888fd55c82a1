"""Imports of task files, and the keys by which tasks are recognised in files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_imports",
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("task_ids", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("import_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("task_imports_person", "task_imports", ["person_id"])
    op.create_index("task_imports_offered", "task_imports", ["offered_at"])
    op.create_table(
        "task_keys",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("task_keys_task", "task_keys", ["person_id", "task_id"])


def downgrade() -> None:
    op.drop_table("task_keys")
    op.drop_table("task_imports")
