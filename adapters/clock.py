"""The real time and the system's randomness; no other module may use them.

Tests: tests/adapters/todoist/test_writing.py.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import uuid4


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant in UTC."""
        return datetime.now(UTC)


class SystemRandomSource:
    """Ids, seeds and secrets from the operating system."""

    def seed(self) -> int:
        """A seed in [0, 2**63)."""
        return secrets.randbits(63)

    def new_id(self) -> str:
        """A fresh UUID, as 32 hexadecimal digits."""
        return uuid4().hex

    def secret(self) -> str:
        """128 random bits, URL-safe, 22 characters."""
        return secrets.token_urlsafe(16)


def random_bytes(count: int) -> bytes:
    """Bytes from the system's secure source, for keys and nonces."""
    return secrets.token_bytes(count)
