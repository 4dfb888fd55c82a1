"""Connections and encrypted secrets in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.records import Integration, Revocation, SealedKey, SealedSecret, TokenStatus
from tests.fakes.tables import Tables


class FakeIntegrations:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, person_id: str, provider: str) -> Integration | None:
        found: Integration | None = self._tables.find("integrations", (person_id, provider))
        return found

    async def put(self, integration: Integration) -> None:
        key = (integration.person_id, integration.provider)
        self._tables.put("integrations", key, integration)

    async def remove(self, person_id: str, provider: str) -> None:
        self._tables.drop("integrations", (person_id, provider))

    async def all(self, provider: str) -> tuple[Integration, ...]:
        return _by_person(self._tables.all("integrations", provider=provider))

    async def providers(self) -> tuple[str, ...]:
        return tuple(sorted({one.provider for one in self._tables.all("integrations")}))

    async def of(self, person_id: str) -> tuple[Integration, ...]:
        theirs = self._tables.all("integrations", person_id=person_id)
        return tuple(sorted(theirs, key=lambda one: one.provider))

    async def counts(self) -> Mapping[tuple[str, TokenStatus], int]:
        return Counter((one.provider, one.status) for one in self._tables.all("integrations"))

    async def expiring(self, before: datetime) -> tuple[Integration, ...]:
        ending = [
            one for one in self._tables.all("integrations") if one.expires_at and one.expires_at < before
        ]
        return tuple(sorted(ending, key=lambda one: (one.expires_at, one.person_id)))

    async def of_account(self, provider: str, account_id: str) -> tuple[Integration, ...]:
        return _by_person(self._tables.all("integrations", provider=provider, account_id=account_id))


class FakeSecrets:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, person_id: str, provider: str) -> SealedSecret | None:
        found: SealedSecret | None = self._tables.find("sealed_secrets", (person_id, provider))
        return found

    async def put(self, secret: SealedSecret) -> None:
        self._tables.put("sealed_secrets", (secret.person_id, secret.provider), secret)

    async def remove(self, person_id: str, provider: str) -> None:
        self._tables.drop("sealed_secrets", (person_id, provider))
        used = {one.key_id for one in self._tables.all("sealed_secrets", person_id=person_id)}
        self._drop_keys(one for one in await self.keys(person_id) if one.key_id not in used)

    async def shred(self, person_id: str) -> None:
        for one in self._tables.all("sealed_secrets", person_id=person_id):
            self._tables.drop("sealed_secrets", (person_id, one.provider))
        self._drop_keys(await self.keys(person_id))

    def _drop_keys(self, keys: Iterable[SealedKey]) -> None:
        for key in keys:
            self._tables.drop("sealed_keys", (key.person_id, key.key_id))

    async def all(self) -> tuple[SealedSecret, ...]:
        everything = self._tables.all("sealed_secrets")
        return tuple(sorted(everything, key=lambda one: (one.person_id, one.provider)))

    async def keys(self, person_id: str) -> tuple[SealedKey, ...]:
        return _by_person(self._tables.all("sealed_keys", person_id=person_id))

    async def put_key(self, key: SealedKey) -> None:
        self._tables.put("sealed_keys", (key.person_id, key.key_id), key)

    async def overwrite_replaced(self) -> None:
        """In memory nothing of what was replaced is left."""

    async def all_keys(self) -> tuple[SealedKey, ...]:
        return _by_person(self._tables.all("sealed_keys"))

    async def put_revocation(self, revocation: Revocation) -> None:
        self._tables.put("revocations", revocation.revocation_id, revocation)

    async def put_off_revocation(self, revocation_id: str, until: datetime) -> None:
        found: Revocation | None = self._tables.find("revocations", revocation_id)
        if found:
            await self.put_revocation(replace(found, not_before=until))

    async def remove_revocation(self, revocation_id: str) -> None:
        self._tables.drop("revocations", revocation_id)

    async def revocations(self) -> tuple[Revocation, ...]:
        waiting = self._tables.all("revocations")
        return tuple(sorted(waiting, key=lambda one: (one.queued_at, one.revocation_id)))


def _by_person(records: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda one: (one.person_id, getattr(one, "key_id", ""))))
