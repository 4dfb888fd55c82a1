"""Signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from core.signing import MAX_SIGNED_CHARACTERS, Signer
from core.vault import vault_key

ONE, TWO = vault_key(bytes(range(32))), vault_key(bytes(range(100, 132)))


@given(st.binary(max_size=300), st.text(max_size=20, alphabet=st.characters(codec="utf-8")))
def test_what_was_signed_comes_back_for_its_purpose_only(payload: bytes, purpose: str) -> None:
    signed = Signer([ONE]).sign(purpose, payload)
    assert Signer([ONE]).verify(purpose, signed) == payload
    assert Signer([ONE]).verify(f"{purpose}2", signed) is None
    assert Signer([TWO]).verify(purpose, signed) is None
    assert all(char.isascii() and (char.isalnum() or char in "-_.") for char in signed)


def test_every_key_verifies_and_the_first_signs() -> None:
    old = Signer([ONE]).sign("p", b"x")
    both = Signer([TWO, ONE])
    assert both.verify("p", old) == b"x"
    assert both.sign("p", b"x") == Signer([TWO]).sign("p", b"x") != old


def test_the_keys_are_those_of_hkdf() -> None:
    """RFC 5869, as another library computes it."""
    key = HKDF(algorithm=SHA256(), length=32, salt=b"oO signing", info=b"p").derive(ONE.key)
    mac = hmac.digest(key, b"x", hashlib.sha256)
    signed = Signer([ONE]).sign("p", b"x")
    assert signed.startswith("eA.")
    assert Signer([ONE]).verify("p", signed) == b"x"
    assert base64.urlsafe_b64decode(signed.partition(".")[2] + "=") == mac


def test_every_other_text_is_refused() -> None:
    signer = Signer([ONE])
    signed = signer.sign("p", b"payload")
    payload, _, mac = signed.partition(".")
    forged = [
        "", ".", payload, f"{payload}.", f".{mac}", f"{signed}=", f"{signed} ", f" {signed}", f"{signed}.x",
        signed.lower(), f"{payload}=.{mac}", f"x{signed}", signed[:-1], "ä.ö", "\0.\0", f"{payload}\n.{mac}",
        "a" * (MAX_SIGNED_CHARACTERS + 1),
    ]  # fmt: skip
    assert [one for one in forged if signer.verify("p", one) is not None] == []


def test_the_last_character_of_a_signature_can_not_be_another_one() -> None:
    """Base64 leaves bits unused: several characters would stand for the same bytes."""
    signer = Signer([ONE])
    signed = signer.sign("p", b"x")
    others = {
        signed[:-1] + char for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    }
    assert {one for one in others if signer.verify("p", one)} == {signed}


def test_without_a_key_there_is_no_signer() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        Signer([])
