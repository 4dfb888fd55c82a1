"""Changes of a person's open tasks, wherever they live: change, remove, and take either back.

Each change is stored at once with its event, which ``jobs/relay.py`` sends to the task's source. A removal
waits there for ``Rules.undo_removal``, because sources cannot undo one; after an undo in that time it is not
sent at all.

A trial of the hold-out experiment counts a removed task as not done, in either arm: to leave it out would
condition on what the tip may have caused, and make tips look better than they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.records import (
    UNCHANGED,
    UNKNOWN_AGE,
    Delay,
    Due,
    Event,
    Person,
    Task,
    TaskPatch,
    TaskSource,
    TaskState,
)
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.store import Unit
from core.tasks.due_codes import due_code
from core.tasks.pieces import move_pieces, open_pieces
from core.tasks.reminders import put_task, put_tasks
from core.tasks.sync import tasks_of
from core.words.tasks import LOWEST_PRIORITY

EDITABLE = (
    "title", "due", "repeats", "repeats_from_done", "priority", "minutes", "labels", "project", "notes",
)  # fmt: skip
"""The fields of a task that a patch may set."""

CHANGED, REMOVED, RESTORED = "task.changed", "task.removed", "task.restored"
"""Kinds of events: a task was changed, was removed, and this was taken back."""


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
    task_id: str, person: Person, deps: Dependencies, patch: TaskPatch, *, zone: ZoneInfo, origin: str = ""
) -> ChangedTask:
    """Apply ``patch`` to an open task. A patch that changes nothing stores nothing.

    ``origin`` names the update that asks for it: handled twice, it puts a task off once.

    Raises ``NotFound`` if the person has no such open task.
    """
    async with deps.store.begin() as unit:
        task = await open_task(unit, task_id, person)
        if origin and await _was_made(unit, task, deps, origin):
            return ChangedTask(before=task, after=task)
        return await apply_patch(unit, task, deps, patch, zone=zone, origin=origin)


async def _was_made(unit: Unit, task: Task, deps: Dependencies, origin: str) -> bool:
    """Whether the update with that name has changed the task already."""
    since = deps.clock.now() - DAY
    events = await unit.events.waiting_or_dispatched_since(task.person_id, frozenset({CHANGED}), since)
    return any(one.data.get("origin") == origin and one.data["task_id"] == task.task_id for one in events)


async def apply_patch(
    unit: Unit, task: Task, deps: Dependencies, patch: TaskPatch, *, zone: ZoneInfo, origin: str = ""
) -> ChangedTask:
    """Apply ``patch`` to an open task inside the caller's transaction."""
    change = ChangedTask(before=task, after=patched(task, patch, now=deps.clock.now(), zone=zone))
    if change.changed:
        await put_task(unit, change.after, deps)
        await move_pieces(unit, task, change.after, deps)
        asked_by = {"origin": origin} if origin else {}
        details = {"fields": ",".join(change.changed), **asked_by, **_dates(change)}
        await _record(unit, deps, CHANGED, change.after, **details)
    return change


async def remove_task(task_id: str, person: Person, deps: Dependencies) -> Task:
    """Take an open task off the list. That is no completion: nothing is learned from it.

    Its open pieces go with it. Raises ``NotFound`` if the person has no such open task.
    """
    async with deps.store.begin() as unit:
        removed = replace(await open_task(unit, task_id, person), state=TaskState.GONE)
        pieces = await open_pieces(unit, removed)
        gone = [replace(task, state=TaskState.GONE) for task in (removed, *pieces)]
        await put_tasks(unit, gone, deps)
        await _record(unit, deps, REMOVED, removed, **_naming(pieces))
        return removed


class Restoration(StrEnum):
    """What the undo of a removal means at the task's source."""

    KEPT = "kept"
    """The source never heard of the removal: the task is exactly as it was."""
    ADDED_AGAIN = "added_again"
    """The source has deleted the task, or is about to. Where it is gone, it is added again with all that oO
    knows; what oO does not know, such as comments, is lost.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredTask:
    """A task that was removed and is open again."""

    task: Task
    outcome: Restoration


async def restore_task(task_id: str, person: Person, deps: Dependencies) -> Task:
    """As ``restore``, for whoever need not know what it means at the source."""
    return (await restore(task_id, person, deps)).task


async def restore(task_id: str, person: Person, deps: Dependencies) -> RestoredTask:
    """Take a removal back: the task is as it was, and the pieces that went with it.

    Raises ``NotFound`` if the person removed no such task.
    """
    async with deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if (task.person_id, task.state) != (person.person_id, TaskState.GONE):
            raise NotFound("no such removed task of this person")
        removal = await _latest_removal(unit, task)
        outcome = await _outcome(unit, task, removal, deps)
        pieces = await _removed_pieces(unit, removal)
        await put_tasks(unit, [replace(one, state=TaskState.OPEN) for one in (task, *pieces)], deps)
        restored = replace(task, state=TaskState.OPEN)
        await _record(unit, deps, RESTORED, restored, **_naming(pieces))
        return RestoredTask(task=restored, outcome=outcome)


async def _latest_removal(unit: Unit, task: Task) -> Event | None:
    """The event of the task's removal; None if it was removed at its source, or long ago.

    Raises ``NotFound`` if that was taken back since, and the source has the task under another id.
    """
    found = await unit.events.waiting_or_dispatched_since(
        task.person_id, frozenset({REMOVED, RESTORED}), UNKNOWN_AGE
    )
    of_task = [event for event in found if event.data["task_id"] == task.task_id]
    latest = max(of_task, key=lambda event: (event.happened_at, event.kind == REMOVED), default=None)
    if latest and latest.kind == RESTORED:
        raise NotFound("this removal was taken back before")
    return latest


async def _removed_pieces(unit: Unit, removal: Event | None) -> list[Task]:
    """The pieces that went with a removed task and have not come back on their own."""
    if removal is None:
        return []
    pieces = await unit.tasks.some(tasks_of(removal)[1:])
    return [piece for piece in pieces if piece.state is TaskState.GONE]


async def _outcome(unit: Unit, task: Task, removal: Event | None, deps: Dependencies) -> Restoration:
    """What an undo now means at the task's source. The relay does not send the removal of an open task."""
    now = deps.clock.now()
    if task.source is TaskSource.OO:
        return Restoration.KEPT
    # Later, the relay may have tried before, and the answer may have been lost.
    is_held_back = removal is not None and now - removal.happened_at < deps.rules.undo_removal
    if is_held_back and removal and await unit.events.claim(removal.event_id, now, now):
        return Restoration.KEPT
    return Restoration.ADDED_AGAIN


def _naming(pieces: Sequence[Task]) -> dict[str, str]:
    """The pieces in the data of an event; ``core.tasks.sync.tasks_of`` reads them."""
    return {"pieces": "\n".join(piece.task_id for piece in pieces)} if pieces else {}


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
