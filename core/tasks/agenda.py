"""A person's agenda of a day: what is due, what was done, what was moved, what comes back."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.records import UNKNOWN_AGE, CalendarEvent, Due, Person, Task, TaskPatch, TaskSource, TaskState
from core.scheduling.pauses import resumes
from core.scheduling.quiet_hours import midnight
from core.store import Unit
from core.tasks.history import History, read_history
from core.tasks.sync import refresh
from core.tips.urgency import by_urgency, due_day, due_instant, is_overdue, pressing_due
from core.words.tasks import next_due

DAYS_AHEAD = 6
"""How many days after its own an agenda covers: a week in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTask:
    """A task that was done on the day. A repeating one may be open again."""

    task: Task
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTask:
    """An open task whose due date was changed by hand."""

    task: Task
    before: Due | None
    """The due date that it had before the first of the changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A message that will come by itself: a snoozed tip, or a reminder."""

    at: datetime
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A person's agenda of one day in their zone."""

    day: date
    zone: ZoneInfo
    now: datetime
    """When it was read."""
    overdue: tuple[Task, ...] = ()
    """Open tasks that were due, or had their deadline, before ``now``; empty for a day that has not begun."""
    due: tuple[Task, ...] = ()
    """Other open tasks that are due or have their deadline on the day: those with a time in their order, then
    those without by priority.
    """
    ahead: tuple[Task, ...] = ()
    """Open tasks of the ``DAYS_AHEAD`` following days, in the same order day by day: each on the earlier one
    of due date and deadline.
    """
    undated: int = 0
    """Number of open tasks without a due date and deadline."""
    done: tuple[DoneTask, ...] = ()
    """In the order in which they were done."""
    moved: tuple[MovedTask, ...] = ()
    """Moved on the day or the day before, to no date or one that is still to come."""
    returning: tuple[Announced, ...] = ()
    """Snoozed tips that come back on the day."""
    reminders: tuple[Announced, ...] = ()
    """Reminders that ring on the day."""
    events: tuple[CalendarEvent, ...] = ()
    """Events of the person's calendars on the day that are not over; those of whole days first."""

    @property
    def is_today(self) -> bool:
        """Whether its day is the one in which it was read."""
        return self.day == self.now.astimezone(self.zone).date()

    @property
    def left(self) -> tuple[Task, ...]:
        """What is still to be done on the day, the overdue tasks first."""
        return (*self.overdue, *self.due)


async def read_agenda(
    person: Person, deps: Dependencies, zone: ZoneInfo, *, day: date | None = None
) -> Agenda:
    """The agenda of ``day`` (None: today), after copies of outside tasks were refreshed."""
    await refresh(person, deps)
    async with deps.store.read() as unit:
        return await stored_agenda(unit, person, now=deps.clock.now(), zone=zone, day=day)


async def stored_agenda(
    unit: Unit, person: Person, *, now: datetime, zone: ZoneInfo, day: date | None = None
) -> Agenda:
    """``read_agenda`` from what is stored; asks no source."""
    day = day or now.astimezone(zone).date()
    tasks = await unit.tasks.open(person.person_id)
    history = await read_history(unit, person.person_id, midnight(day - timedelta(days=1), zone))
    begun = day <= now.astimezone(zone).date()
    overdue = [task for task in tasks if begun and is_overdue(task, now, zone)]
    late = {task.task_id for task in overdue}
    of_day = _of_day(tasks, day, zone)
    ahead = [task for task in tasks if 0 < _days_after(task, day, zone) <= DAYS_AHEAD]
    return Agenda(
        day=day,
        zone=zone,
        now=now,
        overdue=tuple(by_urgency(overdue, now, zone)),
        due=_in_order((one for one in of_day if one.task_id not in late), zone, day),
        ahead=_in_order((one for one in ahead if one.task_id not in late), zone),
        undated=sum(pressing_due(task, zone) is None for task in tasks),
        done=await _done(unit, history, day, zone),
        moved=_moved((one for one in tasks if one.task_id not in late), history),
        returning=await _returning(unit, person, day, now=now, zone=zone),
        events=await _events(unit, person, day, now=now, zone=zone),
        reminders=await _reminders(unit, person, day, zone, listed=late | {one.task_id for one in of_day}),
    )


# --- Due ---------------------------------------------------------------------------------------------------


def pressing_day(task: Task, zone: ZoneInfo) -> date | None:
    """The earlier one of the days on which it is due and has its deadline."""
    due = pressing_due(task, zone)
    return due_day(due, zone) if due else None


def is_due_on(task: Task, day: date, zone: ZoneInfo) -> bool:
    """Whether its due date, not only its deadline, is on ``day`` in ``zone``."""
    return task.due is not None and due_day(task.due, zone) == day


def _days_after(task: Task, day: date, zone: ZoneInfo) -> int:
    """How many days after ``day`` it is due; negative before it. 0 without a date."""
    on = pressing_day(task, zone)
    return (on - day).days if on else 0


