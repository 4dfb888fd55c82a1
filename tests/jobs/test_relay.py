"""The outbox: what was tapped here is told to the source, in order, until it has heard it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import SourceBusy, SourceDisconnected, SourceUnavailable
from core.mirror import refresh
from core.model import Task, TaskSource, TaskState
from core.store import SourceStatus
from core.tasks import complete_task, reopen_task
from jobs.relay import relay
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene


async def mirrored(here: Scene, title: str = "Call Ann") -> Task:
    """A task of Todoist that oO knows."""
    task = await here.outside_task(title)
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.world)
    return task


async def completed(here: Scene, task: Task) -> Task:
    async with here.world.store.begin() as unit:
        return (await complete_task(unit, task, here.world, zone=BERLIN)).task


async def reopened(here: Scene, task: Task) -> Task:
    async with here.world.store.begin() as unit:
        return await reopen_task(unit, task, here.world, due=None)


async def status(here: Scene) -> SourceStatus:
    async with here.world.store.read() as unit:
        found = await unit.sources.get("ada", TaskSource.TODOIST)
    assert found is not None
    return found


async def test_a_completed_task_is_completed_where_it_lives_once(here: Scene) -> None:
    await completed(here, await mirrored(here))
    assert await relay(here.world) == 1
    assert await relay(here.world) == 0
    assert here.todoist.told == ["complete Call Ann"]
    assert await here.events() == []


async def test_done_and_undone_are_told_in_that_order(here: Scene) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    await relay(here.world)
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]


@pytest.mark.parametrize("fault", [SourceUnavailable("500"), SourceBusy(60)])
async def test_after_a_fault_it_is_tried_again_and_nothing_overtakes(
    here: Scene, fault: SourceUnavailable
) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    here.todoist.fault = fault
    assert await relay(here.world) == 0
    assert (await status(here)).status == "failing"
    here.todoist.fault = None
    here.clock.move(seconds=59)
    assert await relay(here.world) == 0

    here.clock.move(seconds=1)
    assert await relay(here.world) == 2
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]
    stands = await status(here)
    assert (stands.status, stands.not_before) == ("ok", None)


async def test_a_lost_connection_keeps_what_is_to_be_told(here: Scene) -> None:
    await completed(here, await mirrored(here))
    here.todoist.fault = SourceDisconnected("401")
    assert await relay(here.world) == 0
    here.todoist.fault = None
    here.clock.move(days=3)
    assert await relay(here.world) == 0

    async with here.world.store.begin() as unit:
        fine = replace(await status(here), status="ok", not_before=None)
        await unit.sources.put(fine)
    assert await relay(here.world) == 1
    assert here.todoist.told == ["complete Call Ann"]


async def test_other_events_are_only_marked_whatever_the_source_does(here: Scene) -> None:
    own = await here.task("Water the ferns")
    await completed(here, await mirrored(here))
    await completed(here, own)
    here.todoist.fault = SourceUnavailable("500")
    assert await relay(here.world) == 1
    assert [event.data["source"] for event in await here.events()] == ["todoist"]


async def test_what_nobody_can_be_told_is_over_with(here: Scene) -> None:
    await completed(here, await mirrored(here))
    nobody = replace(here.world, providers={})
    assert await relay(nobody) == 1
    assert here.todoist.told == []


async def test_nothing_is_told_for_somebody_who_left(here: Scene) -> None:
    await completed(here, await mirrored(here))
    events = await here.events()
    async with here.world.store.begin() as unit:
        await unit.people.forget("ada")
        for event in events:
            await unit.events.append(replace(event, person_id=None))
    assert await relay(here.world) == 1
    assert here.todoist.told == []


async def test_a_fault_of_ours_leaves_the_events_that_were_told_behind(here: Scene) -> None:
    first, second = await mirrored(here, "First"), await mirrored(here, "Second")
    await completed(here, first)
    await completed(here, second)

    class Breaking:
        async def complete(self, task: Task) -> None:
            if task.title == "Second":
                raise ZeroDivisionError
            await here.todoist.complete(task)

    broken = replace(here.world, providers={TaskSource.TODOIST: Breaking()})  # type: ignore[dict-item]
    with pytest.raises(ZeroDivisionError):
        await relay(broken)
    assert [event.data["task_id"] for event in await here.events()] == [second.task_id]


async def test_a_task_that_was_told_follows_its_source_again(here: Scene) -> None:
    task = await mirrored(here)
    await completed(here, task)
    await relay(here.world)
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.world)  # Todoist still lists it: it repeats there
    assert (await here.stored_task(task)).state is TaskState.OPEN
    assert (await status(here)).synced_at == here.clock.now()
