"""A cipher from the standard library that keeps the promises of ``core.ports.Cipher``; not for use elsewhere.

``tests/contracts/test_cipher.py`` holds it to them.
"""

from __future__ import annotations

import hashlib
import hmac
from itertools import count

from core.errors import VaultDamaged
from core.vault import KEY_BYTES, Vault, vault_key

NONCE_BYTES, TAG_BYTES = 8, 16

NUMBERS = count(1)


class FakeCipher:
    """Keys and nonces are numbered."""

    def new_key(self) -> bytes:
        return hashlib.sha256(f"key {next(NUMBERS)}".encode()).digest()

    def encrypt(self, key: bytes, plaintext: bytes, associated: bytes) -> bytes:
        nonce = next(NUMBERS).to_bytes(NONCE_BYTES)
        body = nonce + _masked(key, nonce, plaintext)
        return body + _tag(key, body, associated)

    def decrypt(self, key: bytes, ciphertext: bytes, associated: bytes) -> bytes:
        body, tag = ciphertext[:-TAG_BYTES], ciphertext[-TAG_BYTES:]
        if len(ciphertext) < NONCE_BYTES + TAG_BYTES or tag != _tag(key, body, associated):
            raise VaultDamaged("a ciphertext can't be decrypted")
        return _masked(key, body[:NONCE_BYTES], body[NONCE_BYTES:])


def _masked(key: bytes, nonce: bytes, text: bytes) -> bytes:
    mask = hashlib.shake_256(key + nonce).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, mask, strict=True))


def _tag(key: bytes, body: bytes, associated: bytes) -> bytes:
    length = len(associated).to_bytes(8)
    return hmac.digest(key, length + associated + body, "sha256")[:TAG_BYTES]


def open_vault(*numbers: int) -> Vault:
    """A vault with the keys of these numbers, the encrypting one first; without numbers, with key 1."""
    keys = [hashlib.sha256(f"vault {number}".encode()).digest() for number in numbers or (1,)]
    assert all(len(key) == KEY_BYTES for key in keys)
    return Vault(FakeCipher(), [vault_key(key) for key in keys])
