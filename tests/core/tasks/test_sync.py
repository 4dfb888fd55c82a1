"""Outside tasks: the mirror follows its source, and never overtakes what was tapped here."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import SourceBusy, SourceDisconnected, SourceUnavailable
from core.events import record_event
from core.records import UNKNOWN_AGE, Due, Integration, TaskList, TaskSource, TaskState, TokenStatus
from core.store import Store
from core.tasks.mirror import CLOSED_TASKS_KNOWN_FOR, mirror
from core.tasks.sync import is_closed_elsewhere, refresh, sync_now
from core.tasks.todo_list import complete_task, reopen_task
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, HOUR, Scene, scene
from tests.fakes.store import FakeStore
from tests.jobs.outbox import carry
from tests.waiting import WAIT_LIMIT


async def connected(store: Store | None = None) -> Scene:
    here = scene(store or FakeStore(), todoist=True)
    await here.person()
    await here.connect()
    return here


async def synced(here: Scene, **later: float) -> None:
    here.clock.move(**(later or {"minutes": 1}))
    await refresh(await here.stored(), here.deps)


async def status(here: Scene, **changes: object) -> Integration:
    """How Todoist stands, after these changes."""
    async with here.deps.store.begin() as unit:
        found = await unit.integrations.get("ada", TaskSource.TODOIST)
        assert found is not None
        changed = replace(found, **changes)  # type: ignore[arg-type]  # fields by name
        await unit.integrations.put(changed)
    return changed


async def test_what_was_taken_for_a_due_date_is_a_deadline_without_having_moved(either: Store) -> None:
    here = await connected(either)
    day = NOW.date()
    known = [await here.outside_task(title, due=Due(on=day)) for title in ("Tax", "Moved")]
    await synced(here)
    tax, moved = known
    here.todoist.open[tax.task_id] = replace(tax, due=None, deadline=day)
    here.todoist.open[moved.task_id] = replace(moved, due=None, deadline=day + DAY)
    await synced(here)
    assert ((await here.stored_task(tax)).due, (await here.stored_task(tax)).deadline) == (None, day)
    async with here.deps.store.read() as unit:
        events = await unit.events.waiting_or_dispatched_since(
            "ada", frozenset({"task.moved_elsewhere"}), NOW
        )
    assert [one.data["task_id"] for one in events] == [moved.task_id]


async def test_tasks_of_a_section_that_is_gone_are_gone_and_not_done(either: Store) -> None:
    here = await connected(either)
    lost, done = [await here.outside_task(title, section_id=title) for title in ("one", "two")]
    await synced(here)
    here.todoist.open.clear()
    here.todoist.gone_sections = frozenset({"one"})
    await synced(here)
    states = [(await here.stored_task(task)).state for task in (lost, done)]
    assert states == [TaskState.GONE, TaskState.DONE]


async def test_what_is_new_changed_and_gone_there_is_so_here(either: Store) -> None:
    here = await connected(either)
    kept, changed, gone = [await here.outside_task(title) for title in ("Keep", "Change", "Go")]
    await synced(here)
    here.todoist.open[changed.task_id] = replace(changed, title="Changed", due=Due(on=NOW.date()))
    del here.todoist.open[gone.task_id]
    await synced(here)

    assert await here.stored_task(kept) == kept
    assert (await here.stored_task(changed)).title == "Changed"
    left = await here.stored_task(gone)
    assert (left.state, left.done_at) == (TaskState.DONE, here.clock.now())
    assert sorted(await here.kinds()) == ["task.done_elsewhere", "task.moved_elsewhere"]


@pytest.mark.parametrize("later", [DAY, CLOSED_TASKS_KNOWN_FOR + DAY])
async def test_a_task_that_is_opened_again_there_is_open_here(either: Store, later: timedelta) -> None:
    here = await connected(either)
    task = await here.outside_task("Call Ann")
    await synced(here)
    here.todoist.open.clear()
    await synced(here)
    here.todoist.open[task.task_id] = task
    here.clock.time += later
    await synced(here)
    assert await here.stored_task(task) == task


async def test_a_fresh_mirror_is_not_read_again(here: Scene) -> None:
    here = await connected(here.deps.store)
    await synced(here)
    await synced(here, seconds=59)
    assert here.todoist.asked == 1
    await synced(here, seconds=1)
    assert here.todoist.asked == 2


async def test_somebody_without_the_source_costs_no_call(here: Scene) -> None:
    await connected(here.deps.store)
    here = scene(here.deps.store, todoist=True)
    await refresh(await here.person("bob"), here.deps)
    assert here.todoist.asked == 0


async def test_what_was_done_here_and_not_told_yet_stays_done(either: Store) -> None:
    here = await connected(either)
    task = await here.outside_task("Call Ann")
    await synced(here)
    async with here.deps.store.begin() as unit:
        done = (await complete_task(unit, task, here.deps, zone=BERLIN)).task
    await synced(here)
    assert await here.stored_task(task) == done


async def test_what_was_opened_here_and_not_told_yet_stays_open(here: Scene) -> None:
    here = await connected(here.deps.store)
    task = await here.outside_task("Call Ann")
    await synced(here)
    here.todoist.open.clear()
    async with here.deps.store.begin() as unit:
        done = (await complete_task(unit, task, here.deps, zone=BERLIN)).task
        await reopen_task(unit, done, here.deps, due=task.due)
    await synced(here)
    assert (await here.stored_task(task)).state is TaskState.OPEN


async def test_a_source_is_left_alone_for_as_long_as_it_says(here: Scene) -> None:
    here = await connected(here.deps.store)
    here.todoist.fault = SourceBusy(300)
    await synced(here)
    here.todoist.fault = None
    await synced(here, seconds=299)
    assert here.todoist.asked == 1
    await synced(here, seconds=1)
    assert here.todoist.asked == 2
    assert (await status(here)).status == TokenStatus.CONNECTED


async def test_a_refused_token_is_not_tried_again(here: Scene) -> None:
    here = await connected(here.deps.store)
    here.todoist.fault = SourceDisconnected("401")
    await synced(here)
    await synced(here, days=9)
    assert here.todoist.asked == 1
    assert (await status(here)).status == TokenStatus.EXPIRED


async def test_an_answer_clears_the_record_of_a_fault(here: Scene) -> None:
    here = await connected(here.deps.store)
    await status(here, status=TokenStatus.ERROR, not_before=NOW, told_at=NOW, changed_at=NOW - DAY)
    await synced(here)
    now = here.clock.now()
    expected = Integration(
        person_id="ada",
        provider="todoist",
        status=TokenStatus.CONNECTED,
        changed_at=now,
        synced_at=now,
        by_operator=True,
    )
    assert await status(here) == expected


async def test_an_open_task_is_asked_about_only_where_it_lives(here: Scene) -> None:
    here = await connected(here.deps.store)
    own = await here.task("Water the ferns")
    outside = await here.outside_task("Call Ann")
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(outside)
    assert not await is_closed_elsewhere(own, here.deps)
    assert not await is_closed_elsewhere(outside, here.deps)
    await status(here, not_before=NOW + HOUR)
    here.todoist.open.clear()
    assert not await is_closed_elsewhere(outside, here.deps)
    await status(here, not_before=None)
    assert await is_closed_elsewhere(outside, here.deps)
    assert (await here.stored_task(outside)).state is TaskState.DONE


async def test_one_source_is_read_at_once_however_fresh_its_copies_are(here: Scene) -> None:
    here = await connected(here.deps.store)
    await synced(here)
    asked = here.todoist.asked
    ada, within = await here.stored(), timedelta(seconds=WAIT_LIMIT)
    await here.outside_task("Call Ann")
    assert await sync_now(ada, TaskSource.TODOIST, here.deps, within=within)
    async with here.deps.store.read() as unit:
        assert [one.title for one in await unit.tasks.open("ada")] == ["Call Ann"]
    await status(here, not_before=NOW + HOUR)
    assert not await sync_now(ada, TaskSource.TODOIST, here.deps, within=within)
    assert not await sync_now(ada, TaskSource.CALDAV, here.deps, within=within)
    assert here.todoist.asked == asked + 1, "not while it wants to be left alone"
    await status(here, not_before=None)
    here.todoist.fault = SourceUnavailable("500")
    assert not await sync_now(ada, TaskSource.TODOIST, here.deps, within=within)


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.OPEN])
async def test_a_task_that_was_changed_here_while_its_source_was_asked_is_not_closed_again(
    here: Scene, state: TaskState
) -> None:
    here = await connected(here.deps.store)
    task = await here.outside_task("Call Ann")
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(task)
    here.todoist.open.clear()
    now = replace(task, state=state, due=Due(on=NOW.date()))

    async def moved() -> None:
        async with here.deps.store.begin() as unit:
            await unit.tasks.put(now)

    meanwhile = Meanwhile(here.deps.store, moved, after="read")
    assert await is_closed_elsewhere(task, replace(here.deps, store=meanwhile))
    assert await here.stored_task(task) == now


# --- What happens while the source answers ------------------------------------------------------------------


async def test_what_is_done_and_told_while_the_list_is_read_stays_done(either: Store) -> None:
    here = await connected(either)
    task = await here.outside_task("Call Ann")
    await synced(here)

    async def tap() -> None:
        async with here.deps.store.begin() as unit:
            await complete_task(unit, task, here.deps, zone=BERLIN)
        await carry(here)

    here.todoist.meanwhile = tap
    await synced(here)
    assert here.todoist.told == ["complete Call Ann"]
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_what_was_done_before_and_is_told_while_the_list_is_read_stays_done(here: Scene) -> None:
    here = await connected(here.deps.store)
    task = await here.outside_task("Call Ann")
    await synced(here)
    async with here.deps.store.begin() as unit:
        await complete_task(unit, task, here.deps, zone=BERLIN)
    here.todoist.meanwhile = lambda: carry(here)
    await synced(here)
    assert here.todoist.told == ["complete Call Ann"]
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_what_was_done_here_stays_done_however_much_else_waits(either: Store) -> None:
    here = await connected(either)
    task = await here.outside_task("Call Ann")
    await synced(here)
    async with here.deps.store.begin() as unit:
        for _ in range(600):
            await record_event(unit, here.deps, "task.completed", "ada", task_id="other", source="todoist")
        done = (await complete_task(unit, task, here.deps, zone=BERLIN)).task
    await synced(here)
    assert await here.stored_task(task) == done


async def test_an_older_list_does_not_replace_a_newer_one(here: Scene) -> None:
    here = await connected(here.deps.store)
    task = await here.outside_task("Call Ann")
    listed = dict(here.todoist.open)

    async def overtaken() -> None:
        here.todoist.meanwhile = None
        here.todoist.open.clear()
        here.clock.move(seconds=1)
        await refresh(await here.stored(), here.deps)
        here.todoist.open.update(listed)

    await synced(here)
    here.todoist.meanwhile = overtaken
    await synced(here)
    assert (await here.stored_task(task)).state is TaskState.DONE


@pytest.mark.parametrize("fault", [None, SourceUnavailable("500")])
async def test_somebody_may_leave_while_their_list_is_read(
    either: Store, fault: SourceUnavailable | None
) -> None:
    here = await connected(either)
    await here.outside_task("Call Ann")
    ada = await here.stored()

    async def leave() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.todoist.meanwhile, here.todoist.fault = leave, fault
    await refresh(ada, here.deps)
    async with here.deps.store.read() as unit:
        assert await unit.tasks.mirrored("ada", TaskSource.TODOIST) == ()
        assert await unit.integrations.get("ada", TaskSource.TODOIST) is None


async def test_who_has_time_waits_longer_for_a_long_list(here: Scene) -> None:
    slow = scene(here.deps.store, todoist=True, sync_deadline=timedelta(milliseconds=5))
    await slow.person()
    await slow.connect()
    task = await slow.outside_task("Call Ann")
    slow.todoist.meanwhile = lambda: asyncio.sleep(0.05)
    await refresh(await slow.stored(), slow.deps)
    async with slow.deps.store.read() as unit:
        assert await unit.tasks.open("ada") == ()
    slow.clock.move(minutes=1)
    await refresh(await slow.stored(), slow.deps, within=HOUR)
    assert await slow.stored_task(task) == task


def holed(here: Scene, found: TaskList) -> None:
    """From now on, Todoist's list is this one."""

    async def open_tasks(person_id: str, *, cursor: str | None = None) -> TaskList:
        return found

    here.todoist.open_tasks = open_tasks  # type: ignore[method-assign]  # what a strange account says


