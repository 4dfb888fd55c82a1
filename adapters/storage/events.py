"""The event log, which is the outbox as well, and the small notes that outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, false, update

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import events, notes
from core.model import Event

_EVENTS = Rows(Event, events)

_UNDISPATCHED = _EVENTS.select.where(events.c.dispatched == false()).order_by(events.c.position).limit(LIMIT)
_DISPATCHED = update(events).where(events.c.event_id == bindparam("that")).values(dispatched=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    person_id: str | None
    key: str
    value: str


_NOTES = Rows(_Note, notes)
# None is a person here: oO itself.
_SAME_NOTE = notes.c.person_id.is_not_distinct_from(bindparam("person")) & (notes.c.key == bindparam("that"))
_NOTE = _NOTES.select.where(_SAME_NOTE)
_DROP_NOTE = delete(notes).where(_SAME_NOTE)


class Events(Repository):
    """In the order in which they were appended."""

    async def append(self, event: Event) -> None:
        await self._session.change(_EVENTS.insert, {**_EVENTS.values(event), "dispatched": False})

    async def undispatched(self, limit: int) -> tuple[Event, ...]:
        return await self._all(_EVENTS, _UNDISPATCHED, limit=limit)

    async def dispatched(self, event_id: str) -> None:
        await self._session.change(_DISPATCHED, {"that": event_id})


class Notes(Repository):
    """One value by person and key; a person of None is oO itself."""

    async def get(self, person_id: str | None, key: str) -> str | None:
        note = await self._first(_NOTES, _NOTE, person=person_id, that=key)
        return note.value if note else None

    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        await self._session.change(_DROP_NOTE, {"person": person_id, "that": key})
        if value is not None:
            await self._add(_NOTES, _Note(person_id=person_id, key=key, value=value))
