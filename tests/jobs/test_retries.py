"""A change that its source does not take holds up no other: it waits longer each time, for a day in all."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

import pytest

from core.errors import SourceBusy, SourceDisconnected, SourceUnavailable
from core.integrations.states import may_ask
from core.people.preferences import change, pause
from core.records import Task, TaskState, TokenStatus
from core.tasks.sync import refresh
from core.tasks.todo_list import reopen_task
from jobs.relay import MAX_FAILURES
from jobs.retries import (
    LONGEST_PAUSE,
    MAX_DOUBT,
    MAX_WAIT,
    failures_of,
    is_hopeless,
    pause_after,
    pause_in_doubt,
)
from tests.core.worlds import Scene
from tests.jobs.idle import watched
from tests.jobs.outbox import carry, completed, mirrored, status

RUN = timedelta(minutes=1)
DAY = timedelta(days=1)


async def failing(here: Scene, title: str = "Call Ann") -> Task:
    """A completed task of which its source can't be told."""
    task = await mirrored(here, title)
    await completed(here, task)
    here.todoist.fails.add(task.task_id)
    return task


async def passed(here: Scene, span: timedelta, *, every: timedelta = RUN) -> None:
    """The relay runs again and again."""
    for _ in range(span // every):
        here.clock.time += every
        await carry(here)


def tries(here: Scene) -> int:
    return len(here.todoist.requests)


def test_pauses_grow_to_an_hour_and_last_a_day_in_all() -> None:
    minutes = [pause_after(failures) / timedelta(minutes=1) for failures in range(1, 13)]
    assert minutes == [1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 60, 60]
    assert pause_after(10_000) == LONGEST_PAUSE
    last = next(failures for failures in range(1, 99) if is_hopeless(failures))
    assert (
        MAX_WAIT <= sum((pause_after(one) for one in range(1, last)), timedelta()) < MAX_WAIT + LONGEST_PAUSE
    )


def test_what_fails_with_its_source_waits_with_it_and_then_a_little_longer() -> None:
    minute = timedelta(minutes=1)
    lasted = [pause_in_doubt(minute, number * minute) / minute for number in (0, 1, 2, 6, 600)]
    assert lasted == [1, 1, 2, 6, 6]


async def test_the_changes_after_one_that_fails_are_told_in_the_same_run(here: Scene) -> None:
    await failing(here)
    await completed(here, await mirrored(here, "Water the ferns"))
    assert await carry(here) == 1
    assert here.todoist.told == ["complete Water the ferns"]
    stands = await status(here)
    assert (stands.status, stands.not_before) == (TokenStatus.CONNECTED, None)
    assert may_ask(stands, here.clock.now())  # nor is reading held up


async def test_the_connection_says_that_something_fails_until_something_works(here: Scene) -> None:
    await failing(here)
    await carry(here)
    stands = await status(here)
    assert (stands.status, stands.not_before) == (TokenStatus.ERROR, None)
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.deps)
    assert (await status(here)).status is TokenStatus.CONNECTED


async def test_it_is_tried_some_times_a_day_and_then_given_up_with_one_notice(here: Scene) -> None:
    here.clock.berlin("2027-06-14 09:00")
    task = await failing(here)
    await carry(here)
    await passed(here, timedelta(hours=23))
    assert 30 < tries(here) < 35
    assert here.phone.lines == []

    await passed(here, timedelta(hours=3))
    assert here.phone.lines == ["task.completed refused: Call Ann"]
    before = tries(here)
    await passed(here, DAY)
    assert tries(here) == before
    await refresh(await here.stored(), here.deps)  # it is open there
    assert (await here.stored_task(task)).state is TaskState.OPEN


async def test_it_is_told_as_soon_as_its_source_takes_it_and_its_failures_are_forgotten(here: Scene) -> None:
    await failing(here)
    (event,) = await here.events()
    await carry(here)
    await passed(here, timedelta(minutes=3))
    async with here.deps.store.read() as unit:
        assert await failures_of(unit, event) == 4
    here.todoist.fails.clear()
    await passed(here, timedelta(minutes=4))
    assert here.todoist.told == ["complete Call Ann"]
    async with here.deps.store.read() as unit:
        assert await failures_of(unit, event) == 0


async def test_later_changes_of_the_same_task_wait_for_it(here: Scene) -> None:
    task = await failing(here)
    async with here.deps.store.begin() as unit:
        await reopen_task(unit, task, here.deps, due=None)
    await passed(here, timedelta(minutes=30))
    assert here.todoist.told == []
    here.todoist.fails.clear()
    await passed(here, timedelta(minutes=60))
    assert here.todoist.told == ["complete Call Ann", "reopen Call Ann"]


@pytest.mark.parametrize("fault", [SourceUnavailable("500"), SourceBusy(60), SourceDisconnected("401")])
async def test_a_source_that_is_down_is_asked_once_a_minute_however_much_waits(
    here: Scene, fault: SourceUnavailable
) -> None:
    for number in range(50):
        await completed(here, await mirrored(here, f"Task {number}"))
    here.todoist.fault = fault
    await carry(here)
    await passed(here, timedelta(minutes=30), every=timedelta(seconds=5))
    assert tries(here) <= 31


