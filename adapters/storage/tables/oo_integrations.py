"""Connections to services outside oO, and their encrypted secrets.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, LargeBinary, Text, text

from adapters.storage.columns import partial, person, personal, plain, secret
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment, Word
from core import records

table = grouped("oo_integrations")

integrations = table(
    "integrations",
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
    Index("integrations_status", "provider", "status"),
    partial("integrations_expiring", "expires_at", "person_id", where=text("expires_at IS NOT NULL")),
)

# Each person's data keys, encrypted by a key that is not in the database.
sealed_keys = table(
    "sealed_keys",
    person(primary_key=True),
    plain("key_id", Text(), primary_key=True),
    plain("vault_key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Secrets for providers, encrypted by a data key.
sealed_secrets = table(
    "sealed_secrets",
    person(primary_key=True),
    personal("provider", Text(), primary_key=True),
    plain("key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Tokens that a provider has yet to end. A row refers to nobody: it may outlive the person.
revocations = table(
    "revocations",
    plain("revocation_id", Text(), primary_key=True),
    plain("provider", Text()),
    plain("queued_at", Moment()),
    plain("not_before", Moment()),
    plain("vault_key_id", Text()),
    secret("ciphertext", LargeBinary()),
)

# Tokens of Slack workspaces are those of no person: encrypted by a data key of the workspace's own.
workspaces = table(
    "slack_workspaces",
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

install_states = table(
    "slack_install_states",
    plain("state_hash", Text(), primary_key=True),
    plain("created_at", Moment()),
)

pending_connections = table(
    "pending_connections",
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

webhook_deliveries = table(
    "webhook_deliveries",
    plain("provider", Text(), primary_key=True),
    plain("delivery_id", Text(), primary_key=True),
    plain("received_at", Moment()),
    Index("webhook_deliveries_age", "received_at"),
)

# The next days of people's calendars, as they were read last.
calendar_events = table(
    "calendar_events",
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
