"""Accounts at an identity provider, and sign-ins that are under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from adapters.storage.rows import Repository, Rows, insert_once
from adapters.storage.tables import identities, pending_sign_ins
from core.records import Identity, PendingSignIn

_IDENTITIES = Rows(Identity, identities)
_PENDING = Rows(PendingSignIn, pending_sign_ins)

_IS_IT = (identities.c.issuer == bindparam("its_issuer")) & (identities.c.subject == bindparam("its_subject"))
_ONE = _IDENTITIES.select.where(_IS_IT)
_OF_PERSON = _IDENTITIES.select.where(identities.c.person_id == bindparam("person_id")).order_by(
    identities.c.linked_at, identities.c.issuer, identities.c.subject
)
_USED = update(identities).where(_IS_IT).values(used_at=bindparam("at"))
_REMOVE = delete(identities).where(_IS_IT, identities.c.person_id == bindparam("whose"))
_ONE_PENDING = _PENDING.select.where(pending_sign_ins.c.state_hash == bindparam("state_hash"))
_TAKE = delete(pending_sign_ins).where(pending_sign_ins.c.state_hash == bindparam("which"))
_PRUNE = delete(pending_sign_ins).where(pending_sign_ins.c.created_at < bindparam("before"))
_PRUNE_OF = _PRUNE.where(pending_sign_ins.c.person_id.is_not_distinct_from(bindparam("whose")))


class Identities(Repository):
    """Implements ``core.store.Identities``."""

    async def add(self, identity: Identity) -> bool:
        once = insert_once(self._session.dialect, identities, "issuer", "subject")
        return bool(await self._session.rows(once, **_IDENTITIES.values(identity)))

    async def find(self, issuer: str, subject: str) -> Identity | None:
        return await self._first(_IDENTITIES, _ONE, its_issuer=issuer, its_subject=subject)

    async def of(self, person_id: str) -> tuple[Identity, ...]:
        return await self._all(_IDENTITIES, _OF_PERSON, person_id=person_id)

    async def used(self, issuer: str, subject: str, at: datetime) -> None:
        await self._session.change(_USED, {"its_issuer": issuer, "its_subject": subject, "at": at})

    async def remove(self, issuer: str, subject: str, person_id: str) -> bool:
        values = {"its_issuer": issuer, "its_subject": subject, "whose": person_id}
        return bool(await self._session.change(_REMOVE, values))

    async def begin(self, pending: PendingSignIn) -> None:
        await self._add(_PENDING, pending)

    async def pending(self, state_hash: str) -> PendingSignIn | None:
        return await self._first(_PENDING, _ONE_PENDING, state_hash=state_hash)

    async def take(self, state_hash: str) -> PendingSignIn | None:
        found = await self.pending(state_hash)
        return found if found and await self._session.change(_TAKE, {"which": state_hash}) else None

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_PRUNE, {"before": before})

    async def prune_of(self, person_id: str | None, before: datetime) -> int:
        return await self._session.change(_PRUNE_OF, {"whose": person_id, "before": before})
