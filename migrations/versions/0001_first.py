"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite counts up only in plain integers.
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _log()
    _outcomes()
    _traffic()


def downgrade() -> None:
    for table in (
        "tip_scores",
        "snoozes",
        "shadow_distributions",
        "rewards",
        "reactions",
        "deliveries",
        "tasks",
        "statistics",
        "source_status",
        "notes",
        "invitations",
        "handles",
        "events",
        "decisions",
        "accounts",
        "snapshots",
        "people",
        "inbox",
    ):
        op.drop_table(table)


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=rows, postgresql_where=rows)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", sa.Text(), primary_key=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.BigInteger()),
        sa.Column("zone", sa.Text()),
        sa.Column("paused_until", sa.BigInteger()),
        sa.Column("preferences", sa.Text(), nullable=False),
        sa.Column("next_due_at", sa.BigInteger()),
        sa.Column("owner", sa.Boolean(), nullable=False),
    )
    op.create_index("people_due", "people", ["next_due_at", "person_id"])
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("channel", "external_id", name="accounts_place"),
    )
    op.create_index("accounts_person", "accounts", ["person_id", "last_seen_at"])
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.Text(), primary_key=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.Text(), sa.ForeignKey("people.person_id")),
        sa.Column("used_at", sa.BigInteger()),
        sa.Column("used_by", sa.Text(), sa.ForeignKey("people.person_id")),
    )
    op.create_table(
        "tasks",
        sa.Column("task_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text()),
        sa.Column("repeats", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.UniqueConstraint("person_id", "source", "external_id", name="tasks_origin"),
    )
    op.create_index("tasks_state", "tasks", ["person_id", "state"])
    op.create_table(
        "source_status",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("synced_at", sa.BigInteger()),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
    )


def _log() -> None:
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text()),
        sa.Column("merged", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("unavailable", sa.Text()),
        sa.Column("unavailable_until", sa.BigInteger()),
        sa.Column("context", sa.Text()),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("feature_version", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.Double(), nullable=False),
        sa.Column("action", sa.Text()),
        sa.Column("propensity", sa.Double()),
        sa.Column("latency_ms", sa.Text(), nullable=False),
        sa.Column("tip", sa.Text()),
    )
    op.create_index("decisions_model", "decisions", ["model_version"])
    op.create_index("decisions_person", "decisions", ["person_id", "decided_at"])
    _partial_index(
        "decisions_slot",
        "decisions",
        ["person_id", "slot"],
        "slot IS NOT NULL AND unavailable IS NULL",
        unique=True,
    )
    _partial_index("decisions_tips", "decisions", ["person_id", "decided_at"], "tip IS NOT NULL")
    op.create_table(
        "tip_scores",
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), primary_key=True),
        sa.Column("candidate_id", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text()),
        sa.Column("task_id", sa.Text()),
        sa.Column("fact_ids", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("prompt_version", sa.Text()),
        sa.Column("llm_model", sa.Text()),
        sa.Column("dropped", sa.Text()),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
    )
    op.create_table(
        "shadow_distributions",
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("probabilities", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "snapshots",
        sa.Column("model_version", sa.Text(), primary_key=True),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("feature_version", sa.Text(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
    )


def _outcomes() -> None:
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.Text(), primary_key=True),
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("reserved_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("message_id", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("rewarded_at", sa.BigInteger()),
    )
    op.create_index("deliveries_decision", "deliveries", ["decision_id"])
    op.create_index("deliveries_state", "deliveries", ["state", "reserved_at"])
    _partial_index("deliveries_unrewarded", "deliveries", ["state", "reserved_at"], "rewarded_at IS NULL")
    op.create_table(
        "reactions",
        sa.Column("reaction_id", sa.Text(), primary_key=True),
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reacted_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("until", sa.BigInteger()),
        sa.Column("undone_at", sa.BigInteger()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.Text()),
    )
    op.create_index("reactions_decision", "reactions", ["decision_id"])
    _partial_index(
        "reactions_terminal",
        "reactions",
        ["decision_id"],
        "undone_at IS NULL AND kind IN ('done', 'dismiss')",
        unique=True,
    )
    op.create_table(
        "rewards",
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), primary_key=True),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("learned", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "snoozes",
        sa.Column("snooze_id", sa.Text(), primary_key=True),
        sa.Column("decision_id", sa.Text(), sa.ForeignKey("decisions.decision_id"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("even_if_quiet", sa.Boolean(), nullable=False),
    )
    op.create_index("snoozes_decision", "snoozes", ["decision_id"])
    op.create_index("snoozes_waiting", "snoozes", ["person_id", "state", "until"])
    op.create_table(
        "statistics",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), unique=True),
        sa.Column("statistics", sa.LargeBinary(), nullable=False),
    )


def _traffic() -> None:
    op.create_table(
        "inbox",
        sa.Column("inbox_id", COUNTER, primary_key=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("update_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.Text()),
        sa.Column("update", sa.Text()),
        sa.UniqueConstraint("channel", "update_id", name="inbox_once"),
    )
    _partial_index("inbox_waiting", "inbox", ["inbox_id"], '"update" IS NOT NULL')
    op.create_table(
        "handles",
        sa.Column("handle", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("handles_person", "handles", ["person_id"])
    op.create_table(
        "events",
        sa.Column("position", COUNTER, primary_key=True),
        sa.Column("event_id", sa.Text(), nullable=False, unique=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id")),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.BigInteger()),
        sa.Column("dispatched_at", sa.BigInteger()),
    )
    _partial_index("events_waiting", "events", ["position"], "dispatched_at IS NULL")
    op.create_index("events_person", "events", ["person_id", "dispatched_at"])
    op.create_table(
        "notes",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id")),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.UniqueConstraint("person_id", "key", name="notes_key"),
    )
    _partial_index("notes_own", "notes", ["key"], "person_id IS NULL", unique=True)
