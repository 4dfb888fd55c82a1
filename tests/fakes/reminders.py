"""Reminders, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from core.records import Reminder, ReminderState, TaskState
from tests.fakes.tables import Tables

NEVER = datetime.max.replace(tzinfo=UTC)


def in_order(reminder: Reminder) -> tuple[datetime, str]:
    return (reminder.next_at or NEVER, reminder.reminder_id)


class FakeReminders:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, reminder_id: str) -> Reminder:
        reminder: Reminder = self._tables.get("reminders", reminder_id)
        return reminder

    async def find(self, reminder_id: str) -> Reminder | None:
        found: Reminder | None = self._tables.find("reminders", reminder_id)
        return found

    async def put(self, *reminders: Reminder) -> None:
        for reminder in reminders:
            self._tables.put("reminders", reminder.reminder_id, reminder)

    async def move(self, before: Reminder, after: Reminder) -> bool:
        same = {"reminder_id": before.reminder_id, "next_at": before.next_at, "over": before.over}
        unmoved = self._tables.all("reminders", **same)
        if unmoved:
            self._tables.put("reminders", after.reminder_id, after)
        return bool(unmoved)

    def _active(self, **fields: object) -> list[Reminder]:
        return self._tables.all("reminders", state=ReminderState.ACTIVE, **fields)

    async def of_tasks(self, task_ids: Sequence[str]) -> tuple[Reminder, ...]:
        found = [one for one in self._tables.all("reminders") if one.task_id in task_ids]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.reminder_id)))

    async def of_person(self, person_id: str) -> tuple[Reminder, ...]:
        theirs = self._tables.all("reminders", person_id=person_id)
        left = [one for one in theirs if one.at is None or one.over is None]
        return tuple(sorted(filter(self._is_open, left), key=in_order))

    def _is_open(self, reminder: Reminder) -> bool:
        task = self._tables.find("tasks", reminder.task_id) if reminder.task_id else None
        return reminder.task_id is None or (task is not None and task.state is TaskState.OPEN)

    async def after_snooze(self, decision_id: str) -> Reminder | None:
        found = self._active(snoozed=decision_id)
        return max(found, key=lambda one: one.created_at, default=None)

    async def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        due = [one for one in self._tables.all("reminders") if one.next_at and one.next_at <= now]
        ordered = sorted(due, key=lambda one: (one.next_at, one.person_id))[:limit]
        return tuple(dict.fromkeys(one.person_id for one in ordered))

    async def waiting(self, person_id: str, before: datetime) -> tuple[Reminder, ...]:
        theirs = self._tables.all("reminders", person_id=person_id)
        return tuple(sorted((one for one in theirs if one.next_at and one.next_at < before), key=in_order))
