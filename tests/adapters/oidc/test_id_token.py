"""What an id token proves, and everything by which it proves nothing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptojwt.jwk.hmac import SYMKey
from cryptojwt.jws.jws import JWS
from cryptojwt.jws.utils import left_hash

from adapters.oidc.id_token import MAX_KEYS, Expected, KeyUnknown, parse_keys, prove
from adapters.oidc.wire import ALGORITHMS, MAX_SUBJECT_CHARACTERS
from core.errors import IdentityProviderUnavailable, IdentityRefused
from tests.rows import each_of
from tests.servers.oidc import CLIENT_SECRET, keys, signed

NOW = datetime(2026, 11, 29, 16, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ACCESS_TOKEN = "access-CANARY"
EXPECTED = Expected(
    issuer="https://id.example",
    client_id="oo",
    nonce="nonce-of-this-sign-in",
    access_token=ACCESS_TOKEN,
    algorithms=ALGORITHMS,
)
CLAIMS = {
    "iss": "https://id.example",
    "sub": "42",
    "aud": "oo",
    "exp": SECONDS + 300,
    "iat": SECONDS,
    "nonce": "nonce-of-this-sign-in",
}


def published(*which: str) -> tuple[dict[str, Any], ...]:
    return tuple(key for name in which for key in keys(name).export_jwks()["keys"])


def claims(**other: Any) -> dict[str, Any]:
    return {name: value for name, value in {**CLAIMS, **other}.items() if value is not None}


def raw(header: Any, payload: Any, signature: bytes = b"x") -> str:
    parts = (json.dumps(header).encode(), json.dumps(payload).encode(), signature)
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@each_of(
    [
        {},
        {"aud": ["oo"]},
        {"aud": ["other", "oo"], "azp": "oo"},
        {"azp": "oo"},
        {"exp": SECONDS - 59},
        {"iat": SECONDS + 59},
        {"nbf": SECONDS + 59},
        {"exp": SECONDS + 0.5},
        {"at_hash": left_hash(ACCESS_TOKEN, "HS256")},
        {"sub": "x" * MAX_SUBJECT_CHARACTERS},
        {
            "email": "ann@example.org",
            "email_verified": True,
            "name": {"any": ["thing"]},
            "auth_time": SECONDS,
        },
    ]
)
def test_a_token_for_this_sign_in_proves_who_it_is(other: dict[str, Any]) -> None:
    told = claims(**other)
    assert prove(signed(told), published("first"), EXPECTED, NOW).sub == told["sub"]


@each_of(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256"])
def test_every_algorithm_with_a_public_key_will_do(alg: str) -> None:
    at_hash = left_hash(ACCESS_TOKEN, f"HS{alg[2:]}")
    assert prove(signed(claims(at_hash=at_hash), alg=alg), published("first"), EXPECTED, NOW).sub == "42"


@each_of(
    [
        {"iss": "https://evil.example"},
        {"iss": "https://id.example/"},
        {"iss": ["https://id.example"]},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 42},
        {"sub": "x" * (MAX_SUBJECT_CHARACTERS + 1)},
        {"sub": "a\nb"},
        {"aud": None},
        {"aud": []},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": ["other", "oo"]},
        {"aud": ["oo", "other"], "azp": "other"},
        {"aud": {"oo": 1}},
        {"azp": "other"},
        {"azp": ["oo"]},
        {"exp": None},
        {"exp": SECONDS - 60},
        {"exp": 0},
        {"exp": str(SECONDS + 300)},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"iat": None},
        {"iat": SECONDS + 61},
        {"iat": "now"},
        {"nbf": SECONDS + 61},
        {"nonce": None},
        {"nonce": ""},
        {"nonce": "nonce-of-another-sign-in"},
        {"nonce": ["nonce-of-this-sign-in"]},
        {"at_hash": left_hash("another token", "HS256")},
        {"at_hash": 5},
        {"auth_time": "yesterday"},
    ]
)
def test_a_token_for_anything_else_proves_nothing(other: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefused) as refused:
        prove(signed(claims(**other)), published("first"), EXPECTED, NOW)
    assert not isinstance(refused.value, KeyUnknown)
    assert "CANARY" not in str(refused.value)
    assert "42" not in str(refused.value)


def test_no_token_signs_itself() -> None:
    public = json.dumps(published("first")[0])
    by_secret = JWS(json.dumps(CLAIMS), alg="HS256").sign_compact([SYMKey(key=CLIENT_SECRET.encode())])
    by_public_key = JWS(json.dumps(CLAIMS), alg="HS256").sign_compact([SYMKey(key=public.encode())])
    own = {"kid": "mine", **published("second")[0]}
    brings_key = signed(CLAIMS, which="second", jwk=own, kid=published("first")[0]["kid"])
    tokens = (
        raw({"alg": "none"}, CLAIMS, b""),
        raw({"alg": "None"}, CLAIMS, b""),
        raw({"alg": ""}, CLAIMS),
        raw({"alg": ["RS256"]}, CLAIMS),
        raw({"alg": None}, CLAIMS),
        raw({}, CLAIMS),
        raw([], CLAIMS),
        raw({"alg": "RS256", "crit": ["exp"]}, CLAIMS),
        by_secret,
        by_public_key,
        brings_key,
    )
    for token in tokens:
        with pytest.raises(IdentityRefused):
            prove(token, published("first"), EXPECTED, NOW)


def test_an_algorithm_that_the_provider_does_not_offer_is_refused() -> None:
    narrow = Expected(
        issuer=EXPECTED.issuer, client_id="oo", nonce=EXPECTED.nonce, access_token="", algorithms=("ES256",)
    )
    with pytest.raises(IdentityRefused, match="algorithm"):
        prove(signed(CLAIMS), published("first"), narrow, NOW)
    assert prove(signed(CLAIMS, alg="ES256"), published("first"), narrow, NOW).sub == "42"


def test_a_changed_token_is_refused() -> None:
    header, payload, signature = signed(CLAIMS).split(".")
    changed = signed(claims(sub="43")).split(".")[1]
    for token in (f"{header}.{changed}.{signature}", f"{header}.{payload}.{signature[:-8]}AAAAAAAA"):
        with pytest.raises(KeyUnknown):
            prove(token, published("first"), EXPECTED, NOW)


def test_what_is_no_token_is_refused() -> None:
    nested = "[" * 60_000
    deep = ".".join(urlsafe_b64encode(one.encode()).decode() for one in ('{"alg": "RS256"}', nested, "x"))
    for token in ("", ".", "..", "...", "a.b", "a.b.c", "é.é.é", "x" * 100_000, deep, raw(5, 5), raw("", "")):
        with pytest.raises(IdentityRefused):
            prove(token, published("first"), EXPECTED, NOW)


def test_another_key_is_asked_for_if_none_fits() -> None:
    for known in ((), published("second"), ({"kty": "RSA"}, {"kty": "RSA", "n": 5, "e": []}, {"x": 1})):
        with pytest.raises(KeyUnknown):
            prove(signed(CLAIMS), known, EXPECTED, NOW)


def test_the_key_is_found_among_others_and_without_its_id() -> None:
    encrypting = {**published("second")[0], "use": "enc"}
    strange = {"kty": "AKP", "kid": "quantum"}
    unreadable = {"kty": "RSA", "kid": "x", "n": "!", "e": "!"}
    crowd = (encrypting, strange, unreadable, *published("first"))
    assert prove(signed(CLAIMS), crowd, EXPECTED, NOW).sub == "42"
    nameless = [{name: value for name, value in key.items() if name != "kid"} for key in crowd]
    assert prove(signed(CLAIMS, kid=""), nameless[:1] + nameless[-2:], EXPECTED, NOW).sub == "42"


@each_of([b"", b"{}", b"[]", b"null", b'{"keys": 5}', b'{"keys": {}}', b"\xff", b"[" * 100_000])
def test_what_is_no_set_of_keys_is_refused(body: bytes) -> None:
    with pytest.raises(IdentityProviderUnavailable):
        parse_keys(body)


def test_a_flood_of_keys_is_refused() -> None:
    parse_keys(json.dumps({"keys": [{}] * MAX_KEYS}).encode())
    with pytest.raises(IdentityProviderUnavailable):
        parse_keys(json.dumps({"keys": [{}] * (MAX_KEYS + 1)}).encode())


@each_of([(True, "a@b"), (False, None), ("true", None), (None, None)])
def test_only_a_plain_true_verifies_an_address(verified: object, expected: str | None) -> None:
    token = signed(claims(email="a@b", email_verified=verified))
    assert prove(token, published("first"), EXPECTED, NOW).verified_email == expected
