"""Reminders follow their tasks: every change of a task goes through ``put_task`` or ``put_tasks``.

A reminder that the person asked for, or that they want before every task with a time (``Preferences.lead``),
rings as long as its task is open. A change of the task's time makes a new promise: what has passed by then is
over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import chain
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.records import Due, Person, Purpose, Reminder, ReminderKind, Task, TaskState
from core.scheduling.quiet_hours import wall_clock
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.reminder_times import (
    has_pause,
    is_active,
    next_occurrence,
    over_by,
    rule_of,
    second_pass,
    still_today,
    with_next_ring,
    without_promise,
)

DAILY = "FREQ=DAILY"


async def put_task(unit: Unit, task: Task, deps: Dependencies) -> Task:
    """Store a task, and when its reminders ring by now."""
    await put_tasks(unit, [task], deps)
    return task


async def put_tasks(unit: Unit, tasks: Sequence[Task], deps: Dependencies) -> None:
    """Store tasks of one person, and when their reminders ring by now. Costs at most five statements."""
    await unit.tasks.put_all(tasks)
    known: defaultdict[str | None, list[Reminder]] = defaultdict(list)
    for one in await unit.reminders.of_tasks([task.task_id for task in tasks]):
        known[one.task_id].append(one)
    concerned = [task for task in tasks if task.task_id in known or _can_be_led(task)]
    if not concerned:
        return
    person = await unit.people.get(concerned[0].person_id)
    after = [one for task in concerned for one in followed(task, known[task.task_id], person, deps)]
    await _store_changed(unit, chain.from_iterable(known.values()), after)


def _can_be_led(task: Task) -> bool:
    return task.state is TaskState.OPEN and task.due is not None and task.due.at is not None


async def follow_person(unit: Unit, before: Person, person: Person, deps: Dependencies) -> None:
    """Store when the person's reminders ring after a change of their settings."""
    if not _may_matter(before, person):
        return
    known = await unit.reminders.of_person(person.person_id)
    known = tuple(without_promise(one, before, person) for one in known)
    of_task: defaultdict[str, list[Reminder]] = defaultdict(list)
    for one in known:
        of_task[one.task_id or ""].append(one)
    daily = of_task.pop("", [])
    tasks = {task.task_id: task for task in await unit.tasks.some(list(of_task))}
    if person.preferences.lead is not None:
        tasks |= {task.task_id: task for task in await unit.tasks.open(person.person_id)}
    after = _daily(daily, person, deps)
    for task in tasks.values():
        after += followed(task, of_task[task.task_id], person, deps)
    await _store_changed(unit, known, after, all_of_them=True)


def _may_matter(before: Person, after: Person) -> bool:
    """Whether the change can move a reminder."""

    def relevant(person: Person) -> tuple[object, ...]:
        wanted = person.preferences
        return (
            *(person.allows(Purpose.MESSAGES), person.zone, person.pauses),
            *(wanted.quiet, wanted.lead, wanted.brief, wanted.review),
        )

    return relevant(before) != relevant(after)


async def _store_changed(
    unit: Unit, before: Iterable[Reminder], after: Iterable[Reminder], *, all_of_them: bool = False
) -> None:
    known = {} if all_of_them else {one.reminder_id: one for one in before}
    changed = [one for one in after if known.get(one.reminder_id) != one]
    if changed:
        await unit.reminders.put(*changed)


async def rename_task(unit: Unit, before: Task, after: Task, deps: Dependencies) -> None:
    """Store a task that has another id from now on; its reminders go with it."""
    known = await unit.reminders.of_tasks([before.task_id])
    await put_task(unit, replace(before, state=TaskState.GONE), deps)
    await unit.tasks.put(after)
    await unit.reminders.put(
        *(
            replace(
                one,
                reminder_id=one.reminder_id.replace(before.task_id, after.task_id),
                task_id=after.task_id,
            )
            for one in known
        )
    )
    await put_task(unit, after, deps)


# --- Of a task ---------------------------------------------------------------------------------------------


def asked_id(task_id: str) -> str:
    """Id of the reminder that the person asked for with a task."""
    return f"asked-{task_id}"


_AT_INSTANT = "instant-"


def instant_id(task_id: str, at: datetime) -> str:
    """Id of the reminder at that instant that the person asked for of a task on their list."""
    return f"{_AT_INSTANT}{task_id}-{int(at.timestamp())}"


def _is_at_instant(reminder: Reminder) -> bool:
    return reminder.task_id is not None and reminder.reminder_id.startswith(_AT_INSTANT)


async def remind_of(
    unit: Unit, task: Task, deps: Dependencies, *, lead: int = 0, asked_at: datetime | None = None
) -> Reminder | None:
    """Promise to remind the person of a task, ``lead`` minutes before its time; at that time if it is too
    late for that. None, and nothing stored, if the task has no time to come after ``asked_at``: None is now.

    A pause that is in force does not hold it back: the person asks in spite of it.
    """
    person = await unit.people.get(task.person_id)
    if person.zone is None or task.due is None:
        return None
    now, zone = asked_at or deps.clock.now(), ZoneInfo(person.zone)
    first = Reminder(
        reminder_id=asked_id(task.task_id),
        person_id=task.person_id,
        task_id=task.task_id,
        due=task.due,
        repeats=rule_of(task),
        even_if_paused=has_pause(person, now),
        created_at=now,
    )
    found = next((one for ahead in (lead, 0) if (one := _ahead(first, task, ahead, now, zone))), None)
    if found is None:
        return None
    reminder = with_next_ring(found, person, deps.rules.availability.guard)
    known = await unit.reminders.of_tasks([task.task_id])
    others = (*(one for one in known if one.reminder_id != reminder.reminder_id), reminder)
    await unit.reminders.put(*followed(task, others, person, deps))
    return reminder


