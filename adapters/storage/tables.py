"""The tables. A column has the name of its record's field.

Foreign keys say whose a row is, and the columns' tags what of it is personal. So deletion and export include
a new table as soon as it is declared here.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from adapters.storage.columns import counter, decision, partial, person, personal, plain, secret
from adapters.storage.values import Json, JsonIfReadable, Moment, Vector, Word
from core import records
from core.chat import Channel, Update
from core.store import AddedTask

TERMINAL = text("undone_at IS NULL AND kind IN ('done', 'dismiss')")
"""A reaction that is final for its tip. As text, since SQLite uses a partial index only for the same text."""

SERVED = text("slot IS NOT NULL AND unavailable IS NULL")
"""A decision that uses up its slot."""

BY_TIME = text("due_at IS NOT NULL AND reason IS NULL")
"""A delivery that was planned for an instant, and whose state has no other reason than the usual one."""

TOO_OLD = text("unavailable = 'stale'")
"""A slot that was not served because it had become too old."""

IS_OPEN = text("ended_at IS NULL")
"""An incident that is not over."""

metadata = MetaData()


people = Table(
    "people",
    metadata,
    personal("person_id", Text(), primary_key=True),
    personal("created_at", Moment()),
    personal("consent", Word(records.Consent)),
    personal("consent_at", Moment(), nullable=True),
    personal("zone", Text(), nullable=True),
    personal("paused_until", Moment(), nullable=True),
    personal("preferences", Json(records.Preferences)),
    personal("next_due_at", Moment(), nullable=True),
    personal("owner", Boolean()),
    personal("dosage", Json(records.Dosage), nullable=True),
    # What the latest rows of ``consents`` allow: a copy, so that reading a person tells it.
    personal("allowed", Json(tuple[records.Purpose, ...]), server_default=text("'[]'")),
    Index("people_due", "next_due_at", "person_id"),
)

accounts = Table(
    "accounts",
    metadata,
    personal("account_id", Text(), primary_key=True),
    person(),
    personal("channel", Word(Channel)),
    personal("external_id", Text()),
    personal("address", Text()),
    personal("language", Text(), nullable=True),
    personal("reachable", Boolean()),
    personal("last_seen_at", Moment()),
    UniqueConstraint("channel", "external_id", name="accounts_place"),
    Index("accounts_person", "person_id", "last_seen_at"),
)

# Rows are added and, when a person is deleted, removed. A trigger refuses to change one (migration 0013).
consents = Table(
    "consents",
    metadata,
    counter("position"),
    person(),
    personal("purpose", Word(records.Purpose)),
    personal("granted", Boolean()),
    personal("version", Text()),
    personal("channel", Word(Channel), nullable=True),
    personal("at", Moment()),
    personal("via", Word(records.Via), nullable=True),
    Index("consents_person", "person_id", "position"),
)

invitations = Table(
    "invitations",
    metadata,
    secret("code_hash", Text(), primary_key=True),
    personal("created_at", Moment()),
    personal("expires_at", Moment(), nullable=True),
    personal("owner", Boolean()),
    person("invited_by", nullable=True),
    personal("used_at", Moment(), nullable=True),
    person("used_by", nullable=True),
    personal("links", Boolean(), server_default=false()),
)

tasks = Table(
    "tasks",
    metadata,
    personal("task_id", Text(), primary_key=True),
    person(),
    personal("title", Text()),
    personal("created_at", Moment()),
    personal("source", Word(records.TaskSource)),
    personal("external_id", Text(), nullable=True),
    personal("priority", Integer()),
    personal("due", JsonIfReadable(records.Due), nullable=True),
    personal("repeats", Text(), nullable=True),
    personal("state", Word(records.TaskState)),
    personal("done_at", Moment(), nullable=True),
    personal("repeats_from_done", Boolean(), server_default=false()),
    personal("minutes", Integer(), nullable=True),
    personal("labels", Json(tuple[str, ...]), server_default=text("'[]'")),
    personal("project", Text(), nullable=True),
    personal("notes", Text(), nullable=True),
    personal("parent_id", Text(), nullable=True),
    UniqueConstraint("person_id", "source", "external_id", name="tasks_origin"),
    Index("tasks_state", "person_id", "state"),
    partial("tasks_done", "person_id", "done_at", where=text("done_at IS NOT NULL")),
    partial("tasks_pieces", "parent_id", where=text("parent_id IS NOT NULL")),
)

task_imports = Table(
    "task_imports",
    metadata,
    personal("import_id", Text(), primary_key=True),
    person(),
    personal("offered_at", Moment()),
    personal("state", Word(records.ImportState)),
    personal("tasks", Json(tuple[records.ImportedTask, ...])),
    personal("task_ids", Json(tuple[str, ...])),
    Index("task_imports_person", "person_id"),
    Index("task_imports_offered", "offered_at"),
)

task_keys = Table(
    "task_keys",
    metadata,
    person(primary_key=True),
    personal("key", Text(), primary_key=True),
    personal("task_id", Text()),
    personal("content", Text()),
    Index("task_keys_task", "person_id", "task_id"),
)

decisions = Table(
    "decisions",
    metadata,
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

tip_scores = Table(
    "tip_scores",
    metadata,
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

shadow_distributions = Table(
    "shadow_distributions",
    metadata,
    decision(primary_key=True),
    plain("position", Integer(), primary_key=True),
    plain("policy_id", Text()),
    plain("model_version", Text()),
    plain("probabilities", Vector()),
)

snapshots = Table(
    "snapshots",
    metadata,
    plain("model_version", Text(), primary_key=True),
    plain("policy_id", Text()),
    plain("feature_version", Text()),
    plain("weights", Vector()),
)

trials = Table(
    "trials",
    metadata,
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

deliveries = Table(
    "deliveries",
    metadata,
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

reactions = Table(
    "reactions",
    metadata,
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

rewards = Table(
    "rewards",
    metadata,
    decision(primary_key=True),
    personal("person_id", Text()),
    personal("value", Double()),
    personal("source", Word(records.Signal)),
    personal("given_at", Moment()),
    personal("learned", Boolean()),
)

snoozes = Table(
    "snoozes",
    metadata,
    personal("snooze_id", Text(), primary_key=True),
    decision(),
    personal("person_id", Text()),
    personal("until", Moment()),
    personal("state", Word(records.SnoozeState)),
    personal("even_if_quiet", Boolean()),
    Index("snoozes_decision", "decision_id"),
    Index("snoozes_waiting", "person_id", "state", "until"),
)

reminders = Table(
    "reminders",
    metadata,
    personal("reminder_id", Text(), primary_key=True),
    person(),
    personal("kind", Word(records.ReminderKind)),
    personal("task_id", Text(), nullable=True),
    personal("due", Json(records.Due), nullable=True),
    personal("repeats", Text(), nullable=True),
    personal("lead", Integer()),
    personal("at", Moment(), nullable=True),
    personal("asked", Boolean()),
    personal("even_if_quiet", Boolean()),
    personal("even_if_paused", Boolean()),
    personal("over", Text(), nullable=True),
    personal("next_at", Moment(), nullable=True),
    personal("state", Word(records.ReminderState)),
    personal("created_at", Moment()),
    personal("snoozed", Text(), nullable=True),
    Index("reminders_person", "person_id", "next_at"),
    partial("reminders_due", "next_at", "person_id", where=text("next_at IS NOT NULL")),
    partial("reminders_task", "task_id", where=text("task_id IS NOT NULL")),
    partial("reminders_snoozed", "snoozed", where=text("snoozed IS NOT NULL")),
)

statistics = Table(
    "statistics",
    metadata,
    plain("scope", Text(), primary_key=True),
    person(nullable=True, unique=True),
    personal("statistics", LargeBinary()),
)

corrections = Table(
    "corrections",
    metadata,
    personal("correction_id", Text(), primary_key=True),
    person(),
    personal("belief", Text()),
    personal("state", Word(records.CorrectionState)),
    personal("decisions", Json(tuple[str, ...])),
    plain("feature_version", Text()),
    # The mean over the decisions, which are exported.
    plain("features", Vector()),
    personal("value", Double()),
    personal("count", Integer()),
    personal("given_at", Moment()),
    Index("corrections_person", "person_id", "given_at"),
)

# The embedding space in use, and earlier ones.
spaces = Table(
    "spaces",
    metadata,
    plain("name", Text(), primary_key=True),
    plain("model", Text()),
    plain("near", Double(), key="similarity_threshold"),
    plain("middle", Vector(), key="centroid"),
    plain("in_use", Boolean(), server_default=false()),
)

embeddings = Table(
    "embeddings",
    metadata,
    plain("scope", Text(), primary_key=True),
    plain("space", Text(), primary_key=True),
    plain("digest", Text(), primary_key=True),
    # None: a text of oO's own.
    person(nullable=True),
    # Computed from texts, which are exported.
    plain("vector", Vector()),
    personal("made_at", Moment()),
    Index("embeddings_person", "person_id"),
    Index("embeddings_made", "made_at"),
)

handles = Table(
    "handles",
    metadata,
    secret("handle", Text(), primary_key=True),
    person(),
    personal("subject", Text(), nullable=True),
    personal("actions", Json(tuple[str, ...])),
    personal("created_at", Moment()),
    personal("labels", Json(tuple[str, ...]), server_default=text("'[]'")),
    plain("traceparent", Text(), nullable=True),
    Index("handles_person", "person_id"),
)

# Messages that a later one may refer to, and what they were about.
messages = Table(
    "messages",
    metadata,
    personal("account_id", Text(), primary_key=True),
    personal("message_id", Text(), primary_key=True),
    person(),
    personal("sent_at", Moment()),
    personal("thread", Text(), nullable=True),
    personal("decision_id", Text(), nullable=True),
    personal("task_ids", Json(tuple[str, ...])),
    secret("handle", Text(), nullable=True),
    plain("checksum", Integer(), nullable=True),
    personal("added", Json(tuple[AddedTask, ...]), server_default=text("'[]'")),
    Index("messages_thread", "account_id", "thread"),
    Index("messages_person", "person_id"),
    Index("messages_sent", "sent_at"),
)

# What was said in the last hours, for the language model; only with the person's consent.
turns = Table(
    "turns",
    metadata,
    counter("position"),
    person(),
    personal("speaker", Word(records.Speaker)),
    personal("text", Text()),
    personal("said_at", Moment()),
    Index("turns_person", "person_id", "said_at"),
    Index("turns_said", "said_at"),
)

inbox = Table(
    "inbox",
    metadata,
    counter("inbox_id"),
    plain("channel", Word(Channel)),
    plain("update_id", Text()),
    plain("received_at", Moment()),
    # Both are set to NULL as soon as the update is handled.
    personal("external_id", Text(), nullable=True),
    secret("update", Json(Update), nullable=True),
    plain("traceparent", Text(), nullable=True),
    plain("is_tap", Boolean(), server_default=false()),
    # Which process answers it, where several share the database (``core/store/updates.py``).
    plain("holder", Text(), nullable=True),
    plain("given_up", Boolean(), server_default=false()),
    UniqueConstraint("channel", "update_id", name="inbox_once"),
    partial("inbox_waiting", "external_id", "inbox_id", where=text('"update" IS NOT NULL')),
)

events = Table(
    "events",
    metadata,
    counter("position"),
    personal("event_id", Text(), unique=True),
    personal("kind", Text()),
    personal("happened_at", Moment()),
    person(nullable=True),
    personal("data", Json(dict[str, str | int | float | bool | None])),
    plain("claimed_until", Moment(), nullable=True),
    plain("dispatched_at", Moment(), nullable=True),
    plain("traceparent", Text(), nullable=True),
    Index("events_person", "person_id", "dispatched_at"),
    partial("events_waiting", "position", where=text("dispatched_at IS NULL")),
)

# Totals of a day; ``scope`` is a person_id, or "everybody".
spending = Table(
    "spending",
    metadata,
    personal("day", Text(), primary_key=True),
    plain("scope", Text(), primary_key=True),
    person(nullable=True),
    personal("calls", Integer()),
    personal("tokens", Integer()),
    personal("micros", BigInteger()),
    personal("failures", Integer(), server_default=text("0")),
    Index("spending_person", "person_id"),
)

integrations = Table(
    "integrations",
    metadata,
    person(primary_key=True),
    personal("provider", Text(), primary_key=True),
    personal("status", Word(records.TokenStatus)),
    personal("changed_at", Moment()),
    personal("by_operator", Boolean()),
    personal("account_id", Text(), nullable=True),
    personal("account_name", Text(), nullable=True),
    personal("connected_at", Moment(), nullable=True),
    personal("expires_at", Moment(), nullable=True),
    plain("cursor", Text(), nullable=True),
    personal("synced_at", Moment(), nullable=True),
    plain("not_before", Moment(), nullable=True),
    personal("told_at", Moment(), nullable=True),
    plain("lease", Text(), nullable=True),
    plain("leased_until", Moment(), nullable=True),
    Index("integrations_account", "provider", "account_id"),
    partial("integrations_expiring", "expires_at", "person_id", where=text("expires_at IS NOT NULL")),
)

# Each person's data keys, encrypted by a key that is not in the database.
sealed_keys = Table(
    "sealed_keys",
    metadata,
    person(primary_key=True),
    plain("key_id", Text(), primary_key=True),
    plain("vault_key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Secrets for providers, encrypted by a data key.
sealed_secrets = Table(
    "sealed_secrets",
    metadata,
    person(primary_key=True),
    personal("provider", Text(), primary_key=True),
    plain("key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Tokens that a provider has yet to end. A row refers to nobody: it may outlive the person.
revocations = Table(
    "revocations",
    metadata,
    plain("revocation_id", Text(), primary_key=True),
    plain("provider", Text()),
    plain("queued_at", Moment()),
    plain("not_before", Moment()),
    plain("vault_key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Tokens of Slack workspaces are those of no person: encrypted by a data key of the workspace's own.
workspaces = Table(
    "slack_workspaces",
    metadata,
    plain("workspace_id", Text(), primary_key=True),
    plain("enterprise_id", Text(), nullable=True),
    plain("team_id", Text(), nullable=True),
    plain("name", Text()),
    plain("app_id", Text(), nullable=True),
    plain("bot_id", Text(), nullable=True),
    plain("bot_member", Text(), nullable=True),
    plain("scopes", Json(tuple[str, ...])),
    plain("status", Word(records.TokenStatus)),
    plain("changed_at", Moment()),
    plain("installed_at", Moment()),
    plain("paused_at", Moment(), nullable=True),
    plain("expires_at", Moment(), nullable=True),
    plain("lease", Text(), nullable=True),
    plain("leased_until", Moment(), nullable=True),
    plain("key_id", Text(), nullable=True),
    plain("vault_key_id", Text(), nullable=True),
    plain("sealed_key", LargeBinary(), nullable=True),
    plain("ciphertext", LargeBinary(), nullable=True),
)

install_states = Table(
    "slack_install_states",
    metadata,
    plain("state_hash", Text(), primary_key=True),
    plain("created_at", Moment()),
)

pending_connections = Table(
    "pending_connections",
    metadata,
    secret("state_hash", Text(), primary_key=True),
    person(),
    personal("provider", Text()),
    personal("account_id", Text()),
    personal("created_at", Moment()),
    personal("answered_at", Moment(), nullable=True),
    personal("outside_id", Text(), nullable=True),
    personal("outside_name", Text(), nullable=True),
    personal("asked_at", Moment(), nullable=True),
    Index("pending_connections_person", "person_id"),
    Index("pending_connections_age", "created_at"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    plain("provider", Text(), primary_key=True),
    plain("delivery_id", Text(), primary_key=True),
    plain("received_at", Moment()),
    Index("webhook_deliveries_age", "received_at"),
)

# Requests for mails that nobody has confirmed yet. A scope is a keyed hash and names nobody.
mail_requests = Table(
    "mail_requests",
    metadata,
    counter("position"),
    plain("scope", Text()),
    plain("asked_at", Moment()),
    Index("mail_requests_scope", "scope", "asked_at"),
    Index("mail_requests_age", "asked_at"),
)

# The next days of people's calendars, as they were read last.
calendar_events = Table(
    "calendar_events",
    metadata,
    person(primary_key=True),
    personal("provider", Word(records.CalendarProvider), primary_key=True),
    plain("position", Integer(), primary_key=True),
    personal("starts_at", Moment()),
    personal("ends_at", Moment()),
    personal("is_busy", Boolean()),
    personal("is_whole_day", Boolean()),
    personal("title", Text(), nullable=True),
    Index("calendar_events_ahead", "person_id", "ends_at"),
)

# The latest reading for each account, only with the person's consent.
notification_states = Table(
    "notification_states",
    metadata,
    personal("account_id", Text(), primary_key=True),
    person(),
    personal("silenced_from", Moment(), nullable=True),
    personal("silenced_until", Moment(), nullable=True),
    personal("zone", Text(), nullable=True),
    personal("read_at", Moment()),
    personal("expires_at", Moment()),
    Index("notification_states_person", "person_id"),
)

notes = Table(
    "notes",
    metadata,
    # None: a note of oO itself.
    person(nullable=True),
    personal("key", Text()),
    personal("value", Text()),
    UniqueConstraint("person_id", "key", name="notes_key"),
    partial("notes_own", "key", where=text("person_id IS NULL"), unique=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    personal("token_id", Text(), primary_key=True),
    person(),
    secret("secret_hash", Text(), unique=True),
    personal("name", Text()),
    personal("scopes", Json(tuple[records.Scope, ...])),
    personal("created_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    plain("account_id", Text(), nullable=True),
    plain("message_id", Text(), nullable=True),
    Index("api_tokens_person", "person_id"),
    partial("api_tokens_shown", "created_at", where=text("message_id IS NOT NULL")),
)

# Accounts at an identity provider that sign people in.
identities = Table(
    "identities",
    metadata,
    personal("issuer", Text(), primary_key=True),
    personal("subject", Text(), primary_key=True),
    person(),
    personal("linked_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    Index("identities_person", "person_id"),
)

# Browsers that were sent to the identity provider, for ten minutes.
pending_sign_ins = Table(
    "pending_sign_ins",
    metadata,
    secret("state_hash", Text(), primary_key=True),
    secret("browser_hash", Text()),
    personal("goal", Word(records.SignInGoal)),
    person(nullable=True),
    personal("created_at", Moment()),
    Index("pending_sign_ins_person", "person_id"),
    Index("pending_sign_ins_age", "created_at"),
)

# Browsers that are signed in: a person's, or the operator's.
web_sessions = Table(
    "web_sessions",
    metadata,
    personal("session_id", Text(), primary_key=True),
    secret("secret_hash", Text(), unique=True),
    personal("kind", Word(records.SessionKind)),
    person(nullable=True),
    personal("operator", Text(), nullable=True),
    plain("account_id", Text(), nullable=True),
    personal("browser", Text()),
    personal("created_at", Moment()),
    personal("used_at", Moment()),
    personal("expires_at", Moment()),
    Index("web_sessions_person", "person_id"),
    Index("web_sessions_expire", "expires_at"),
)

# Links in the chat that sign one browser in, for ten minutes.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    secret("token_hash", Text(), primary_key=True),
    person(),
    plain("account_id", Text()),
    personal("created_at", Moment()),
    personal("used_at", Moment(), nullable=True),
    Index("sign_in_links_person", "person_id"),
    Index("sign_in_links_age", "created_at"),
)

# Answers to requests of the API that may be repeated, for a day.
kept_answers = Table(
    "kept_answers",
    metadata,
    person(primary_key=True),
    personal("key", Text(), primary_key=True),
    plain("fingerprint", Text()),
    plain("status", Integer()),
    personal("body", Text()),
    personal("answered_at", Moment()),
    Index("kept_answers_answered", "answered_at"),
)

# The browsers to which oO pushes tips.
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    personal("subscription_id", Text(), primary_key=True),
    person(),
    secret("endpoint", Text(), unique=True),
    secret("p256dh", Text()),
    secret("auth", Text()),
    personal("browser", Text()),
    personal("created_at", Moment()),
    personal("delivered_at", Moment(), nullable=True),
    Index("push_subscriptions_person", "person_id"),
)

# What the operator should know. It is about nobody: a subject is a channel, a job, a provider.
incidents = Table(
    "incidents",
    metadata,
    plain("incident_id", Text(), primary_key=True),
    plain("kind", Word(records.IncidentKind)),
    plain("subject", Text()),
    plain("since", Moment()),
    plain("last_seen_at", Moment()),
    plain("count", Integer()),
    plain("ended_at", Moment(), nullable=True),
    plain("acknowledged_at", Moment(), nullable=True),
    plain("acknowledged_by", Text(), nullable=True),
    partial("incidents_open", "kind", "subject", where=IS_OPEN, unique=True),
    Index("incidents_ended", "ended_at"),
)

# What one process at a time may do, and which one does it.
leases = Table(
    "leases",
    metadata,
    plain("name", Text(), primary_key=True),
    plain("holder", Text(), nullable=True),
    plain("fence", Integer()),
    plain("until", Moment()),
    plain("span", BigInteger()),
    Index("leases_over", "until"),
)
