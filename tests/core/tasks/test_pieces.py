"""Pieces of a task: done with it, and open again with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.records import Task, TaskSource, TaskState
from core.store import Store
from core.tasks.pieces import open_pieces
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either, todoist=True)
    await found.person()
    return found


async def split(here: Scene) -> tuple[Task, Task, Task, Task]:
    """A task, its two pieces, and a piece of the second."""
    task = await here.task("Tax declaration")
    first = await here.task("Receipts", parent_id=task.task_id)
    second = await here.task("Form", parent_id=task.task_id)
    return task, first, second, await here.task("Page 1", parent_id=second.task_id)


async def states(here: Scene, *tasks: Task) -> list[str]:
    return [(await here.stored_task(task)).state.value for task in tasks]


async def done(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return (await complete_task(unit, task, here.deps, zone=BERLIN)).task


async def test_a_task_is_done_with_its_pieces_and_opened_with_those(here: Scene) -> None:
    task, first, second, page = await split(here)
    await done(here, first)
    here.clock.time += timedelta(minutes=5)
    over = await done(here, task)
    assert await states(here, task, first, second, page) == ["done"] * 4
    async with here.deps.store.begin() as unit:
        await reopen_task(unit, over, here.deps, due=None)
    assert await states(here, task, first, second, page) == ["open", "done", "open", "open"]


async def test_pieces_come_in_order_and_a_circle_ends(here: Scene) -> None:
    task, first, second, page = await split(here)
    async with here.deps.store.begin() as unit:
        assert await open_pieces(unit, task) == [second, first, page]  # by age, then by id
        circle = replace(task, parent_id=page.task_id)
        await unit.tasks.put(circle)
        assert await open_pieces(unit, circle) == [second, first, page]


async def test_a_task_that_is_done_in_todoist_is_done_with_its_pieces(here: Scene) -> None:
    await here.connect()
    task = await here.outside_task("Move house")
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    own = await here.task("Call the movers", parent_id=task.task_id)
    del here.todoist.open[task.task_id]
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    assert await states(here, task, own) == ["done", "done"]
    here.todoist.open[task.task_id] = task
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    assert await states(here, task, own) == ["open", "open"]
    assert own.source is TaskSource.OO
    assert task.state is TaskState.OPEN
