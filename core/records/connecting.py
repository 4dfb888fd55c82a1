"""Connections that are being made: the person was sent to the provider, and has not confirmed yet.

Tests: tests/contracts/store/test_connecting.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingConnection:
    """One link by which a person may connect an account, or one question for the password of an account."""

    state_hash: str = field(repr=False)
    """SHA-256 of the state in the link, which itself is stored nowhere; for a question a random id."""
    person_id: str
    provider: str
    account_id: str
    """The person's account in whose chat the link was asked for, and is confirmed."""
    created_at: datetime
    answered_at: datetime | None = None
    """When the provider sent the browser back. Then the state is used up."""
    outside_id: str | None = None
    """The provider's id of the account; None until it is known."""
    outside_name: str | None = None
    """How the provider calls it; cleaned."""
    asked_at: datetime | None = None
    """When the chat asked whether that is the right account."""
