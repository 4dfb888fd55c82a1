"""The log of consents. A trigger of the database refuses changes of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam

from adapters.storage.endings import permission_hash
from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import consents
from core.records import ConsentEntry

_CONSENTS = Rows(ConsentEntry, consents)
_CONSENTS_OF_PERSON = _CONSENTS.select.where(consents.c.person_id == bindparam("person_id")).order_by(
    consents.c.position
)


class Consents(Repository):
    """A row for each answer."""

    async def add(self, entries: Sequence[ConsentEntry]) -> None:
        for entry in entries:
            if not entry.granted:
                await self._note_withdrawal(entry)
            await self._add(_CONSENTS, entry)

    async def _note_withdrawal(self, entry: ConsentEntry) -> None:
        """Note every permission that the entry ends: a backup may hold any of them as the latest answer."""
        earlier = [one for one in await self.of(entry.person_id) if one.purpose is entry.purpose]
        self._session.ended += [
            permission_hash(one.person_id, one.purpose, one.at) for one in earlier if one.granted
        ]

    async def of(self, person_id: str) -> tuple[ConsentEntry, ...]:
        return await self._all(_CONSENTS, _CONSENTS_OF_PERSON, person_id=person_id)
