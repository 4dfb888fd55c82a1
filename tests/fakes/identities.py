"""Accounts at an identity provider and sign-ins under way, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.records import Identity, PendingSignIn
from tests.fakes.tables import Tables


class FakeIdentities:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, identity: Identity) -> bool:
        if await self.find(identity.issuer, identity.subject):
            return False
        self._tables.put("identities", (identity.issuer, identity.subject), identity)
        return True

    async def find(self, issuer: str, subject: str) -> Identity | None:
        found: Identity | None = self._tables.find("identities", (issuer, subject))
        return found

    async def of(self, person_id: str) -> tuple[Identity, ...]:
        theirs = self._tables.all("identities", person_id=person_id)
        return tuple(sorted(theirs, key=lambda one: (one.linked_at, one.issuer, one.subject)))

    async def used(self, issuer: str, subject: str, at: datetime) -> None:
        if found := await self.find(issuer, subject):
            self._tables.put("identities", (issuer, subject), replace(found, used_at=at))

    async def remove(self, issuer: str, subject: str, person_id: str) -> bool:
        found = await self.find(issuer, subject)
        if found is None or found.person_id != person_id:
            return False
        self._tables.drop("identities", (issuer, subject))
        return True

    async def begin(self, pending: PendingSignIn) -> None:
        self._tables.add("pending_sign_ins", pending.state_hash, pending)

    async def pending(self, state_hash: str) -> PendingSignIn | None:
        found: PendingSignIn | None = self._tables.find("pending_sign_ins", state_hash)
        return found

    async def take(self, state_hash: str) -> PendingSignIn | None:
        found = await self.pending(state_hash)
        self._tables.drop("pending_sign_ins", state_hash)
        return found

    async def prune(self, before: datetime) -> int:
        return self._prune([one for one in self._tables.all("pending_sign_ins") if one.created_at < before])

    async def prune_of(self, person_id: str | None, before: datetime) -> int:
        theirs = [one for one in self._tables.all("pending_sign_ins") if one.person_id == person_id]
        return self._prune([one for one in theirs if one.created_at < before])

    def _prune(self, old: list[PendingSignIn]) -> int:
        for one in old:
            self._tables.drop("pending_sign_ins", one.state_hash)
        return len(old)
