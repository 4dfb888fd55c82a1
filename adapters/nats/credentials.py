"""A file with credentials for NATS: the JWT of a user, and the seed of the key by which the user signs.

nats-py reads it only with a library of its own for such keys. They are Ed25519, and written as NATS's
``nkeys`` writes them: base32 of a prefix, the key and a checksum.

Tests: tests/adapters/nats/test_credentials.py.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import StreamUnavailable

SEED_BYTES = 32
_PARTS = re.compile(r"-{3,}BEGIN [^-\n]*-{3,}\s+(\S+)\s+-{3,}END [^-\n]*-{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a user shows, and how it signs what the server asks it to sign."""

    jwt: bytes
    sign: Callable[[str], bytes]
    """The signature in base64."""


def read_credentials(file: str) -> Credentials:
    """Blocks. Raises ``StreamUnavailable``, which holds nothing of what is in the file."""
    try:
        jwt, seed = _PARTS.findall(Path(file).read_text(encoding="ascii"))
        key = Ed25519PrivateKey.from_private_bytes(_seed(seed))
    except OSError as fault:
        raise StreamUnavailable(f"NATS_CREDENTIALS: {file} can't be read: {fault.strerror}") from fault
    except ValueError:
        said = "does not hold a user's JWT and seed, as nsc makes them"
        raise StreamUnavailable(f"NATS_CREDENTIALS: {file} {said}") from None
    return Credentials(jwt=jwt.encode(), sign=lambda nonce: base64.b64encode(key.sign(nonce.encode())))


def _seed(text: str) -> bytes:
    """Raises ``ValueError``."""
    raw = base64.b32decode(text + "=" * (-len(text) % 8))
    content, checksum = raw[:-2], int.from_bytes(raw[-2:], "little")
    if len(content) != 2 + SEED_BYTES or binascii.crc_hqx(content, 0) != checksum:
        raise ValueError("no seed")
    return content[2:]
