"""A change that its source refuses is dropped with one notice; waiting changes delay nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import SourceUnavailable, Unreachable
from core.integrations.states import connected
from core.people.preferences import change, pause
from core.records import TaskSource, TaskState, TokenStatus
from core.tasks.sync import refresh
from tests.core.worlds import Scene
from tests.jobs.outbox import carry, completed, mirrored, status

# --- What a source will never take -------------------------------------------------------------------------


async def test_what_is_refused_for_good_is_told_once_and_asked_no_more(
    here: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    task, other = await mirrored(here), await mirrored(here, "Water the ferns")
    await completed(here, task)
    await completed(here, other)
    here.todoist.refuses.add(task.task_id)

    assert await carry(here) == 2
    here.clock.move(minutes=1)
    assert await carry(here) == 0

    assert here.todoist.told == ["complete Water the ferns"]
    assert len(here.todoist.requests) == 2
    assert (await status(here)).status == TokenStatus.CONNECTED
    assert here.phone.lines == ["task.completed refused: Call Ann"]
    assert "telling todoist of task.completed is given up" in caplog.text
    assert "Call Ann" not in caplog.text
    await refresh(await here.stored(), here.deps)  # it is open there
    assert (await here.stored_task(task)).state is TaskState.OPEN


@pytest.mark.parametrize("silence", ["quiet", "pause"])
async def test_a_refusal_is_told_when_the_person_may_be_disturbed(here: Scene, silence: str) -> None:
    task = await mirrored(here)
    here.todoist.refuses.add(task.task_id)
    here.clock.berlin("2027-06-14 23:00" if silence == "quiet" else "2027-06-14 10:00")
    if silence == "pause":
        until = here.clock.now() + timedelta(hours=8)
        await change(await here.stored(), here.deps, pause(until), what="pause")
    await completed(here, task)
    assert await carry(here) == 1 * (silence == "pause")  # the event of the pause itself
    assert await carry(here) == 0
    assert (here.phone.lines, len(here.todoist.requests)) == ([], 1)

    here.clock.move(hours=8)
    assert await carry(here) == 1
    assert here.phone.lines == ["task.completed refused: Call Ann"]


async def test_whoever_took_back_their_consent_is_told_nothing(here: Scene) -> None:
    task = await mirrored(here)
    here.todoist.refuses.add(task.task_id)
    await completed(here, task)
    await here.decline()
    assert await carry(here) == 2
    assert here.phone.tries == 0


async def test_a_refusal_that_can_not_be_told_is_not_told_again(here: Scene) -> None:
    task = await mirrored(here)
    here.todoist.refuses.add(task.task_id)
    await completed(here, task)
    here.phone.faults = [Unreachable("blocked")]
    assert await carry(here) == 1
    assert await carry(here) == 0
    assert here.phone.tries == 1


# --- Much at once ------------------------------------------------------------------------------------------


async def test_whatever_waits_starves_nothing_else(here: Scene) -> None:
    stuck = [await mirrored(here, f"Task {number}") for number in range(5)]
    for task in stuck:
        await completed(here, task)
    here.todoist.fault = SourceUnavailable("500")
    await completed(here, await here.task("Water the ferns"))

    assert await carry(here, batch_size=2) == 1
    assert len(here.todoist.requests) == 1  # the first one, and then the source rests
    assert [event.data["task_id"] for event in await here.events()] == [task.task_id for task in stuck]

    here.todoist.fault = None
    here.clock.move(minutes=1)
    assert await carry(here, batch_size=2) == 5


# --- After connecting again --------------------------------------------------------------------------------


async def test_what_waited_while_disconnected_is_sent_without_a_flood_of_notices(here: Scene) -> None:
    tasks = [await mirrored(here, f"Call {name}") for name in ("Ann", "Bob", "Eve")]
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(replace(await status(here), status=TokenStatus.EXPIRED))
    for task in tasks:
        await completed(here, task)
    here.todoist.refuses |= {task.task_id for task in tasks[1:]}
    assert await carry(here) == 0
    here.clock.move(days=3)
    async with here.deps.store.begin() as unit:
        await unit.integrations.put(connected("ada", TaskSource.TODOIST, here.clock.now()))

    assert await carry(here) == 3
    assert here.todoist.told == ["complete Call Ann"]
    assert here.phone.lines == []

    later = await mirrored(here, "Water the ferns")
    here.todoist.refuses.add(later.task_id)
    here.clock.move(minutes=1)
    await completed(here, later)
    await carry(here)
    assert here.phone.lines == ["task.completed refused: Water the ferns"]
