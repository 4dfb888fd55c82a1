"""Tables and columns for the decision engine and its statistical evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _hold_out()
    _signals()
    _corrections()
    _wordings()
    op.add_column("invitations", sa.Column("links", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("invitations", "links")
    op.drop_table("embeddings")
    op.drop_table("spaces")
    op.drop_table("corrections")
    _no_signals()
    op.drop_table("trials")
    op.drop_column("decisions", "coin")
    op.drop_column("people", "dosage")


def _hold_out() -> None:
    op.add_column("people", sa.Column("dosage", sa.Text()))
    op.add_column("decisions", sa.Column("coin", sa.Text()))
    op.create_table(
        "trials",
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), primary_key=True),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("held_out", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
    )
    op.create_index("trials_person", "trials", ["person_id", "decided_at"])
    op.create_index("trials_task", "trials", ["task_id", "ends_at"])


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("correction_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("belief", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("feature_version", sa.Text(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("corrections_person", "corrections", ["person_id", "given_at"])


def _signals() -> None:
    """The source of a reward becomes a signal; it was a kind of reaction."""
    op.execute("UPDATE rewards SET source = 'done_elsewhere' WHERE source = 'outcome'")
    op.execute(
        "UPDATE rewards SET source = coalesce((SELECT reason FROM reactions WHERE"
        " reactions.decision_id = rewards.decision_id AND undone_at IS NULL AND kind = 'dismiss'), source)"
        " WHERE source = 'dismiss'"
    )
    op.execute("UPDATE rewards SET learned = false WHERE source IN ('never_topic', 'did_it')")


def _no_signals() -> None:
    reasons = "'not_now', 'not_this', 'never_topic', 'did_it'"
    op.execute(f"UPDATE rewards SET source = 'dismiss' WHERE source IN ({reasons})")  # noqa: S608
    op.execute("UPDATE rewards SET source = 'done' WHERE source = 'done_late'")
    op.execute("UPDATE rewards SET source = 'outcome' WHERE source = 'done_elsewhere'")


def _wordings() -> None:
    op.create_table(
        "spaces",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("near", sa.Double(), nullable=False),
        sa.Column("middle", sa.LargeBinary(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "embeddings",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("space", sa.Text(), primary_key=True),
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id")),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("embeddings_person", "embeddings", ["person_id"])
    op.create_index("embeddings_made", "embeddings", ["made_at"])
