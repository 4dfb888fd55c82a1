"""The event log, which is also the outbox, and small notes that survive a restart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, delete, func, or_, select, type_coerce, union_all, update

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import events, notes
from core.records import Event, LoggedEvent

_EVENTS = Rows(Event, events)

_IS_WAITING = events.c.dispatched_at.is_(None)
_POSITION_OF_EVENT = (
    select(events.c.position).where(events.c.event_id == bindparam("after")).scalar_subquery()
)
_WAITING_EVENTS = (
    _EVENTS.select.where(_IS_WAITING, events.c.position > func.coalesce(_POSITION_OF_EVENT, 0))
    .order_by(events.c.position)
    .limit(LIMIT)
)
# A change of all of a list asks about each of its tasks: to read all events each time takes seconds.
_NAMES = type_coerce(events.c.data, Text).like(bindparam("names"))
_EVENTS_OF_PERSON = _EVENTS.select.where(
    events.c.person_id == bindparam("person_id"),
    events.c.kind.in_(bindparam("kinds", expanding=True)),
    _NAMES,
)
# A union, because SQLite uses an index for each of the two queries but not for their OR.
_WAITING_OR_DISPATCHED_SINCE = union_all(
    _EVENTS_OF_PERSON.where(_IS_WAITING),
    _EVENTS_OF_PERSON.where(events.c.dispatched_at >= bindparam("since")),
)
# An event is dispatched after it happened. So the index by ``dispatched_at`` finds those since an instant.
_POSITIONS_OF_PERSON = select(events.c.position).where(events.c.person_id == bindparam("person_id"))
_MAYBE_SINCE = union_all(
    _POSITIONS_OF_PERSON.where(_IS_WAITING),
    _POSITIONS_OF_PERSON.where(events.c.dispatched_at >= bindparam("since")),
)
_EVENTS_SINCE = _EVENTS.select.where(
    events.c.position.in_(_MAYBE_SINCE),
    events.c.kind.in_(bindparam("kinds", expanding=True)),
    events.c.happened_at >= bindparam("since"),
    _NAMES,
).order_by(events.c.position)
_EVENTS_WITHOUT_PERSON = (
    _EVENTS.select.where(events.c.person_id.is_(None), events.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(events.c.position.desc())
    .limit(LIMIT)
)

_WAITING_EVENT = _EVENTS.select.where(events.c.event_id == bindparam("event_id"), _IS_WAITING)
_LOGGED = (
    select(*_EVENTS.columns, events.c.position)
    .where(events.c.position > bindparam("after"))
    .order_by(events.c.position)
    .limit(LIMIT)
)
_LOGGED_OF_PERSON = _LOGGED.where(events.c.person_id == bindparam("person_id"))
_LAST_POSITION = select(func.max(events.c.position))
_LAST_OF_PERSON = _LAST_POSITION.where(events.c.person_id == bindparam("person_id"))
_HEARD_SINCE = (
    select(events.c.person_id, func.max(events.c.position))
    .where(events.c.position > bindparam("after"), events.c.person_id.is_not(None))
    .group_by(events.c.person_id)
)

_UPDATE_EVENT = update(events).where(events.c.event_id == bindparam("target_id"))
_CLAIM_EVENT = _UPDATE_EVENT.where(
    _IS_WAITING, or_(events.c.claimed_until.is_(None), events.c.claimed_until <= bindparam("now"))
).values(claimed_until=bindparam("until"))
_IS_CLAIMED = select(events.c.position).where(
    events.c.event_id == bindparam("target_id"), events.c.claimed_until > bindparam("now")
)
_RELEASE_EVENT = _UPDATE_EVENT.where(events.c.claimed_until == bindparam("until")).values(claimed_until=None)
# Positions grow with time, so the first rows are the oldest: no index and no scan of the whole log.
_OLDEST = (
    select(events.c.position, events.c.happened_at, events.c.dispatched_at)
    .where(events.c.person_id.is_not(None))
    .order_by(events.c.position)
    .limit(LIMIT)
    .subquery()
)
_DELETE_OLD = delete(events).where(
    events.c.position.in_(
        select(_OLDEST.c.position).where(
            _OLDEST.c.happened_at < bindparam("before"),
            _OLDEST.c.dispatched_at.is_not(None),
            # SQLite gives the place of the latest row again once that is deleted.
            _OLDEST.c.position < _LAST_POSITION.scalar_subquery(),
        )
    )
)
_MARK_DISPATCHED = _UPDATE_EVENT.values(dispatched_at=bindparam("at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    person_id: str | None
    key: str
    value: str


_PLAIN = re.compile(r"[A-Za-z0-9_.:@/-]+")

_NOTES = Rows(_Note, notes)
# A person of None is oO itself.
_IS_NOTE = notes.c.person_id.is_not_distinct_from(bindparam("owner_id")) & (
    notes.c.key == bindparam("target_id")
)
_NOTE = _NOTES.select.where(_IS_NOTE)
_DELETE_NOTE = delete(notes).where(_IS_NOTE)


def _naming(task_id: str | None) -> str:
    """The pattern of data that name the task; of all, if its id may look otherwise in JSON."""
    return f"%{task_id}%" if task_id and _PLAIN.fullmatch(task_id) else "%"


class Events(Repository):
    """Events in the order in which they were appended."""

    async def append(self, event: Event) -> None:
        await self._session.change_later(_EVENTS.insert, _EVENTS.values(event))

    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        return await self._all(_EVENTS, _WAITING_EVENTS, limit=limit, after=after)

    async def waiting(self, event_id: str) -> Event | None:
        return await self._first(_EVENTS, _WAITING_EVENT, event_id=event_id)

    async def after(
        self, position: int, limit: int, *, person_id: str | None = None
    ) -> tuple[LoggedEvent, ...]:
        query = _LOGGED_OF_PERSON if person_id else _LOGGED
        about = {"person_id": person_id} if person_id else {}
        found = await self._session.rows(query, after=position, limit=limit, **about)
        return tuple(LoggedEvent(position=row[-1], event=_EVENTS.record(row[:-1])) for row in found)

    async def last_position(self, person_id: str | None = None) -> int:
        query, about = (_LAST_OF_PERSON, {"person_id": person_id}) if person_id else (_LAST_POSITION, {})
        found = await self._session.rows(query, **about)
        return int(found[0][0] or 0)

    async def heard_since(self, position: int) -> Mapping[str, int]:
        found: Sequence[Any] = await self._session.rows(_HEARD_SINCE, after=position)
        return {row[0]: int(row[1]) for row in found}

    async def waiting_or_dispatched_since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        about = {"person_id": person_id, "kinds": sorted(kinds), "names": _naming(task_id)}
        found = await self._session.rows(_WAITING_OR_DISPATCHED_SINCE, since=since, **about)
        return tuple(map(_EVENTS.record, found))

    async def since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        about = {"person_id": person_id, "kinds": sorted(kinds), "names": _naming(task_id)}
        return await self._all(_EVENTS, _EVENTS_SINCE, since=since, **about)

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        return await self._all(_EVENTS, _EVENTS_WITHOUT_PERSON, kinds=sorted(kinds), limit=limit)

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        return bool(
            await self._session.change(_CLAIM_EVENT, {"target_id": event_id, "now": now, "until": until})
        )

    async def is_claimed(self, event_id: str, now: datetime) -> bool:
        return bool(await self._session.rows(_IS_CLAIMED, target_id=event_id, now=now))

    async def release(self, event_id: str, until: datetime) -> None:
        await self._session.change(_RELEASE_EVENT, {"target_id": event_id, "until": until})

    async def prune(self, before: datetime, limit: int) -> int:
        return await self._session.change(_DELETE_OLD, {"before": before, "limit": limit})

    async def dispatched(self, event_id: str, at: datetime) -> None:
        await self._session.change(_MARK_DISPATCHED, {"target_id": event_id, "at": at})


class Notes(Repository):
    """One value per person and key; a person of None is oO itself."""

    async def get(self, person_id: str | None, key: str) -> str | None:
        await self._lock(person_id)
        note = await self._first(_NOTES, _NOTE, owner_id=person_id, target_id=key)
        return note.value if note else None

    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        await self._lock(person_id)
        await self._session.change(_DELETE_NOTE, {"owner_id": person_id, "target_id": key})
        if value is not None:
            await self._add(_NOTES, _Note(person_id=person_id, key=key, value=value))

    async def _lock(self, person_id: str | None) -> None:
        if person_id is None:
            await self._session.lock(notes.name)
