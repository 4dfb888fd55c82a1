"""What the machine gives: the time, randomness, encryption.

Tests: tests/contracts/test_cipher.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of the time."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class RandomSource(Protocol):
    """The only source of randomness."""

    def seed(self) -> int:
        """A new seed in [0, 2**63) for one draw. It is logged with the decision."""
        ...

    def new_id(self) -> str:
        """A new unique id for a record."""
        ...

    def secret(self) -> str:
        """128 bits from the system's secure source as 22 URL-safe characters."""
        ...


class Cipher(Protocol):
    """Authenticated encryption with associated data. Keys are 32 bytes."""

    def new_key(self) -> bytes:
        """A random key."""
        ...

    def encrypt(self, key: bytes, plaintext: bytes, associated: bytes) -> bytes:
        """The ciphertext, other bytes at each call. ``associated`` is authenticated and not contained."""
        ...

    def decrypt(self, key: bytes, ciphertext: bytes, associated: bytes) -> bytes:
        """The plaintext. Raises ``VaultDamaged`` unless all three are those of the encryption."""
        ...
