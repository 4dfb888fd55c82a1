"""Changes of tasks on their way to the source: told once, in order, left alone meanwhile, or refused."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from core.errors import SourceUnavailable
from core.records import Due, Signal, Task, TaskPatch, TaskSource, TaskState
from core.tasks.changes import change_task, remove_task
from core.tasks.sync import is_closed_elsewhere, refresh
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene
from tests.jobs.outbox import carry, completed, mirrored, tip_about

MONDAY, TUESDAY, FRIDAY = (Due(on=date(2027, 6, day)) for day in (14, 15, 18))


async def changed(here: Scene, task: Task, **fields: Any) -> Task:
    person = await here.stored()
    change = await change_task(task.task_id, person, here.deps, TaskPatch(**fields), zone=BERLIN)
    return change.after


async def synced(here: Scene) -> None:
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)


async def watering(here: Scene, due: Due = MONDAY) -> Task:
    task = await here.outside_task("Water the ferns", due=due, repeats="every day")
    await synced(here)
    return task


async def test_a_change_is_told_with_its_fields_once(here: Scene) -> None:
    task = await mirrored(here)
    await changed(here, task, title="Call Anna", due=FRIDAY)
    assert [await carry(here), await carry(here)] == [1, 0]
    assert here.todoist.told == ["update Call Anna: due, title"]
    await synced(here)
    assert (await here.stored_task(task)).title == "Call Anna"


async def test_the_value_that_counts_is_the_latest(here: Scene) -> None:
    task = await mirrored(here)
    for title in ("One", "Two", "Call Ann"):
        await changed(here, task, title=title)
    await carry(here)
    assert here.todoist.told == ["update Call Ann: title"] * 3


async def test_an_own_task_is_told_to_nobody(here: Scene) -> None:
    task = await here.task("Mine")
    await changed(here, task, title="Still mine")
    await remove_task(task.task_id, await here.stored(), here.deps)
    assert await carry(here) == 2
    assert here.todoist.requests == []


async def test_change_and_completion_stay_in_order_after_a_fault(here: Scene) -> None:
    task = await mirrored(here)
    await completed(here, await changed(here, task, title="Call Anna"))
    here.todoist.fault = SourceUnavailable("500")
    assert await carry(here) == 0
    here.todoist.fault = None
    here.clock.move(minutes=1)
    assert await carry(here) == 2
    assert here.todoist.told == ["update Call Anna: title", "complete Call Anna"]


async def test_two_processes_tell_a_change_once(here: Scene) -> None:
    await changed(here, await mirrored(here), priority=1)
    here.todoist.on_the_way = lambda: asyncio.sleep(0.01)
    assert sorted(await asyncio.gather(carry(here), carry(here))) == [0, 1]
    assert here.todoist.told == ["update Call Ann: priority"]


async def test_a_change_that_waits_is_not_overwritten_by_the_list(here: Scene) -> None:
    task = await mirrored(here)
    await changed(here, task, title="Call Anna")
    await synced(here)
    assert (await here.stored_task(task)).title == "Call Anna"


async def test_a_change_of_a_task_that_is_gone_there_is_no_completion(here: Scene) -> None:
    task = await mirrored(here)
    await changed(here, task, title="Call Anna")
    here.todoist.gone.add(task.task_id)
    await carry(here)
    assert (await here.stored_task(task)).state is TaskState.GONE
    assert await here.kinds() == ["task.gone_elsewhere"]


# --- Recurring tasks: a later date is how a completion elsewhere looks -------------------------------------


async def test_a_recurring_task_that_was_moved_here_is_not_taken_for_done(here: Scene) -> None:
    task = await watering(here)
    moved = await changed(here, task, due=FRIDAY)
    here.todoist.is_open_there = lambda one: here.todoist.open[one.task_id].due == one.due
    assert not await is_closed_elsewhere(moved, here.deps)
    await carry(here)
    await synced(here)
    assert not await is_closed_elsewhere(moved, here.deps)
    assert (await here.stored_task(task)).state is TaskState.OPEN


async def test_it_is_not_taken_for_done_when_the_answer_overtakes_the_change(here: Scene) -> None:
    task = await watering(here)

    async def tell() -> None:
        await changed(here, task, due=FRIDAY)
        await carry(here)

    here.todoist.on_question = tell
    here.todoist.is_open_there = lambda one: False
    assert not await is_closed_elsewhere(task, here.deps)
    assert (await here.stored_task(task)).state is TaskState.OPEN


async def test_a_completion_during_the_question_counts_as_closed(here: Scene) -> None:
    task = await watering(here)

    async def complete() -> None:
        await completed(here, task)

    here.todoist.on_question = complete
    here.todoist.is_open_there = lambda one: False
    assert await is_closed_elsewhere(task, here.deps)


# --- Refused changes ---------------------------------------------------------------------------------------


async def test_a_refused_change_is_told_once_and_the_copy_follows_its_source(here: Scene) -> None:
    task = await mirrored(here)
    await changed(here, task, title="Call Anna")
    here.todoist.refuses.add(task.task_id)
    await carry(here)
    await carry(here)
    assert here.phone.lines == ["task.changed refused: Call Anna"]
    await synced(here)
    assert await here.stored_task(task) == task


@pytest.mark.parametrize("is_asked", [False, True])
async def test_a_refused_move_of_a_recurring_task_is_no_completion(here: Scene, is_asked: bool) -> None:
    task = await watering(here, FRIDAY)
    decision = await tip_about(here, task)
    moved = await changed(here, task, due=TUESDAY)  # earlier: the source's date is later than ours now
    here.todoist.refuses.add(task.task_id)
    await carry(here)
    if is_asked:
        here.todoist.is_open_there = lambda one: here.todoist.open[one.task_id].due == one.due
        assert not await is_closed_elsewhere(moved, here.deps)
    await synced(here)
    assert await here.stored_task(task) == task
    assert await here.reward(decision) is None
    await carry(here)

    here.todoist.open[task.task_id] = moved
    await synced(here)  # from here on, the source is believed again
    here.todoist.open[task.task_id] = task
    await synced(here)
    reward = await here.reward(decision)
    assert reward is not None
    assert reward.source is Signal.DONE_ELSEWHERE


async def test_somebody_may_leave_while_a_change_is_told(here: Scene) -> None:
    task = await mirrored(here)
    await changed(here, task, title="Call Anna")
    here.todoist.gone.add(task.task_id)

    async def leave() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.todoist.on_the_way = leave
    await carry(here)
    async with here.deps.store.read() as unit:
        assert await unit.integrations.get("ada", TaskSource.TODOIST) is None
