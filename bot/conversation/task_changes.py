"""Changes of a task on a person's list, by a button or in words: add, complete, change, remove, and undo.

Tests: tests/scenarios/test_tasks.py, tests/scenarios/test_task_changes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.reminder_times import ask_when
from bot.conversation.unnamed_task import ask_what
from bot.conversation.update_context import UpdateContext
from bot.screens import changed_tasks, texts, texts_privacy, texts_tasks
from bot.screens import reminders as reminders_screen
from bot.screens import tasks as tasks_screen
from bot.screens.hints import hint
from bot.screens.markup import join, say
from bot.screens.patch_code import reversal_of_code
from core.chat import Message
from core.errors import BadInput, NotFound
from core.records import Purpose, Reminder, Task, TaskPatch, TaskState
from core.scheduling.timezones import zone_of
from core.tasks.by_update import did_before
from core.tasks.changes import Restoration, change_task, remove_task
from core.tasks.changes import restore as restore_removed
from core.tasks.reminders import asked_id
from core.tasks.todo_list import (
    REOPENED,
    add_task,
    complete_task,
    completed_before,
    reopen_task,
)
from core.tasks.undo_change import UndoResult, undo_change
from core.words.intents import AddTask
from core.words.tasks import TaskDraft

# --- Add ---------------------------------------------------------------------------------------------------


async def add_tasks(ctx: UpdateContext, wish: AddTask) -> Message:
    """Add the tasks of a wish; one message confirms all of them.

    All are stored before that. If the store fails in between, nothing was said yet, and the update can be
    handled again. Raises ``BadInput`` if the wish is no task, or the list is full.
    """
    if wish.fault:
        raise wish.fault
    if wish.only_begun:
        return await ask_what(ctx, wish)
    first, *others = wish.drafts
    tasks = [await _add(ctx, first, ctx.origin)]
    try:
        for number, draft in enumerate(others, start=1):
            tasks.append(await _add(ctx, draft, f"{ctx.origin}.{number}"))
    except BadInput as fault:
        return join(await _added(ctx, tasks, wish), hint(fault))
    return await _added(ctx, tasks, wish)


async def _add(ctx: UpdateContext, draft: TaskDraft, origin: str) -> Task:
    return await add_task(ctx.person, ctx.deps, draft, origin=origin, said_at=ctx.said_at)


async def _added(ctx: UpdateContext, tasks: list[Task], wish: AddTask) -> Message:
    """Says what was added, and when oO will remind of it, or that it may not."""
    said = await _promised(ctx, tasks, wish)
    may_not = any(draft.reminds for draft in wish.drafts) and not ctx.person.allows(Purpose.MESSAGES)
    return join(said, say(texts_privacy.MESSAGES_OFF)) if may_not else said


async def _promised(ctx: UpdateContext, tasks: list[Task], wish: AddTask) -> Message:
    reminders = [
        await _reminder_of(ctx, task) if draft.reminds else None
        for task, draft in zip(tasks, wish.drafts, strict=False)
    ]
    if len(tasks) > 1:
        return reminders_screen.promised_several(tasks, reminders, ctx.person, ctx.now)
    if reminders[0]:
        return reminders_screen.promised(tasks[0], reminders[0], ctx.person, ctx.now)
    if wish.drafts[0].reminds and tasks[0].due is None:
        return await ask_when(ctx, tasks[0])
    return tasks_screen.added(tasks[0], ctx.now, ctx.zone)


async def _reminder_of(ctx: UpdateContext, task: Task) -> Reminder | None:
    """The reminder that was asked for with the task; None if it has no time to come."""
    async with ctx.deps.store.read() as unit:
        reminder = await unit.reminders.find(asked_id(task.task_id))
    return reminder if reminder and reminder.next_at else None


async def remove_added(ctx: UpdateContext, task_id: str) -> Message:
    """Take a task that was just added off the list. Raises ``NotFound`` if it is not open any more."""
    task = await remove_task(task_id, ctx.person, ctx.deps, origin=ctx.origin)
    return say(texts.TASK_REMOVED, title=task.title)


async def remove_all_added(ctx: UpdateContext, task_ids: list[str]) -> Message:
    """Take tasks that were added together off the list. Raises ``NotFound`` if none of them is open."""
    removed = 0
    for task_id in task_ids:
        try:
            await remove_task(task_id, ctx.person, ctx.deps, origin=ctx.origin)
        except NotFound:  # done or removed since
            continue
        removed += 1
    if not removed:
        raise NotFound("none of these tasks is open")
    return changed_tasks.removed_again(removed, len(task_ids))


# --- Complete ----------------------------------------------------------------------------------------------


async def complete(ctx: UpdateContext, task_id: str) -> Message | None:
    """Complete a task; its confirmation can undo that. None if the task is not open any more."""
    zone = zone_of(ctx.person)
    async with ctx.deps.store.begin(ctx.person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != ctx.person.person_id:
            return None
        if ctx.is_open(task):
            completed = await complete_task(unit, task, ctx.deps, zone=zone, origin=ctx.origin)
            return tasks_screen.completed(completed, ctx.now, zone)
    return await say_completed_before(ctx, task_id)


async def say_completed_before(ctx: UpdateContext, task_id: str) -> Message | None:
    """The confirmation, if this very update completed the task before it was cut off."""
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id)
        is_own = task.person_id == ctx.person.person_id
        before = await completed_before(unit, task, ctx.deps, ctx.origin) if is_own else None
    return tasks_screen.completed(before, ctx.now, zone_of(ctx.person)) if before else None


async def reopen(ctx: UpdateContext, completion: str) -> Message | None:
    """Take a completion back. None if there is nothing to take back.

    ``completion`` is what the button Undo carries: task id, instant of completion, due date before it.
    Raises ``NotFound`` if the task was completed again since.
    """
    task_id, _, rest = completion.partition(" ")
    done_at, _, due_code = rest.partition(" ")
    async with ctx.deps.store.begin(ctx.person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        if task.done_at is None or task.state is TaskState.GONE:
            is_own = await did_before(unit, task, ctx.deps, REOPENED, ctx.origin)
            return say(texts.TASK_REOPENED, title=task.title) if is_own else None
        due, instant = tasks_screen.due_of(due_code), datetime.fromisoformat(done_at)
        opened = await reopen_task(unit, task, ctx.deps, due=due, done_at=instant, origin=ctx.origin)
    return say(texts.TASK_REOPENED, title=opened.title)


# --- Change and remove -------------------------------------------------------------------------------------


async def change(ctx: UpdateContext, task_id: str, patch: TaskPatch) -> Message:
    """Change a task; the confirmation can undo that. Raises ``NotFound`` if it is not open any more."""
    zone = zone_of(ctx.person)
    done = await change_task(task_id, ctx.person, ctx.deps, patch, zone=zone, origin=ctx.origin)
    return changed_tasks.changed(done, ctx.now, zone)


async def skip(ctx: UpdateContext, task_id: str, patch: TaskPatch) -> Message:
    """As ``change``, of a repeating task that is off this once."""
    zone = zone_of(ctx.person)
    done = await change_task(task_id, ctx.person, ctx.deps, patch, zone=zone, origin=ctx.origin)
    return changed_tasks.skipped(done, ctx.now, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What is said of something that was to be taken back."""

    said: Message
    is_back: bool = True
    """Whether it is as it was before."""


