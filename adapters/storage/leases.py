"""Leases with fences, by the clock of the database.

Tests: tests/contracts/store/test_leases.py, tests/adapters/storage/test_leases.py.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    and_,
    bindparam,
    case,
    delete,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)

from adapters.storage.rows import Repository, Rows, insert_into
from adapters.storage.tables import leases as table
from adapters.storage.values import Moment
from core.records import Lease

MICROSECONDS = 1_000_000
"""In a second; that is what instants are stored in."""
CLOCK_TOLERANCE_SECONDS = 60
"""By so much the clock may be set back before what was taken earlier counts as over."""
LAST_CHARACTER = "\U0010ffff"

# Not the start of the transaction, which may have waited for a lock since.
_SERVERS_CLOCK: ColumnElement[int] = literal_column(
    "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint", BigInteger()
)
_CALLERS_CLOCK: ColumnElement[int] = bindparam("now", type_=BigInteger())

_LEASES = Rows(Lease, table)
_span: ColumnElement[int] = bindparam("span", type_=BigInteger())
_until = type_coerce(table.c.until, BigInteger)
_is_this = and_(
    table.c.name == bindparam("its_name"),
    table.c.holder == bindparam("its_holder"),
    table.c.fence == bindparam("its_fence"),
)
_HOLDS = select(table.c.fence).where(_is_this).with_for_update(read=True)  # nobody takes it meanwhile
_GIVE_BACK = update(table).where(_is_this).values(holder=None)
_PRUNE = delete(table).where(table.c.until < bindparam("before"))


def _now(dialect: str) -> ColumnElement[int]:
    """In microseconds since 1970."""
    return _SERVERS_CLOCK if dialect == "postgresql" else _CALLERS_CLOCK


@cache
def _take(dialect: str) -> Executable:
    now = _now(dialect)
    own = insert_into(dialect, table).values(
        name=bindparam("name"),
        holder=bindparam("holder"),
        fence=1,
        until=now + _span,
        span=_span,
    )
    is_same = table.c.holder == own.excluded.holder
    return own.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "holder": own.excluded.holder,
            "fence": table.c.fence + case((is_same, 0), else_=1),
            "until": own.excluded.until,
            "span": own.excluded.span,
        },
        where=or_(is_same, ~_is_held(now)),
    ).returning(*_LEASES.columns)


@cache
def _renew(dialect: str) -> Executable:
    now = _now(dialect)
    return update(table).where(_is_this).values(until=now + _span, span=_span).returning(*_LEASES.columns)


@cache
def _held(dialect: str) -> Executable:
    begins = and_(table.c.name >= bindparam("prefix"), table.c.name < bindparam("end"))
    return _LEASES.select.where(begins, _is_held(_now(dialect))).order_by(table.c.name)


def _is_held(now: ColumnElement[int]) -> ColumnElement[bool]:
    """By somebody, and neither over nor from before the clock was set back."""
    longest = now + table.c.span + CLOCK_TOLERANCE_SECONDS * MICROSECONDS
    return and_(table.c.holder.is_not(None), _until > now, _until <= longest)


class Leases(Repository):
    """Each step is one statement, so that of two processes only one succeeds."""

    async def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> Lease | None:
        wanted = {"name": name, "holder": holder, **_times(now, seconds)}
        return await self._returned(_take(self._session.dialect), wanted)

    async def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease | None:
        return await self._returned(_renew(self._session.dialect), {**_key(lease), **_times(now, seconds)})

    async def give_back(self, lease: Lease) -> None:
        await self._session.change(_GIVE_BACK, _key(lease))

    async def holds(self, lease: Lease) -> bool:
        return bool(await self._session.rows(_HOLDS, **_key(lease)))

    async def held(self, prefix: str, now: datetime) -> tuple[Lease, ...]:
        bounds = {"prefix": prefix, "end": prefix + LAST_CHARACTER}
        rows = await self._session.rows(_held(self._session.dialect), **bounds, now=Moment().store(now))
        return tuple(map(_LEASES.record, rows))

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_PRUNE, {"before": before})

    async def _returned(self, statement: Executable, values: dict[str, Any]) -> Lease | None:
        rows = await self._session.rows(statement, **values)
        return _LEASES.record(rows[0]) if rows else None


def _times(now: datetime, seconds: float) -> dict[str, int]:
    return {"now": Moment().store(now), "span": round(seconds * MICROSECONDS)}


def _key(lease: Lease) -> dict[str, Any]:
    return {"its_name": lease.name, "its_holder": lease.holder, "its_fence": lease.fence}
