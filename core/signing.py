"""Signs what goes out and comes back: cookies, links in mails, buttons on pages.

A signature says that oO made a text for one purpose; it hides nothing. The keys follow from those of the
vault (HKDF with SHA-256, RFC 5869), one for each purpose: what was signed for one is nothing for another.

Tests: tests/core/test_signing.py.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

from core.vault import VaultKey

MAX_SIGNED_CHARACTERS = 16_384
"""A longer text is refused before anything is computed."""

_SALT = b"oO signing"
_SEPARATOR = "."


class Signer:
    """Signs with the first key, and accepts signatures by any of them."""

    def __init__(self, keys: Sequence[VaultKey]) -> None:
        """Raises ``ValueError`` without a key."""
        if not keys:
            raise ValueError("signing needs a key")
        self._keys = tuple(hmac.digest(_SALT, key.key, hashlib.sha256) for key in keys)

    def sign(self, purpose: str, payload: bytes) -> str:
        """``payload`` with its signature, as URL-safe text."""
        return f"{_encode(payload)}{_SEPARATOR}{_encode(_mac(self._keys[0], purpose, payload))}"

    def verify(self, purpose: str, text: str) -> bytes | None:
        """The payload of what ``sign`` made for that purpose; None for anything else.

        Every key is tried, in a time that tells nothing about them.
        """
        if len(text) > MAX_SIGNED_CHARACTERS:
            return None
        first, _, last = text.partition(_SEPARATOR)
        payload, mac = _decode(first), _decode(last)
        if payload is None or mac is None:
            return None
        matches = [hmac.compare_digest(_mac(key, purpose, payload), mac) for key in self._keys]
        return payload if any(matches) else None


def _mac(key: bytes, purpose: str, payload: bytes) -> bytes:
    """Step 2 of HKDF (one block is as long as a key), then HMAC."""
    own = hmac.digest(key, purpose.encode() + b"\x01", hashlib.sha256)
    return hmac.digest(own, payload, hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes | None:
    """None unless it is exactly what ``_encode`` makes: no other text may stand for the same bytes."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _encode(raw) == text else None
