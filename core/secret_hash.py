"""What is stored of a secret that somebody else has: enough to know it again, too little to use it."""

from __future__ import annotations

import hashlib


def secret_hash(secret: str) -> str:
    """The SHA-256 of a secret. It needs no salt: oO's secrets are random, and too long to be tried out."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
