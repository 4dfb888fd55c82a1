"""The tokens of a connection by OAuth 2, as the vault holds them.

Tests: tests/core/integrations/test_tokens.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from core.ports import Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the vault holds for a connection by OAuth."""

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    """When ``access`` ends. None: unknown, or never."""


def granted(grant: Grant, now: datetime) -> Tokens:
    """The tokens of a grant that has just come."""
    expires_at = None if grant.lasts is None else now + grant.lasts
    return Tokens(access=grant.access_token, refresh=grant.refresh_token, expires_at=expires_at)


def dump(tokens: Tokens) -> str:
    """``tokens`` as the text that is stored in the vault."""
    ends = tokens.expires_at.isoformat() if tokens.expires_at else None
    return json.dumps({"access": tokens.access, "refresh": tokens.refresh, "expires_at": ends})


def load(secret: str) -> Tokens:
    """The tokens in a text of ``dump``. Raises ``ValueError`` for any other text, without showing it."""
    try:
        found = json.loads(secret)
        ends = found["expires_at"]
        expires_at = datetime.fromisoformat(ends) if ends else None
        return Tokens(access=found["access"], refresh=found["refresh"], expires_at=expires_at)
    except (ValueError, KeyError, TypeError):
        raise ValueError("a secret holds no tokens") from None
