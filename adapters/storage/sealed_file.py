"""Encrypts a file as a stream of authenticated chunks (AES-256-GCM), and decrypts it.

    magic | salt (16 bytes) | chunk | chunk | … | last chunk

The key of a file is derived from the given key and its salt by HKDF-SHA-256, so no nonce is ever used twice.
A chunk is at most ``CHUNK_BYTES`` of the file, followed by its tag. Its nonce holds its number and whether it
is the last one, as in the STREAM construction (Hoang, Reyhanitabar, Rogaway & Vizár, "Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015). So chunks that are changed,
left out, added, swapped or cut off are noticed; head and salt are authenticated with every chunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from core.errors import BackupUnusable

MAGIC = b"oO sealed 1\n"
SALT_BYTES = 16
CHUNK_BYTES = 1 << 16
TAG_BYTES = 16
KEY_BYTES = 32


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins so was encrypted here."""
    return head.startswith(MAGIC)


def seal(source: BinaryIO, target: BinaryIO, key: bytes, *, salt: bytes) -> None:
    """Write ``source`` to ``target``, encrypted by ``key`` (32 bytes). ``salt``: 16 random bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    head = MAGIC + salt
    cipher = _cipher(key, head)
    target.write(head)
    for number, (chunk, is_last) in enumerate(_with_last(_chunks(source, CHUNK_BYTES))):
        target.write(cipher.encrypt(_nonce(number, is_last=is_last), chunk, head))


def unseal(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write to ``target`` what ``seal`` read. Raises ``BackupUnusable`` for another key, and for a file that
    is not whole; ``target`` is then incomplete.
    """
    from cryptography.exceptions import InvalidTag

    head = source.read(len(MAGIC) + SALT_BYTES)
    if not is_sealed(head) or len(head) < len(MAGIC) + SALT_BYTES:
        raise BackupUnusable("it is not encrypted by oO")
    cipher = _cipher(key, head)
    for number, (chunk, is_last) in enumerate(_with_last(_chunks(source, CHUNK_BYTES + TAG_BYTES))):
        try:
            target.write(cipher.decrypt(_nonce(number, is_last=is_last), chunk, head))
        except InvalidTag:
            is_first = number == 0
            fault = "the key is another one, or it is damaged" if is_first else "it is damaged or cut off"
            raise BackupUnusable(fault) from None


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    """The content in pieces of ``size`` bytes; the last may be shorter. One empty piece of an empty file."""
    chunk = source.read(size)
    yield chunk
    while len(chunk) == size:
        chunk = source.read(size)
        if chunk:
            yield chunk


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last."""
    before = next(chunks)
    for chunk in chunks:
        yield before, False
        before = chunk
    yield before, True


def _nonce(number: int, *, is_last: bool) -> bytes:
    """12 bytes: the number of the chunk, and 1 for the last one."""
    return number.to_bytes(11, "big") + bytes([is_last])


def _cipher(key: bytes, head: bytes):  # type: ignore[no-untyped-def]  # imported late: 30 ms
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=head, info=b"oO backup").derive(key)
    return AESGCM(derived)
