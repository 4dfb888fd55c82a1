"""Slack workspaces that have installed oO, and installations that are under way.

Tests: tests/contracts/store/test_workspaces.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.records.integrations import TokenStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One installation of the Slack app: in a workspace, or for a whole organisation (Enterprise Grid).

    Its tokens are sealed as those of people are: by a data key, and that by a vault key. Without them, and
    while it is paused, nobody in it is written to.
    """

    workspace_id: str
    """The id of the organisation (``E…``) if the app is installed for all of it, else of the team (``T…``).
    """
    enterprise_id: str | None = None
    """The organisation that the team belongs to."""
    team_id: str | None = None
    """None for an organisation."""
    name: str = ""
    """How Slack calls it; cleaned."""
    app_id: str | None = None
    bot_id: str | None = None
    bot_member: str | None = None
    """Slack's id of the app itself, as a member there."""
    scopes: tuple[str, ...] = ()
    """What the app was allowed to do."""
    status: TokenStatus = TokenStatus.CONNECTED
    changed_at: datetime
    """When ``status`` changed."""
    installed_at: datetime
    """When it was last installed."""
    paused_at: datetime | None = None
    """Since when it is paused: the app was removed, or its token was revoked."""
    expires_at: datetime | None = None
    """When the access token ends. None: never."""
    lease: str | None = None
    """The refresh of the token that is under way, by a random id."""
    leased_until: datetime | None = None
    """When that refresh counts as cut off."""
    key_id: str | None = None
    """Fingerprint of the data key. None: there are no tokens."""
    vault_key_id: str | None = None
    """Fingerprint of the vault key that encrypts the data key."""
    sealed_key: bytes | None = field(default=None, repr=False)
    ciphertext: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallState:
    """An installation that was begun in a browser. It works once."""

    state_hash: str
    created_at: datetime
