"""Who answers an update, where several processes share a database; whether a tap waits; what was given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WAITING = sa.text('"update" IS NOT NULL')


def upgrade() -> None:
    op.add_column("inbox", sa.Column("is_tap", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("inbox", sa.Column("holder", sa.Text(), nullable=True))
    op.add_column("inbox", sa.Column("given_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("inbox_waiting", "inbox")
    _index("external_id", "inbox_id")


def downgrade() -> None:
    op.drop_index("inbox_waiting", "inbox")
    _index("inbox_id")
    for column in ("given_up", "holder", "is_tap"):
        op.drop_column("inbox", column)


def _index(*columns: str) -> None:
    op.create_index("inbox_waiting", "inbox", [*columns], sqlite_where=WAITING, postgresql_where=WAITING)
