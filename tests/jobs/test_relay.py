"""The outbox: changes made here reach their source, in order, and are retried until they do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from core.dependencies import Dependencies
from core.errors import SourceBusy, SourceDisconnected, SourceUnavailable
from core.records import Task, TaskSource, TaskState, TokenStatus
from core.tasks.sync import refresh
from jobs.relay import LEASE, relay
from tests.core.worlds import Scene
from tests.jobs.outbox import carry, completed, mirrored, refusal_notice, reopened, status
from tests.waiting import WAIT_LIMIT


def asking_first(here: Scene, act: Callable[[Task], Awaitable[None]]) -> Dependencies:
    """Todoist, which does ``act`` before it completes a task."""

    class Acting:
        async def complete(self, task: Task, *, request_id: str) -> None:
            await act(task)
            await here.todoist.complete(task, request_id=request_id)

    return replace(here.deps, providers={TaskSource.TODOIST: Acting()})  # type: ignore[dict-item]  # all that the relay asks of it


async def test_a_completed_task_is_completed_where_it_lives_once(here: Scene) -> None:
    await completed(here, await mirrored(here))
    assert await carry(here) == 1
    assert await carry(here) == 0
    assert here.todoist.told == ["complete Call Ann"]
    assert await here.events() == []


async def test_done_and_undone_are_told_in_that_order(here: Scene) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    await carry(here)
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]


@pytest.mark.parametrize("fault", [SourceUnavailable("500"), SourceBusy(60)])
async def test_after_a_fault_it_is_tried_again_and_nothing_overtakes(
    here: Scene, fault: SourceUnavailable
) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    here.todoist.fault = fault
    assert await carry(here) == 0
    assert (await status(here)).status == TokenStatus.ERROR
    here.todoist.fault = None
    here.clock.move(seconds=59)
    assert await carry(here) == 0

    here.clock.move(seconds=1)
    assert await carry(here) == 2
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]
    stands = await status(here)
    assert (stands.status, stands.not_before) == (TokenStatus.CONNECTED, None)


async def test_a_lost_connection_keeps_what_is_to_be_told(here: Scene) -> None:
    await completed(here, await mirrored(here))
    here.todoist.fault = SourceDisconnected("401")
    assert await carry(here) == 0
    here.todoist.fault = None
    here.clock.move(days=3)
    assert await carry(here) == 0

    async with here.deps.store.begin() as unit:
        fine = replace(await status(here), status=TokenStatus.CONNECTED, not_before=None)
        await unit.integrations.put(fine)
    assert await carry(here) == 1
    assert here.todoist.told == ["complete Call Ann"]


async def test_other_events_are_only_marked_whatever_the_source_does(here: Scene) -> None:
    own = await here.task("Water the ferns")
    await completed(here, await mirrored(here))
    await completed(here, own)
    here.todoist.fault = SourceUnavailable("500")
    assert await carry(here) == 1
    assert [event.data["source"] for event in await here.events()] == ["todoist"]


async def test_what_this_process_can_not_tell_is_left_to_the_one_that_can(here: Scene) -> None:
    await completed(here, await mirrored(here))
    without_a_token = replace(here.deps, providers={})
    assert await relay(without_a_token, refusal_notice) == 0
    assert here.todoist.told == []

    assert await carry(here) == 1
    assert here.todoist.told == ["complete Call Ann"]


async def test_nothing_is_told_for_somebody_who_left(here: Scene) -> None:
    await completed(here, await mirrored(here))
    events = await here.events()
    async with here.deps.store.begin() as unit:
        await unit.people.forget("ada")
        for event in events:
            await unit.events.append(replace(event, person_id=None))
    assert await carry(here) == 1
    assert here.todoist.told == []


async def test_a_fault_of_ours_leaves_the_events_that_were_told_behind(here: Scene) -> None:
    first, second = await mirrored(here, "First"), await mirrored(here, "Second")
    await completed(here, first)
    await completed(here, second)

    async def breaking(task: Task) -> None:
        if task.title == "Second":
            raise ZeroDivisionError

    with pytest.RaisesGroup(ZeroDivisionError):
        await relay(asking_first(here, breaking), refusal_notice)
    assert [event.data["task_id"] for event in await here.events()] == [second.task_id]


async def test_a_task_that_was_told_follows_its_source_again(here: Scene) -> None:
    task = await mirrored(here)
    await completed(here, task)
    await carry(here)
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.deps)  # Todoist still lists it: it repeats there
    assert (await here.stored_task(task)).state is TaskState.OPEN
    assert (await status(here)).synced_at == here.clock.now()


async def test_a_source_that_is_slow_for_one_person_does_not_hold_up_the_next(here: Scene) -> None:
    await here.person("bob")
    await here.connect("bob")
    slow, quick = await mirrored(here, "Slow"), await mirrored(here, "Quick", "bob")
    await completed(here, slow)
    await completed(here, quick)

    async def until_the_other_is_told(task: Task) -> None:
        async with asyncio.timeout(WAIT_LIMIT):
            while task.title == "Slow" and not here.todoist.told:  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0)

    assert await relay(asking_first(here, until_the_other_is_told), refusal_notice) == 2
    assert here.todoist.told == ["complete Quick", "complete Slow"]


async def test_a_fault_of_ours_for_one_person_leaves_the_others_told(here: Scene) -> None:
    await here.person("bob")
    await here.connect("bob")
    first, second = await mirrored(here, "First"), await mirrored(here, "Second", "bob")
    await completed(here, first)
    await completed(here, second)

    async def breaking(task: Task) -> None:
        if task.title == "First":
            raise ZeroDivisionError

    with pytest.RaisesGroup(ZeroDivisionError):
        await relay(asking_first(here, breaking), refusal_notice)
    assert here.todoist.told == ["complete Second"]


async def test_what_waits_for_its_turn_while_two_people_become_one_is_told(here: Scene) -> None:
    """Their outside tasks get other ids."""
    await here.person("bob")
    await here.connect("bob")
    first, second = await mirrored(here, "First", "bob"), await mirrored(here, "Second", "bob")
    await completed(here, first)
    await completed(here, second)

    async def joined() -> None:
        here.todoist.on_the_way = None
        async with here.deps.store.begin("ada", "bob") as unit:
            await unit.integrations.remove("ada", TaskSource.TODOIST)
            await unit.people.join("bob", "ada", {first.task_id: "one", second.task_id: "two"})

    here.todoist.on_the_way = joined
    assert await carry(here) == 2
    assert here.todoist.told == ["complete First", "complete Second"]


# --- Several processes -------------------------------------------------------------------------------------


async def test_two_processes_tell_it_once(here: Scene) -> None:
    await completed(here, await mirrored(here))
    here.todoist.on_the_way = lambda: asyncio.sleep(0.01)
    assert sorted(await asyncio.gather(carry(here), carry(here))) == [0, 1]
    assert here.todoist.told == ["complete Call Ann"]


async def test_what_one_process_tells_is_not_overtaken_by_another(here: Scene) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))

    async def other() -> None:
        here.todoist.on_the_way = None
        assert await carry(here) == 0

    here.todoist.on_the_way = other
    assert await carry(here) == 2
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]


async def test_what_one_process_tells_does_not_hold_up_other_tasks(here: Scene) -> None:
    first, second = await mirrored(here, "First"), await mirrored(here, "Second")
    await completed(here, first)
    await completed(here, second)

    async def other() -> None:
        here.todoist.on_the_way = None
        assert await carry(here) == 1

    here.todoist.on_the_way = other
    assert await carry(here) == 1
    assert here.todoist.told == ["complete Second", "complete First"]


async def test_what_a_process_died_over_is_told_after_its_lease_as_the_same_request(here: Scene) -> None:
    await completed(here, await mirrored(here))
    (event,) = await here.events()

    async def die() -> None:
        raise asyncio.CancelledError

    here.todoist.on_the_way = die
    with pytest.RaisesGroup(asyncio.CancelledError):
        await carry(here)
    here.todoist.on_the_way = None
    here.clock.time += LEASE - here.clock.time.resolution
    assert await carry(here) == 0
    here.clock.time += here.clock.time.resolution
    assert await carry(here) == 1
    assert here.todoist.requests == [event.event_id] * 2


async def test_each_thing_that_happened_is_a_request_of_its_own(here: Scene) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    await completed(here, task)
    events = await here.events()
    await carry(here)
    assert here.todoist.requests == [event.event_id for event in events]
    assert len(set(here.todoist.requests)) == 3


async def test_somebody_may_leave_while_their_source_is_told(here: Scene) -> None:
    await completed(here, await mirrored(here))

    async def leave() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.todoist.on_the_way = leave
    await carry(here)
    async with here.deps.store.read() as unit:
        assert await unit.integrations.get("ada", TaskSource.TODOIST) is None


# --- Tasks that are gone -----------------------------------------------------------------------------------


async def test_a_task_that_is_gone_there_is_not_opened_for_ever(
    here: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    here.todoist.gone.add(task.task_id)
    with caplog.at_level(logging.INFO):
        assert await carry(here) == 2
    assert (await here.stored_task(task)).state is TaskState.GONE
    assert (await status(here)).status == TokenStatus.CONNECTED
    assert await here.kinds() == ["task.gone_elsewhere"]
    assert "gone" in caplog.text
    assert "Call Ann" not in caplog.text
    assert await carry(here) == 1
    assert await carry(here) == 0


async def test_a_task_that_is_gone_there_but_done_here_since_stays_done(here: Scene) -> None:
    task = await mirrored(here)
    await reopened(here, await completed(here, task))
    here.todoist.gone.add(task.task_id)
    done = await completed(here, task)
    await carry(here)
    assert await here.stored_task(task) == done
