"""The event log, which is the outbox as well, and the small notes that outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, union_all, update

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import events, notes
from core.model import Event

_EVENTS = Rows(Event, events)

_WAITS = events.c.dispatched_at.is_(None)
_PLACE = select(events.c.position).where(events.c.event_id == bindparam("after")).scalar_subquery()
_UNDISPATCHED = (
    _EVENTS.select.where(_WAITS, events.c.position > func.coalesce(_PLACE, 0))
    .order_by(events.c.position)
    .limit(LIMIT)
)
_THEIRS = _EVENTS.select.where(
    events.c.person_id == bindparam("person_id"), events.c.kind.in_(bindparam("kinds", expanding=True))
)
# Two queries in one: an index serves each of them, but not one that says "or".
_UNSETTLED = union_all(_THEIRS.where(_WAITS), _THEIRS.where(events.c.dispatched_at >= bindparam("since")))
_OWN = (
    _EVENTS.select.where(events.c.person_id.is_(None), events.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(events.c.position.desc())
    .limit(LIMIT)
)

_THAT = update(events).where(events.c.event_id == bindparam("that"))
_CLAIM = _THAT.where(
    _WAITS, or_(events.c.claimed_until.is_(None), events.c.claimed_until <= bindparam("now"))
).values(claimed_until=bindparam("until"))
_RELEASE = _THAT.where(events.c.claimed_until == bindparam("until")).values(claimed_until=None)
_DISPATCHED = _THAT.values(dispatched_at=bindparam("at"))


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
        await self._session.change(_EVENTS.insert, _EVENTS.values(event))

    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        return await self._all(_EVENTS, _UNDISPATCHED, limit=limit, after=after)

    async def unsettled(self, person_id: str, kinds: frozenset[str], since: datetime) -> tuple[Event, ...]:
        found = await self._session.rows(_UNSETTLED, person_id=person_id, kinds=sorted(kinds), since=since)
        return tuple(map(_EVENTS.record, found))

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        return await self._all(_EVENTS, _OWN, kinds=sorted(kinds), limit=limit)

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        return bool(await self._session.change(_CLAIM, {"that": event_id, "now": now, "until": until}))

    async def release(self, event_id: str, until: datetime) -> None:
        await self._session.change(_RELEASE, {"that": event_id, "until": until})

    async def dispatched(self, event_id: str, at: datetime) -> None:
        await self._session.change(_DISPATCHED, {"that": event_id, "at": at})


class Notes(Repository):
    """One value by person and key; a person of None is oO itself."""

    async def get(self, person_id: str | None, key: str) -> str | None:
        note = await self._first(_NOTES, _NOTE, person=person_id, that=key)
        return note.value if note else None

    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        await self._session.change(_DROP_NOTE, {"person": person_id, "that": key})
        if value is not None:
            await self._add(_NOTES, _Note(person_id=person_id, key=key, value=value))
