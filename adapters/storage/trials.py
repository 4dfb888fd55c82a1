"""Trials of the hold-out experiment: one row per randomised decision, with the outcome of its task."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import trials
from core.records import Trial

_MAX_DAY_LENGTH = timedelta(days=2)  # more than any day with a change of the clocks

_TRIALS = Rows(Trial, trials)

_TRIALS_OF_PERSON = _TRIALS.select.where(trials.c.person_id == bindparam("person_id")).order_by(
    trials.c.decided_at, trials.c.decision_id
)
_HELD_OUT_TASKS = (
    select(trials.c.task_id)
    .distinct()
    .where(
        trials.c.person_id == bindparam("person_id"),
        trials.c.decided_at > bindparam("since"),
        trials.c.ends_at > bindparam("now"),
        trials.c.held_out,
    )
    .order_by(trials.c.task_id)
)
_UPDATE_TRIALS_OF_TASK = update(trials).where(trials.c.task_id == bindparam("task"))
_DONE_AT = bindparam("at", type_=trials.c.done_at.type)
_MARK_DONE = _UPDATE_TRIALS_OF_TASK.where(
    trials.c.decided_at <= _DONE_AT, trials.c.ends_at > _DONE_AT, trials.c.done_at.is_(None)
).values(done_at=_DONE_AT)
_MARK_UNDONE = _UPDATE_TRIALS_OF_TASK.where(trials.c.done_at == _DONE_AT).values(done_at=None)


class Trials(Repository):
    """Written at randomisation and when the task is done. The outcome outlives the task."""

    async def add(self, trial: Trial) -> None:
        await self._add(_TRIALS, trial)

    async def of(self, person_id: str) -> tuple[Trial, ...]:
        return await self._all(_TRIALS, _TRIALS_OF_PERSON, person_id=person_id)

    async def held_out(self, person_id: str, now: datetime) -> tuple[str, ...]:
        rows = await self._session.rows(
            _HELD_OUT_TASKS, person_id=person_id, since=now - _MAX_DAY_LENGTH, now=now
        )
        return tuple(row.task_id for row in rows)

    async def done(self, task_id: str, at: datetime) -> None:
        await self._session.change(_MARK_DONE, {"task": task_id, "at": at})

    async def undone(self, task_id: str, at: datetime) -> None:
        await self._session.change(_MARK_UNDONE, {"task": task_id, "at": at})
