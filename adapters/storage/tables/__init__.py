"""The tables, a module for each schema. A column has the name of its record's field.

Foreign keys say whose a row is, and the columns' tags what of it is personal. So deletion and export include
a new table as soon as it is declared here.
"""

from __future__ import annotations

from adapters.storage.tables.oo_chat import (
    handles,
    inbox,
    messages,
    notification_states,
    push_subscriptions,
    turns,
)
from adapters.storage.tables.oo_events import events
from adapters.storage.tables.oo_integrations import (
    calendar_events,
    install_states,
    integrations,
    pending_connections,
    revocations,
    sealed_keys,
    sealed_secrets,
    webhook_deliveries,
    workspaces,
)
from adapters.storage.tables.oo_learning import corrections, embeddings, spaces, statistics
from adapters.storage.tables.oo_operations import IS_OPEN, incidents, leases, notes, paces, spending
from adapters.storage.tables.oo_people import (
    accounts,
    api_tokens,
    consents,
    identities,
    invitations,
    kept_answers,
    mail_requests,
    pending_sign_ins,
    people,
    sign_in_links,
    web_sessions,
)
from adapters.storage.tables.oo_tasks import reminders, task_imports, task_keys, tasks
from adapters.storage.tables.oo_tips import (
    BY_TIME,
    SERVED,
    TERMINAL,
    TOO_OLD,
    decisions,
    deliveries,
    reactions,
    rewards,
    shadow_distributions,
    snapshots,
    snoozes,
    tip_scores,
    trials,
)
from adapters.storage.tables.schemas import SCHEMAS, metadata, schema_of

__all__ = [
    "BY_TIME",
    "IS_OPEN",
    "SCHEMAS",
    "SERVED",
    "TERMINAL",
    "TOO_OLD",
    "accounts",
    "api_tokens",
    "calendar_events",
    "consents",
    "corrections",
    "decisions",
    "deliveries",
    "embeddings",
    "events",
    "handles",
    "identities",
    "inbox",
    "incidents",
    "install_states",
    "integrations",
    "invitations",
    "kept_answers",
    "leases",
    "mail_requests",
    "messages",
    "metadata",
    "notes",
    "notification_states",
    "paces",
    "pending_connections",
    "pending_sign_ins",
    "people",
    "push_subscriptions",
    "reactions",
    "reminders",
    "revocations",
    "rewards",
    "schema_of",
    "sealed_keys",
    "sealed_secrets",
    "shadow_distributions",
    "sign_in_links",
    "snapshots",
    "snoozes",
    "spaces",
    "spending",
    "statistics",
    "task_imports",
    "task_keys",
    "tasks",
    "tip_scores",
    "trials",
    "turns",
    "web_sessions",
    "webhook_deliveries",
    "workspaces",
]