async def as_of_now(
    unit: Unit, reminder: Reminder, task: Task | None, person: Person, deps: Dependencies
) -> Reminder:
    """A stored reminder as it follows from its ``task`` and its person now."""
    if task is None:
        return with_next_ring(reminder, person, deps.rules.availability.guard)
    known = await unit.reminders.of_tasks([task.task_id])
    all_of_it = followed(task, known, person, deps)
    return next(one for one in all_of_it if one.reminder_id == reminder.reminder_id)


def _ahead(reminder: Reminder, task: Task, lead: int, now: datetime, zone: ZoneInfo) -> Reminder | None:
    """The reminder with that lead; None if it would never ring after ``now``."""
    again = None if lead or task.repeats else second_pass(task.due, now, zone)
    if at := again or still_today(task, now, zone):
        return replace(reminder, at=at)
    found = replace(reminder, lead=lead, over=over_by(now, task.due, lead, zone))
    return found if next_occurrence(found, zone) else None


def followed(task: Task, known: Sequence[Reminder], person: Person, deps: Dependencies) -> list[Reminder]:
    """The task's reminders as they follow from it now. One is added if the person wants a lead."""
    if person.zone is None:
        return [replace(one, next_at=None) for one in known]
    now, zone = deps.clock.now(), ZoneInfo(person.zone)
    lead = person.preferences.lead
    reminders = list(known)
    of_its_time = [one for one in known if one.snoozed is None and not _is_at_instant(one)]
    is_asked = any(one.asked and is_active(one) for one in of_its_time)
    is_led = lead is not None and task.due is not None and task.due.at is not None and not is_asked
    if is_led and all(one.asked for one in known):
        reminders.append(_led(task, lead or 0, now, zone))
    after = []
    for one in reminders:
        mine = lead if not one.asked else one.lead
        current = _with_time_of(one, task, one.lead if mine is None else mine, now, zone)
        rings = task.state is TaskState.OPEN and (one.asked or is_led) and _still_snoozed(one, task)
        ringing = with_next_ring(current, person, deps.rules.availability.guard)
        after.append(ringing if rings else replace(current, next_at=None))
    return after


def _led(task: Task, lead: int, now: datetime, zone: ZoneInfo) -> Reminder:
    return Reminder(
        reminder_id=f"lead-{task.task_id}",
        person_id=task.person_id,
        task_id=task.task_id,
        due=task.due,
        repeats=rule_of(task),
        lead=lead,
        asked=False,
        over=over_by(now, task.due, lead, zone),
        created_at=now,
    )


def _still_snoozed(reminder: Reminder, task: Task) -> bool:
    """A snooze of a reminder holds as long as the task's time is the same."""
    return reminder.snoozed is None or reminder.due == task.due


def _with_time_of(reminder: Reminder, task: Task, lead: int, now: datetime, zone: ZoneInfo) -> Reminder:
    """The reminder with the task's time by now. A time that has passed when it is set does not ring."""
    repeats = rule_of(task)
    if _is_at_instant(reminder):
        return reminder
    if reminder.snoozed or (reminder.due, reminder.repeats, reminder.lead) == (task.due, repeats, lead):
        return reminder
    over = over_by(now, task.due, lead, zone)
    if reminder.due == task.due and reminder.over and not reminder.at:
        over = max(over, reminder.over)
    return replace(
        reminder,
        due=task.due,
        repeats=repeats,
        lead=lead,
        at=None,
        over=over,
        even_if_quiet=reminder.even_if_quiet and _clock(reminder.due) == _clock(task.due),
    )


def _clock(due: Due | None) -> tuple[time | None, str | None] | None:
    return (due.at, due.zone) if due else None


# --- Daily messages ----------------------------------------------------------------------------------------


def _daily(known: Sequence[Reminder], person: Person, deps: Dependencies) -> list[Reminder]:
    """The reminders of the daily messages as the settings want them."""
    wanted = {ReminderKind.BRIEF: person.preferences.brief, ReminderKind.REVIEW: person.preferences.review}
    before = {one.kind: one for one in known}
    return [
        _of_day(kind, at, before.get(kind), person, deps)
        for kind, at in wanted.items()
        if at is not None or kind in before
    ]


def _of_day(
    kind: ReminderKind, at: time | None, before: Reminder | None, person: Person, deps: Dependencies
) -> Reminder:
    now, zone = deps.clock.now(), zone_of(person)
    reminder = before or Reminder(
        reminder_id=f"{kind.value}-{person.person_id}",
        person_id=person.person_id,
        kind=kind,
        repeats=DAILY,
        created_at=now,
    )
    if at is None:
        return replace(reminder, due=None, next_at=None)
    if reminder.due is None or reminder.due.at != at:
        due = Due(on=wall_clock(now, zone).date(), at=at)
        over = over_by(now, due, 0, zone)
        reminder = replace(reminder, due=due, over=over, even_if_quiet=False)
    return with_next_ring(reminder, person, deps.rules.availability.guard)


async def next_reminder(unit: Unit, task_id: str) -> Reminder | None:
    """The reminder of a task that rings next, for the task's card; None if none will."""
    known = await unit.reminders.of_tasks([task_id])
    ringing = [(one.next_at, one) for one in known if one.next_at]
    return min(ringing, key=lambda ring: ring[0])[1] if ringing else None