def _of_day(tasks: Iterable[Task], day: date, zone: ZoneInfo) -> list[Task]:
    return [task for task in tasks if task.deadline == day or is_due_on(task, day, zone)]


def _in_order(tasks: Iterable[Task], zone: ZoneInfo, day: date | None = None) -> tuple[Task, ...]:
    """Day by day: those with a time in their order, then those without by priority and age.

    ``day``: that of all of them; the time of a task that only has its deadline then does not count.
    """

    def key(task: Task) -> tuple[date, bool, datetime, int, datetime]:
        due = pressing_due(task, zone) or Due(on=date.max)
        if day:
            due = task.due if task.due and is_due_on(task, day, zone) else Due(on=day)
        at = due_instant(due, zone) if due.at else UNKNOWN_AGE
        return (due_day(due, zone), due.at is None, at, task.priority, task.created_at)

    return tuple(sorted(tasks, key=key))


# --- Done, moved, coming back ------------------------------------------------------------------------------


async def _done(unit: Unit, history: History, day: date, zone: ZoneInfo) -> tuple[DoneTask, ...]:
    on_day = [one for one in history.done if one.at.astimezone(zone).date() == day]
    tasks = await unit.tasks.some([one.task_id for one in on_day])
    return tuple(DoneTask(task=task, at=one.at) for one, task in zip(on_day, tasks, strict=True))


def _moved(tasks: Iterable[Task], history: History) -> tuple[MovedTask, ...]:
    """Open tasks that are due at another time than before their first move since they were last done.

    An overdue one is not among them: that it was moved to a time that is over helps nobody.
    """
    done_at = {one.task_id: one.at for one in history.done}
    before: dict[str, Due | None] = {}
    for move in history.moved:
        if move.task_id not in done_at or done_at[move.task_id] < move.at:
            before.setdefault(move.task_id, move.before)
    moved = [task for task in tasks if task.task_id in before and before[task.task_id] != task.due]
    return tuple(MovedTask(task=task, before=before[task.task_id]) for task in moved)


async def _returning(
    unit: Unit, person: Person, day: date, *, now: datetime, zone: ZoneInfo
) -> tuple[Announced, ...]:
    """Snoozed tips that come back on the day. None comes back during a pause, or about a closed task."""
    waiting = await unit.snoozes.waiting(person.person_id)
    found = []
    for snooze in waiting:
        is_held = resumes(snooze.until, person.pauses) != snooze.until
        if snooze.until.astimezone(zone).date() == day and snooze.until > now and not is_held:
            tip = (await unit.decisions.get(snooze.decision_id)).tip
            if tip and await _is_open(unit, tip.task_id):
                found.append(Announced(at=snooze.until, title=tip.content))
    return tuple(found)


async def _reminders(
    unit: Unit, person: Person, day: date, zone: ZoneInfo, *, listed: Container[str]
) -> tuple[Announced, ...]:
    """Reminders that ring on the day, of tasks that are not on its list anyway."""
    waiting = await unit.reminders.waiting(person.person_id, midnight(day + timedelta(days=1), zone))
    ringing = {
        one.task_id: one.next_at
        for one in waiting
        if one.task_id
        and one.task_id not in listed
        and one.next_at
        and one.next_at.astimezone(zone).date() == day
    }
    tasks = await unit.tasks.some(list(ringing))
    return tuple(Announced(at=ringing[task.task_id], title=task.title) for task in tasks)


async def _events(
    unit: Unit, person: Person, day: date, *, now: datetime, zone: ZoneInfo
) -> tuple[CalendarEvent, ...]:
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    found = await unit.calendar.between(person.person_id, start, end)
    ahead = [one for one in found if one.ends_at > now or one.starts_at >= now]
    return tuple(sorted(ahead, key=lambda one: not one.is_whole_day))


async def _is_open(unit: Unit, task_id: str | None) -> bool:
    """Whether the task is open; true of a tip about no task."""
    return task_id is None or (await unit.tasks.get(task_id)).state is TaskState.OPEN


# --- Put off -----------------------------------------------------------------------------------------------


def to_day(task: Task, day: date, zone: ZoneInfo) -> TaskPatch:
    """The patch that makes a task due on ``day`` in ``zone``, at the time that it has."""
    if task.due is None or task.due.at is None:
        return TaskPatch(due=Due(on=day, zone=task.due.zone if task.due else None))
    days = (day - due_day(task.due, zone)).days
    return TaskPatch(due=replace(task.due, on=task.due.on + timedelta(days=days)))


def skipped(task: Task, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The patch that moves a repeating task of oO's own on without doing it; None if nothing follows, or its
    source alone knows what.
    """
    if task.repeats is None or task.due is None or task.source is not TaskSource.OO:
        return None
    following = next_due(task.repeats, task.due, after=now, zone=zone)
    return TaskPatch(due=following) if following else None
