"""How many mails were asked for that nobody has confirmed yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mail_requests",
        sa.Column("position", COUNTER, primary_key=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("mail_requests_scope", "mail_requests", ["scope", "asked_at"])
    op.create_index("mail_requests_age", "mail_requests", ["asked_at"])


def downgrade() -> None:
    op.drop_table("mail_requests")
