"""What is encrypted for a browser: the example of RFC 8291, and what every browser must be able to read."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from adapters.web_push.encryption import (
    BLOCK,
    MAX_BODY,
    MAX_PLAINTEXT,
    base64url,
    encrypt,
    from_base64url,
    point_of,
)
from adapters.web_push.vapid import private_key
from tests.servers.push import decrypted

# RFC 8291, appendix A.
SENDER = private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
BROWSER = private_key("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = from_base64url("DGv6ra1nlYgDCS1FRnbzlw")
TEXT = b"When I grow up, I want to be a watermelon"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
    "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    assert point_of(BROWSER.public_key()) == from_base64url(P256DH)
    assert base64url(encrypt(TEXT, P256DH, AUTH, salt=SALT, ephemeral=SENDER, block=1)) == BODY


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, MAX_PLAINTEXT - 1, MAX_PLAINTEXT])
def test_a_browser_reads_what_was_encrypted_for_it_whatever_its_length(length: int) -> None:
    text = ("ü" * length)[:length].encode()[:length].decode(errors="ignore")
    body = encrypt(text.encode(), P256DH, AUTH, salt=SALT, ephemeral=ec.generate_private_key(ec.SECP256R1()))
    assert decrypted(body, BROWSER, from_base64url(AUTH)) == text
    assert len(body) <= MAX_BODY


def test_lengths_of_one_block_can_not_be_told_apart() -> None:
    sizes = {len(encrypt(b"x" * n, P256DH, AUTH, salt=SALT, ephemeral=SENDER)) for n in range(1, BLOCK + 1)}
    assert len(sizes) == 1


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        encrypt(b"x" * (MAX_PLAINTEXT + 1), P256DH, AUTH, salt=SALT, ephemeral=SENDER)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (P256DH, ""),
        (P256DH[:-4], AUTH),
        (P256DH, AUTH[:-4]),
        (P256DH, AUTH + "AAAA"),
        (base64url(b"\x04" + bytes(64)), AUTH),
        (base64url(b"\x02" + bytes(64)), AUTH),
        (base64url(b"\x04" + b"\xff" * 64), AUTH),
        (base64url(bytes(65)), AUTH),
        ("é" * 87, AUTH),
        (P256DH.replace("_", "/"), AUTH),
        ("a", "a"),
    ],
)
def test_what_is_no_key_of_a_browser_is_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        encrypt(TEXT, p256dh, auth, salt=SALT, ephemeral=SENDER)
