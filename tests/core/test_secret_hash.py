"""What is stored of a secret."""

from __future__ import annotations

from core.secret_hash import secret_hash


def test_the_same_secret_is_known_again_by_its_sha_256() -> None:
    assert secret_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_text_that_is_no_secret_has_a_hash_as_well() -> None:
    assert secret_hash("\ud800") == secret_hash("?")
