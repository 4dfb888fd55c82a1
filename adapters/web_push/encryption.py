"""What is encrypted for one browser, so that its push service can't read it (RFC 8291 over RFC 8188).

``cryptography`` does the work. pywebpush does the same through http_ece, which has no wheel: installing it
would run its code (docs/decisions/0045-a-tip-is-pushed-to-all-browsers.md).
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAX_BODY = 4096
"""Bytes that every push service takes (RFC 8030, 7.2)."""

POINT_BYTES, AUTH_BYTES, SALT_BYTES, TAG_BYTES = 65, 16, 16, 16
_HEADER_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES
MAX_PLAINTEXT = MAX_BODY - _HEADER_BYTES - TAG_BYTES - 1
"""Bytes of a payload. The last byte taken off is the delimiter between it and the padding."""

BLOCK = 256
"""A payload is padded to a multiple of this, so that its length says little."""


def base64url(data: bytes) -> str:
    """Without padding, as everywhere in Web Push."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises ``ValueError`` for anything else."""
    if not text.isascii() or set(text) - _ALPHABET:
        raise ValueError("no base64url")
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


_ALPHABET = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The key as an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypt(
    plaintext: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes,
    ephemeral: ec.EllipticCurvePrivateKey,
    block: int = BLOCK,
) -> bytes:
    """The body of a push message, one record of ``aes128gcm``, padded to a multiple of ``block`` bytes.
    ``salt`` and ``ephemeral`` are used once.

    Raises ``ValueError`` if the keys of the browser are none, or the text is longer than ``MAX_PLAINTEXT``.
    """
    if len(plaintext) > MAX_PLAINTEXT:
        raise ValueError("too long for a push message")
    receiver, secret = from_base64url(p256dh), from_base64url(auth)
    if len(receiver) != POINT_BYTES or len(secret) != AUTH_BYTES:
        raise ValueError("no keys of a browser")
    browser = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), receiver)
    sender = point_of(ephemeral.public_key())
    shared = ephemeral.exchange(ec.ECDH(), browser)
    material = _hkdf(shared, salt=secret, info=b"WebPush: info\0" + receiver + sender, length=32)
    key = _hkdf(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _hkdf(material, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + MAX_BODY.to_bytes(4, "big") + bytes([POINT_BYTES]) + sender
    return header + AESGCM(key).encrypt(nonce, plaintext + b"\x02" + _padding(len(plaintext), block), None)


def _padding(length: int, block: int) -> bytes:
    return bytes(min(-length % block, MAX_PLAINTEXT - length))


def _hkdf(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)
