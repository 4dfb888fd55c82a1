"""Totals of what the language model was used for, by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, select

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import people
from adapters.storage.tables import spending as table
from core.records import DailySpending, Spending

EVERYBODY = "everybody"
"""The scope of the total of everybody; all other scopes are person ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Total:
    day: str
    scope: str
    person_id: str | None
    calls: int
    tokens: int
    micros: int
    failures: int

    @property
    def spent(self) -> Spending:
        """Its numbers."""
        return Spending(calls=self.calls, tokens=self.tokens, micros=self.micros, failures=self.failures)


_TOTALS = Rows(_Total, table)
_TOTAL = _TOTALS.select.where(table.c.day == bindparam("on"), table.c.scope == bindparam("whose"))
_DAYS = _TOTALS.select.where(table.c.day >= bindparam("first"), table.c.scope == EVERYBODY).order_by(
    table.c.day
)
_IS_STORED = select(people.c.person_id).where(people.c.person_id == bindparam("whose"))
_DELETE_OLD = delete(table).where(table.c.day < bindparam("before"))


class SpendingLog(Repository):
    """A row for each day and person, and one for each day."""

    async def of(self, day: date, person_id: str | None) -> Spending:
        if person_id is None:
            await self._session.lock(EVERYBODY)
        found = await self._first(_TOTALS, _TOTAL, on=day.isoformat(), whose=person_id or EVERYBODY)
        if found is None:
            return Spending()
        return found.spent

    async def days(self, first: date) -> tuple[DailySpending, ...]:
        totals = await self._all(_TOTALS, _DAYS, first=first.isoformat())
        return tuple(DailySpending(day=date.fromisoformat(one.day), spent=one.spent) for one in totals)

    async def add(self, day: date, person_id: str, spent: Spending) -> None:
        is_stored = bool(await self._session.rows(_IS_STORED, whose=person_id))
        for scope in (None, person_id) if is_stored else (None,):
            total = (await self.of(day, scope)).plus(spent)
            row = _Total(
                day=day.isoformat(),
                scope=scope or EVERYBODY,
                person_id=scope,
                calls=total.calls,
                tokens=total.tokens,
                micros=total.micros,
                failures=total.failures,
            )
            await self._put(_TOTALS, row)

    async def prune(self, before: date) -> int:
        return await self._session.change(_DELETE_OLD, {"before": before.isoformat()})
