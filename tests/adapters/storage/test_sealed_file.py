"""Encrypted files: whole, or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.storage.sealed_file import (
    CHUNK_BYTES,
    MAGIC,
    SALT_BYTES,
    TAG_BYTES,
    is_sealed,
    seal,
    unseal,
)
from core.errors import BackupUnusable

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
SALT = bytes(range(16))
HEAD = len(MAGIC) + SALT_BYTES
SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES


def sealed(content: bytes, *, salt: bytes = SALT) -> bytes:
    out = BytesIO()
    seal(BytesIO(content), out, KEY, salt=salt)
    return out.getvalue()


def unsealed(content: bytes, key: bytes = KEY) -> bytes:
    out = BytesIO()
    unseal(BytesIO(content), out, key)
    return out.getvalue()


SIZES = (0, 1, 15, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_byte_for_byte(size: int) -> None:
    content = bytes(number * 31 % 251 for number in range(size))
    packed = sealed(content)
    assert is_sealed(packed)
    assert unsealed(packed) == content
    assert len(packed) == HEAD + size + TAG_BYTES * max(1, -(-size // CHUNK_BYTES))


def test_nothing_of_the_content_can_be_read_and_two_files_have_nothing_in_common() -> None:
    content = b"xylophone-canary " * 9000
    packed = sealed(content)
    assert b"xylophone" not in packed
    other = sealed(content, salt=SALT[::-1])
    assert packed[HEAD : HEAD + 64] != other[HEAD : HEAD + 64]


@pytest.mark.parametrize("size", SIZES)
def test_another_key_opens_nothing(size: int) -> None:
    with pytest.raises(BackupUnusable, match="key"):
        unsealed(sealed(bytes(size)), OTHER_KEY)


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 5])
@pytest.mark.parametrize("missing", [1, TAG_BYTES, SEALED_CHUNK, SEALED_CHUNK + 1])
def test_a_file_that_was_cut_off_is_refused(size: int, missing: int) -> None:
    packed = sealed(bytes(size))
    with pytest.raises(BackupUnusable):
        unsealed(packed[:-missing])


def test_chunks_that_were_swapped_repeated_or_added_are_refused() -> None:
    packed = sealed(bytes(3 * CHUNK_BYTES + 5))
    head, rest = packed[:HEAD], packed[HEAD:]
    chunks = [rest[start : start + SEALED_CHUNK] for start in range(0, len(rest), SEALED_CHUNK)]
    first, second, third, last = chunks
    for wrong in (
        (second, first, third, last),
        (first, first, second, third, last),
        (first, third, last),
        (first, second, third, last, last),
        (last,),
        (),
    ):
        with pytest.raises(BackupUnusable):
            unsealed(head + b"".join(wrong))


@given(place=st.integers(0, HEAD + 40 + TAG_BYTES - 1), bit=st.integers(0, 7))
def test_one_changed_bit_anywhere_is_noticed(place: int, bit: int) -> None:
    packed = bytearray(sealed(bytes(40)))
    packed[place] ^= 1 << bit
    with pytest.raises(BackupUnusable):
        unsealed(bytes(packed))


@pytest.mark.parametrize("content", [b"", b"oO", MAGIC, MAGIC + b"short", b"SQLite format 3\0" + bytes(100)])
def test_what_was_not_sealed_is_refused(content: bytes) -> None:
    with pytest.raises(BackupUnusable):
        unsealed(content)


def test_keys_and_salts_have_their_length() -> None:
    with pytest.raises(ValueError, match="key"):
        seal(BytesIO(), BytesIO(), b"short", salt=SALT)
    with pytest.raises(ValueError, match="salt"):
        seal(BytesIO(), BytesIO(), KEY, salt=b"short")
