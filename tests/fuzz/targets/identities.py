"""What browsers and identity providers send: push subscriptions, metadata, keys, tokens."""

from __future__ import annotations

import json
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import IPv6Network

from cryptography.hazmat.primitives.asymmetric import ec

from adapters.oidc.id_token import Expected, parse_keys, prove
from adapters.oidc.wire import Claims, parse_metadata
from adapters.web_push.encryption import encrypt
from adapters.web_push.post import PushServices
from core.errors import IdentityProviderUnavailable, Unreachable
from core.people.browsers import read_subscription
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of

NAT64 = IPv6Network("64:ff9b::/96")

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


# --- Push subscriptions ------------------------------------------------------------------------------------


def _subscriptions(data: bytes) -> None:
    """What is taken from a browser is something that can be encrypted for, or is refused without a bug."""
    with suppress(ValueError, RecursionError):
        offered = json.loads(data[1:])
        found = read_subscription(offered, "Firefox")
        if found is None:
            return
        assert "\n" not in found.endpoint
        with suppress(Unreachable):
            PushServices().checked(found.endpoint)
        with suppress(ValueError):  # the point is not on the curve
            encrypt(b"x", found.p256dh, found.auth, salt=bytes(16), ephemeral=_EPHEMERAL)


_EPHEMERAL = ec.derive_private_key(7, ec.SECP256R1())
_SUBSCRIPTION = {
    "endpoint": "https://push.example/abc",
    "expirationTime": None,
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}

SUBSCRIPTIONS = Target(
    name="subscriptions",
    run=_subscriptions,
    seeds=lambda: [choice(0, json.dumps(_SUBSCRIPTION))],
    shape=Shape.JSON,
    words=lambda: ("endpoint", "keys", "p256dh", "auth", "https://127.0.0.1/", "A" * 87, "A" * 22, "=="),
    max_bytes=600,
)


# --- Identity providers ------------------------------------------------------------------------------------

ISSUER = "https://id.example"
EXPECTED = Expected(
    issuer=ISSUER, client_id="oo", nonce="n", access_token="a", algorithms=("RS256", "ES256", "EdDSA")
)


def _oidc(data: bytes) -> None:
    """A token that nobody signed proves nothing."""
    kind, rest = chosen(data, range(3))
    with suppress(IdentityProviderUnavailable), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of algorithms that will go
        if kind == 0:
            metadata = parse_metadata(rest, ISSUER)
            assert metadata.token_endpoint.lower().startswith("https://")
        elif kind == 1:
            parse_keys(rest)
        else:
            token, _, keys = rest.partition(b"\n")
            claims: Claims = prove(text_of(token), parse_keys(keys), EXPECTED, NOW)
            raise AssertionError(f"a forged token was accepted: {claims.iss}")


_METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}
_KEYS = {
    "keys": [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "kid": "1",
            "use": "sig",
            "alg": "EdDSA",
        },
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            "kid": "2",
        },
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T"},
    ]
}
_TOKENS = (
    "eyJhbGciOiJFZERTQSIsImtpZCI6IjEifQ.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJzdWIiOiIxIn0.AAAA",
    "eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
    "eyJhbGciOiJub25lIn0.e30.",
    "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il0sImI2NCI6ZmFsc2V9.e30.AAAA",
)

OIDC = Target(
    name="oidc",
    run=_oidc,
    seeds=lambda: [
        choice(0, json.dumps(_METADATA)),
        choice(1, json.dumps(_KEYS)),
        *(choice(2, f"{token}\n{json.dumps(_KEYS)}") for token in _TOKENS),
    ],
    shape=Shape.JSON,
    words=lambda: (
        *_METADATA,
        "kty",
        "OKP",
        "EC",
        "RSA",
        "oct",
        "crv",
        "x",
        "y",
        "n",
        "e",
        "kid",
        "use",
        "alg",
        "key_ops",
        "http://",
        "[::1",
    ),
    max_bytes=1500,
)

TARGETS = by_name(SUBSCRIPTIONS, OIDC)
