"""Connections to services outside oO, and their encrypted secrets.

Tests: tests/contracts/store/test_integrations.py, tests/contracts/store/test_secrets.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BindParameter, Delete, bindparam, delete, func, select, update

from adapters.storage.endings import connection_hash
from adapters.storage.rows import Repository, Rows
from adapters.storage.session import Session
from adapters.storage.tables import integrations, revocations, sealed_keys, sealed_secrets
from core.records import Integration, Revocation, SealedKey, SealedSecret, TokenStatus

_INTEGRATIONS = Rows(Integration, integrations)
_SECRETS = Rows(SealedSecret, sealed_secrets)
_KEYS = Rows(SealedKey, sealed_keys)
_REVOCATIONS = Rows(Revocation, revocations)

_PERSON: BindParameter[str] = bindparam("of_person")
_PROVIDER: BindParameter[str] = bindparam("of_provider")

_OF_PROVIDER = _INTEGRATIONS.select.where(integrations.c.provider == _PROVIDER).order_by(
    integrations.c.person_id
)
_ONE = _OF_PROVIDER.where(integrations.c.person_id == _PERSON)
_OF_ACCOUNT = _OF_PROVIDER.where(integrations.c.account_id == bindparam("account_id"))
_OF_PERSON = _INTEGRATIONS.select.where(integrations.c.person_id == _PERSON).order_by(integrations.c.provider)
_EXPIRING = _INTEGRATIONS.select.where(integrations.c.expires_at < bindparam("before")).order_by(
    integrations.c.expires_at, integrations.c.person_id
)
_COUNTS = select(integrations.c.provider, integrations.c.status, func.count().label("how_many")).group_by(
    integrations.c.provider, integrations.c.status
)
_ALL_PROVIDERS = select(integrations.c.provider).distinct().order_by(integrations.c.provider)
_REMOVE = (
    delete(integrations)
    .where(integrations.c.person_id == _PERSON, integrations.c.provider == _PROVIDER)
    .returning(integrations.c.connected_at)
)

_ALL_SECRETS = _SECRETS.select.order_by(sealed_secrets.c.person_id, sealed_secrets.c.provider)
_SECRET = _SECRETS.select.where(sealed_secrets.c.person_id == _PERSON, sealed_secrets.c.provider == _PROVIDER)
_REMOVE_SECRET = delete(sealed_secrets).where(
    sealed_secrets.c.person_id == _PERSON, sealed_secrets.c.provider == _PROVIDER
)
_REMOVE_SECRETS = delete(sealed_secrets).where(sealed_secrets.c.person_id == _PERSON)
_ALL_KEYS = _KEYS.select.order_by(sealed_keys.c.person_id, sealed_keys.c.key_id)
_KEYS_OF_PERSON = _ALL_KEYS.where(sealed_keys.c.person_id == _PERSON)
_REMOVE_KEYS = delete(sealed_keys).where(sealed_keys.c.person_id == _PERSON)
_REMOVE_UNUSED_KEYS = _REMOVE_KEYS.where(
    sealed_keys.c.key_id.not_in(select(sealed_secrets.c.key_id).where(sealed_secrets.c.person_id == _PERSON))
)

_ALL_REVOCATIONS = _REVOCATIONS.select.order_by(revocations.c.queued_at, revocations.c.revocation_id)
_REMOVE_REVOCATION = delete(revocations).where(revocations.c.revocation_id == bindparam("which"))
_PUT_OFF = (
    update(revocations)
    .where(revocations.c.revocation_id == bindparam("which"))
    .values(not_before=bindparam("until"))
)


class Integrations(Repository):
    """The state of connections."""

    async def get(self, person_id: str, provider: str) -> Integration | None:
        return await self._first(_INTEGRATIONS, _ONE, of_person=person_id, of_provider=provider)

    async def put(self, integration: Integration) -> None:
        await self._put(_INTEGRATIONS, integration)

    async def remove(self, person_id: str, provider: str) -> None:
        for row in await self._session.rows(_REMOVE, of_person=person_id, of_provider=provider):
            self._session.ended.append(connection_hash(person_id, provider, row.connected_at))

    async def all(self, provider: str) -> tuple[Integration, ...]:
        return await self._all(_INTEGRATIONS, _OF_PROVIDER, of_provider=provider)

    async def providers(self) -> tuple[str, ...]:
        return tuple(row[0] for row in await self._session.rows(_ALL_PROVIDERS))

    async def of(self, person_id: str) -> tuple[Integration, ...]:
        return await self._all(_INTEGRATIONS, _OF_PERSON, of_person=person_id)

    async def counts(self) -> Mapping[tuple[str, TokenStatus], int]:
        rows = await self._session.rows(_COUNTS)
        return {(row.provider, row.status): row.how_many for row in rows}

    async def expiring(self, before: datetime) -> tuple[Integration, ...]:
        return await self._all(_INTEGRATIONS, _EXPIRING, before=before)

    async def of_account(self, provider: str, account_id: str) -> tuple[Integration, ...]:
        return await self._all(_INTEGRATIONS, _OF_ACCOUNT, of_provider=provider, account_id=account_id)


class Secrets(Repository):
    """Encrypted secrets and keys."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.has_shredded = False
        """Whether bytes were deleted that must not stay in the file."""

    async def get(self, person_id: str, provider: str) -> SealedSecret | None:
        return await self._first(_SECRETS, _SECRET, of_person=person_id, of_provider=provider)

    async def put(self, secret: SealedSecret) -> None:
        await self._put(_SECRETS, secret)

    async def remove(self, person_id: str, provider: str) -> None:
        await self._shred(_REMOVE_SECRET, of_person=person_id, of_provider=provider)
        await self._shred(_REMOVE_UNUSED_KEYS, of_person=person_id)

    async def shred(self, person_id: str) -> None:
        await self._shred(_REMOVE_SECRETS, of_person=person_id)
        await self._shred(_REMOVE_KEYS, of_person=person_id)

    async def _shred(self, statement: Delete, **values: object) -> None:
        if await self._session.change(statement, values):
            self.has_shredded = True

    async def all(self) -> tuple[SealedSecret, ...]:
        return await self._all(_SECRETS, _ALL_SECRETS)

    async def keys(self, person_id: str) -> tuple[SealedKey, ...]:
        return await self._all(_KEYS, _KEYS_OF_PERSON, of_person=person_id)

    async def put_key(self, key: SealedKey) -> None:
        await self._put(_KEYS, key)

    async def overwrite_replaced(self) -> None:
        self.has_shredded = True

    async def all_keys(self) -> tuple[SealedKey, ...]:
        return await self._all(_KEYS, _ALL_KEYS)

    async def put_revocation(self, revocation: Revocation) -> None:
        await self._put(_REVOCATIONS, revocation)

    async def put_off_revocation(self, revocation_id: str, until: datetime) -> None:
        await self._session.change(_PUT_OFF, {"which": revocation_id, "until": until})

    async def remove_revocation(self, revocation_id: str) -> None:
        await self._shred(_REMOVE_REVOCATION, which=revocation_id)

    async def revocations(self) -> tuple[Revocation, ...]:
        return await self._all(_REVOCATIONS, _ALL_REVOCATIONS)
