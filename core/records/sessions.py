"""Sessions of browsers, and the links by which people sign in.

Tests: tests/contracts/store/test_sessions.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SessionKind(StrEnum):
    """Whose pages a session opens. Stored as text."""

    PERSON = "person"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSession:
    """A browser that is signed in. Its secret is in a cookie; only the hash of it is stored."""

    session_id: str
    """Names it in lists; it opens nothing."""
    secret_hash: str = field(repr=False)
    """SHA-256 of the secret, in hexadecimal digits."""
    kind: SessionKind
    person_id: str | None = None
    """Whose page it opens; None for an operator."""
    operator: str | None = None
    """The operator's name; None for a person."""
    account_id: str | None = None
    """The person's account from whose chat they signed in; None: they signed in another way."""
    browser: str = ""
    """What the browser says that it is, in a few words; cleaned."""
    created_at: datetime
    used_at: datetime
    """When it was last used, to within minutes."""
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A link in the chat that signs one browser in."""

    token_hash: str = field(repr=False)
    """SHA-256 of the token in the link, which itself is stored nowhere."""
    person_id: str
    account_id: str
    """The account whose chat shows the link."""
    created_at: datetime
    used_at: datetime | None = None
    """When it was used up."""
