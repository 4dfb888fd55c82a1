"""Changes of a person's open tasks, wherever they live: change, remove, and take either back.

Each change is stored at once with its event, which ``jobs/relay.py`` sends to the task's source. A removal
waits there for ``Rules.undo_removal``, because sources cannot undo one; after an undo in that time it is not
sent at all.

A trial of the hold-out experiment counts a removed task as not done, in either arm: to leave it out would
condition on what the tip may have caused, and make tips look better than they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_task_event
from core.records import (
    UNKNOWN_AGE,
    Event,
    Person,
    Task,
    TaskPatch,
    TaskSource,
    TaskState,
)
from core.store import Unit
from core.tasks.by_update import asked_by, by_update, did_before
from core.tasks.due_codes import due_code, due_of
from core.tasks.outbox import tasks_of
from core.tasks.patching import EDITABLE, patched, with_start
from core.tasks.pieces import move_pieces, open_pieces
from core.tasks.reminders import put_task, put_tasks

CHANGED, REMOVED, RESTORED = "task.changed", "task.removed", "task.restored"
"""Kinds of events: a task was changed, was removed, and this was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTask:
    """A task before and after a change."""

    before: Task
    after: Task

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that differ; with the section, if the project does: it says of which one."""
        differ = {name for name in EDITABLE if getattr(self.before, name) != getattr(self.after, name)}
        if "project" in differ and (self.before.section or self.after.section):
            differ.add("section")
        return tuple(name for name in EDITABLE if name in differ)

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
    async with deps.store.begin(person.person_id) as unit:
        task = await open_task(unit, task_id, person)
        if changed := await _changed_before(unit, task, deps, origin):
            return changed
        patch = with_start(task, patch, now=deps.clock.now(), zone=zone)
        return await apply_patch(unit, task, deps, patch, zone=zone, origin=origin)


async def _changed_before(unit: Unit, task: Task, deps: Dependencies, origin: str) -> ChangedTask | None:
    """What the update ``origin`` has changed of the task already; None: nothing. Of values, the event tells
    only dates.
    """
    events = await by_update(unit, task.person_id, deps, origin, CHANGED, task_id=task.task_id)
    of_task = [one.data for one in events if one.data["task_id"] == task.task_id]
    if not of_task:
        return None
    is_date_alone = len(of_task) == 1 and of_task[0].get("fields") == "due"
    if not is_date_alone or of_task[0].get("due_after") != due_code(task.due):
        return ChangedTask(before=task, after=task)
    return ChangedTask(before=replace(task, due=due_of(str(of_task[0]["due_before"]))), after=task)


async def apply_patch(
    unit: Unit,
    task: Task,
    deps: Dependencies,
    patch: TaskPatch,
    *,
    zone: ZoneInfo,
    origin: str = "",
    pieces: Collection[str] | None = None,
) -> ChangedTask:
    """Apply ``patch`` to an open task inside the caller's transaction.

    ``pieces``: ids of those that may get its new date or priority; None: all.
    """
    change = ChangedTask(before=task, after=patched(task, patch, now=deps.clock.now(), zone=zone))
    if change.changed:
        await put_task(unit, change.after, deps)
        moved = await move_pieces(unit, task, change.after, deps, only=pieces)
        fields = {"fields": ",".join(change.changed), **asked_by(origin)}
        details = {**fields, **_dates(change), **_naming(moved)}
        await record_task_event(unit, deps, CHANGED, change.after, **details)
    return change


async def remove_task(task_id: str, person: Person, deps: Dependencies, *, origin: str = "") -> Task:
    """Take an open task off the list. That is no completion: nothing is learned from it.

    Its open pieces go with it. ``origin`` names the update that asks for it: handled twice, it removes the
    task once. Raises ``NotFound`` if the person has no such open task.
    """
    async with deps.store.begin(person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        is_own = task.person_id == person.person_id
        if is_own and task.state is TaskState.GONE and await did_before(unit, task, deps, REMOVED, origin):
            return task
        removed = replace(await open_task(unit, task_id, person), state=TaskState.GONE)
        pieces = await open_pieces(unit, removed)
        gone = [replace(task, state=TaskState.GONE) for task in (removed, *pieces)]
        await put_tasks(unit, gone, deps)
        await record_task_event(unit, deps, REMOVED, removed, **_naming(pieces), **asked_by(origin))
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
    async with deps.store.begin(person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        if (task.person_id, task.state) != (person.person_id, TaskState.GONE):
            raise NotFound("no such removed task of this person")
        removal = await _latest_removal(unit, task)
        outcome = await _outcome(unit, task, removal, deps)
        pieces = await _removed_pieces(unit, removal)
        await put_tasks(unit, [replace(one, state=TaskState.OPEN) for one in (task, *pieces)], deps)
        restored = replace(task, state=TaskState.OPEN)
        await record_task_event(unit, deps, RESTORED, restored, **_naming(pieces))
        return RestoredTask(task=restored, outcome=outcome)


async def _latest_removal(unit: Unit, task: Task) -> Event | None:
    """The event of the task's removal; None if it was removed at its source, or long ago.

    Raises ``NotFound`` if that was taken back since, and the source has the task under another id.
    """
    found = await unit.events.waiting_or_dispatched_since(
        task.person_id, frozenset({REMOVED, RESTORED}), UNKNOWN_AGE, task_id=task.task_id
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
    """What an undo now means at the task's source. A removal that waits is not sent any more, whatever
    happens to the task afterwards.
    """
    now = deps.clock.now()
    if task.source is TaskSource.OO:
        return Restoration.KEPT
    if removal is None or not await unit.events.claim(removal.event_id, now, now):
        return Restoration.ADDED_AGAIN
    await unit.events.dispatched(removal.event_id, now)
    # Later, the relay may have tried before, and the answer may have been lost.
    is_held_back = now - removal.happened_at < deps.rules.undo_removal
    return Restoration.KEPT if is_held_back else Restoration.ADDED_AGAIN


def _naming(pieces: Sequence[Task]) -> dict[str, str]:
    """The pieces in the data of an event; ``core.tasks.outbox.tasks_of`` reads them."""
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
