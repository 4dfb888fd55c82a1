"""Personal tokens: what lets a program act for a person, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.records.people import Person


class Scope(StrEnum):
    """One thing that a token may be good for. Stored as text."""

    TASKS_READ = "tasks:read"
    """Read tasks and reminders."""
    TASKS_WRITE = "tasks:write"
    """Add, change, complete and remove tasks and reminders."""
    TIPS = "tips"
    """Ask for tips, score candidates, and say what became of a tip."""
    DECISIONS = "decisions"
    """Read decisions with everything that was known."""
    EVENTS_READ = "events:read"
    """Follow what happens, as codes and figures."""
    PREFERENCES_READ = "preferences:read"
    """Read settings, the plan and the state of the integrations."""
    PREFERENCES_WRITE = "preferences:write"
    """Change settings."""
    EXPORT = "export"
    """Read everything that is stored about the person."""
    DELETE = "delete"
    """Delete everything that is stored about the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A personal token. Its secret is not stored, only the hash of it."""

    token_id: str
    person_id: str
    secret_hash: str
    """SHA-256 of the secret, in hexadecimal digits."""
    name: str
    """What the person calls it; unique among their tokens, whatever the case."""
    scopes: tuple[Scope, ...]
    """In the order of ``Scope``."""
    created_at: datetime
    used_at: datetime | None = None
    """When it was last used, to within minutes; None: never."""
    account_id: str | None = None
    """The account whose chat shows the secret; None: no message shows it any more."""
    message_id: str | None = None
    """The message that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToken:
    """A token and its person."""

    token: ApiToken
    person: Person


SAID = 0
"""``KeptAnswer.status`` of what was said in conversation. No HTTP status is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """The answer to a request with an ``Idempotency-Key``, or to a text or tap that may be handled again, so
    that a repetition gets it again.
    """

    person_id: str
    key: str
    fingerprint: str
    """A hash of the whole request: another one may not use the key. Of an update: its name."""
    status: int
    """The HTTP status; ``SAID`` in conversation."""
    body: str
    """The JSON that was answered; empty for none."""
    answered_at: datetime