async def test_a_task_whose_row_can_not_be_read_is_not_taken_for_done(either: Store) -> None:
    here = await connected(either)
    kept, odd, gone = [await here.outside_task(title) for title in ("Keep", "Odd", "Go")]
    await synced(here)
    holed(here, TaskList(tasks=(kept,), unread=frozenset({odd.task_id})))
    await synced(here)

    assert [(await here.stored_task(one)).state for one in (kept, odd, gone)] == [
        TaskState.OPEN,
        TaskState.OPEN,
        TaskState.DONE,
    ]


async def test_a_list_with_a_hole_closes_nothing_and_brings_what_is_new(either: Store) -> None:
    here = await connected(either)
    known = await here.outside_task("Known")
    await synced(here)
    new = replace(known, task_id="todoist-new", external_id="new", title="New")
    holed(here, TaskList(tasks=(new,), whole=False))
    await synced(here)

    assert (await here.stored_task(known)).state is TaskState.OPEN
    assert await here.stored_task(new) == new
    assert await here.kinds() == []


async def test_a_task_that_does_not_say_how_old_it_is_is_as_old_as_our_copy(either: Store) -> None:
    here = await connected(either)
    task = replace(await here.outside_task("Call Ann"), created_at=UNKNOWN_AGE)
    holed(here, TaskList(tasks=(task,)))
    await synced(here)
    first = await here.stored_task(task)
    assert first.created_at == here.clock.now()
    await synced(here)
    assert await here.stored_task(task) == first


async def test_an_answer_without_any_change_leaves_every_copy_as_it_is(here: Scene) -> None:
    here = await connected(here.deps.store)
    await here.outside_task("Call Ann")
    await synced(here)
    nothing = TaskList(tasks=(), whole=False)
    async with here.deps.store.begin() as unit:
        ada = await unit.people.get("ada")
        before = await unit.tasks.open("ada")
        assert await mirror(unit, ada, TaskSource.TODOIST, nothing, here.deps, asked_at=NOW)
        assert await unit.tasks.open("ada") == before
