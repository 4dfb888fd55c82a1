"""Proves by an id token who signed in (OpenID Connect Core 1.0, section 3.1.3.7), with authlib.

authlib checks the signature, the algorithm and the claims; here is chosen what it has to insist on. It is
imported with the first token.

Tests: tests/adapters/oidc/test_id_token.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from adapters.oidc.wire import Claims
from core.errors import IdentityProviderUnavailable, IdentityRefused

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

LEEWAY_SECONDS = 60
"""By which the provider's clock and this one may differ."""

MAX_KEYS = 100

_KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
"""By the first letters of the algorithm."""


class KeyUnknown(IdentityRefused):
    """No known key fits the token: the provider may have changed its keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token has to say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    """That came with it: if the token has its hash, it must be this one's."""
    algorithms: Sequence[str]


def parse_keys(body: bytes) -> tuple[Mapping[str, Any], ...]:
    """The keys of a JWK set, unread. Raises ``IdentityProviderUnavailable`` if it is none."""
    try:
        keys = json.loads(body)["keys"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise IdentityProviderUnavailable("its keys can't be read") from None
    if not isinstance(keys, list) or len(keys) > MAX_KEYS:
        raise IdentityProviderUnavailable("its keys can't be read")
    return tuple(key for key in keys if isinstance(key, dict))


def prove(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected, now: datetime) -> Claims:
    """The claims of ``token``. Raises ``IdentityRefused`` unless all of it is as ``expected``, at ``now``;
    ``KeyUnknown`` if other keys might prove it.
    """
    header, raw = _signed(token, keys, expected.algorithms)
    try:
        claims = Claims.model_validate(raw)
    except ValidationError as fault:
        names = ", ".join(sorted({str(error["loc"][0]) for error in fault.errors()}))
        raise IdentityRefused(f"claims of the id token are missing or of another type: {names}") from None
    _check(header, raw, expected, now)
    return claims


def _signed(
    token: str, keys: Sequence[Mapping[str, Any]], algorithms: Sequence[str]
) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Header and claims of a token whose signature is right."""
    from joserfc import jwt
    from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
    from joserfc.jws import JWSRegistry

    algorithm = _algorithm(token, algorithms)
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    try:
        signed = jwt.decode(token, _key_set(keys, algorithm), registry=registry)
    except (InvalidKeyIdError, BadSignatureError) as fault:
        raise KeyUnknown(f"no key of the provider fits the id token ({type(fault).__name__})") from None
    except (JoseError, ValueError, TypeError, RecursionError) as fault:
        raise IdentityRefused(f"the id token can't be read ({type(fault).__name__})") from None
    return signed.header, signed.claims


def _algorithm(token: str, allowed: Sequence[str]) -> str:
    """That of the token's header, which nobody has signed yet: so it only chooses among ``allowed``."""
    from joserfc.errors import JoseError
    from joserfc.jws import extract_compact

    try:
        named = extract_compact(token.encode()).protected.get("alg")
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise IdentityRefused(f"the id token can't be read ({type(fault).__name__})") from None
    if not isinstance(named, str) or named not in allowed:
        raise IdentityRefused("the id token is signed by an algorithm that is not accepted")
    return named


def _key_set(keys: Sequence[Mapping[str, Any]], algorithm: str) -> KeySet:
    """The public keys that are for signatures by ``algorithm``. One that can't be read is passed over."""
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet, import_key

    usable = []
    for key in keys:
        fits = key.get("kty") == _KEY_TYPES[algorithm[:2]] and key.get("use", "sig") == "sig"
        if fits and key.get("alg", algorithm) == algorithm:
            try:
                usable.append(import_key(dict(key)))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    if not usable:
        raise KeyUnknown("no key of the provider is for this algorithm")
    return KeySet(usable)


def _check(header: Mapping[str, Any], raw: dict[str, Any], expected: Expected, now: datetime) -> None:
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
    }
    params = {
        "nonce": expected.nonce,
        "client_id": expected.client_id,
        "access_token": expected.access_token,
    }
    try:
        CodeIDToken(raw, header, options, params).validate(int(now.timestamp()), LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, OverflowError) as fault:
        what = getattr(fault, "claim", "") or type(fault).__name__
        raise IdentityRefused(f"the id token is not for this sign-in: {what}") from None
