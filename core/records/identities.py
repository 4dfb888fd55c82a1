"""Accounts at an identity provider by which people sign in, and sign-ins that are under way.

Tests: tests/contracts/store/test_identities.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SignInGoal(StrEnum):
    """What somebody signs in for. Stored as text."""

    PERSON = "person"
    """Their own page."""
    LINK = "link"
    """To be able to sign in this way from now on; they are signed in already."""
    OPERATOR = "operator"
    """The operator's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An account at a provider that signs one person in. Issuer and subject together are its id."""

    issuer: str
    subject: str = field(repr=False)
    person_id: str
    linked_at: datetime
    used_at: datetime | None = None
    """When the person last signed in by it; None: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingSignIn:
    """A browser that was sent to the provider and has not come back."""

    state_hash: str = field(repr=False)
    """SHA-256 of the state in the address, which itself is stored nowhere."""
    browser_hash: str = field(repr=False)
    """SHA-256 of the cookie of the browser that has to bring it back."""
    goal: SignInGoal
    person_id: str | None = None
    """Who links; None for the other goals."""
    created_at: datetime
