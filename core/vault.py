"""The vault: secrets of people, such as tokens, encrypted before they are stored (envelope encryption).

A secret is encrypted by its person's data key, and that by a vault key, which is not in the database. Whose
secret it is, for which provider and under which key is authenticated: a row that was changed, or copied to
another person or provider, can't be decrypted. See docs/decisions/0033-secrets-are-in-a-vault.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.errors import VaultClosed, VaultDamaged, VaultKeyUnknown
from core.ports import Cipher
from core.records import Revocation, SealedKey, SealedSecret
from core.store import Unit

KEY_BYTES = 32
"""AES-256."""

_FINGERPRINT_BYTES = 8

_ADVICE = "`oo vault key` makes one"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultKey:
    """A key with its fingerprint, which may be shown and logged."""

    key_id: str
    key: bytes = field(repr=False)


def vault_key(key: bytes) -> VaultKey:
    """``key`` with its fingerprint. Raises ``ValueError`` if it is not ``KEY_BYTES`` long."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"is not {KEY_BYTES} bytes")
    digest = hmac.digest(key, b"oO vault key id", hashlib.sha256)
    return VaultKey(key_id=digest[:_FINGERPRINT_BYTES].hex(), key=key)


def format_key(key: bytes) -> str:
    """``key`` as ``parse_keys`` reads it: base64."""
    return base64.b64encode(key).decode()


def parse_keys(text: str) -> tuple[VaultKey, ...]:
    """Keys in base64, separated by commas or white space.

    Raises ``ValueError``, whose message names the place of a wrong key and never the key.
    """
    keys: list[VaultKey] = []
    for place, part in enumerate(filter(None, re.split(r"[,\s]+", text)), 1):
        key = _parse_key(part, place)
        if key in keys:
            raise ValueError(f"key {place} is there twice")
        keys.append(key)
    return tuple(keys)


def _parse_key(text: str, place: int) -> VaultKey:
    padded = text.rstrip("=")
    try:
        decoded = base64.b64decode(padded + "=" * (-len(padded) % 4), altchars=_altchars(text), validate=True)
        key = vault_key(decoded)
    except (binascii.Error, ValueError):
        raise ValueError(
            f"key {place} is not {KEY_BYTES} bytes in base64; `oo vault key` makes one"
        ) from None
    if len(set(decoded)) < KEY_BYTES // 4:  # a random key has 8 different bytes or fewer with p < 1e-28
        raise ValueError(f"key {place} is not random; {_ADVICE}")
    return key


def _altchars(text: str) -> bytes:
    """The two last characters of base64: the usual ones, or the URL-safe ones."""
    return b"-_" if {"-", "_"} & set(text) else b"+/"


