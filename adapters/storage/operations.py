"""What the operator asks of the database: aggregates over everybody, each by an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from adapters.storage.rows import LIMIT, Repository
from adapters.storage.tables import (
    BY_TIME,
    TOO_OLD,
    decisions,
    deliveries,
    events,
    inbox,
    integrations,
    people,
    workspaces,
)
from core.records import Backlog, ConnectionCount, DeliveryState, Lateness, Queues

SLACK = "slack"
PERCENTS = (50, 90, 99)
MICROSECONDS = 1_000_000
"""In a second; that is what instants are stored in."""
_UNFINISHED = (DeliveryState.RESERVED, DeliveryState.SENDING)

_COUNT_BY_STATE = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
# The index begins with the state: naming all of them lets it be used for the time as well.
_STATES_SINCE = _COUNT_BY_STATE.where(
    deliveries.c.state.in_(list(DeliveryState)), deliveries.c.reserved_at >= bindparam("since")
)
_UNFINISHED_NOW = _COUNT_BY_STATE.where(deliveries.c.state.in_(_UNFINISHED))

# Sorting 100,000 rows takes long; counting them by second does not. ``coalesce`` keeps the planner from the
# index of states, which lacks the times.
_late = type_coerce(deliveries.c.changed_at, BigInteger) - type_coerce(deliveries.c.due_at, BigInteger)
_SENT_BY_SECOND = (
    select(
        _late.op("/", precedence=8)(literal_column(str(MICROSECONDS))).label("second"),
        func.count().label("number"),
    )
    .where(
        BY_TIME,
        deliveries.c.reserved_at >= bindparam("since"),
        func.coalesce(type_coerce(deliveries.c.state, Text), "") == DeliveryState.SENT.value,
    )
    .group_by("second")
    .order_by("second")
)
_COUNT_MISSED = (
    select(func.count()).select_from(decisions).where(TOO_OLD, decisions.c.decided_at >= bindparam("since"))
)

_INBOX = select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.update.is_not(None))
# The position lets the planner take the index of just those that wait.
_EVENTS = (
    select(func.count())
    .select_from(events)
    .where(events.c.dispatched_at.is_(None), events.c.position > literal_column("0"))
)
_DUE = select(func.count()).select_from(people).where(people.c.next_due_at <= bindparam("now"))

_IN_STATE = deliveries.c.state == bindparam("state")
_SOME_IN_STATE = select(literal_column("1")).where(_IN_STATE).limit(LIMIT).subquery()
_COUNT_SOME_IN_STATE = select(func.count()).select_from(_SOME_IN_STATE)
_OLDEST_IN_STATE = select(func.min(func.coalesce(deliveries.c.not_before, deliveries.c.changed_at))).where(
    _IN_STATE
)
_SOME_DUE = (
    select(people.c.next_due_at)
    .where(people.c.next_due_at <= bindparam("now"))
    .order_by(people.c.next_due_at)
    .limit(LIMIT)
    .subquery()
)
_COUNT_SOME_DUE = select(func.count(), func.min(_SOME_DUE.c.next_due_at)).select_from(_SOME_DUE)

_of_people = select(integrations.c.provider, integrations.c.status, func.count().label("number")).group_by(
    integrations.c.provider, integrations.c.status
)
_of_workspaces = select(literal(SLACK).label("provider"), workspaces.c.status, func.count()).group_by(
    workspaces.c.status
)
_connections = union_all(_of_people, _of_workspaces).subquery()
_CONNECTIONS = select(_connections).order_by(_connections.c.provider, _connections.c.status)
_FIRST = select(func.min(people.c.created_at))


class Operations(Repository):
    """Counts and times; no row leaves it."""

    async def deliveries(self, since: datetime) -> Mapping[DeliveryState, int]:
        return dict(map(tuple, await self._session.rows(_STATES_SINCE, since=since)))

    async def lateness(self, since: datetime) -> Lateness:
        ((missed,),) = await self._session.rows(_COUNT_MISSED, since=since)
        by_second = [
            (row.second, row.number) for row in await self._session.rows(_SENT_BY_SECOND, since=since)
        ]
        count = sum(number for _, number in by_second)
        if not count:
            return Lateness(missed=missed)
        p50, p90, p99 = (_percentile(by_second, -(-count * percent // 100)) for percent in PERCENTS)
        return Lateness(count=count, p50=p50, p90=p90, p99=p99, missed=missed)

    async def backlog(self, now: datetime) -> Backlog:
        rows: Sequence[Sequence[Any]] = await self._session.rows(_INBOX)
        ((waiting,),) = await self._session.rows(_EVENTS)
        ((due,),) = await self._session.rows(_DUE, now=now)
        return Backlog(
            updates=rows[0][0],
            oldest_update_at=rows[0][1],
            deliveries=dict(map(tuple, await self._session.rows(_UNFINISHED_NOW))),
            events=waiting,
            people_due=due,
        )

    async def queues(self, now: datetime, limit: int) -> Queues:
        oldest = {state: await self._one_of(_OLDEST_IN_STATE, state=state) for state in _UNFINISHED}
        updates: Sequence[Sequence[Any]] = await self._session.rows(_INBOX)
        due: Sequence[Sequence[Any]] = await self._session.rows(_COUNT_SOME_DUE, now=now, limit=limit)
        return Queues(
            updates=updates[0][0],
            oldest_update_at=updates[0][1],
            deliveries={
                state: await self._one_of(_COUNT_SOME_IN_STATE, state=state, limit=limit)
                for state in DeliveryState
            },
            oldest_at={state: at for state, at in oldest.items() if at is not None},
            people_due=due[0][0],
            longest_due_at=due[0][1],
        )

    async def _one_of(self, query: Select[Any], **values: object) -> Any:
        ((found,),) = await self._session.rows(query, **values)
        return found

    async def connections(self) -> tuple[ConnectionCount, ...]:
        rows: Sequence[Sequence[Any]] = await self._session.rows(_CONNECTIONS)
        return tuple(ConnectionCount(provider=row[0], status=row[1], count=row[2]) for row in rows)

    async def started_at(self) -> datetime | None:
        ((first,),) = await self._session.rows(_FIRST)
        found: datetime | None = first
        return found


def _percentile(by_second: Sequence[tuple[int, int]], rank: int) -> timedelta:
    """The value at a rank (from 1) among counted ones in ascending order."""
    for second, number in by_second:
        rank -= number
        if rank <= 0:
            return timedelta(seconds=max(second, 0))
    raise LookupError("there are not so many")
