"""Completing a task where it lives, and taking that back."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from adapters.clock import SystemRandomSource
from adapters.todoist import Todoist
from core.errors import SourceRefused, SourceUnavailable
from core.records import Due, Task
from tests.servers import todoist_tasks as wire
from tests.servers.local import close, status
from tests.servers.todoist_sync import SyncingTodoist


def new_id() -> str:
    return SystemRandomSource().new_id()


async def only(todoist: Todoist) -> Task:
    (task,) = (await todoist.open_tasks("ann")).tasks
    return task


async def test_done_is_done_and_twice_is_no_more(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Pay rent")
    task = await only(todoist)
    for _ in range(2):
        await todoist.complete(task, request_id=new_id())
        assert (there.checked, await todoist.is_open(task)) == (True, False)


async def test_a_task_that_is_gone_is_as_good_as_done(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Pay rent", recurring="every day")
    task = await only(todoist)
    there.is_deleted = True
    await todoist.complete(task, request_id=new_id())
    await todoist.complete(replace(task, repeats=None), request_id=new_id())
    assert await todoist.is_open(task) is False
    server.tasks.clear()
    await todoist.complete(task, request_id=new_id())
    assert await todoist.is_open(task) is False


async def test_undo_opens_it_again_with_its_due_date(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent", due=date(2026, 10, 2))
    task = await only(todoist)
    await todoist.complete(task, request_id=new_id())
    for _ in range(2):
        await todoist.reopen(task, request_id=new_id())
        assert await only(todoist) == task
        assert await todoist.is_open(task)


@pytest.mark.parametrize("recurring", ["", "every day"])
async def test_a_task_that_is_gone_can_not_be_opened_again(
    server: SyncingTodoist, todoist: Todoist, recurring: str
) -> None:
    there = server.add("Pay rent", recurring=recurring)
    task = await only(todoist)
    assert await todoist.reopen(task, request_id=new_id())
    there.is_deleted = True
    assert not await todoist.reopen(task, request_id=new_id())
    server.tasks.clear()
    assert not await todoist.reopen(task, request_id=new_id())


async def test_a_task_may_be_gone_in_todoists_other_words(server: SyncingTodoist, todoist: Todoist) -> None:
    # The same status in plain text says that the whole endpoint is gone, and nothing of the task.
    server.add("Pay rent")
    task = await only(todoist)
    server.faults.always(status(410, body='{"error": "Gone"}', content_type="application/json"))
    await todoist.complete(task, request_id=new_id())
    assert not await todoist.reopen(task, request_id=new_id())
    assert not await todoist.is_open(task)


async def test_a_request_that_comes_twice_is_one_request(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Water the plants", recurring="every day", due=date(2026, 10, 1))
    task = await only(todoist)
    first, second, third = new_id(), new_id(), new_id()
    await todoist.complete(task, request_id=first)
    assert there.due is not None
    assert there.due.date == "2026-10-02"
    moved_back = replace(there.due, date="2026-10-01")
    there.due = moved_back  # as if the first request were seen late, by a server that has not moved it yet
    await todoist.complete(task, request_id=first)
    assert there.due == moved_back
    await todoist.complete(task, request_id=second)
    assert there.due.date == "2026-10-02"
    await todoist.reopen(task, request_id=third)
    assert [call.headers["X-Request-ID"] for call in server.calls_of("/close$")] == [first, first, second]
    assert [call.headers["X-Request-ID"] for call in server.calls_of("/reopen$")] == [third]
    assert [call.json["commands"][0]["uuid"] for call in server.commands()] == [third]


RECURRING = [
    ("every day", date(2026, 10, 1)),
    ("every 2 weeks", date(2026, 9, 28)),
    ("every monday at 09:00", datetime(2026, 9, 28, 9, 0)),  # noqa: DTZ001 - floating
    ("every day at 09:00", datetime(2026, 10, 24, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))),
]


@pytest.mark.parametrize(("recurring", "due"), RECURRING)
async def test_a_recurring_task_moves_on_once_and_comes_back_as_it_was(
    server: SyncingTodoist, todoist: Todoist, recurring: str, due: date
) -> None:
    there = server.add("Water the plants", recurring=recurring, due=due, labels=["home"])
    before, task = there.due, await only(todoist)
    assert before is not None

    await todoist.complete(task, request_id=new_id())
    moved_on = there.due
    assert moved_on is not None
    assert moved_on.date > before.date
    assert await todoist.is_open(task) is False, "it is no longer due when the tip said"
    await todoist.complete(task, request_id=new_id())
    assert there.due == moved_on, "the second request may be a repetition of the first"

    for _ in range(2):
        await todoist.reopen(task, request_id=new_id())
        assert await only(todoist) == task
        assert there.due is not None
        assert (there.due.string, there.due.timezone) == (before.string, before.timezone)
        assert there.due.is_recurring
    assert (there.content, there.labels) == ("Water the plants", ["home"])
    assert len(server.commands()) == 1

    await todoist.complete(task, request_id=new_id())
    assert there.due == replace(moved_on, date=there.due.date)
    assert there.due.date[:10] == moved_on.date[:10]


async def test_a_recurrence_in_another_language_stays_in_it(server: SyncingTodoist, todoist: Todoist) -> None:
    there = server.add("Blumen gießen")
    there.due = wire.Due(date="2026-10-03", string="jeden zweiten Tag", lang="de", is_recurring=True)
    task = replace(await only(todoist), due=Due(on=date(2026, 10, 1), at=time(9)))
    await todoist.reopen(task, request_id=new_id())
    assert there.due == wire.Due(
        date="2026-10-01T09:00:00", string="jeden zweiten Tag", lang="de", is_recurring=True
    )


async def test_an_answer_that_is_lost_does_not_move_a_task_twice(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Water the plants", recurring="every day", due=date(2026, 10, 1))
    task = await only(todoist)
    server.faults.plan(close, on="/close$", late=True)
    with pytest.raises(SourceUnavailable):
        await todoist.complete(task, request_id=new_id())
    await todoist.complete(task, request_id=new_id())
    assert there.due is not None
    assert there.due.date == "2026-10-02"
    assert len(server.calls_of("/close$")) == 1


async def test_a_due_date_that_is_not_taken_back_is_told(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Water the plants", recurring="every day", due=date(2026, 10, 1))
    task = await only(todoist)
    await todoist.complete(task, request_id=new_id())
    refused = '{"sync_status": {"other": "ok"}, "sync_token": "x"}'
    server.faults.plan(status(200, body=refused, content_type="application/json"), on="sync$")
    with pytest.raises(SourceRefused, match="did not take the due date back"):
        await todoist.reopen(task, request_id=new_id())
    await todoist.reopen(task, request_id=new_id())
    assert (await only(todoist)).due == task.due


async def test_a_task_completed_elsewhere_is_not_open(server: SyncingTodoist, todoist: Todoist) -> None:
    once, often = server.add("Pay rent"), server.add("Water", recurring="every day", due=date(2026, 10, 1))
    rent, water = (await todoist.open_tasks("ann")).tasks
    assert [await todoist.is_open(task) for task in (rent, water)] == [True, True]
    server.complete_elsewhere(once.id)
    server.complete_elsewhere(often.id)
    assert [await todoist.is_open(task) for task in (rent, water)] == [False, False]
