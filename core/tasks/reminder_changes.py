"""What a person does about a reminder: cancel it, take that back, choose another time, snooze its ringing.

Tests: tests/core/delivery/test_remind.py, tests/core/tasks/test_reminders.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import Due, Person, Reminder, ReminderState, Snooze, Task, TaskPatch
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.changes import apply_patch, open_task
from core.tasks.reminder_times import has_pause, is_active, next_occurrence, passed, with_next_ring
from core.tasks.reminders import asked_id, followed, instant_id, put_task, remind_of

# --- By a snooze -------------------------------------------------------------------------------------------


async def remind_again(unit: Unit, snooze: Snooze, task: Task | None, deps: Dependencies) -> None:
    """Ring again at the end of a snooze; an earlier snooze of the same ringing is replaced."""
    await remind_no_more(unit, snooze.decision_id)
    person, now = await unit.people.get(snooze.person_id), deps.clock.now()
    again = Reminder(
        reminder_id=snooze.snooze_id,
        person_id=snooze.person_id,
        task_id=task.task_id if task else None,
        due=task.due if task else None,
        at=snooze.until,
        even_if_quiet=snooze.even_if_quiet,
        even_if_paused=has_pause(person, now),
        created_at=now,
        snoozed=snooze.decision_id,
    )
    await unit.reminders.put(with_next_ring(again, person, deps.rules.availability.guard))


async def remind_no_more(unit: Unit, decision_id: str) -> None:
    """Cancel the snooze of a ringing, if there is one."""
    waiting = await unit.reminders.after_snooze(decision_id)
    if waiting:
        await unit.reminders.put(replace(waiting, state=ReminderState.CANCELLED, next_at=None))


# --- By a button -------------------------------------------------------------------------------------------


async def cancel_reminder(reminder_id: str, person: Person, deps: Dependencies) -> Reminder:
    """Cancel a reminder; one that was cancelled before stays so. Raises ``NotFound`` if it is not the
    person's.
    """
    async with deps.store.begin(person.person_id) as unit:
        reminder = await own_reminder(unit, reminder_id, person)
        if reminder.state is ReminderState.CANCELLED:
            return reminder
        cancelled = replace(reminder, state=ReminderState.CANCELLED, next_at=None)
        await unit.reminders.put(cancelled)
        return cancelled


async def cancel_reminders(reminder_ids: Sequence[str], person: Person, deps: Dependencies) -> None:
    """Cancel several reminders of the person's at once; one that was cancelled before stays so. Raises
    ``NotFound``.
    """
    async with deps.store.begin(person.person_id) as unit:
        found = [await own_reminder(unit, reminder_id, person) for reminder_id in reminder_ids]
        ended = [replace(one, state=ReminderState.CANCELLED, next_at=None) for one in found if is_active(one)]
        if ended:
            await unit.reminders.put(*ended)


async def revive_reminder(reminder_id: str, person: Person, deps: Dependencies) -> Reminder:
    """Take a cancellation back: it rings again, unless its time has passed meanwhile. Raises ``NotFound``."""
    async with deps.store.begin(person.person_id) as unit:
        reminder = replace(await own_reminder(unit, reminder_id, person), state=ReminderState.ACTIVE)
        return await _stored(unit, _without_past(reminder, person, deps), person, deps)


async def ring_at(
    reminder_id: str, person: Person, deps: Dependencies, *, at: datetime | None, even_if_quiet: bool
) -> Reminder:
    """Ring at another instant, or at the usual one (``at`` None) even in quiet hours. Raises ``NotFound``."""
    async with deps.store.begin(person.person_id) as unit:
        reminder = await own_reminder(unit, reminder_id, person)
        if not is_active(reminder):
            raise NotFound("no such active reminder")
        moved = replace(reminder, even_if_quiet=even_if_quiet)
        if at:
            moved = replace(moved, at=at, over=None)
        return await _stored(unit, moved, person, deps)


async def _stored(unit: Unit, reminder: Reminder, person: Person, deps: Dependencies) -> Reminder:
    """Store a changed reminder with its next ring."""
    ringing = with_next_ring(reminder, person, deps.rules.availability.guard)
    if reminder.task_id:
        task = await unit.tasks.get(reminder.task_id)
        others = await unit.reminders.of_tasks([task.task_id])
        known = [ringing if one.reminder_id == ringing.reminder_id else one for one in others]
        all_of_it = followed(task, known, person, deps)
        ringing = next(one for one in all_of_it if one.reminder_id == ringing.reminder_id)
    await unit.reminders.put(ringing)
    return ringing


def _without_past(reminder: Reminder, person: Person, deps: Dependencies) -> Reminder:
    now, zone = deps.clock.now(), zone_of(person)
    occurrence = next_occurrence(reminder, zone)
    if occurrence is None or occurrence.at > now:
        return reminder
    return passed(reminder, occurrence, now, zone)


async def own_reminder(unit: Unit, reminder_id: str, person: Person) -> Reminder:
    """The person's reminder with that id. Raises ``NotFound``."""
    reminder = await unit.reminders.get(reminder_id)
    if reminder.person_id != person.person_id:
        raise NotFound("no such reminder of this person")
    return reminder


