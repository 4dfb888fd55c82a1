"""How often an update was begun again after a process had ended in the middle of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.schemas import place

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    begun_again = sa.Column("begun_again", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("inbox", begun_again, schema=place("oo_chat"))


def downgrade() -> None:
    op.drop_column("inbox", "begun_again", schema=place("oo_chat"))
