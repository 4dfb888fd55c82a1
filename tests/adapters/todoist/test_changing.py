"""Changing, removing and restoring a task where it lives."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.clock import SystemRandomSource
from adapters.todoist import Todoist
from adapters.todoist.changes import rule_words
from core.errors import SourceDisconnected, SourceRefused, SourceUnavailable
from core.records import Due, Task
from tests.servers.local import close, status
from tests.servers.todoist_body import failing
from tests.servers.todoist_sync import SyncingTodoist

MONDAY, FRIDAY = date(2026, 10, 5), date(2026, 10, 9)


def new_id() -> str:
    return SystemRandomSource().new_id()


async def only(todoist: Todoist) -> Task:
    (task,) = (await todoist.open_tasks("ann")).tasks
    return task


async def changed(todoist: Todoist, **fields: Any) -> Task:
    """Change the only task, and read it back."""
    task = replace(await only(todoist), **fields)
    assert await todoist.update(task, tuple(fields), request_id=new_id())
    return await only(todoist)


# --- Reading -----------------------------------------------------------------------------------------------


async def test_all_that_todoist_says_of_a_task_is_read(server: SyncingTodoist, todoist: Todoist) -> None:
    work = server.add_project("Work")
    parent = server.add(
        "Tax declaration", project_id=work, labels=["Büro", "büro", "tax"], description=" Ask Ann "
    )
    server.spoil(parent, duration={"amount": 90, "unit": "minute"})
    child = server.add("Collect receipts", project_id=work)
    child.parent_id = parent.id
    server.spoil(child, duration={"amount": 2, "unit": "day"})
    server.add("Call Bob")
    tax, receipts, call = (await todoist.open_tasks("ann")).tasks
    assert (tax.minutes, tax.labels, tax.project, tax.notes) == (90, ("Büro", "tax"), "Work", "Ask Ann")
    assert (receipts.minutes, receipts.parent_id) == (2 * 1440, tax.task_id)
    assert (call.project, call.notes, call.labels, call.minutes, call.parent_id) == (
        None,
        None,
        (),
        None,
        None,
    )


async def test_projects_come_with_the_tasks(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Call Bob")
    server.add("Think", project_id=server.add_project("Work"))
    assert [task.project for task in (await todoist.open_tasks("ann")).tasks] == [None, "Work"]
    assert [call.name for call in server.calls] == ["POST /api/v1/sync"]


@pytest.mark.parametrize(
    "odd",
    [
        {"labels": None, "duration": {"amount": 0, "unit": "minute"}},
        {"labels": ["a", None, 7], "duration": {"amount": "x", "unit": "week"}},
        {"labels": {}, "description": ["x"], "duration": []},
        {"description": None, "parent_id": {}, "project_id": []},
        {"description": ..., "labels": ..., "duration": ..., "parent_id": ..., "project_id": ...},
        {"description": "a\u202e\x00", "labels": ["\u200b", "x" * 900]},
    ],
)
async def test_what_only_describes_a_task_may_be_odd(
    server: SyncingTodoist, todoist: Todoist, odd: dict[str, Any]
) -> None:
    server.spoil(server.add("Pay rent"), **odd)
    task = await only(todoist)
    assert (task.title, task.minutes, task.parent_id) == ("Pay rent", None, None)
    assert all(len(label) <= 60 for label in task.labels)
    assert not todoist.unreadable_fields


# --- Changing ----------------------------------------------------------------------------------------------

BERLIN_TIME = Due(on=FRIDAY, at=time(9), zone="Europe/Berlin")
CHANGES: list[dict[str, Any]] = [
    {"title": "Orthodontist"},
    {"notes": "Bring the card"},
    {"notes": None},
    {"priority": 1},
    {"priority": 4},
    {"labels": ("health", "Zähne")},
    {"labels": ()},
    {"minutes": 45},
    {"minutes": None},
    {"minutes": 2880},
    {"due": Due(on=FRIDAY)},
    {"due": Due(on=FRIDAY, at=time(15, 30))},
    {"due": BERLIN_TIME},
    {"due": None},
    {"title": "All", "priority": 2, "due": Due(on=MONDAY), "labels": ("a",), "minutes": 5, "notes": "n"},
    {"project": "Work"},
    {"project": None},
]


@pytest.mark.parametrize("fields", CHANGES, ids=str)
async def test_each_field_is_changed_there_and_no_other(
    server: SyncingTodoist, todoist: Todoist, fields: dict[str, Any]
) -> None:
    server.add_project("Work")
    home = server.add_project("Home")
    there = server.add("Dentist", project_id=home, due=date(2026, 10, 2), labels=["x"], description="Old")
    there.priority = 3
    await todoist.update(replace(await only(todoist), minutes=30), ["minutes"], request_id=new_id())
    server.add("Elsewhere")  # so that project names matter
    before = (await todoist.open_tasks("ann")).tasks[0]
    assert (before.project, before.minutes) == ("Home", 30)
    wanted = replace(before, **fields)
    assert await todoist.update(wanted, tuple(fields), request_id=new_id())
    assert (await todoist.open_tasks("ann")).tasks[0] == wanted


@pytest.mark.parametrize("to", [Due(on=FRIDAY), Due(on=FRIDAY, at=time(8)), Due(on=date(2026, 9, 1))])
@pytest.mark.parametrize(
    ("recurring", "due"),
    [
        ("every monday", MONDAY),
        ("every 2 weeks", MONDAY),
        ("every monday at 09:00", datetime(2026, 10, 5, 9, 0)),  # noqa: DTZ001 - floating
        ("every day at 09:00", datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))),
    ],
)
async def test_a_recurring_task_that_is_moved_keeps_its_recurrence(
    server: SyncingTodoist, todoist: Todoist, recurring: str, due: date, to: Due
) -> None:
    there = server.add("Water the plants", recurring=recurring, due=due)
    before = there.due
    assert before is not None
    task = await only(todoist)
    moved = await changed(todoist, due=to)
    assert (moved.due, moved.repeats) == (to, task.repeats)
    assert there.due is not None
    assert (there.due.string, there.due.is_recurring) == (before.string, True)
    assert await changed(todoist, due=task.due) == task


async def test_a_recurrence_can_be_set_changed_and_taken_away(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Water the plants", due=FRIDAY)
    weekly = await changed(todoist, repeats="FREQ=WEEKLY;INTERVAL=2", due=Due(on=FRIDAY, at=time(9)))
    assert (weekly.repeats, weekly.due) == ("every 2 weeks at 09:00", Due(on=FRIDAY, at=time(9)))
    monthly = await changed(todoist, repeats="FREQ=MONTHLY", due=Due(on=MONDAY))
    assert (monthly.repeats, monthly.due) == ("every month", Due(on=MONDAY))
    once = await changed(todoist, repeats=None)
    assert (once.repeats, once.due) == (None, Due(on=MONDAY))
    never = await changed(todoist, due=None)
    assert (never.due, there.due) == (None, None)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO", "every monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "every monday, wednesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every other friday"),
        ("FREQ=MONTHLY;BYDAY=2FR", "every 2nd friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every 15th"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "every 22nd"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every last day"),
        ("FREQ=YEARLY", "every year"),
        ("RRULE:FREQ=DAILY;UNTIL=20261231T000000Z", "every day until 2026-12-31"),
    ],
)
def test_rules_in_todoists_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words
    assert rule_words(rule, from_done=True) == words.replace("every", "every!", 1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;COUNT=3",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=YEARLY;BYMONTH=3",
        "FREQ=DAILY;BYDAY=MO",
    ],
)
async def test_a_rule_that_todoist_has_no_words_for_is_refused(
    server: SyncingTodoist, todoist: Todoist, rule: str
) -> None:
    server.add("Water the plants", due=FRIDAY)
    task = replace(await only(todoist), repeats=rule)
    with pytest.raises(SourceRefused):
        await todoist.update(task, ["repeats"], request_id=new_id())


@pytest.mark.parametrize(
    "fields",
    [{"title": "x" * 501}, {"labels": ("y" * 61,)}, {"project": "Nowhere"}, {"notes": "z" * 20_000}],
    ids=["title", "labels", "project", "notes"],
)
async def test_what_todoist_cannot_store_is_refused(
    server: SyncingTodoist, todoist: Todoist, fields: dict[str, Any]
) -> None:
    server.add("Dentist")
    task = await only(todoist)
    with pytest.raises(SourceRefused):
        await todoist.update(replace(task, **fields), tuple(fields), request_id=new_id())
    assert await only(todoist) == task


async def test_an_estimate_that_the_account_may_not_have_is_refused_and_nothing_else(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.add("Dentist")
    server.has_paid_features = False
    task = replace(await only(todoist), minutes=30)
    with pytest.raises(SourceRefused):
        await todoist.update(task, ["minutes"], request_id=new_id())
    server.faults.plan(failing(403), on="tasks/")
    with pytest.raises(SourceRefused, match="403"):
        await todoist.update(task, ["title"], request_id=new_id())


async def test_a_task_of_a_project_that_the_person_has_left_is_forbidden_and_nothing_else(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    """The account is still connected; a token that may nothing at all is another matter."""
    server.add("Dentist")
    task = await only(todoist)
    for act in (todoist.complete, todoist.delete):
        server.faults.plan(failing(403), on="tasks/")
        with pytest.raises(SourceRefused, match="403"):
            await act(task, request_id=new_id())
    assert await only(todoist) == task
    server.faults.plan(failing(403), on="tasks/")
    server.faults.plan(failing(403), on="user$")
    with pytest.raises(SourceDisconnected, match="403"):
        await todoist.complete(task, request_id=new_id())


async def test_a_change_whose_answer_is_lost_is_made_once(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Water the plants", recurring="every day", due=FRIDAY)
    task, request_id = replace(await only(todoist), title="Plants", due=Due(on=MONDAY)), new_id()
    server.faults.plan(close, on="sync$", late=True)
    with pytest.raises(SourceUnavailable):
        await todoist.update(task, ["title", "due"], request_id=request_id)
    assert await todoist.update(task, ["title", "due"], request_id=request_id)
    assert (there.content, (await only(todoist)).due) == ("Plants", Due(on=MONDAY))


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_task_that_is_gone_is_not_changed(
    server: SyncingTodoist, todoist: Todoist, is_known: bool
) -> None:
    there = server.add("Dentist")
    task = await only(todoist)
    server.delete_elsewhere(there.id)
    if not is_known:
        server.tasks.clear()
    assert not await todoist.update(task, ["title", "due"], request_id=new_id())


# --- Removing and restoring --------------------------------------------------------------------------------


async def test_a_task_is_deleted_with_its_sub_tasks_and_twice_is_no_error(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Move house")
    server.add("Pack", parent_id=there.id)
    task = (await todoist.open_tasks("ann")).tasks[0]
    for _ in range(2):
        await todoist.delete(task, request_id=new_id())
        assert (await todoist.open_tasks("ann")).tasks == ()
    server.tasks.clear()
    await todoist.delete(task, request_id=new_id())


async def test_a_task_that_is_still_there_is_restored_by_leaving_it(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.add("Dentist")
    task = await only(todoist)
    assert await todoist.restore(task, request_id=new_id()) == task
    assert len(server.tasks) == 1


@pytest.mark.parametrize("recurring", ["", "every monday"])
async def test_a_deleted_task_is_added_again_once_with_all_that_is_known(
    server: SyncingTodoist, todoist: Todoist, recurring: str
) -> None:
    home = server.add_project("Home")
    server.add("Elsewhere")
    parent = server.add("Move house", project_id=home)
    there = server.add(
        "Pack", recurring=recurring, due=MONDAY, priority=4, project_id=home, parent_id=parent.id
    )
    there.labels, there.description = ["boxes"], "In the attic"
    *_, above, task = (await todoist.open_tasks("ann")).tasks
    await todoist.update(replace(task, minutes=90), ["minutes"], request_id=new_id())
    await todoist.delete(task, request_id=new_id())
    task, request_id = replace(task, minutes=90), new_id()
    server.faults.plan(close, on="tasks$", late=True)
    with pytest.raises(SourceUnavailable):
        await todoist.restore(task, request_id=request_id, parent=above)
    added = await todoist.restore(task, request_id=request_id, parent=above)
    assert added is not None
    assert added.task_id != task.task_id
    *_, read = (await todoist.open_tasks("ann")).tasks
    assert replace(read, created_at=task.created_at) == replace(added, created_at=task.created_at)
    assert len([one for one in server.tasks.values() if one.is_active]) == 3


async def test_a_recurring_task_that_is_added_again_has_the_date_to_which_it_was_moved(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Water the ferns", recurring="every day", due=MONDAY + timedelta(days=5))
    task = await only(todoist)
    server.delete_elsewhere(there.id)
    server.faults.plan(close, on="sync$", late=True)
    request_id = new_id()
    with pytest.raises(SourceUnavailable):
        await todoist.restore(task, request_id=request_id)
    assert await todoist.restore(task, request_id=request_id)
    again = await only(todoist)
    assert (again.due, again.repeats) == (task.due, task.repeats)


async def test_a_repeated_answer_without_a_task_is_believed(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Dentist")
    task = await only(todoist)
    server.delete_elsewhere(there.id)
    server.faults.plan(status(204), on="tasks$")
    assert await todoist.restore(task, request_id=new_id()) is None
