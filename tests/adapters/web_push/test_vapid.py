"""The token by which a push service knows oO."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from adapters.web_push.encryption import from_base64url
from adapters.web_push.vapid import MAX_TOKENS, RENEWED_BEFORE_END, TOKEN_LASTS, Vapid, new_key, private_key

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
HERE = "https://push.example"


def vapid() -> Vapid:
    return Vapid(key=private_key(new_key()), contact="mailto:operator@example.org")


def claims(header: str, audience: str = HERE) -> Any:
    found = re.fullmatch(r"vapid t=([\w.-]+),k=([\w-]+)", header)
    assert found
    token, key = found.groups()
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(key))
    return jwt.decode(token, point, algorithms=["ES256"], audience=audience, options={"verify_exp": False})


def test_the_token_is_signed_for_one_push_service() -> None:
    made = vapid()
    assert claims(made.authorization(HERE, NOW)) == {
        "aud": HERE,
        "exp": (NOW + TOKEN_LASTS).timestamp(),
        "sub": "mailto:operator@example.org",
    }
    other = made.authorization("https://other.example", NOW)
    with pytest.raises(jwt.InvalidAudienceError):
        claims(other)


def test_a_token_serves_until_shortly_before_its_end() -> None:
    made = vapid()
    first = made.authorization(HERE, NOW)
    assert made.authorization(HERE, NOW + TOKEN_LASTS - RENEWED_BEFORE_END) == first
    later = NOW + TOKEN_LASTS - RENEWED_BEFORE_END + timedelta(seconds=1)
    assert claims(made.authorization(HERE, later))["exp"] == (later + TOKEN_LASTS).timestamp()


def test_browsers_that_name_many_services_fill_no_memory() -> None:
    made = vapid()
    first = made.authorization(HERE, NOW)
    for number in range(MAX_TOKENS + 10):
        made.authorization(f"https://{number}.example", NOW)
        made.authorization(HERE, NOW)
    assert made.authorization(HERE, NOW) == first
    assert len(made._tokens) == MAX_TOKENS


def test_each_key_is_another_and_shows_itself_nowhere() -> None:
    assert new_key() != new_key()
    key = new_key()
    made = Vapid(key=private_key(key), contact="https://oo.example")
    assert key not in repr(made)
    made.authorization(HERE, NOW)
    assert "eyJ" not in repr(made)
