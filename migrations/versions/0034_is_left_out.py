"""Which update is left out, until the person was told that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.schemas import place

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_left_out: sa.Column[bool] = sa.Column("is_left_out", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("inbox", is_left_out, schema=place("oo_chat"))


def downgrade() -> None:
    op.drop_column("inbox", "is_left_out", schema=place("oo_chat"))
