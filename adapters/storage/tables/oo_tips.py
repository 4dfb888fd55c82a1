"""Tips: decisions, their deliveries, and what came of them.

A delivery refers to its decision, and a reward to both: no tip is sent without a decision (ADR 0055).

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Double, Index, Integer, Text, text

from adapters.storage.columns import decision, partial, person, personal, plain
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment, Vector, Word
from core import records

table = grouped("oo_tips")

TERMINAL = text("undone_at IS NULL AND kind IN ('done', 'dismiss')")
"""A reaction that is final for its tip. As text, since SQLite uses a partial index only for the same text."""

SERVED = text("slot IS NOT NULL AND unavailable IS NULL")
"""A decision that uses up its slot."""

BY_TIME = text("due_at IS NOT NULL AND reason IS NULL")
"""A delivery that was planned for an instant, and whose state has no other reason than the usual one."""

TOO_OLD = text("unavailable = 'stale'")
"""A slot that was not served because it had become too old."""

decisions = table(
    "decisions",
    personal("decision_id", Text(), primary_key=True),
    person(),
    personal("trigger", Word(records.Trigger)),
    personal("slot", Text(), nullable=True),
    personal("merged", Json(tuple[str, ...])),
    personal("decided_at", Moment()),
    personal("unavailable", Word(records.Reason), nullable=True),
    personal("unavailable_until", Moment(), nullable=True),
    personal("context", Json(records.Context), nullable=True),
    plain("policy_id", Text()),
    plain("model_version", Text()),
    plain("feature_version", Text()),
    plain("seed", BigInteger()),
    plain("floor", Double()),
    personal("action", Text(), nullable=True),
    personal("propensity", Double(), nullable=True),
    plain("latency_ms", Json(dict[str, float])),
    # The action unless it is silence, so that queries for shown tips can skip silence by an index.
    personal("tip", Text(), nullable=True),
    personal("coin", Json(records.HoldoutDraw), nullable=True),
    plain("prompt", Json(records.PromptDraw), nullable=True),
    Index("decisions_person", "person_id", "decided_at"),
    partial("decisions_slot", "person_id", "slot", where=SERVED, unique=True),
    partial("decisions_tips", "person_id", "decided_at", where=text("tip IS NOT NULL")),
    Index("decisions_model", "model_version"),
    Index("decisions_age", "decided_at", "decision_id"),
    partial("decisions_too_old", "decided_at", where=TOO_OLD),
)

tip_scores = table(
    "tip_scores",
    decision(primary_key=True),
    personal("candidate_id", Text(), primary_key=True),
    plain("position", Integer()),
    personal("kind", Word(records.TipKind)),
    personal("source", Word(records.TipSource)),
    personal("content", Text()),
    personal("rationale", Text()),
    personal("topic", Text(), nullable=True),
    personal("task_id", Text(), nullable=True),
    personal("fact_ids", Json(tuple[str, ...])),
    personal("minutes", Integer(), nullable=True),
    plain("prompt_version", Text(), nullable=True),
    plain("llm_model", Text(), nullable=True),
    personal("dropped", Text(), nullable=True),
    # Computed from the context and the candidate, which are exported.
    plain("features", Vector()),
    personal("score", Double()),
    personal("probability", Double()),
    plain("inclusion", Double(), server_default="1"),
)

shadow_distributions = table(
    "shadow_distributions",
    decision(primary_key=True),
    plain("position", Integer(), primary_key=True),
    plain("policy_id", Text()),
    plain("model_version", Text()),
    plain("probabilities", Vector()),
)

snapshots = table(
    "snapshots",
    plain("model_version", Text(), primary_key=True),
    plain("policy_id", Text()),
    plain("feature_version", Text()),
    plain("weights", Vector()),
)

trials = table(
    "trials",
    decision(primary_key=True),
    personal("person_id", Text()),
    personal("task_id", Text()),
    personal("decided_at", Moment()),
    plain("chance", Double()),
    personal("held_out", Boolean()),
    personal("ends_at", Moment()),
    personal("done_at", Moment(), nullable=True),
    Index("trials_person", "person_id", "decided_at"),
    Index("trials_task", "task_id", "ends_at"),
)

deliveries = table(
    "deliveries",
    personal("delivery_id", Text(), primary_key=True),
    decision(),
    personal("person_id", Text()),
    personal("account_id", Text()),
    personal("state", Word(records.DeliveryState)),
    plain("attempt", Integer()),
    personal("reserved_at", Moment()),
    personal("changed_at", Moment()),
    plain("not_before", Moment(), nullable=True),
    personal("message_id", Text(), nullable=True),
    plain("reason", Text(), nullable=True),
    # A copy from ``rewards``, so that the search for missing rewards never scans the whole log.
    personal("rewarded_at", Moment(), nullable=True),
    personal("due_at", Moment(), nullable=True),
    plain("traceparent", Text(), nullable=True),
    Index("deliveries_decision", "decision_id"),
    Index("deliveries_state", "state", "reserved_at"),
    partial("deliveries_by_time", "reserved_at", "state", "reason", "changed_at", "due_at", where=BY_TIME),
    partial("deliveries_unrewarded", "state", "reserved_at", where=text("rewarded_at IS NULL")),
)

reactions = table(
    "reactions",
    personal("reaction_id", Text(), primary_key=True),
    decision(),
    personal("person_id", Text()),
    personal("kind", Word(records.ReactionKind)),
    personal("reacted_at", Moment()),
    personal("reason", Word(records.DismissReason), nullable=True),
    personal("until", Moment(), nullable=True),
    personal("undone_at", Moment(), nullable=True),
    personal("late", Boolean()),
    personal("muted", Text(), nullable=True),
    Index("reactions_decision", "decision_id"),
    partial("reactions_terminal", "decision_id", where=TERMINAL, unique=True),
)

rewards = table(
    "rewards",
    decision(primary_key=True),
    personal("person_id", Text()),
    personal("value", Double()),
    personal("source", Word(records.Signal)),
    personal("given_at", Moment()),
    personal("learned", Boolean()),
)

snoozes = table(
    "snoozes",
    personal("snooze_id", Text(), primary_key=True),
    decision(),
    personal("person_id", Text()),
    personal("until", Moment()),
    personal("state", Word(records.SnoozeState)),
    personal("even_if_quiet", Boolean()),
    Index("snoozes_decision", "decision_id"),
    Index("snoozes_waiting", "person_id", "state", "until"),
)
