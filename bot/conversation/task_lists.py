"""The open tasks of a person, and the page of the list that a button is about.

Tests: tests/scenarios/test_tasks.py, tests/scenarios/test_task_filters.py.
"""

from __future__ import annotations

from bot.conversation.update_context import UpdateContext
from bot.screens import tasks as tasks_screen
from bot.screens.tasks import ListPlace
from core.chat import Message
from core.records import Task
from core.scheduling.timezones import zone_of
from core.tasks.by_update import by_update
from core.tasks.changes import REMOVED
from core.tasks.filters import filtered, with_words
from core.tasks.todo_list import COMPLETED
from core.tips.urgency import by_urgency
from core.words.intents import ChangeAll


async def open_tasks(ctx: UpdateContext) -> list[Task]:
    """The person's open tasks as they are known, the most pressing first."""
    async with ctx.deps.store.read() as unit:
        return by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, zone_of(ctx.person))


async def open_task(ctx: UpdateContext, task_id: str | None) -> Task | None:
    """The person's open task of this id; None if there is none."""
    return next((task for task in await open_tasks(ctx) if task.task_id == task_id), None)


async def tasks_when_said(ctx: UpdateContext) -> list[Task]:
    """The tasks that words may mean: the open ones, and those that this very update has closed before it was
    cut off and handled again. Else its words would mean others.
    """
    async with ctx.deps.store.read() as unit:
        before = await by_update(unit, ctx.person.person_id, ctx.deps, ctx.origin, COMPLETED, REMOVED)
        closed = await unit.tasks.some(list(dict.fromkeys(str(one.data["task_id"]) for one in before)))
    found = await open_tasks(ctx)
    known = {task.task_id for task in found}
    return found + [task for task in closed if task.task_id not in known]


async def tasks_of_all(ctx: UpdateContext, asked: ChangeAll) -> list[Task]:
    """The open tasks that a request about all of them means."""
    tasks = await open_tasks(ctx)
    if asked.title:
        return with_words(tasks, asked.title, typed=asked.typed, now=ctx.now, zone=ctx.zone)
    return filtered(tasks, asked.scope, now=ctx.now, zone=ctx.zone)


async def task_list(ctx: UpdateContext, place: ListPlace) -> Message:
    """The page of the list at ``place``, with its filter."""
    zone = zone_of(ctx.person)
    found = filtered(await open_tasks(ctx), place.filter, now=ctx.now, zone=zone)
    return tasks_screen.listed(found, ctx.now, zone, place=place)
