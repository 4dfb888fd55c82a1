"""AES-256-GCM by `cryptography`, which is loaded at the first use.

A ciphertext is the nonce, followed by what AES-GCM returns. A key may encrypt 2**32 texts, as its nonces are
random (NIST SP 800-38D, 8.3).

Tests: tests/contracts/test_cipher.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adapters.clock import random_bytes
from core.errors import VaultDamaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class AesGcm:
    """Implements ``core.ports.Cipher``."""

    def __init__(self, random: Callable[[int], bytes] = random_bytes) -> None:
        self._random = random

    def new_key(self) -> bytes:
        """32 random bytes."""
        return self._random(KEY_BYTES)

    def encrypt(self, key: bytes, plaintext: bytes, associated: bytes) -> bytes:
        """Encrypt under a new nonce."""
        nonce = self._random(NONCE_BYTES)
        return nonce + _aead(key).encrypt(nonce, plaintext, associated)

    def decrypt(self, key: bytes, ciphertext: bytes, associated: bytes) -> bytes:
        """The plaintext. Raises ``VaultDamaged``."""
        from cryptography.exceptions import InvalidTag

        nonce, rest = ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:]
        try:
            return _aead(key).decrypt(nonce, rest, associated)
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            raise VaultDamaged("a ciphertext can't be decrypted") from None


def _aead(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return AESGCM(key)
