"""To-dos of oO's own: added once, done, opened again, each with its event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.errors import BadInput, NotFound
from core.records import Consent, Delay, Due, Task, TaskPatch, TaskSource, TaskState
from core.store import Store
from core.tasks.changes import change_task
from core.tasks.todo_list import (
    MAX_OPEN_TASKS,
    add_task,
    complete_task,
    list_tasks,
    reopen_task,
)
from core.words.tasks import parse_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, Scene, scene
from tests.fakes.store import FakeStore


async def added(
    here: Scene, text: str, origin: str = "telegram-1", max_open_tasks: int = MAX_OPEN_TASKS
) -> Task:
    draft = parse_task(text, now=here.clock.now(), zone=BERLIN)
    return await add_task(await here.stored(), here.deps, draft, origin=origin, max_open_tasks=max_open_tasks)


async def test_a_text_becomes_a_task_and_an_event(either: Store) -> None:
    here = scene(either)
    await here.person()

    task = await added(here, "Pay rent tomorrow 9am p1")

    assert (task.title, task.priority, task.due) == (
        "Pay rent",
        1,
        Due(on=NOW.date() + DAY, at=task.due.at if task.due else None),
    )
    assert await here.stored_task(task) == task
    (event,) = await here.events()
    assert (event.kind, event.data) == ("task.added", {"task_id": task.task_id, "source": "oo"})


async def test_a_message_that_is_handled_twice_adds_one_task(here: Scene) -> None:
    person = await here.person()
    await added(here, "Pay rent")
    await added(here, "Pay rent")
    assert len(await list_tasks(person, here.deps, zone=BERLIN)) == 1


async def test_a_full_list_takes_no_more(here: Scene) -> None:
    await here.person()
    for number in range(2):
        await added(here, f"Task {number}", f"telegram-{number}", max_open_tasks=2)
    with pytest.raises(BadInput, match="too_many_tasks") as full:
        await added(here, "One more", "telegram-9", max_open_tasks=2)
    assert full.value.values == {"limit": "2"}


async def test_tasks_of_outside_sources_do_not_fill_the_list(here: Scene) -> None:
    await here.person()
    await here.task("Call Ann", source=TaskSource.TODOIST, external_id="77")
    assert (await added(here, "Pay rent", max_open_tasks=1)).title == "Pay rent"


async def test_the_list_is_ordered_by_urgency(here: Scene) -> None:
    person = await here.person()
    await here.task("Some day")
    await here.task("Urgent", priority=1)
    await here.task("Today", due=Due(on=NOW.date()))
    await here.task("Late", due=Due(on=NOW.date() - DAY))
    found = await list_tasks(person, here.deps, zone=BERLIN)
    assert [task.title for task in found] == ["Late", "Today", "Urgent", "Some day"]


async def test_a_task_that_is_gone_is_not_opened_again(here: Scene) -> None:
    await here.person()
    gone = await here.task("Pay the rent", state=TaskState.GONE)
    async with here.deps.store.begin() as unit:
        assert await reopen_task(unit, gone, here.deps, due=Due(on=NOW.date())) == gone
    assert await here.stored_task(gone) == gone
    assert await here.events() == []


async def completed(here: Scene, **fields: Any) -> tuple[Task, Task]:
    """A task before and after its completion at nine."""
    await here.person()
    task = await here.task("Water the ferns", **fields)
    here.clock.berlin("2027-06-14 09:00")
    async with here.deps.store.begin() as unit:
        found = await complete_task(unit, task, here.deps, zone=BERLIN)
    assert found.due_before == task.due
    assert await here.stored_task(task) == found.task
    return task, found.task


async def test_a_task_is_done_and_opened_again(here: Scene) -> None:
    before, after = await completed(here)
    assert (after.state, after.done_at) == (TaskState.DONE, here.clock.now())
    async with here.deps.store.begin() as unit:
        assert await reopen_task(unit, after, here.deps, due=before.due) == before
    assert await here.stored_task(before) == before
    assert await here.kinds() == ["task.completed", "task.reopened"]


@pytest.mark.parametrize("late", [0, 1, 40])
async def test_a_repeating_task_moves_to_its_next_date_ahead(here: Scene, late: int) -> None:
    due = Due(on=NOW.date() - timedelta(days=late))
    _, after = await completed(here, due=due, repeats="FREQ=DAILY")
    assert (after.state, after.due) == (TaskState.OPEN, Due(on=NOW.date() + DAY))
    assert after.done_at == here.clock.now()


async def test_a_task_that_repeats_from_its_completion_counts_from_there(here: Scene) -> None:
    due = Due(on=NOW.date() - timedelta(days=10))
    _, after = await completed(here, due=due, repeats="FREQ=DAILY;INTERVAL=3", repeats_from_done=True)
    assert after.due == Due(on=NOW.date() + timedelta(days=3))


async def test_a_repeating_task_whose_rule_has_ended_is_done(here: Scene) -> None:
    last = f"FREQ=DAILY;UNTIL={NOW.date():%Y%m%d}"
    before, after = await completed(here, due=Due(on=NOW.date()), repeats=last)
    assert (after.state, after.due) == (TaskState.DONE, before.due)
    async with here.deps.store.begin() as unit:
        assert await reopen_task(unit, after, here.deps, due=before.due) == before


async def test_only_the_latest_completion_is_taken_back(here: Scene) -> None:
    before, first = await completed(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    here.clock.move(days=1)
    async with here.deps.store.begin() as unit:
        second = (await complete_task(unit, first, here.deps, zone=BERLIN)).task
        with pytest.raises(NotFound):
            await reopen_task(unit, second, here.deps, due=before.due, done_at=first.done_at)
    assert await here.stored_task(before) == second
    async with here.deps.store.begin() as unit:
        opened = await reopen_task(unit, second, here.deps, due=first.due, done_at=second.done_at)
    assert opened.due == first.due


async def test_an_undo_keeps_the_date_to_which_a_repeating_task_was_moved_since(here: Scene) -> None:
    before, after = await completed(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    here.clock.move(minutes=1)
    friday = TaskPatch(due=Due(on=NOW.date() + timedelta(days=4)))
    moved = await change_task(after.task_id, await here.stored(), here.deps, friday, zone=BERLIN)
    async with here.deps.store.begin() as unit:
        opened = await reopen_task(unit, moved.after, here.deps, due=before.due, done_at=after.done_at)
    assert (opened.due, opened.done_at) == (friday.due, None)


async def test_a_move_that_was_taken_back_does_not_count_as_one(here: Scene) -> None:
    before, after = await completed(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    person = await here.stored()
    moved = await change_task(after.task_id, person, here.deps, TaskPatch(delay=Delay(days=2)), zone=BERLIN)
    back = await change_task(after.task_id, person, here.deps, moved.undo, zone=BERLIN)
    async with here.deps.store.begin() as unit:
        opened = await reopen_task(unit, back.after, here.deps, due=before.due, done_at=after.done_at)
    assert opened == before


async def test_an_outside_task_that_repeats_is_moved_by_its_source(here: Scene) -> None:
    due = Due(on=NOW.date())
    _, after = await completed(
        here, due=due, repeats="every day", source=TaskSource.TODOIST, external_id="77"
    )
    assert (after.state, after.due) == (TaskState.DONE, due)


async def test_a_list_without_consent_asks_no_source() -> None:
    here = scene(FakeStore(), todoist=True)
    person = await here.person(consent=Consent.DECLINED)
    await here.connect()
    assert await list_tasks(person, here.deps, zone=BERLIN) == []
    assert here.todoist.asked == 0
