"""What every cipher promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.aes_gcm import AesGcm
from core.errors import VaultDamaged
from core.ports import Cipher
from tests.fakes.cipher import FakeCipher

CIPHERS = pytest.mark.parametrize("cipher", [AesGcm(), FakeCipher()], ids=["aes-gcm", "fake"])

PLAIN, ASSOCIATED = b"a secret canary", b"whose it is"


@CIPHERS
@given(plain=st.binary(max_size=300), associated=st.binary(max_size=100))
def test_what_was_encrypted_is_decrypted(cipher: Cipher, plain: bytes, associated: bytes) -> None:
    key = cipher.new_key()
    assert cipher.decrypt(key, cipher.encrypt(key, plain, associated), associated) == plain


@CIPHERS
def test_a_ciphertext_does_not_contain_what_it_protects(cipher: Cipher) -> None:
    ciphertext = cipher.encrypt(cipher.new_key(), PLAIN, ASSOCIATED)
    assert not any(part in ciphertext for part in (PLAIN, PLAIN[:6], ASSOCIATED))


@CIPHERS
def test_no_two_ciphertexts_and_no_two_keys_are_equal(cipher: Cipher) -> None:
    key = cipher.new_key()
    assert len({cipher.encrypt(key, PLAIN, ASSOCIATED) for _ in range(50)}) == 50
    assert len({cipher.new_key() for _ in range(50)}) == 50
    assert len(key) == 32


@CIPHERS
def test_every_flipped_bit_and_every_missing_byte_is_noticed(cipher: Cipher) -> None:
    key = cipher.new_key()
    ciphertext = cipher.encrypt(key, PLAIN, ASSOCIATED)
    flipped = [
        ciphertext[:place] + bytes([ciphertext[place] ^ 1 << bit]) + ciphertext[place + 1 :]
        for place in range(len(ciphertext))
        for bit in range(8)
    ]
    cut = [ciphertext[:length] for length in range(len(ciphertext))]
    for wrong in (*flipped, *cut, ciphertext + b"x"):
        with pytest.raises(VaultDamaged):
            cipher.decrypt(key, wrong, ASSOCIATED)


@CIPHERS
def test_another_key_or_other_associated_data_decrypts_nothing(cipher: Cipher) -> None:
    key = cipher.new_key()
    ciphertext = cipher.encrypt(key, PLAIN, ASSOCIATED)
    for other_key, associated in ((cipher.new_key(), ASSOCIATED), (key, b""), (key, ASSOCIATED + b"x")):
        with pytest.raises(VaultDamaged) as raised:
            cipher.decrypt(other_key, ciphertext, associated)
        assert PLAIN.decode() not in f"{raised.value!r} {raised.value.__context__!r}"