class Vault:
    """Stores and reads secrets. The first key encrypts; the others only decrypt."""

    def __init__(self, cipher: Cipher | None = None, keys: Sequence[VaultKey] = ()) -> None:
        self._cipher = cipher
        self._keys = {key.key_id: key for key in keys} if cipher else {}
        self._first = next(iter(self._keys.values()), None)

    @property
    def is_open(self) -> bool:
        """Whether there is a key. Without one nothing can be stored or read."""
        return self._first is not None

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Fingerprints of the keys, the encrypting one first."""
        return tuple(self._keys)

    async def put(self, unit: Unit, person_id: str, provider: str, secret: str) -> None:
        """Store or replace a secret. Raises ``VaultClosed``."""
        cipher, _ = self._opened()
        key = await self._usable_data_key(unit, person_id) or await self._new_data_key(unit, person_id)
        associated = _associated("secret", person_id, provider, key.key_id)
        ciphertext = cipher.encrypt(key.key, secret.encode(), associated)
        await unit.secrets.put(
            SealedSecret(person_id=person_id, provider=provider, key_id=key.key_id, ciphertext=ciphertext)
        )

    def seal_with_own_key(self, owner_id: str, provider: str, secret: str) -> tuple[SealedKey, SealedSecret]:
        """A secret under a new data key of its own, for an owner who is no person. Raises ``VaultClosed``."""
        cipher, _ = self._opened()
        key = vault_key(cipher.new_key())
        associated = _associated("secret", owner_id, provider, key.key_id)
        ciphertext = cipher.encrypt(key.key, secret.encode(), associated)
        sealed = SealedSecret(person_id=owner_id, provider=provider, key_id=key.key_id, ciphertext=ciphertext)
        return self.wrap(owner_id, key), sealed

    async def get(self, unit: Unit, person_id: str, provider: str) -> str | None:
        """The secret; None if there is none.

        Raises ``VaultClosed`` without any key, ``VaultKeyUnknown`` without the key that it needs, and
        ``VaultDamaged`` if it can't be decrypted.
        """
        sealed = await unit.secrets.get(person_id, provider)
        return self.open(sealed, await unit.secrets.keys(person_id)) if sealed else None

    def open(self, sealed: SealedSecret, keys: Sequence[SealedKey]) -> str:
        """The secret in a row; ``keys``: those of the person. Raises as ``get``."""
        cipher, _ = self._opened()
        key = self._data_key(sealed, keys)
        associated = _associated("secret", sealed.person_id, sealed.provider, sealed.key_id)
        try:
            return cipher.decrypt(key.key, sealed.ciphertext, associated).decode()
        except UnicodeDecodeError:
            raise VaultDamaged("a secret is no text") from None

    async def remove(self, unit: Unit, person_id: str, provider: str) -> None:
        """Delete a secret, and the person's data key with the last one. Needs no key."""
        await unit.secrets.remove(person_id, provider)

    async def shred(self, unit: Unit, person_id: str) -> None:
        """Delete the person's data keys, and all their secrets. Needs no key."""
        await unit.secrets.shred(person_id)

    def unwrap(self, sealed: SealedKey) -> VaultKey:
        """A data key. Raises ``VaultClosed``, ``VaultKeyUnknown`` or ``VaultDamaged``."""
        cipher, _ = self._opened()
        by = self._keys.get(sealed.vault_key_id)
        if by is None:
            raise VaultKeyUnknown(sealed.vault_key_id)
        associated = _associated("key", sealed.person_id, sealed.key_id, sealed.vault_key_id)
        try:
            key = vault_key(cipher.decrypt(by.key, sealed.ciphertext, associated))
        except ValueError:
            raise VaultDamaged("a data key has the wrong length") from None
        if key.key_id != sealed.key_id:
            raise VaultDamaged("a data key is not the one that its id names")
        return key

    def wrap(self, person_id: str, key: VaultKey) -> SealedKey:
        """A data key, encrypted by the first vault key. Raises ``VaultClosed``."""
        cipher, first = self._opened()
        associated = _associated("key", person_id, key.key_id, first.key_id)
        return SealedKey(
            person_id=person_id,
            key_id=key.key_id,
            vault_key_id=first.key_id,
            ciphertext=cipher.encrypt(first.key, key.key, associated),
        )

    def seal(self, owner: str, provider: str, secret: str) -> tuple[str, bytes]:
        """A secret of nobody, encrypted by the first vault key itself, and that key's fingerprint.

        ``owner``: the id of its row. Raises ``VaultClosed``.
        """
        cipher, first = self._opened()
        associated = _associated("revocation", owner, provider, first.key_id)
        return first.key_id, cipher.encrypt(first.key, secret.encode(), associated)

    def unseal(self, revocation: Revocation) -> str:
        """The secret of nobody in a row. Raises ``VaultClosed``, ``VaultKeyUnknown`` or ``VaultDamaged``."""
        cipher, _ = self._opened()
        by = self._keys.get(revocation.vault_key_id)
        if by is None:
            raise VaultKeyUnknown(revocation.vault_key_id)
        owner, provider = revocation.revocation_id, revocation.provider
        associated = _associated("revocation", owner, provider, by.key_id)
        return cipher.decrypt(by.key, revocation.ciphertext, associated).decode()

    def _opened(self) -> tuple[Cipher, VaultKey]:
        if self._cipher is None or self._first is None:
            raise VaultClosed("no vault key is configured")
        return self._cipher, self._first

    def _data_key(self, sealed: SealedSecret, keys: Sequence[SealedKey]) -> VaultKey:
        for key in keys:
            if key.key_id == sealed.key_id:
                return self.unwrap(key)
        raise VaultDamaged("the data key of a secret is gone")

    async def _usable_data_key(self, unit: Unit, person_id: str) -> VaultKey | None:
        """None if the person has no data key, or none that can be read."""
        for sealed in await unit.secrets.keys(person_id):
            try:
                return self.unwrap(sealed)
            except VaultDamaged:
                continue
        return None

    async def _new_data_key(self, unit: Unit, person_id: str) -> VaultKey:
        """Keys that can't be read stay: their vault key may be configured again."""
        cipher, _ = self._opened()
        key = vault_key(cipher.new_key())
        await unit.secrets.put_key(self.wrap(person_id, key))
        return key


def _associated(*parts: str) -> bytes:
    """An unambiguous encoding of what a ciphertext belongs to."""
    return json.dumps(parts).encode()
