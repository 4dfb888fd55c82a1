"""What the operator should know: something that is not as it should be, for as long as it is so.

Tests: tests/contracts/store/test_incidents.py, tests/core/test_incidents.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class IncidentKind(StrEnum):
    """What is wrong. ``docs/how-to/watch-over-oo.md`` says what to do about each."""

    DATABASE_TROUBLE = "database_trouble"
    """The database could not be read or written. Subject: why."""
    DISK_NEARLY_FULL = "disk_nearly_full"
    CHANNEL_DOWN = "channel_down"
    """A channel has no connection. Subject: the channel."""
    JOB_FAILING = "job_failing"
    """A job fails each time. Subject: its name."""
    ACCESS_REFUSED = "access_refused"
    """A provider refuses the operator's own token. Subject: the provider."""
    CONNECTIONS_LOST = "connections_lost"
    """People have to connect again. Subject: the provider."""
    WORKSPACE_REMOVED = "workspace_removed"
    """A Slack workspace removed the app. Subject: its id."""
    SECRETS_UNREADABLE = "secrets_unreadable"
    """Secrets in the vault can't be read with the configured keys."""
    DELIVERY_UNKNOWN = "delivery_unknown"
    """It is not known whether a message arrived. Subject: the channel."""
    MODEL_FAILING = "model_failing"
    """The language model fails each time. Subject: the alias."""
    BUDGET_SPENT = "budget_spent"
    """The language model's budget of the day is spent. Subject: ``everybody``, or ``one_person``."""
    BACKUP_OVERDUE = "backup_overdue"
    UPDATE_ISOLATED = "update_isolated"
    """Each process ended that began to handle an update. Subject: its id in the inbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident. Of each kind and subject at most one is open."""

    incident_id: str
    kind: IncidentKind
    subject: str
    """An id or a code, never personal text; empty if there is only one."""
    since: datetime
    last_seen_at: datetime
    count: int = 1
    """How often it was noticed."""
    ended_at: datetime | None = None
    """None while it is open."""
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    """The operator's name at sign-in; ``loopback`` on the machine itself."""
