"""A change is taken back exactly, once, and only if the task is as the change left it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from core.errors import NotFound
from core.records import Delay, Due, TaskPatch, TaskState
from core.store import Store
from core.tasks.changes import ChangedTask, change_task, remove_task
from core.tasks.undo_change import UndoResult, reversal_of, undo_change
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene

FRIDAY = Due(on=date(2027, 6, 18), at=time(9))
PATCHES = [
    TaskPatch(title="Pay the landlord"),
    TaskPatch(due=None),
    TaskPatch(due=FRIDAY, priority=1, minutes=None, project="House", notes="x"),
    TaskPatch(delay=Delay(days=7), add_labels=("home",), remove_labels=("WORK",)),
]


@pytest.fixture
async def here(either: Store) -> Scene:
    return scene(either)


@pytest.mark.parametrize("patch", PATCHES)
async def test_an_undo_is_exact_and_done_once(here: Scene, patch: TaskPatch) -> None:
    person = await here.person()
    task = await here.task(
        "Pay", due=Due(on=date(2027, 6, 14)), repeats="FREQ=DAILY", labels=("work",), minutes=5
    )
    reversal = reversal_of(await change_task(task.task_id, person, here.deps, patch, zone=BERLIN))

    first = await undo_change(task.task_id, person, here.deps, reversal, zone=BERLIN)
    second = await undo_change(task.task_id, person, here.deps, reversal, zone=BERLIN)

    assert (first.result, second.result) == (UndoResult.UNDONE, UndoResult.ALREADY)
    assert first.task == second.task == task


async def test_a_task_that_was_changed_since_is_left_alone(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay", due=FRIDAY)
    reversal = reversal_of(
        await change_task(task.task_id, person, here.deps, TaskPatch(due=None), zone=BERLIN)
    )
    other = Due(on=date(2027, 6, 20))
    await change_task(task.task_id, person, here.deps, TaskPatch(due=other), zone=BERLIN)

    outcome = await undo_change(task.task_id, person, here.deps, reversal, zone=BERLIN)

    assert outcome.result is UndoResult.CHANGED_SINCE
    assert outcome.task.due == other


async def test_a_change_of_another_field_since_is_kept(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay", due=FRIDAY)
    reversal = reversal_of(
        await change_task(task.task_id, person, here.deps, TaskPatch(due=None), zone=BERLIN)
    )
    await change_task(task.task_id, person, here.deps, TaskPatch(priority=1), zone=BERLIN)

    outcome = await undo_change(task.task_id, person, here.deps, reversal, zone=BERLIN)

    assert outcome.task == replace(task, priority=1)


async def test_a_task_that_is_not_open_stays_as_it_is(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay")
    change = await change_task(task.task_id, person, here.deps, TaskPatch(priority=1), zone=BERLIN)
    await remove_task(task.task_id, person, here.deps)

    outcome = await undo_change(task.task_id, person, here.deps, reversal_of(change), zone=BERLIN)

    assert (outcome.result, outcome.task.state) == (UndoResult.NOT_OPEN, TaskState.GONE)


async def test_nobody_undoes_anything_of_somebody_else(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay")
    change = await change_task(task.task_id, person, here.deps, TaskPatch(priority=1), zone=BERLIN)
    stranger = replace(person, person_id="somebody-else")

    with pytest.raises(NotFound):
        await undo_change(task.task_id, stranger, here.deps, reversal_of(change), zone=BERLIN)


async def test_an_update_that_is_handled_twice_puts_a_task_off_once(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay", due=FRIDAY)
    later = TaskPatch(delay=Delay(days=7))

    async def put_off(origin: str) -> ChangedTask:
        return await change_task(task.task_id, person, here.deps, later, zone=BERLIN, origin=origin)

    first, again = await put_off("telegram-1"), await put_off("telegram-1")
    other = await put_off("telegram-2")

    assert first.after.due == again.after.due == Due(on=date(2027, 6, 25), at=time(9))
    assert (again, other.after.due) == (first, Due(on=date(2027, 7, 2), at=time(9)))
