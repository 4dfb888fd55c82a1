"""Requests that other sites make a browser send are refused: each POST needs a token that is bound to the
browser's cookie, and the header ``Origin`` of oO's own pages.

Tests: tests/bot/web/test_service.py.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from bot.config.hosts import is_loopback
from core.signing import Signer

FIELD = "csrf"
"""The field of a form that holds the token."""

_PURPOSE = "csrf"


def csrf_token(binding: str, signer: Signer) -> str:
    """The token for a session or visitor."""
    return signer.sign(_PURPOSE, binding.encode())


def is_csrf_token(text: str, binding: str, signer: Signer) -> bool:
    """Whether ``text`` is a token for that session or visitor."""
    payload = signer.verify(_PURPOSE, text)
    return payload is not None and hmac.compare_digest(payload, binding.encode())


def is_own_origin(origin: str, *, host: str, root: str) -> bool:
    """Whether a header ``Origin`` names oO: by its public address, or on this machine by the address of the
    request. Any other host name may be one that somebody else has pointed here.
    """
    named = _origin(origin)
    if named is None:
        return False
    if named == _origin(root):
        return True
    scheme, name, _ = named
    return scheme == "http" and origin == f"http://{host}" and is_loopback(name)


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port; None for what names no host, as ``null`` does."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
