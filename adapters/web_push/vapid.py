"""How oO identifies itself to push services (VAPID, RFC 8292): a token signed with its key on P-256."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from adapters.web_push.encryption import base64url, from_base64url, point_of

TOKEN_LASTS = timedelta(hours=12)
"""Push services refuse one that is good for more than a day; their clocks may be wrong."""

RENEWED_BEFORE_END = timedelta(hours=1)
KEY_BYTES = 32
MAX_TOKENS = 64
"""Of push services, of which there are few; a hostile browser may name any."""


def new_key() -> str:
    """A new private key, as it is written into ``OO_PUSH_KEY``."""
    made = ec.generate_private_key(ec.SECP256R1())
    return base64url(made.private_numbers().private_value.to_bytes(KEY_BYTES, "big"))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The key in ``text``. Raises ``ValueError`` if there is none."""
    raw = from_base64url(text.strip())
    if len(raw) != KEY_BYTES:
        raise ValueError("no private key on P-256")
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    ends_at: datetime


@dataclass(slots=True)
class Vapid:
    """Signs the header ``Authorization``; a token serves all requests to one push service until it ends."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    contact: str
    """A ``mailto:`` or ``https:`` URL by which the operator of a push service reaches the one of oO."""
    _tokens: dict[str, _Token] = field(default_factory=dict, repr=False)

    @property
    def public_key(self) -> str:
        """What browsers subscribe with (``applicationServerKey``)."""
        return base64url(point_of(self.key.public_key()))

    def authorization(self, audience: str, now: datetime) -> str:
        """The header for a push service, which is named by its origin."""
        token = self._tokens.pop(audience, None)
        if token is None or token.ends_at - now < RENEWED_BEFORE_END:
            ends_at = now + TOKEN_LASTS
            token = _Token(text=self._signed(audience, ends_at), ends_at=ends_at)
        self._tokens[audience] = token
        if len(self._tokens) > MAX_TOKENS:
            del self._tokens[next(iter(self._tokens))]
        return f"vapid t={token.text},k={self.public_key}"

    def _signed(self, audience: str, ends_at: datetime) -> str:
        claims = {"aud": audience, "exp": int(ends_at.timestamp()), "sub": self.contact}
        parts = ({"typ": "JWT", "alg": "ES256"}, claims)
        text = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        signature = self.key.sign(text.encode(), ec.ECDSA(SHA256()))
        numbers = decode_dss_signature(signature)
        return f"{text}.{base64url(b''.join(one.to_bytes(KEY_BYTES, 'big') for one in numbers))}"
