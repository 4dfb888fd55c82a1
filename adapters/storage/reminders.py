"""Reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, or_, select, update

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import reminders, tasks
from core.records import Reminder, ReminderState, TaskState

_REMINDERS = Rows(Reminder, reminders)

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_IS_ACTIVE = reminders.c.state == ReminderState.ACTIVE
_OF_PERSON = reminders.c.person_id == bindparam("person_id")
_REMINDER = _REMINDERS.select.where(reminders.c.reminder_id == bindparam("reminder_id"))
_OF_TASKS = _REMINDERS.select.where(reminders.c.task_id.in_(_IDS)).order_by(
    reminders.c.created_at, reminders.c.reminder_id
)
_MAY_RING = or_(reminders.c.at.is_(None), reminders.c.over.is_(None)) & or_(
    reminders.c.task_id.is_(None), tasks.c.state == TaskState.OPEN
)
_OF_PERSON_LEFT = (
    select(*_REMINDERS.columns)
    .select_from(reminders)
    .outerjoin(tasks, tasks.c.task_id == reminders.c.task_id)
    .where(_OF_PERSON, _MAY_RING)
    .order_by(reminders.c.next_at.is_(None), reminders.c.next_at, reminders.c.reminder_id)
)
_AFTER_SNOOZE = _REMINDERS.select.where(reminders.c.snoozed == bindparam("decision_id"), _IS_ACTIVE).order_by(
    reminders.c.created_at.desc()
)
_DUE = (
    select(reminders.c.person_id)
    .where(reminders.c.next_at <= bindparam("now"))
    .order_by(reminders.c.next_at, reminders.c.person_id)
    .limit(LIMIT)
)
_WAITING = _REMINDERS.select.where(_OF_PERSON, reminders.c.next_at < bindparam("before")).order_by(
    reminders.c.next_at, reminders.c.reminder_id
)
_MOVE = update(reminders).where(
    reminders.c.reminder_id == bindparam("target_id"),
    reminders.c.next_at.is_not_distinct_from(bindparam("next_before")),
    reminders.c.over.is_not_distinct_from(bindparam("over_before")),
)


class Reminders(Repository):
    """Messages that people asked for at a time."""

    async def get(self, reminder_id: str) -> Reminder:
        return await self._one(_REMINDERS, _REMINDER, reminder_id=reminder_id)

    async def find(self, reminder_id: str) -> Reminder | None:
        return await self._first(_REMINDERS, _REMINDER, reminder_id=reminder_id)

    async def put(self, *some: Reminder) -> None:
        await self._put(_REMINDERS, *some)

    async def move(self, before: Reminder, after: Reminder) -> bool:
        expected = {
            "target_id": before.reminder_id,
            "next_before": before.next_at,
            "over_before": before.over,
        }
        return bool(await self._session.change(_MOVE, {**_REMINDERS.values(after), **expected}))

    async def of_tasks(self, task_ids: Sequence[str]) -> tuple[Reminder, ...]:
        return await self._all(_REMINDERS, _OF_TASKS, ids=list(task_ids))

    async def of_person(self, person_id: str) -> tuple[Reminder, ...]:
        return await self._all(_REMINDERS, _OF_PERSON_LEFT, person_id=person_id)

    async def after_snooze(self, decision_id: str) -> Reminder | None:
        return await self._first(_REMINDERS, _AFTER_SNOOZE, decision_id=decision_id)

    async def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        rows = await self._session.rows(_DUE, now=now, limit=limit)
        return tuple(dict.fromkeys(row.person_id for row in rows))

    async def waiting(self, person_id: str, before: datetime) -> tuple[Reminder, ...]:
        return await self._all(_REMINDERS, _WAITING, person_id=person_id, before=before)
