"""Facts of a decision are logged by field: the tables are the same, but a version before this cannot read them."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change: facts that were logged as text are still read."""


def downgrade() -> None:
    """Nothing to change."""
