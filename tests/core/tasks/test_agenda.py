"""The agenda of a day: what belongs to it, in which order, in which zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.delivery.reactions import snooze
from core.errors import SourceUnavailable
from core.people.preferences import change, pause
from core.records import Due, Person, Reminder, Task, TaskPatch, TaskSource
from core.store import Store
from core.tasks.agenda import Agenda, read_agenda, skipped, to_day
from core.tasks.changes import change_task
from core.tasks.todo_list import complete_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, HOUR, Scene, scene

TODAY = NOW.astimezone(BERLIN).date()
TOKYO, AUCKLAND = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Auckland")


async def agenda(here: Scene, zone: ZoneInfo = BERLIN, day: date | None = None) -> Agenda:
    return await read_agenda(await here.stored(), here.deps, zone, day=day)


def titles(tasks: tuple[Task, ...]) -> list[str]:
    return [task.title for task in tasks]


async def test_a_deadline_has_its_day_beside_the_due_date(either: Store) -> None:
    here = scene(either)
    await here.person()
    here.clock.berlin(f"{TODAY} 12:00")
    for title, due, days in (
        ("missed", Due(on=TODAY + 3 * DAY), -1),
        ("today", Due(on=TODAY + 9 * DAY, at=time(8)), 0),
        ("both today", Due(on=TODAY, at=time(20)), 0),
        ("without a date", None, 0),
        ("tomorrow", Due(on=TODAY + 9 * DAY), 1),
        ("in a month", None, 30),
    ):
        await here.task(title, due=due, deadline=TODAY + days * DAY)
    found = await agenda(here)
    assert titles(found.overdue) == ["missed"]
    assert titles(found.due) == ["both today", "today", "without a date"]
    assert (titles(found.ahead), found.undated) == (["tomorrow"], 0)
    later = await agenda(here, day=TODAY + 9 * DAY)
    assert titles(later.due) == ["today", "tomorrow"]


async def done(here: Scene, task: Task) -> None:
    async with here.deps.store.begin() as unit:
        await complete_task(unit, await unit.tasks.get(task.task_id), here.deps, zone=BERLIN)


async def test_each_open_task_has_one_place(either: Store) -> None:
    here = scene(either)
    await here.person()
    here.clock.berlin(f"{TODAY} 12:00")
    for title, due in {
        "last week": Due(on=TODAY - 7 * DAY),
        "this morning": Due(on=TODAY, at=time(9)),
        "noon": Due(on=TODAY, at=time(12)),
        "tonight": Due(on=TODAY, at=time(20)),
        "some time": Due(on=TODAY),
        "tomorrow": Due(on=TODAY + DAY),
        "in six days": Due(on=TODAY + 6 * DAY, at=time(9)),
        "in seven days": Due(on=TODAY + 7 * DAY),
        "whenever": None,
    }.items():
        await here.task(title, due=due)
    found = await agenda(here)
    assert titles(found.overdue) == ["last week", "this morning", "noon"]
    assert titles(found.due) == ["tonight", "some time"]
    assert titles(found.ahead) == ["tomorrow", "in six days"]
    assert found.undated == 1
    assert (found.day, found.is_today) == (TODAY, True)


async def test_a_day_ahead_has_its_own_tasks_and_nothing_overdue(here: Scene) -> None:
    await here.person()
    for days in (-1, 0, 1, 2):
        await here.task(f"{days}", due=Due(on=TODAY + days * DAY))
    found = await agenda(here, day=TODAY + DAY)
    assert (titles(found.overdue), titles(found.due), titles(found.ahead)) == ([], ["1"], ["2"])
    assert not found.is_today


async def test_times_come_first_in_their_order_then_priority_and_age(here: Scene) -> None:
    await here.person()
    here.clock.berlin(f"{TODAY} 00:30")
    await here.task("low", due=Due(on=TODAY))
    await here.task("late", due=Due(on=TODAY, at=time(22)), priority=1)
    await here.task("early", due=Due(on=TODAY, at=time(8)))
    await here.task("urgent", due=Due(on=TODAY), priority=1)
    assert titles((await agenda(here)).due) == ["early", "late", "urgent", "low"]


@pytest.mark.parametrize(
    ("zone", "night"),
    [(BERLIN, date(2027, 3, 28)), (BERLIN, date(2027, 10, 31)), (AUCKLAND, date(2027, 9, 26))],
)
async def test_a_day_of_23_or_25_hours_is_one_day(here: Scene, zone: ZoneInfo, night: date) -> None:
    await here.person(zone=zone.key)
    first = datetime.combine(night, time(0, 1), zone).astimezone(UTC)
    last = datetime.combine(night, time(23, 59), zone).astimezone(UTC)
    for title, at in {"before": first - 2 * timedelta(minutes=1), "first": first, "last": last}.items():
        here.clock.time = at
        await done(here, await here.task(title))
    assert [one.task.title for one in (await agenda(here, zone)).done] == ["first", "last"]


async def test_what_was_done_is_there_with_its_instant_even_if_it_repeats(either: Store) -> None:
    here = scene(either)
    await here.person()
    plants = await here.task("plants", due=Due(on=TODAY), repeats="FREQ=DAILY")
    await done(here, plants)
    (one,) = (await agenda(here)).done
    assert (one.task.title, one.at) == ("plants", here.clock.now())
    here.clock.move(days=1)
    found = await agenda(here)
    assert (found.done, titles(found.due)) == ((), ["plants"])


async def moved(here: Scene, person: Person, task: Task, due: Due | None) -> None:
    await change_task(task.task_id, person, here.deps, TaskPatch(due=due), zone=BERLIN)


async def test_what_was_moved_yesterday_or_today_and_is_still_elsewhere(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    names = ("long ago", "back again", "done", "kept", "repeats")
    repeats = {"repeats": "FREQ=DAILY"}
    tasks = {
        one: await here.task(one, due=Due(on=TODAY), **(repeats if one == "repeats" else {})) for one in names
    }
    await moved(here, person, tasks["long ago"], Due(on=TODAY + 5 * DAY))
    here.clock.move(days=2)
    for name in names[1:]:
        await moved(here, person, tasks[name], Due(on=TODAY + 3 * DAY))
    await moved(here, person, tasks["kept"], Due(on=TODAY + 4 * DAY))
    await moved(here, person, tasks["back again"], Due(on=TODAY + 4 * DAY))
    await moved(here, person, tasks["back again"], Due(on=TODAY))
    here.clock.move(hours=20)
    await done(here, tasks["done"])
    await done(here, tasks["repeats"])
    (one,) = (await agenda(here)).moved
    assert (one.task.title, one.before) == ("kept", Due(on=TODAY))


async def test_a_task_that_was_moved_to_a_time_that_is_over_was_not_moved_anywhere(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    names = ("yesterday", "this morning", "today", "undated", "tomorrow")
    tasks = {name: await here.task(name, due=Due(on=TODAY - DAY)) for name in names}
    await moved(here, person, tasks["yesterday"], Due(on=TODAY))
    here.clock.move(days=1)
    await moved(here, person, tasks["this morning"], Due(on=TODAY + DAY, at=time(0, 1)))
    await moved(here, person, tasks["today"], Due(on=TODAY + DAY))
    await moved(here, person, tasks["undated"], None)
    await moved(here, person, tasks["tomorrow"], Due(on=TODAY + 2 * DAY))
    found = await agenda(here)
    assert sorted(one.task.title for one in found.moved) == ["today", "tomorrow", "undated"]
    assert sorted(titles(found.overdue)) == ["this morning", "yesterday"]


async def test_a_snoozed_tip_is_there_on_the_day_on_which_it_returns(here: Scene) -> None:
    person = await here.person()
    await here.task("rent", due=Due(on=TODAY), priority=1)
    decision = await here.slot()
    until = here.clock.now() + 5 * HOUR
    await snooze(decision.decision_id, person, here.deps, until=until)
    (one,) = (await agenda(here)).returning
    assert (one.at, one.title) == (until, "rent")
    assert (await agenda(here, day=TODAY + DAY)).returning == ()
    await change(person, here.deps, pause(until + HOUR), what="pause")
    assert (await agenda(here)).returning == ()


async def test_a_snoozed_tip_about_a_task_that_is_done_by_then_does_not_return(here: Scene) -> None:
    person = await here.person()
    task = await here.task("rent", due=Due(on=TODAY), priority=1)
    decision = await here.slot()
    await snooze(decision.decision_id, person, here.deps, until=here.clock.now() + 5 * HOUR)
    await done(here, task)
    assert (await agenda(here)).returning == ()


async def test_a_reminder_is_announced_unless_its_task_is_listed_anyway(either: Store) -> None:
    here = scene(either)
    await here.person()
    here.clock.berlin(f"{TODAY} 08:00")
    tomorrow = await here.task("tomorrow", due=Due(on=TODAY + DAY, at=time(9)))
    listed = await here.task("listed", due=Due(on=TODAY, at=time(9)))
    async with here.deps.store.begin() as unit:
        for task, hours in ((tomorrow, 3), (listed, 1)):
            await unit.reminders.put(
                Reminder(
                    reminder_id=task.task_id,
                    person_id="ada",
                    task_id=task.task_id,
                    created_at=here.clock.now(),
                    next_at=here.clock.now() + hours * HOUR,
                )
            )
    assert [one.title for one in (await agenda(here)).reminders] == ["tomorrow"]
    assert (await agenda(here, day=TODAY + DAY)).reminders == ()


async def test_nobody_elses_tasks_are_there(here: Scene) -> None:
    await here.person()
    await here.person("bob")
    await here.task("theirs", "bob", due=Due(on=TODAY))
    found = await agenda(here)
    assert (found.left, found.undated) == ((), 0)


async def test_outside_tasks_are_read_anew_and_a_failing_source_hides_nothing(either: Store) -> None:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    await here.outside_task("rent", due=Due(on=TODAY))
    assert titles((await agenda(here)).due) == ["rent"]
    here.todoist.fault = SourceUnavailable("down")
    here.clock.move(minutes=5)
    assert titles((await agenda(here)).due) == ["rent"]


# --- Put off -----------------------------------------------------------------------------------------------

TOKYO_5 = Due(on=TODAY + DAY, at=time(5), zone="Asia/Tokyo")
RENT = Task(task_id="oo-1", person_id="ada", title="rent", created_at=NOW)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Due(on=TODAY)),
        (Due(on=TODAY - 9 * DAY), Due(on=TODAY)),
        (Due(on=TODAY - 9 * DAY, at=time(9)), Due(on=TODAY, at=time(9))),
        (
            Due(on=TODAY + DAY, at=time(5), zone="Asia/Tokyo"),
            Due(on=TODAY + DAY, at=time(5), zone="Asia/Tokyo"),
        ),
        (Due(on=TODAY + DAY, zone="Asia/Tokyo"), Due(on=TODAY, zone="Asia/Tokyo")),
    ],
)
def test_a_task_is_put_off_to_a_day_with_its_time(due: Due | None, expected: Due) -> None:
    assert to_day(replace(RENT, due=due), TODAY, BERLIN) == TaskPatch(due=expected)


def test_only_a_repeating_task_of_oos_own_can_be_skipped() -> None:
    due = Due(on=TODAY, at=time(9))
    daily = replace(RENT, due=due, repeats="FREQ=DAILY")
    assert skipped(daily, NOW, BERLIN) == TaskPatch(due=replace(due, on=TODAY + DAY))
    ended = replace(daily, repeats=f"FREQ=DAILY;UNTIL={TODAY:%Y%m%d}")
    outside = replace(daily, source=TaskSource.TODOIST, repeats="every day")
    for other in (RENT, replace(RENT, due=due), ended, outside):
        assert skipped(other, NOW, BERLIN) is None
