"""A pause that begins later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.schemas import place

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAMES = ("pause_starts", "pause_ends")


def upgrade() -> None:
    for name in NAMES:
        moment: sa.Column[int] = sa.Column(name, sa.BigInteger(), nullable=True)
        op.add_column("people", moment, schema=place("oo_people"))


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("people", name, schema=place("oo_people"))
