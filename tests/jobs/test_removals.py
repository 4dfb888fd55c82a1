"""Removals wait for an undo, are told once, and are taken back: exactly in time, honestly after it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound, SourceUnavailable
from core.learning.update import reward_ignored_tips
from core.records import Task, TaskSource, TaskState
from core.tasks.changes import Restoration, RestoredTask, remove_task, restore
from core.tasks.sync import refresh
from jobs.relay import LEASE
from tests.core.worlds import Scene
from tests.jobs.outbox import carry, completed, mirrored, tip_about

WINDOW = timedelta(minutes=10)


async def removed(here: Scene, task: Task) -> Task:
    return await remove_task(task.task_id, await here.stored(), here.deps)


async def restored(here: Scene, task: Task) -> RestoredTask:
    return await restore(task.task_id, await here.stored(), here.deps)


async def synced(here: Scene) -> None:
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)


async def open_titles(here: Scene) -> list[str]:
    async with here.deps.store.read() as unit:
        return [task.title for task in await unit.tasks.open("ada")]


async def test_a_removal_is_told_when_the_time_for_an_undo_is_over_and_once(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.time += WINDOW - here.clock.time.resolution
    assert await carry(here) == 0
    assert here.todoist.requests == []
    here.clock.time += here.clock.time.resolution
    assert [await carry(here), await carry(here)] == [1, 0]
    assert here.todoist.told == ["delete Call Ann"]
    await synced(here)
    assert (await here.stored_task(task)).state is TaskState.GONE


async def test_a_removed_task_stays_away_while_its_source_still_lists_it(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    await synced(here)
    assert (await here.stored_task(task)).state is TaskState.GONE


async def test_a_removal_that_waits_delays_no_other_task(here: Scene) -> None:
    task, other = await mirrored(here), await mirrored(here, "Water the ferns")
    await removed(here, task)
    await completed(here, other)
    assert await carry(here) == 1
    assert here.todoist.told == ["complete Water the ferns"]


async def test_an_undo_in_time_deletes_nothing(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=9)
    undone = await restored(here, task)
    assert (undone.task, undone.outcome) == (task, Restoration.KEPT)
    here.clock.move(hours=1)
    await carry(here)
    assert here.todoist.told == ["restore Call Ann"]  # only to be sure that it is there
    await synced(here)
    assert await here.stored_task(task) == task
    assert await open_titles(here) == ["Call Ann"]


async def test_removed_undone_and_removed_again_is_deleted_once(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    await restored(here, task)
    await removed(here, task)
    here.clock.move(minutes=11)
    assert await carry(here) == 2
    assert here.todoist.told == ["delete Call Ann"]
    assert (await here.stored_task(task)).state is TaskState.GONE


async def test_a_removal_that_was_taken_back_does_not_shorten_the_time_of_the_next(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=9)
    await restored(here, task)
    await removed(here, task)
    here.clock.move(minutes=9)
    await carry(here)
    assert here.todoist.told == []
    assert (await restored(here, task)).outcome is Restoration.KEPT


async def test_an_undo_after_the_time_adds_the_task_again(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)
    await carry(here)
    undone = await restored(here, task)
    assert (undone.task, undone.outcome) == (task, Restoration.ADDED_AGAIN)
    assert await open_titles(here) == ["Call Ann"]
    await synced(here)  # the source does not list it yet
    assert await open_titles(here) == ["Call Ann"]
    await carry(here)
    assert here.todoist.told == ["delete Call Ann", "restore Call Ann"]
    assert await open_titles(here) == ["Call Ann"]
    await synced(here)
    assert await open_titles(here) == ["Call Ann"]
    assert (await here.stored_task(task)).state is TaskState.GONE  # under its old id
    assert await here.kinds() == []


async def test_an_undo_exactly_when_the_relay_deletes_adds_it_again(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)
    outcomes = []

    async def undo() -> None:
        here.todoist.on_the_way = None
        outcomes.append((await restored(here, task)).outcome)

    here.todoist.on_the_way = undo
    await carry(here)
    await carry(here)
    assert outcomes == [Restoration.ADDED_AGAIN]
    assert here.todoist.told == ["delete Call Ann", "restore Call Ann"]
    assert await open_titles(here) == ["Call Ann"]


async def test_an_undo_while_a_process_deletes_waits_for_that_process(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)

    async def undo_and_let_another_process_try() -> None:
        here.todoist.on_the_way = None
        await restored(here, task)
        assert await carry(here) == 0

    here.todoist.on_the_way = undo_and_let_another_process_try
    await carry(here)
    await carry(here)
    assert here.todoist.told == ["delete Call Ann", "restore Call Ann"]
    assert await open_titles(here) == ["Call Ann"]


async def test_a_removal_is_taken_back_once(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)
    await carry(here)
    await restored(here, task)
    here.clock.move(minutes=1)
    await carry(here)
    with pytest.raises(NotFound):
        await restored(here, task)
    await carry(here)
    assert await open_titles(here) == ["Call Ann"]


async def test_an_undo_after_an_answer_that_was_lost_adds_it_again(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)
    here.todoist.gone.add(task.task_id)
    here.todoist.fault = SourceUnavailable("no answer")
    assert await carry(here) == 0
    here.todoist.fault = None
    assert (await restored(here, task)).outcome is Restoration.ADDED_AGAIN
    here.clock.move(minutes=1)
    await carry(here)
    assert here.todoist.told == ["restore Call Ann"]
    assert await open_titles(here) == ["Call Ann"]


async def test_what_a_process_died_over_is_deleted_after_its_lease(here: Scene) -> None:
    await removed(here, await mirrored(here))
    here.clock.move(minutes=11)

    async def die() -> None:
        raise asyncio.CancelledError

    here.todoist.on_the_way = die
    with pytest.RaisesGroup(asyncio.CancelledError):
        await carry(here)
    here.todoist.on_the_way = None
    assert await carry(here) == 0
    here.clock.time += LEASE
    assert await carry(here) == 1
    assert len(set(here.todoist.requests)) == 1


async def test_two_processes_delete_once(here: Scene) -> None:
    await removed(here, await mirrored(here))
    here.clock.move(minutes=11)
    here.todoist.on_the_way = lambda: asyncio.sleep(0.01)
    assert sorted(await asyncio.gather(carry(here), carry(here))) == [0, 1]
    assert here.todoist.told == ["delete Call Ann"]


async def test_a_task_that_was_done_there_meanwhile_is_done_after_an_undo(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    del here.todoist.open[task.task_id]
    await synced(here)
    await restored(here, task)
    await carry(here)
    await synced(here)
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_a_task_that_was_deleted_there_meanwhile_is_added_again_by_an_undo(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    del here.todoist.open[task.task_id]
    here.todoist.gone.add(task.task_id)
    await restored(here, task)
    await carry(here)
    await synced(here)
    assert await open_titles(here) == ["Call Ann"]


async def test_a_refused_deletion_is_told_and_the_task_comes_back(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.todoist.refuses.add(task.task_id)
    here.clock.move(minutes=11)
    await carry(here)
    assert here.phone.lines == ["task.removed refused: Call Ann"]
    await synced(here)
    assert await here.stored_task(task) == task


async def test_nobody_elses_removal_is_taken_back(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    stranger = replace(await here.stored(), person_id="bob")
    with pytest.raises(NotFound):
        await restore(task.task_id, stranger, here.deps)
    here.clock.move(minutes=11)
    await carry(here)
    assert here.todoist.told == ["delete Call Ann"]


async def test_somebody_may_leave_while_a_task_is_restored(here: Scene) -> None:
    task = await mirrored(here)
    await removed(here, task)
    here.clock.move(minutes=11)
    await carry(here)
    await restored(here, task)

    async def leave() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.todoist.on_the_way = leave
    await carry(here)
    async with here.deps.store.read() as unit:
        assert await unit.integrations.get("ada", TaskSource.TODOIST) is None


# --- Sub-tasks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [1, 11])
async def test_sub_tasks_go_and_come_back_with_their_task(here: Scene, minutes: int) -> None:
    task = await mirrored(here, "Move house")
    for title in ("Pack", "Paint"):
        await here.outside_task(title, parent_id=task.task_id)
    await synced(here)
    already = await here.task("Sell the couch", parent_id=task.task_id)
    own = await here.task("Call the movers", parent_id=task.task_id)
    await removed(here, already)
    await removed(here, task)
    assert await open_titles(here) == []
    await synced(here)
    assert await open_titles(here) == []
    here.clock.move(minutes=minutes)
    await carry(here)
    if minutes > 10:
        for gone in list(here.todoist.open):
            here.todoist.gone.add(gone)
            del here.todoist.open[gone]

    await restored(here, task)
    await carry(here)
    await synced(here)
    assert sorted(await open_titles(here)) == ["Call the movers", "Move house", "Pack", "Paint"]
    async with here.deps.store.read() as unit:
        whole = {one.title: one for one in await unit.tasks.open("ada")}
    assert whole["Call the movers"].parent_id == whole["Move house"].task_id
    assert whole["Call the movers"].task_id == own.task_id
    if minutes > 10:
        assert "restore Pack below Move house again" in here.todoist.told


# --- Tips --------------------------------------------------------------------------------------------------


async def test_a_tip_about_a_removed_task_is_never_rewarded(here: Scene) -> None:
    task = await mirrored(here)
    decision = await tip_about(here, task)
    await removed(here, task)
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 1
    assert await reward_ignored_tips(here.deps) == 0
    assert await here.reward(decision) is None
