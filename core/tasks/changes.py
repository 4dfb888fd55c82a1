"""Changes of a person's open tasks, wherever they live: change, remove, and take either back.

Each change is stored at once with its event. ``jobs/relay.py`` sends it to the task's source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.records import UNCHANGED, Delay, Due, Person, Task, TaskPatch, TaskState
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.store import Unit
from core.tasks.due_codes import due_code
from core.tasks.reminders import put_task
from core.words.tasks import LOWEST_PRIORITY

EDITABLE = (
    "title", "due", "repeats", "repeats_from_done", "priority", "minutes", "labels", "project", "notes",
)  # fmt: skip
"""The fields of a task that a patch may set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTask:
    """A task before and after a change."""

    before: Task
    after: Task

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that differ."""
        return tuple(name for name in EDITABLE if getattr(self.before, name) != getattr(self.after, name))

    @property
    def undo(self) -> TaskPatch:
        """The patch that takes the change back."""
        return TaskPatch(**{name: getattr(self.before, name) for name in self.changed})


async def change_task(
    task_id: str, person: Person, deps: Dependencies, patch: TaskPatch, *, zone: ZoneInfo
) -> ChangedTask:
    """Apply ``patch`` to an open task. A patch that changes nothing stores nothing.

    Raises ``NotFound`` if the person has no such open task.
    """
    async with deps.store.begin() as unit:
        before = await open_task(unit, task_id, person)
        after = patched(before, patch, now=deps.clock.now(), zone=zone)
        change = ChangedTask(before=before, after=after)
        if change.changed:
            await put_task(unit, after, deps)
            await _record(
                unit, deps, "task.changed", after, fields=",".join(change.changed), **_dates(change)
            )
        return change


async def remove_task(task_id: str, person: Person, deps: Dependencies) -> Task:
    """Take an open task off the list. That is no completion: nothing is learned from it.

    Raises ``NotFound`` if the person has no such open task.
    """
    async with deps.store.begin() as unit:
        removed = replace(await open_task(unit, task_id, person), state=TaskState.GONE)
        await put_task(unit, removed, deps)
        await _record(unit, deps, "task.removed", removed)
        return removed


async def restore_task(task_id: str, person: Person, deps: Dependencies) -> Task:
    """Take a removal back: the task is as it was. Raises ``NotFound`` if the person removed no such task."""
    async with deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if (task.person_id, task.state) != (person.person_id, TaskState.GONE):
            raise NotFound("no such removed task of this person")
        restored = replace(task, state=TaskState.OPEN)
        await put_task(unit, restored, deps)
        await _record(unit, deps, "task.restored", restored)
        return restored


async def open_task(unit: Unit, task_id: str, person: Person) -> Task:
    """The person's open task with that id. Raises ``NotFound``."""
    task = await unit.tasks.get(task_id)
    if (task.person_id, task.state) != (person.person_id, TaskState.OPEN):
        raise NotFound("no such open task of this person")
    return task


def _dates(change: ChangedTask) -> dict[str, str]:
    """The due dates before and after, if they differ: what was moved is read from the events."""
    if "due" not in change.changed:
        return {}
    return {"due_before": due_code(change.before.due), "due_after": due_code(change.after.due)}


async def _record(unit: Unit, deps: Dependencies, kind: str, task: Task, **data: str) -> None:
    ids = {"task_id": task.task_id, "source": task.source.value}
    await record_event(unit, deps, kind, task.person_id, **ids, **data)


# --- Patches -----------------------------------------------------------------------------------------------


def patched(task: Task, patch: TaskPatch, *, now: datetime, zone: ZoneInfo) -> Task:
    """``task`` with the new values. Without a date there is nothing to repeat."""
    values = {name: value for name in EDITABLE if (value := getattr(patch, name)) is not UNCHANGED}
    changed = replace(task, **values)
    labels = with_labels(changed.labels, patch.add_labels, patch.remove_labels)
    due = moved(changed.due, patch, now=now, zone=zone)
    repeats = changed.repeats if due else None
    return replace(
        changed,
        due=due,
        priority=min(max(changed.priority - patch.priority_step, 1), LOWEST_PRIORITY),
        labels=labels,
        notes="\n".join(part for part in (changed.notes, patch.add_notes) if part) or None,
        repeats=repeats,
        repeats_from_done=changed.repeats_from_done and repeats is not None,
    )


def with_labels(labels: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """The labels with some added and some removed, compared without case. The first spelling stays."""
    removed = {label.casefold() for label in remove}
    found = {label.casefold(): label for label in (*add, *reversed(labels))}
    ordered = dict.fromkeys(label.casefold() for label in (*labels, *add))
    return tuple(found[key] for key in ordered if key not in removed)


def moved(due: Due | None, patch: TaskPatch, *, now: datetime, zone: ZoneInfo) -> Due | None:
    """The due date after what the patch changes of it: a delay, another day, another time of day."""
    if patch.delay:
        return delayed(due, patch.delay, now=now, zone=zone)
    if patch.on is not UNCHANGED:
        due = replace(due, on=patch.on) if due else Due(on=patch.on)
    if patch.at is UNCHANGED:
        return due
    return (
        replace(due, at=patch.at) if patch.on is not UNCHANGED and due else at_time(due, patch.at, now, zone)
    )


def at_time(due: Due | None, at: time, now: datetime, zone: ZoneInfo) -> Due:
    """The due date at another time of day: on its day, or on the first day on which that time is ahead."""
    local = wall_clock(now, zone_or_default(due.zone, zone) if due else zone)
    soonest = local.date() if at > local.time() else local.date() + DAY
    on = max(due.on, soonest) if due else soonest
    return replace(due, on=on, at=at) if due else Due(on=on, at=at)


def delayed(due: Due | None, delay: Delay, *, now: datetime, zone: ZoneInfo) -> Due:
    """The due date moved by ``delay``, counted from the date, or from now if that is later.

    A delay of minutes of a date without a time counts from now, and gives it a time.
    """
    where = zone_or_default(due.zone, zone) if due else zone
    local_now = wall_clock(now, where)
    start = datetime.combine(due.on, due.at or time()) if due else local_now
    is_timed = due is not None and due.at is not None
    if delay.minutes:
        base = max(instant(start, where), now) if is_timed else now
        moved = wall_clock(base + timedelta(minutes=delay.minutes), where)
        moved += relativedelta(months=delay.months, days=delay.days)
        return Due(
            on=moved.date(), at=moved.time().replace(second=0, microsecond=0), zone=due.zone if due else None
        )
    on = max(start.date(), local_now.date()) + relativedelta(months=delay.months, days=delay.days)
    return replace(due, on=on) if due else Due(on=on)
