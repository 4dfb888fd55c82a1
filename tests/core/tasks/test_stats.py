"""The figures of a week, counted from what happened: after undo, across changes of the clocks and zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.delivery.reactions import react, snooze, undo
from core.records import Due, ReactionKind, Task, TaskPatch
from core.store import Store, TipCount
from core.tasks.changes import change_task, remove_task
from core.tasks.stats import Stats, read_stats, week_start
from core.tasks.todo_list import Completed, complete_task, reopen_task
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene

MONDAY = date(2027, 6, 14)
LA = ZoneInfo("America/Los_Angeles")


async def stats(here: Scene, zone: ZoneInfo = BERLIN, first_weekday: int = 0) -> Stats:
    return await read_stats(await here.stored(), here.deps, zone, first_weekday=first_weekday)


async def complete(here: Scene, task: Task) -> Completed:
    async with here.deps.store.begin() as unit:
        return await complete_task(unit, await unit.tasks.get(task.task_id), here.deps, zone=BERLIN)


async def reopen(here: Scene, completed: Completed) -> None:
    async with here.deps.store.begin() as unit:
        task = completed.task
        await reopen_task(unit, task, here.deps, due=completed.due_before, done_at=task.done_at)


async def added(here: Scene, title: str) -> Task:
    """A task that is added now."""
    task = await here.task(title)
    task = replace(task, created_at=here.clock.now())
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(task)
    return task


async def test_what_is_done_counts_on_its_day_and_in_its_week(either: Store) -> None:
    here = scene(either)
    await here.person()
    done_at = {
        "2027-06-06 23:59": "too early", "2027-06-07 00:01": "last monday", "2027-06-13 23:59": "last sunday",
        "2027-06-14 00:01": "monday", "2027-06-16 12:00": "wednesday", "2027-06-16 12:01": "wednesday too",
    }  # fmt: skip
    for local, title in done_at.items():
        here.clock.berlin(local)
        await complete(here, await here.task(title))
    found = await stats(here)
    assert (found.week.start, found.week.done) == (MONDAY, (1, 0, 2, 0, 0, 0, 0))
    assert (found.before.start, found.before.done) == (date(2027, 6, 7), (1, 0, 0, 0, 0, 0, 1))


async def test_what_is_taken_back_counts_nowhere_even_if_it_was_last_week(either: Store) -> None:
    here = scene(either)
    await here.person()
    here.clock.berlin("2027-06-13 22:00")
    sunday = await complete(here, await here.task("sunday"))
    here.clock.berlin("2027-06-14 09:00")
    await complete(here, await here.task("monday"))
    await reopen(here, sunday)
    found = await stats(here)
    assert (sum(found.week.done), sum(found.before.done)) == (1, 0)


async def test_each_time_that_a_repeating_task_is_done_counts(here: Scene) -> None:
    await here.person()
    here.clock.berlin("2027-06-14 09:00")
    plants = await here.task("plants", due=Due(on=MONDAY), repeats="FREQ=DAILY")
    for _ in range(4):
        latest = await complete(here, plants)
        here.clock.move(days=1)
    await reopen(here, latest)
    assert (await stats(here)).week.done == (1, 1, 1, 0, 0, 0, 0)


@pytest.mark.parametrize("night", [date(2027, 3, 28), date(2027, 10, 31)])
async def test_the_day_on_which_the_clocks_change_is_one_day(here: Scene, night: date) -> None:
    await here.person()
    for hour, minute in ((0, 1), (1, 30), (3, 30), (23, 59)):
        here.clock.time = datetime.combine(night, time(hour, minute), BERLIN).astimezone(UTC)
        await complete(here, await here.task(f"{hour}:{minute}"))
    assert (await stats(here)).week.done == (0, 0, 0, 0, 0, 0, 4)


async def test_days_are_those_of_the_zone_in_which_the_person_is(here: Scene) -> None:
    await here.person()
    here.clock.berlin("2027-06-14 03:00")  # Sunday 18:00 in Los Angeles
    await complete(here, await here.task("x"))
    assert (await stats(here, BERLIN)).week.done == (1, 0, 0, 0, 0, 0, 0)
    there = await stats(here, LA)
    assert (there.week.start, there.week.done) == (date(2027, 6, 7), (0, 0, 0, 0, 0, 0, 1))


@pytest.mark.parametrize(
    ("day", "first", "start"),
    [
        (date(2027, 6, 14), 0, date(2027, 6, 14)), (date(2027, 6, 20), 0, date(2027, 6, 14)),
        (date(2027, 6, 20), 6, date(2027, 6, 20)), (date(2027, 6, 19), 6, date(2027, 6, 13)),
        (date(2027, 6, 18), 5, date(2027, 6, 12)), (date(2027, 1, 1), 0, date(2026, 12, 28)),
    ],
)  # fmt: skip
def test_a_week_starts_on_the_weekday_of_the_locale(day: date, first: int, start: date) -> None:
    assert week_start(day, first) == start


async def test_the_first_weekday_moves_the_boundary(here: Scene) -> None:
    await here.person()
    here.clock.berlin("2027-06-13 12:00")  # a Sunday
    await complete(here, await here.task("x"))
    here.clock.berlin("2027-06-15 12:00")
    assert sum((await stats(here)).week.done) == 0
    assert (await stats(here, first_weekday=6)).week.done == (1, 0, 0, 0, 0, 0, 0)


async def test_added_are_new_tasks_that_were_not_removed_again(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    here.clock.berlin("2027-06-13 12:00")
    await added(here, "last week")
    here.clock.berlin("2027-06-14 12:00")
    done, _, mistake = [await added(here, title) for title in ("done", "open", "mistake")]
    await complete(here, done)
    await remove_task(mistake.task_id, person, here.deps)
    found = await stats(here)
    assert (found.week.added, found.before.added) == (2, 1)


async def test_open_and_overdue_are_those_of_this_instant(here: Scene) -> None:
    await here.person()
    here.clock.berlin("2027-06-14 12:00")
    await here.task("whenever")
    await here.task("today", due=Due(on=MONDAY))
    await here.task("this morning", due=Due(on=MONDAY, at=time(9)))
    await complete(here, await here.task("done", due=Due(on=MONDAY - timedelta(days=1))))
    found = await stats(here)
    assert (found.open, found.overdue) == (3, 1)


async def test_moves_count_until_they_are_taken_back(here: Scene) -> None:
    person = await here.person()
    here.clock.berlin("2027-06-14 12:00")
    for title in ("moved", "taken back"):
        task = await here.task(title, due=Due(on=MONDAY))
        change = await change_task(
            task.task_id, person, here.deps, TaskPatch(due=Due(on=MONDAY + timedelta(days=1))), zone=BERLIN
        )
    await change_task(task.task_id, person, here.deps, change.undo, zone=BERLIN)
    found = await stats(here)
    assert (found.week.moved, found.before.moved) == (1, 0)


async def test_tips_that_were_followed_of_those_sent(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    for title in ("a", "b", "c", "d"):
        await here.task(title, due=Due(on=MONDAY))
    first = await here.slot("2027-06-14 09:00")
    await react(first.decision_id, person, here.deps, kind=ReactionKind.DONE)
    second = await here.slot("2027-06-14 13:00")
    assert second.tip is not None
    assert second.tip.task_id is not None
    async with here.deps.store.begin() as unit:  # done from the list, with no tap on the tip
        await complete_task(unit, await unit.tasks.get(second.tip.task_id), here.deps, zone=BERLIN)
    third = await here.slot("2027-06-15 09:00")
    await react(third.decision_id, person, here.deps, kind=ReactionKind.DISMISS)
    found = await stats(here)
    assert (found.week.tips, found.before.tips) == (TipCount(sent=3, followed=2), TipCount())
    await undo(first.decision_id, person, here.deps)
    assert (await stats(here)).week.tips == TipCount(sent=3, followed=1)


async def test_a_snoozed_tip_that_came_back_is_one_tip(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    await here.task("a", due=Due(on=MONDAY))
    first = await here.slot("2027-06-14 09:00")
    await snooze(first.decision_id, person, here.deps, until=here.clock.now() + timedelta(hours=2))
    assert (await stats(here)).week.tips == TipCount(sent=1)
    back = await here.slot("2027-06-14 11:00")
    assert back.decision_id != first.decision_id
    await react(back.decision_id, person, here.deps, kind=ReactionKind.DONE)
    found = await stats(here)
    assert found.week.tips == TipCount(sent=1, followed=1)
    assert sum(found.week.done) == 1


async def test_outside_tasks_count_as_oos_own(either: Store) -> None:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    here.clock.berlin("2027-06-14 12:00")
    done = await here.outside_task("done there")
    late = await here.outside_task("open there", due=Due(on=MONDAY - timedelta(days=9)))
    for task in (done, late):
        here.todoist.open[task.task_id] = replace(task, created_at=here.clock.now())
    await stats(here)
    here.clock.move(minutes=5)
    del here.todoist.open[done.task_id]
    found = await stats(here)
    assert (found.week.done[0], found.week.added, found.open, found.overdue) == (1, 2, 1, 1)


async def test_somebody_new_has_only_noughts(here: Scene) -> None:
    await here.person()
    found = await stats(here)
    assert (sum(found.week.done), found.week.added, found.week.moved, found.open, found.overdue) == (0,) * 5
