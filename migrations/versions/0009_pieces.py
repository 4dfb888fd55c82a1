"""The pieces of a task are found without reading the whole list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HAS_PARENT = sa.text("parent_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "tasks_pieces", "tasks", ["parent_id"], sqlite_where=HAS_PARENT, postgresql_where=HAS_PARENT
    )


def downgrade() -> None:
    op.drop_index("tasks_pieces", table_name="tasks")