async def test_one_that_goes_down_while_it_is_told_much_is_left_alone_soon(here: Scene) -> None:
    for number in range(50):
        await failing(here, f"Task {number}")
    await carry(here)
    assert tries(here) == MAX_FAILURES
    here.todoist.fault = SourceUnavailable("500")
    await passed(here, timedelta(seconds=50), every=timedelta(seconds=5))
    assert tries(here) == MAX_FAILURES + 1


async def test_many_that_fail_do_not_keep_others_waiting_for_long(here: Scene) -> None:
    for number in range(20):
        await failing(here, f"Task {number}")
    await completed(here, await mirrored(here, "Water the ferns"))
    await carry(here)
    await passed(here, timedelta(minutes=1), every=timedelta(seconds=5))
    assert here.todoist.told == ["complete Water the ferns"]


@pytest.mark.parametrize("fault", [SourceUnavailable("500"), SourceBusy(300)])
async def test_where_the_reading_fails_as_well_others_have_their_turn(
    here: Scene, fault: SourceUnavailable
) -> None:
    """As of an account with too many tasks, or a server that is busy whenever it meets one of them."""
    await failing(here)
    await completed(here, await mirrored(here, "Water the ferns"))

    async def fail(_: str, *, cursor: str | None = None) -> NoReturn:
        raise SourceUnavailable("too many tasks")

    async def be_busy() -> None:
        if here.todoist.requests[-1] == here.todoist.requests[0]:
            raise fault

    here.todoist.open_tasks = fail  # type: ignore[method-assign,assignment]  # reading fails each time
    here.todoist.on_the_way = be_busy
    await carry(here)
    await passed(here, timedelta(minutes=25))
    assert here.todoist.told == ["complete Water the ferns"]


async def test_what_waits_is_kept_as_long_as_the_whole_source_is_down(here: Scene) -> None:
    """The state of the connection says so, on /connect."""
    await completed(here, await mirrored(here))
    await completed(here, await mirrored(here, "Water the ferns"))
    here.todoist.fault = SourceUnavailable("500")
    await carry(here)
    await passed(here, 3 * DAY, every=timedelta(minutes=10))
    assert here.phone.lines == []
    assert (await status(here)).status is TokenStatus.ERROR

    here.todoist.fault = None
    await passed(here, RUN + MAX_DOUBT)
    assert sorted(here.todoist.told) == ["complete Call Ann", "complete Water the ferns"]


async def test_a_day_of_the_whole_source_counts_for_nothing(here: Scene) -> None:
    await failing(here)
    await carry(here)
    here.todoist.fault = SourceUnavailable("500")
    await passed(here, 2 * DAY, every=timedelta(minutes=10))
    here.todoist.fault = None
    await passed(here, timedelta(hours=2))
    assert here.phone.lines == []
    here.todoist.fails.clear()
    await passed(here, timedelta(hours=1))
    assert here.todoist.told == ["complete Call Ann"]


async def test_without_consent_nothing_is_read_and_still_the_next_one_has_its_turn(here: Scene) -> None:
    await failing(here)
    await completed(here, await mirrored(here, "Water the ferns"))
    await here.decline()
    asked = here.todoist.asked
    await carry(here)
    await passed(here, timedelta(minutes=10))
    assert here.todoist.asked == asked
    assert here.todoist.told == ["complete Water the ferns"]
    await passed(here, 2 * DAY, every=timedelta(minutes=10))
    assert [event.kind for event in await here.events()] == ["task.completed"]  # nobody could be told


async def test_giving_up_waits_until_the_person_may_be_disturbed(here: Scene) -> None:
    here.clock.berlin("2027-06-14 09:00")
    await failing(here)
    await carry(here)
    until = here.clock.now() + timedelta(hours=30)
    await change(await here.stored(), here.deps, pause(until), what="pause")
    await passed(here, timedelta(hours=29), every=timedelta(minutes=10))
    assert here.phone.lines == []
    await passed(here, timedelta(hours=2), every=timedelta(minutes=10))
    assert here.phone.lines == ["task.completed refused: Call Ann"]


async def test_nothing_is_written_while_it_waits(here: Scene) -> None:
    await failing(here)
    await carry(here)
    here, store = watched(here)
    here.clock.move(seconds=59)
    await carry(here)
    assert store.begun == 0


async def test_two_processes_try_it_as_often_as_one(here: Scene) -> None:
    await failing(here)
    for _ in range(30):
        await carry(here)
        await carry(here)
        here.clock.time += RUN
    assert tries(here) == 9  # at 0 to 5, 7, 11 and 19 minutes


async def test_somebody_may_leave_while_their_change_fails(here: Scene) -> None:
    await failing(here)

    async def leave() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.todoist.on_the_way = leave
    await carry(here)
    assert here.phone.lines == []
