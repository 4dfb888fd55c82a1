"""Connections of people to services outside oO: a task source, a calendar. One record for each connection.

Tests: tests/contracts/store/test_integrations.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.records.calendars import CalendarProvider
from core.records.tasks import TaskSource


class TokenStatus(StrEnum):
    """The state of a connection. ``core/integrations/states.py`` has every transition."""

    CONNECTED = "connected"
    EXPIRING = "expiring"
    """It works, but its token ends soon and could not be refreshed yet."""
    EXPIRED = "expired"
    """The provider refuses the token, or the token has ended and can't be refreshed."""
    REVOKED = "revoked"
    """The provider says that access was withdrawn."""
    ERROR = "error"
    """The provider, or oO itself, fails. That passes without the person."""
    MISSING = "missing"
    """oO has no token that it can read."""

    @property
    def must_reconnect(self) -> bool:
        """Whether only the person can mend it, by connecting again."""
        return self in (TokenStatus.EXPIRED, TokenStatus.REVOKED, TokenStatus.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """The connection of one person to one provider. Its secret is in the vault, by ``secret_name``."""

    person_id: str
    provider: str
    """The value of a ``TaskSource`` such as ``todoist``, or another name that its adapter uses."""
    status: TokenStatus
    changed_at: datetime
    """When ``status`` changed."""
    by_operator: bool = False
    """It uses the token in the operator's settings, and has no secret in the vault."""
    account_id: str | None = None
    """The provider's id of the person's account. Webhooks name it."""
    account_name: str | None = None
    """How the provider calls the account; cleaned."""
    connected_at: datetime | None = None
    """When the person connected it last. None: unknown, or by the operator."""
    expires_at: datetime | None = None
    """When the access token ends. None: unknown, or never."""
    cursor: str | None = None
    """Where the next incremental sync goes on. None: with a full one."""
    synced_at: datetime | None = None
    """When the copies were last updated."""
    not_before: datetime | None = None
    """When the provider may be asked again, if it asked to wait."""
    told_at: datetime | None = None
    """When the person was told about the trouble."""
    lease: str | None = None
    """The refresh of the token that is under way, by a random id."""
    leased_until: datetime | None = None
    """When that refresh counts as cut off."""

    @property
    def secret_name(self) -> str:
        """The provider under whose name the vault keeps the secret."""
        return secret_name(self.provider)


def secret_name(provider: str) -> str:
    """The provider under whose name the vault keeps the secret for ``provider``. Tasks of a CalDAV account
    are read with the login of its calendars: two connections, one secret.
    """
    return CalendarProvider.CALDAV.value if provider == TaskSource.CALDAV.value else provider


OUTSIDE_LOGINS = frozenset(
    secret_name(one.value) for one in (*TaskSource, *CalendarProvider) if one is not TaskSource.OO
)
"""Every name under which a person's secret may be kept for good: what they can connect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """Tokens that a provider has to end. It does not say whose they were."""

    revocation_id: str
    provider: str
    queued_at: datetime
    not_before: datetime
    """When the provider may be asked again."""
    vault_key_id: str
    """Fingerprint of the vault key."""
    ciphertext: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedKey:
    """A person's data key, encrypted by a vault key. Deleting it makes the secrets under it unreadable."""

    person_id: str
    key_id: str
    """Fingerprint of the data key."""
    vault_key_id: str
    """Fingerprint of the vault key."""
    ciphertext: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSecret:
    """A secret for one provider, encrypted by the person's data key."""

    person_id: str
    provider: str
    key_id: str
    """Fingerprint of the data key."""
    ciphertext: bytes = field(repr=False)
