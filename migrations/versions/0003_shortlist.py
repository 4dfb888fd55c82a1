"""The inclusion probability of a candidate; 1 for all that were logged before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tip_scores", sa.Column("inclusion", sa.Double(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("tip_scores", "inclusion")
