"""Values for an authorization request that follow from its state, so that they are stored nowhere.

Each is an HMAC of the state by the client's secret: nobody else can compute it, and it works for no other
request. The challenge is that of RFC 7636 (S256).

Tests: tests/adapters/todoist/test_oauth.py, tests/adapters/oidc/test_relying_party.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac


def verifier(client_secret: str, state: str) -> str:
    """The code verifier: 43 URL-safe characters."""
    return _derived(client_secret, "pkce", state)


def nonce(client_secret: str, state: str) -> str:
    """The nonce of OpenID Connect: 43 URL-safe characters."""
    return _derived(client_secret, "nonce", state)


def challenge(code_verifier: str) -> str:
    """What the provider is told of a verifier."""
    return _base64(hashlib.sha256(code_verifier.encode()).digest())


def _derived(client_secret: str, purpose: str, state: str) -> str:
    return _base64(hmac.digest(client_secret.encode(), f"{purpose} {state}".encode(), hashlib.sha256))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
