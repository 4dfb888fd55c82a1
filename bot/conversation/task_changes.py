"""Changes of a task on a person's list, by a button or in words: add, complete, reopen, remove.

Tests: tests/scenarios/test_tasks.py, tests/scenarios/test_replies.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.update_context import UpdateContext
from bot.screens import tasks as tasks_screen
from bot.screens import texts, texts_talk
from bot.screens.hints import hint
from bot.screens.markup import say
from bot.screens.tips import zone_of
from core.chat import Message
from core.errors import BadInput
from core.records import TaskPatch, TaskState
from core.tasks.changes import change_task, remove_task
from core.tasks.todo_list import add_task, complete_task, reopen_task
from core.words.intents import AddTask
from core.words.tasks import TaskDraft


async def add_tasks(ctx: UpdateContext, wish: AddTask) -> Message:
    """Add the tasks of a wish. Each has a message of its own: the last is returned, the others are sent.

    All are stored before the first is confirmed. If the store fails in between, nothing was said yet, and the
    update can be handled again. Raises ``BadInput`` if the wish is no task, or the list is full.
    """
    if wish.fault:
        raise wish.fault
    if wish.only_begun:
        return say(texts.ADD_HOW)
    first, *others = wish.drafts
    answers = [await _add(ctx, first, ctx.origin)]
    try:
        for number, draft in enumerate(others, start=1):
            answers.append(await _add(ctx, draft, f"{ctx.origin}.{number}"))
    except BadInput as fault:
        answers.append(hint(fault))
    for answer in answers[:-1]:
        await ctx.reply(answer)
    return answers[-1]


async def _add(ctx: UpdateContext, draft: TaskDraft, origin: str) -> Message:
    task = await add_task(ctx.person, ctx.deps, draft, origin=origin)
    return tasks_screen.added(task, ctx.now, ctx.zone)


async def complete(ctx: UpdateContext, task_id: str) -> Message | None:
    """Complete a task; its confirmation can undo that. None if the task is not open any more."""
    zone = zone_of(ctx.person)
    async with ctx.deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != ctx.person.person_id or not ctx.is_open(task):
            return None
        completed = await complete_task(unit, task, ctx.deps, zone=zone)
    return tasks_screen.completed(completed, ctx.now, zone)


async def reopen(ctx: UpdateContext, completion: str) -> Message | None:
    """Take a completion back. None if there is nothing to take back.

    ``completion`` is what the button Undo carries: task id, instant of completion, due date before it.
    Raises ``NotFound`` if the task was completed again since.
    """
    task_id, _, rest = completion.partition(" ")
    done_at, _, due_code = rest.partition(" ")
    async with ctx.deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.done_at is None or task.state is TaskState.GONE:
            return None
        due, instant = tasks_screen.due_of(due_code), datetime.fromisoformat(done_at)
        opened = await reopen_task(unit, task, ctx.deps, due=due, done_at=instant)
    return say(texts.TASK_REOPENED, title=opened.title)


async def change(ctx: UpdateContext, task_id: str, patch: TaskPatch) -> Message:
    """Change a task. Raises ``NotFound`` if it is not open any more."""
    zone = zone_of(ctx.person)
    done = await change_task(task_id, ctx.person, ctx.deps, patch, zone=zone)
    details = tasks_screen.details(done.after, ctx.now, zone)
    changed = say(texts_talk.CHANGED, title=done.after.title, details=details)
    return replace(changed, tasks=(task_id,))


async def remove(ctx: UpdateContext, task_id: str) -> Message:
    """Take a task off the list. Raises ``NotFound`` if it is not open any more."""
    task = await remove_task(task_id, ctx.person, ctx.deps)
    return say(texts.TASK_REMOVED, title=task.title)