# --- Of a task that is on the list -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReminder:
    """A reminder of a task that was asked for later than the task was added."""

    task: Task
    reminder: Reminder | None
    """None if the task has no time to come."""
    before: int | None
    """The lead of the reminder that this one replaces; None if there was none."""


async def remind_of_task(task_id: str, person: Person, deps: Dependencies, *, lead: int) -> AskedReminder:
    """Promise to remind the person of an open task, ``lead`` minutes before its time. Replaces what was
    promised for this task before. Raises ``NotFound``.
    """
    async with deps.store.begin(person.person_id) as unit:
        task = await open_task(unit, task_id, person)
        known = await unit.reminders.find(asked_id(task_id))
        before = known.lead if known and is_active(known) and known.next_at else None
        reminder = await remind_of(unit, task, deps, lead=lead)
        return AskedReminder(task=task, reminder=reminder, before=before)


async def remind_at_time(
    task_id: str, person: Person, deps: Dependencies, due: Due, *, repeats: str | None = None
) -> AskedReminder:
    """Give an open task a date and a time, and promise to remind the person then. Raises ``NotFound``."""
    async with deps.store.begin(person.person_id) as unit:
        task = await open_task(unit, task_id, person)
        patch = TaskPatch(due=due, repeats=repeats)
        moved = await apply_patch(unit, task, deps, patch, zone=zone_of(person))
        reminder = await remind_of(unit, moved.after, deps)
        return AskedReminder(task=moved.after, reminder=reminder, before=None)


async def remind_at_instant(task_id: str, person: Person, deps: Dependencies, at: datetime) -> Reminder:
    """Promise to remind the person of an open task at an instant, whatever its date is and whatever else was
    promised for it. Raises ``NotFound``.
    """
    async with deps.store.begin(person.person_id) as unit:
        return await _put_instant(unit, await open_task(unit, task_id, person), person, deps, at)


async def remind_at_another_instant(
    reminder_id: str, person: Person, deps: Dependencies, at: datetime
) -> Reminder:
    """Promise another instant instead of that of a reminder by ``remind_at_instant``. Raises ``NotFound``."""
    async with deps.store.begin(person.person_id) as unit:
        before = await own_reminder(unit, reminder_id, person)
        task = await open_task(unit, before.task_id or "", person)
        await unit.reminders.put(replace(before, state=ReminderState.CANCELLED, next_at=None))
        return await _put_instant(unit, task, person, deps, at)


async def _put_instant(unit: Unit, task: Task, person: Person, deps: Dependencies, at: datetime) -> Reminder:
    asked = Reminder(
        reminder_id=instant_id(task.task_id, at),
        person_id=person.person_id,
        task_id=task.task_id,
        due=task.due,
        at=at,
        even_if_paused=has_pause(person, deps.clock.now()),
        created_at=deps.clock.now(),
    )
    reminder = with_next_ring(asked, person, deps.rules.availability.guard)
    await unit.reminders.put(reminder)
    return reminder


async def remind_as_before(task_id: str, person: Person, deps: Dependencies, lead: int | None) -> None:
    """Take ``remind_of_task`` back: the lead was ``lead``, or there was no reminder. Raises ``NotFound``."""
    if lead is not None:
        await remind_of_task(task_id, person, deps, lead=lead)
        return
    await cancel_reminder(asked_id(task_id), person, deps)
    async with deps.store.begin(person.person_id) as unit:
        await put_task(unit, await unit.tasks.get(task_id), deps)
