"""What was done and what was moved, read from the events of everything that changes a task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.reactions import react, undo
from core.events import record_event
from core.records import Due, Person, ReactionKind, Task, TaskPatch
from core.store import Store
from core.tasks.changes import change_task, remove_task, restore_task
from core.tasks.due_codes import due_code, due_of
from core.tasks.history import History, read_history
from core.tasks.sync import refresh
from core.tasks.todo_list import Completed, complete_task, reopen_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, HOUR, Scene, scene

TODAY = NOW.date()
RENT = Due(on=TODAY)


async def history(here: Scene, since: timedelta = DAY) -> History:
    async with here.deps.store.read() as unit:
        return await read_history(unit, "ada", here.clock.now() - since)


async def done(here: Scene) -> list[str]:
    return [one.task_id for one in (await history(here)).done]


async def moved(here: Scene) -> list[str]:
    return [one.task_id for one in (await history(here)).moved]


async def complete(here: Scene, task: Task) -> Completed:
    async with here.deps.store.begin() as unit:
        current = await unit.tasks.get(task.task_id)
        return await complete_task(unit, current, here.deps, zone=BERLIN)


async def reopen(here: Scene, completed: Completed) -> None:
    async with here.deps.store.begin() as unit:
        await reopen_task(
            unit, completed.task, here.deps, due=completed.due_before, done_at=completed.task.done_at
        )


async def move(here: Scene, person: Person, task: Task, due: Due | None) -> TaskPatch:
    return (await change_task(task.task_id, person, here.deps, TaskPatch(due=due), zone=BERLIN)).undo


# --- Done --------------------------------------------------------------------------------------------------


async def test_done_and_taken_back_and_done_again(either: Store) -> None:
    here = scene(either)
    await here.person()
    rent = await here.task("rent", due=RENT)
    first = await complete(here, rent)
    assert await done(here) == [rent.task_id]
    await reopen(here, first)
    assert await done(here) == []
    await complete(here, rent)
    assert await done(here) == [rent.task_id]


async def test_each_time_that_a_repeating_task_is_done_counts_and_an_undo_takes_one(either: Store) -> None:
    here = scene(either)
    await here.person()
    plants = await here.task("plants", due=RENT, repeats="FREQ=DAILY")
    for _ in range(3):
        latest = await complete(here, plants)
        here.clock.move(minutes=1)
    await reopen(here, latest)
    assert await done(here) == [plants.task_id] * 2


async def test_a_tap_on_a_tip_counts_and_its_undo_does_not(here: Scene) -> None:
    person = await here.person()
    rent = await here.task("rent", due=RENT, priority=1)
    decision = await here.slot()
    await react(decision.decision_id, person, here.deps, kind=ReactionKind.DONE)
    assert await done(here) == [rent.task_id]
    await undo(decision.decision_id, person, here.deps)
    assert await done(here) == []


async def test_a_removed_task_is_not_done(here: Scene) -> None:
    person = await here.person()
    rent = await here.task("rent")
    await remove_task(rent.task_id, person, here.deps)
    assert await done(here) == []
    await restore_task(rent.task_id, person, here.deps)
    assert await done(here) == []


async def test_what_was_done_before_does_not_hide_what_was_reopened_and_done_since(here: Scene) -> None:
    await here.person()
    rent = await here.task("rent")
    first = await complete(here, rent)
    here.clock.move(days=2)
    await reopen(here, first)
    assert await done(here) == []
    await complete(here, rent)
    assert await done(here) == [rent.task_id]


async def synced(here: Scene) -> None:
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.deps)


async def with_todoist(either: Store) -> Scene:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    return here


async def test_a_task_that_is_done_at_its_source_counts_until_it_is_reopened_there(either: Store) -> None:
    here = await with_todoist(either)
    rent = await here.outside_task("rent")
    await synced(here)
    del here.todoist.open[rent.task_id]
    await synced(here)
    assert await done(here) == [rent.task_id]
    here.todoist.open[rent.task_id] = rent
    await synced(here)
    assert await done(here) == []


async def test_a_repeating_task_of_a_source_counts_each_time(either: Store) -> None:
    here = await with_todoist(either)
    plants = await here.outside_task("plants", due=RENT, repeats="every day")
    await synced(here)
    for days in (1, 2):
        here.todoist.open[plants.task_id] = replace(plants, due=Due(on=TODAY + days * DAY))
        await synced(here)
    assert await done(here) == [plants.task_id] * 2
    assert await moved(here) == []


async def test_an_outside_task_that_is_done_here_counts_once(either: Store) -> None:
    here = await with_todoist(either)
    rent = await here.outside_task("rent")
    await synced(here)
    await complete(here, rent)
    del here.todoist.open[rent.task_id]
    for event in await here.events():
        async with here.deps.store.begin() as unit:
            await unit.events.dispatched(event.event_id, here.clock.now())
    await synced(here)
    assert await done(here) == [rent.task_id]


async def test_nobody_elses_tasks_count(here: Scene) -> None:
    await here.person()
    await here.person("bob")
    theirs = await here.task("rent", "bob")
    await complete(here, theirs)
    assert await history(here) == History()


# --- Moved -------------------------------------------------------------------------------------------------


async def test_a_move_counts_until_it_is_taken_back(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    rent = await here.task("rent", due=RENT)
    back = await move(here, person, rent, Due(on=TODAY + DAY, at=time(9)))
    (one,) = (await history(here)).moved
    assert (one.before, one.after) == (RENT, Due(on=TODAY + DAY, at=time(9)))
    here.clock.move(hours=1)
    await change_task(rent.task_id, person, here.deps, back, zone=BERLIN)
    assert await moved(here) == []


async def test_two_moves_are_two_and_an_undo_takes_the_latest(here: Scene) -> None:
    person = await here.person()
    rent = await here.task("rent", due=RENT)
    await move(here, person, rent, Due(on=TODAY + DAY))
    back = await move(here, person, rent, Due(on=TODAY + 2 * DAY))
    assert await moved(here) == [rent.task_id] * 2
    await change_task(rent.task_id, person, here.deps, back, zone=BERLIN)
    assert await moved(here) == [rent.task_id]


async def test_a_first_date_is_no_move_but_no_date_any_more_is_one(here: Scene) -> None:
    person = await here.person()
    idea = await here.task("idea")
    await move(here, person, idea, RENT)
    assert await moved(here) == []
    rent = await here.task("rent", due=RENT)
    await move(here, person, rent, None)
    assert await moved(here) == [rent.task_id]


async def test_another_change_is_no_move(here: Scene) -> None:
    person = await here.person()
    rent = await here.task("rent", due=RENT)
    await change_task(rent.task_id, person, here.deps, TaskPatch(title="The rent"), zone=BERLIN)
    assert await moved(here) == []


async def test_a_move_at_the_source_counts(either: Store) -> None:
    here = await with_todoist(either)
    rent = await here.outside_task("rent", due=RENT)
    await synced(here)
    here.todoist.open[rent.task_id] = replace(rent, due=Due(on=TODAY + DAY))
    await synced(here)
    assert await moved(here) == [rent.task_id]
    here.todoist.open[rent.task_id] = rent
    await synced(here)
    assert await moved(here) == []


async def test_what_happened_before_does_not_count(here: Scene) -> None:
    person = await here.person()
    rent = await here.task("rent", due=RENT)
    await move(here, person, rent, Due(on=TODAY + DAY))
    await complete(here, rent)
    here.clock.move(hours=2)
    assert await history(here, since=HOUR) == History()


DUES = st.builds(
    Due,
    on=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    at=st.none() | st.times().map(lambda at: at.replace(fold=0)),
    zone=st.sampled_from([None, "Europe/Berlin", "America/Argentina/Buenos_Aires"]),
)


@given(DUES | st.none())
def test_a_code_means_the_date_that_it_was_made_of(due: Due | None) -> None:
    assert due_of(due_code(due)) == due


@pytest.mark.parametrize("data", [{}, {"due_before": "2026-11-22"}, {"due_before": 3, "due_after": None}])
async def test_events_of_earlier_versions_without_dates_are_passed_over(
    here: Scene, data: dict[str, Any]
) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        await record_event(unit, here.deps, "task.changed", "ada", task_id="oo-rent", fields="due", **data)
    assert await moved(here) == []
