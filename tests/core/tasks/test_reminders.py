"""Reminders follow their tasks: every change computes anew when they ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.errors import NotFound
from core.people.preferences import move_to, prefer
from core.records import Delay, Due, QuietWindow, Task, TaskPatch, TaskState
from core.scheduling.quiet_hours import YEARS
from core.store import Store
from core.tasks.changes import change_task, remove_task, restore_task
from core.tasks.reminder_changes import (
    cancel_reminder,
    remind_as_before,
    remind_at_instant,
    remind_at_time,
    remind_of_task,
    revive_reminder,
    ring_at,
)
from core.tasks.reminders import next_reminder, put_task, put_tasks, remind_of, rename_task
from core.tasks.sync import refresh
from core.tasks.todo_list import add_task, complete_task, reopen_task
from core.words.tasks import TaskDraft
from tests.core.outsiders import BERLIN
from tests.core.reminders import asked, changed, due, next_rings, reminders, rings, rings_at
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore

ID = "oo-Call Ann"


@pytest.fixture
async def ada(here: Scene) -> Scene:
    """Ada, to be reminded at 15:00 in Berlin."""
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 15:00")
    return here


async def change(here: Scene, patch: TaskPatch, task_id: str = ID) -> TaskPatch:
    """Change a task; the patch that takes it back."""
    return (await change_task(task_id, await here.stored(), here.deps, patch, zone=BERLIN)).undo


# --- Changes of the task -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patch", "rings_next"),
    [
        (TaskPatch(due=due("2027-06-15 09:00")), ["06-15 07:00"]),
        (TaskPatch(delay=Delay(days=7)), ["06-21 13:00"]),
        (TaskPatch(delay=Delay(minutes=30)), ["06-14 13:30"]),
        (TaskPatch(due=due("2027-06-16")), ["06-16 07:00"]),
        (TaskPatch(due=due("2027-06-14 08:00")), []),
        (TaskPatch(due=None), []),
        (TaskPatch(due=due("2027-06-14 15:00", "America/New_York")), ["06-14 19:00"]),
        (TaskPatch(title="Call Anna"), ["06-14 13:00"]),
        (TaskPatch(priority=1), ["06-14 13:00"]),
        (TaskPatch(due=due("2027-06-14 23:30")), ["06-15 05:00"]),
        (TaskPatch(due=Due(on=date(YEARS[-1] + 1, 1, 1), at=time(9))), []),
    ],
)
async def test_a_changed_task_rings_at_its_new_time_and_undo_restores_it(
    ada: Scene, patch: TaskPatch, rings_next: list[str]
) -> None:
    undo = await change(ada, patch)
    assert await next_rings(ada) == rings_next
    await change(ada, undo)
    assert await next_rings(ada) == ["06-14 13:00"]


async def test_a_task_that_is_moved_after_it_rang_rings_again(ada: Scene) -> None:
    await rings_at(ada, "2027-06-14 15:00")
    await change(ada, TaskPatch(due=due("2027-06-14 16:00")))
    assert await rings_at(ada, "2027-06-14 16:00") == ["Call Ann"]


async def test_a_task_that_is_renamed_after_it_rang_does_not(ada: Scene) -> None:
    await rings_at(ada, "2027-06-14 15:00")
    await change(ada, TaskPatch(title="Call Anna"))
    assert await rings(ada) == []


async def test_a_change_elsewhere_during_a_stop_does_not_lose_the_missed_one(ada: Scene) -> None:
    ada.clock.berlin("2027-06-14 18:00")
    await change(ada, TaskPatch(title="Call Anna"))
    await changed(ada, prefer(cap=5, quiet=()))
    assert await rings(ada) == ["Call Anna"]


async def test_removed_and_restored(ada: Scene) -> None:
    person = await ada.stored()
    await remove_task(ID, person, ada.deps)
    assert await next_rings(ada) == []
    await restore_task(ID, person, ada.deps)
    assert await next_rings(ada) == ["06-14 13:00"]


async def test_done_and_reopened(ada: Scene) -> None:
    async with ada.deps.store.begin() as unit:
        task = await unit.tasks.get(ID)
        done = (await complete_task(unit, task, ada.deps, zone=BERLIN)).task
    assert await next_rings(ada) == []
    async with ada.deps.store.begin() as unit:
        await reopen_task(unit, done, ada.deps, due=task.due)
    assert await next_rings(ada) == ["06-14 13:00"]


async def test_a_repeating_one_that_is_done_early_skips_that_occurrence(here: Scene) -> None:
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 15:00", repeats="FREQ=DAILY")
    async with here.deps.store.begin() as unit:
        await complete_task(unit, await unit.tasks.get(ID), here.deps, zone=BERLIN)
    assert await next_rings(here) == ["06-15 13:00"]


async def test_a_rule_that_ends_stops_to_ring(here: Scene) -> None:
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 15:00", repeats="FREQ=DAILY;UNTIL=20270615")
    assert await rings_at(here, "2027-06-14 15:00") == ["Call Ann"]
    assert await rings_at(here, "2027-06-15 15:00") == ["Call Ann"]
    assert await next_rings(here) == []


async def test_one_that_repeats_from_its_completion_rings_once_until_then(here: Scene) -> None:
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 15:00", repeats="FREQ=DAILY;INTERVAL=3", repeats_from_done=True)
    assert await rings_at(here, "2027-06-14 15:00") == ["Call Ann"]
    assert await next_rings(here) == []


async def test_an_outside_task_that_is_moved_or_closed_there_takes_its_reminder_along() -> None:
    here = scene(FakeStore(), todoist=True)
    await here.person(preferences={"lead": 10})
    await here.connect()
    task = await here.outside_task("Dentist", due=due("2027-06-14 15:00"))
    await refresh(await here.stored(), here.deps)
    assert await next_rings(here) == ["06-14 12:50"]
    here.todoist.open[task.task_id] = replace(task, due=due("2027-06-14 16:00"))
    here.clock.move(minutes=10)
    await refresh(await here.stored(), here.deps)
    assert await next_rings(here) == ["06-14 13:50"]
    del here.todoist.open[task.task_id]
    here.clock.move(minutes=10)
    await refresh(await here.stored(), here.deps)
    assert await next_rings(here) == []


# --- A lead for all tasks ----------------------------------------------------------------------------------


async def test_every_task_with_a_time_gets_a_reminder_if_the_person_wants(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Dentist", due=due("2027-06-14 15:00"))
    await here.task("Sometime", due=due("2027-06-14"))
    await here.task("Undated")
    await asked(here, "Call Ann", "2027-06-14 14:00")
    await changed(here, prefer(lead=15))
    assert await next_rings(here) == ["06-14 12:00", "06-14 12:45"]  # what was asked for has its own time

    await add_task(
        await here.stored(), here.deps, TaskDraft(title="New", due=due("2027-06-14 16:00")), origin="n"
    )
    assert await next_rings(here) == ["06-14 12:00", "06-14 12:45", "06-14 13:45"]
    await changed(here, prefer(lead=30))
    assert await next_rings(here) == ["06-14 12:00", "06-14 12:30", "06-14 13:30"]
    await changed(here, prefer(lead=None))
    assert await next_rings(here) == ["06-14 12:00"]


async def test_a_task_whose_lead_has_passed_when_it_is_added_is_not_announced(here: Scene) -> None:
    await here.person(preferences={"lead": 60})
    await add_task(
        await here.stored(), here.deps, TaskDraft(title="Soon", due=due("2027-06-14 09:00")), origin="n"
    )
    assert await next_rings(here) == []


async def test_a_lead_that_has_passed_when_it_is_asked_for_rings_at_the_time_itself(here: Scene) -> None:
    await here.person()
    await asked(here, "Dentist", "2027-06-14 09:00", lead=60)
    assert await next_rings(here) == ["06-14 07:00"]


async def test_a_lead_counts_in_elapsed_time_over_a_change_of_the_clocks(here: Scene) -> None:
    await here.person(preferences={"quiet": ()})
    await asked(here, "Train", "2028-03-26 03:30", lead=60)
    assert await next_rings(here) == ["03-26 00:30"]  # 1:30; 2:30 is skipped


async def test_a_lead_of_an_hour_on_a_repeating_task_rings_each_time(here: Scene) -> None:
    await here.person()
    await asked(here, "Course", "2027-06-14 18:00", lead=60, repeats="FREQ=WEEKLY")
    assert await rings_at(here, "2027-06-14 17:00") == ["Course"]
    assert await next_rings(here) == ["06-21 15:00"]


# --- Changes by the person ---------------------------------------------------------------------------------


async def test_cancelled_and_taken_back(ada: Scene) -> None:
    person = await ada.stored()
    (reminder,) = await reminders(ada)
    cancelled = await cancel_reminder(reminder.reminder_id, person, ada.deps)
    await changed(ada, move_to("Europe/Paris"))
    assert await next_rings(ada) == []
    assert await cancel_reminder(reminder.reminder_id, person, ada.deps) == cancelled
    await revive_reminder(reminder.reminder_id, await ada.stored(), ada.deps)
    assert await next_rings(ada) == ["06-14 13:00"]


async def test_a_cancellation_that_is_taken_back_too_late_does_not_ring(ada: Scene) -> None:
    (reminder,) = await reminders(ada)
    await cancel_reminder(reminder.reminder_id, await ada.stored(), ada.deps)
    ada.clock.berlin("2027-06-14 16:00")
    await revive_reminder(reminder.reminder_id, await ada.stored(), ada.deps)
    assert await rings(ada) == []


async def test_a_cancelled_lead_stays_cancelled(here: Scene) -> None:
    await here.person(preferences={"lead": 15})
    await add_task(
        await here.stored(), here.deps, TaskDraft(title="Dentist", due=due("2027-06-14 15:00")), origin="n"
    )
    (reminder,) = await reminders(here)
    await cancel_reminder(reminder.reminder_id, await here.stored(), here.deps)
    await changed(here, prefer(quiet=()))
    await change(here, TaskPatch(title="Orthodontist"), "oo-n")
    assert await next_rings(here) == []


async def test_a_reminder_of_somebody_else_is_not_found(ada: Scene) -> None:
    bob = await ada.person("bob")
    (reminder,) = await reminders(ada)
    for work in (
        cancel_reminder(reminder.reminder_id, bob, ada.deps),
        revive_reminder(reminder.reminder_id, bob, ada.deps),
        ring_at(reminder.reminder_id, bob, ada.deps, at=None, even_if_quiet=True),
    ):
        with pytest.raises(NotFound):
            await work


async def test_the_permission_to_ring_in_quiet_hours_is_for_that_time_only(ada: Scene) -> None:
    await change(ada, TaskPatch(due=due("2027-06-14 23:30")))
    (reminder,) = await reminders(ada)
    await ring_at(reminder.reminder_id, await ada.stored(), ada.deps, at=None, even_if_quiet=True)
    assert await next_rings(ada) == ["06-14 21:30"]
    await change(ada, TaskPatch(due=due("2027-06-15 23:30")))
    assert await next_rings(ada) == ["06-15 21:30"]
    await change(ada, TaskPatch(due=due("2027-06-15 23:45")))
    assert await next_rings(ada) == ["06-16 05:00"]


async def test_another_instant_holds_until_the_task_is_moved(ada: Scene) -> None:
    (reminder,) = await reminders(ada)
    at = datetime(2027, 6, 15, 7, tzinfo=UTC)
    await ring_at(reminder.reminder_id, await ada.stored(), ada.deps, at=at, even_if_quiet=False)
    assert await next_rings(ada) == ["06-15 07:00"]
    await changed(ada, prefer(quiet=(QuietWindow(start=time(8), end=time(10)),)))
    assert await next_rings(ada) == ["06-15 08:00"]
    await change(ada, TaskPatch(due=due("2027-06-14 17:00")))
    assert await next_rings(ada) == ["06-14 15:00"]


@pytest.mark.parametrize(
    ("now", "rings_next"),
    [("07:00", ["06-14 07:00"]), ("10:00", ["06-14 16:30"]), ("19:00", [])],
)
async def test_a_day_without_a_time_rings_in_its_morning_else_in_its_evening(
    here: Scene, now: str, rings_next: list[str]
) -> None:
    await here.person()
    here.clock.berlin(f"2027-06-14 {now}")
    await asked(here, "Call Ann", "2027-06-14")
    assert await next_rings(here) == rings_next


async def test_nothing_is_promised_without_a_zone_or_a_time(here: Scene) -> None:
    await here.person(zone=None)
    task = await here.task("Call Ann", due=due("2027-06-14 15:00"))
    async with here.deps.store.begin() as unit:
        assert await remind_of(unit, task, here.deps) is None
        await put_task(unit, replace(task, state=TaskState.GONE), here.deps)
    assert await reminders(here) == ()


async def test_asked_twice_by_the_same_update_is_one_reminder(here: Scene) -> None:
    await here.person()
    for _ in range(2):
        await asked(here, "Call Ann", "2027-06-14 15:00")
    assert len(await reminders(here)) == 1


async def test_five_hundred_follow_a_change_of_the_zone(either: Store) -> None:
    here = scene(either)
    await here.person()
    for number in range(500):
        await asked(here, f"Task {number}", "2027-06-14 15:00")
    await changed(here, move_to("Europe/London"))
    assert set(await next_rings(here)) == {"06-14 14:00"}
    assert len(await next_rings(here)) == 500
    here.clock.time += timedelta(days=1)


async def test_two_thousand_tasks_at_once_get_the_reminders_that_are_wanted_and_lose_them_together(
    either: Store,
) -> None:
    here = scene(either)
    await here.person()
    await changed(here, prefer(lead=10))
    made = [
        Task(
            task_id=f"t{number}",
            person_id="ada",
            title="Call Ann",
            created_at=here.clock.now(),
            due=due("2027-06-14 15:00") if number % 2 else due("2027-06-14"),
        )
        for number in range(2000)
    ]
    async with here.deps.store.begin() as unit:
        await put_tasks(unit, made, here.deps)
    assert len(await next_rings(here)) == 1000
    async with here.deps.store.begin() as unit:
        await put_tasks(unit, [replace(task, state=TaskState.GONE) for task in made], here.deps)
        kept = await unit.reminders.of_tasks([task.task_id for task in made])
    assert len(kept) == 1000
    assert [one for one in kept if one.next_at] == []


async def test_a_reminder_goes_with_a_task_that_gets_another_id(ada: Scene) -> None:
    (reminder,) = await reminders(ada)
    async with ada.deps.store.begin() as unit:
        task = await unit.tasks.get(str(reminder.task_id))
        await rename_task(unit, task, replace(task, task_id="other"), ada.deps)
    (after,) = await reminders(ada)
    assert (after.task_id, after.next_at) == ("other", reminder.next_at)
    async with ada.deps.store.read() as unit:
        (before,) = await unit.reminders.of_tasks([task.task_id])
    assert before.next_at is None


# --- Asked for about a task on the list --------------------------------------------------------------------


async def test_a_reminder_of_a_listed_task_can_be_taken_back_to_the_one_before(here: Scene) -> None:
    ada = await here.person()
    await here.task("Call Ann", due=due("2027-06-14 15:00"))
    first = await remind_of_task(ID, ada, here.deps, lead=60)
    second = await remind_of_task(ID, ada, here.deps, lead=10)
    assert (first.before, second.before) == (None, 60)
    assert await next_rings(here) == ["06-14 12:50"]
    await remind_as_before(ID, ada, here.deps, second.before)
    assert await next_rings(here) == ["06-14 12:00"]
    await remind_as_before(ID, ada, here.deps, first.before)
    assert await next_rings(here) == []
    async with here.deps.store.read() as unit:
        assert await next_reminder(unit, ID) is None


async def test_a_listed_task_gets_a_time_with_its_reminder_or_rings_at_an_instant_of_its_own(
    here: Scene,
) -> None:
    ada = await here.person()
    task = await here.task("Call Ann")
    timed = await remind_at_time(ID, ada, here.deps, due("2027-06-14 15:00"))
    assert (timed.task.due, timed.before) == (due("2027-06-14 15:00"), None)
    assert (await here.stored_task(task)).due == timed.task.due
    at = datetime(2027, 6, 14, 10, tzinfo=UTC)
    instant = await remind_at_instant(ID, ada, here.deps, at)
    assert await next_rings(here) == ["06-14 10:00", "06-14 13:00"]
    async with here.deps.store.read() as unit:
        assert await next_reminder(unit, ID) == instant
    await change(here, TaskPatch(due=due("2027-06-15 09:00")))
    assert await next_rings(here) == ["06-14 10:00", "06-15 07:00"], "the instant stays"


async def test_without_a_zone_by_now_no_reminder_of_a_task_rings(ada: Scene) -> None:
    async with ada.deps.store.begin() as unit:
        await unit.people.save(replace(await unit.people.get("ada"), zone=None))
    await change(ada, TaskPatch(title="Call Anna"))
    assert await next_rings(ada) == []


async def test_a_cancelled_reminder_can_not_be_moved(ada: Scene) -> None:
    (reminder,) = await reminders(ada)
    person = await ada.stored()
    await cancel_reminder(reminder.reminder_id, person, ada.deps)
    with pytest.raises(NotFound):
        await ring_at(reminder.reminder_id, person, ada.deps, at=None, even_if_quiet=True)


async def test_a_daily_message_that_was_cancelled_can_be_revived(here: Scene) -> None:
    await here.person()
    await changed(here, prefer(brief=time(7)))
    (daily,) = await reminders(here)
    assert daily.task_id is None
    person = await here.stored()
    await cancel_reminder(daily.reminder_id, person, here.deps)
    assert await next_rings(here) == []
    assert (await revive_reminder(daily.reminder_id, person, here.deps)).next_at == daily.next_at