async def take_change_back(ctx: UpdateContext, argument: str) -> Message:
    """Take a change back, or say why not. ``argument`` is what the button Undo carries.

    Raises ``NotFound`` if the person has no such task.
    """
    return (await try_to_take_back(ctx, argument)).said


async def try_to_take_back(ctx: UpdateContext, argument: str) -> TakenBack:
    """As ``take_change_back``."""
    task_id, _, code = argument.partition(" ")
    reversal, zone = reversal_of_code(code), zone_of(ctx.person)
    outcome = await undo_change(task_id, ctx.person, ctx.deps, reversal, zone=zone)
    said = changed_tasks.undone(outcome, reversal.before, ctx.now, zone)
    return TakenBack(said=said, is_back=outcome.result in (UndoResult.UNDONE, UndoResult.ALREADY))


async def remove(ctx: UpdateContext, task_id: str) -> Message:
    """Remove a task; the confirmation can undo that. Raises ``NotFound`` if it is not open any more."""
    return changed_tasks.removed(await remove_task(task_id, ctx.person, ctx.deps, origin=ctx.origin))


async def restore(ctx: UpdateContext, task_id: str) -> Message:
    """Take a removal back. Raises ``NotFound`` if the person has no such task."""
    try:
        restored = await restore_removed(task_id, ctx.person, ctx.deps)
    except NotFound:
        async with ctx.deps.store.read() as unit:
            task = await unit.tasks.get(task_id)
        if task.person_id != ctx.person.person_id or task.state is not TaskState.OPEN:
            raise
        return say(texts_tasks.ON_THE_LIST, title=task.title)
    return changed_tasks.restored(restored.task, is_added_again=restored.outcome is Restoration.ADDED_AGAIN)
