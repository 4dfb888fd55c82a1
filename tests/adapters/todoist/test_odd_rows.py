"""An odd row costs what is odd about it: every other row is there, and nothing looks done because of it."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time
from itertools import combinations, product
from typing import Any

import pytest

from adapters.todoist import Todoist
from adapters.todoist.wire import read_row
from core.records import UNKNOWN_AGE, Due
from tests.servers.todoist_sync import SyncingTodoist

DUE = {
    "date": "2026-10-02",
    "timezone": None,
    "string": "2 Oct CANARY",
    "lang": "en",
    "is_recurring": False,
}
FRIDAY = Due(on=date(2026, 10, 2))

ODD: list[tuple[dict[str, Any], str]] = [
    ({"added_at": None}, "added_at"),
    ({"added_at": ...}, "added_at"),
    ({"added_at": "yesterday"}, "added_at"),
    ({"added_at": "2026-10-01T08:00:00"}, "added_at"),  # of no zone
    ({"added_at": "0001-01-01T00:00:00+23:00"}, "added_at"),
    ({"added_at": "9999-12-31T23:00:00-23:00"}, "added_at"),
    ({"added_at": {}}, "added_at"),
    ({"priority": None}, "priority"),
    ({"priority": 0}, "priority"),
    ({"priority": 9}, "priority"),
    ({"priority": -1}, "priority"),
    ({"priority": "high"}, "priority"),
    ({"priority": 2.5}, "priority"),
    ({"due": "tomorrow"}, "due"),
    ({"due": []}, "due"),
    ({"due": {}}, "due.date"),
    ({"due": DUE | {"date": None}}, "due.date"),
    ({"due": DUE | {"date": ""}}, "due.date"),
    ({"due": DUE | {"date": "0000-00-00"}}, "due.date"),
    ({"due": DUE | {"date": "2026-02-30"}}, "due.date"),
    ({"due": DUE | {"date": "CANARY"}}, "due.date"),
    ({"due": DUE | {"date": 20261002}}, "due.date"),
    ({"due": DUE | {"date": "2026-10-02T25:00:00Z"}}, "due.date"),
    ({"due": {"date": "soon", "string": None, "is_recurring": None}}, "due.date"),
    ({"deadline": {"date": "0000-00-00", "lang": "en"}}, "deadline.date"),
    ({"deadline": "soon"}, "deadline"),
    ({"checked": None}, "checked"),
    ({"is_deleted": None}, "is_deleted"),
    ({"responsible_uid": []}, "responsible_uid"),
    ({"priority": None, "due": 7, "added_at": 1.5e300}, "priority"),
]


@pytest.mark.parametrize(("fields", "reason"), ODD)
async def test_an_odd_field_costs_itself_and_no_task(
    server: SyncingTodoist, todoist: Todoist, caplog: pytest.LogCaptureFixture, fields: Any, reason: str
) -> None:
    server.add("Call Ann")
    server.spoil(server.add("Pay CANARY rent", priority=1), **fields)
    server.add("Feed the cat", due=date(2026, 10, 3))

    found = await todoist.open_tasks("ann")

    assert [task.title for task in found.tasks] == ["Call Ann", "Pay CANARY rent", "Feed the cat"]
    assert [task.priority for task in found.tasks] == [4, 4, 4]
    assert [task.due for task in found.tasks] == [None, None, Due(on=date(2026, 10, 3))]
    assert (found.whole, found.unread) == (True, frozenset())
    assert "1 of 3 rows can't be read whole" in caplog.text
    assert f"{reason} 1" in caplog.text
    assert "rent" not in caplog.text
    assert "CANARY" not in caplog.text
    assert todoist.unreadable_fields[reason] == 1


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        (DUE | {"string": None}, "due.string"),
        (DUE | {"string": 7}, "due.string"),
        (DUE | {"is_recurring": None}, "due.is_recurring"),
        (DUE | {"is_recurring": "sometimes"}, "due.is_recurring"),
        (DUE | {"lang": None}, "due.lang"),
        (DUE | {"timezone": 7}, "due.timezone"),
        ({"date": "2026-10-02", "string": None, "is_recurring": None, "lang": 1}, "due.string"),
    ],
)
async def test_a_due_date_outlives_what_is_odd_beside_it(
    server: SyncingTodoist, todoist: Todoist, due: dict[str, Any], reason: str
) -> None:
    server.spoil(server.add("Pay rent"), due=due)
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert (task.due, task.repeats) == (FRIDAY, None)
    assert todoist.unreadable_fields[reason] == 1


@pytest.mark.parametrize(
    "due",
    [
        {"date": "2026-10-02"},
        {"date": "2026-10-02", "timezone": None},
        {"date": "2026-10-02", "timezone": "Mars/Olympus", "extra": {"x": [1]}},
    ],
)
async def test_what_may_be_missing_is_not_odd(
    server: SyncingTodoist, todoist: Todoist, due: dict[str, Any]
) -> None:
    server.spoil(server.add("Pay rent"), due=due, labels=None, duration="long", colour="red", section_id=5)
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert task.due == FRIDAY
    assert not todoist.unreadable_fields


async def test_a_time_in_an_unknown_zone_keeps_its_instant(server: SyncingTodoist, todoist: Todoist) -> None:
    server.spoil(server.add("Call"), due=DUE | {"date": "2026-10-02T07:00:00Z", "timezone": None})
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert task.due == Due(on=date(2026, 10, 2), at=time(7), zone="UTC")


@pytest.mark.parametrize("content", [None, ..., "", [], {"text": "x"}, True])
async def test_a_row_without_a_title_is_left_out_and_does_not_look_done(
    server: SyncingTodoist, todoist: Todoist, content: object
) -> None:
    (whole,) = (server.add("Call Ann"),)
    known = server.add("Pay rent")
    ids = {task.external_id: task.task_id for task in (await todoist.open_tasks("ann")).tasks}
    server.spoil(known, content=content)

    found = await todoist.open_tasks("ann")

    assert [task.external_id for task in found.tasks] == [whole.id]
    assert found.unread == {ids[known.id]}
    assert found.whole


@pytest.mark.parametrize(
    ("content", "title"), [(42, "42"), (1.5, "1.5"), ("**", "**"), ("\u200b", "…"), ("<b></b>", "<b></b>")]
)
async def test_a_title_may_be_strange(
    server: SyncingTodoist, todoist: Todoist, content: object, title: str
) -> None:
    server.spoil(server.add("x"), content=content)
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert task.title == title


@pytest.mark.parametrize(("priority", "ours"), [("4", 1), ("1", 4), (3.0, 2), (4, 1)])
async def test_a_priority_may_be_spelt_otherwise(
    server: SyncingTodoist, todoist: Todoist, priority: object, ours: int
) -> None:
    server.spoil(server.add("Pay rent"), priority=priority)
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert task.priority == ours


@pytest.mark.parametrize(
    "row", [None, 7, "task", [], {}, {"id": None}, {"id": "../../user"}, {"id": "x" * 65}]
)
async def test_a_row_that_names_no_task_leaves_a_hole(
    server: SyncingTodoist, todoist: Todoist, row: object
) -> None:
    server.add("Call Ann")
    server.strange_rows.append({"content": "Pay rent"} | row if isinstance(row, dict) else row)
    found = await todoist.open_tasks("ann")
    assert [task.title for task in found.tasks] == ["Call Ann"]
    assert not found.whole


async def test_ids_may_be_numbers_and_may_come_twice(server: SyncingTodoist, todoist: Todoist) -> None:
    rows = [
        {"id": 7, "content": "Seven", "added_at": "2026-10-01T08:00:00Z"},
        {"id": "7", "content": "Seven again", "added_at": "2026-10-01T08:00:00Z"},
        {"id": 8, "content": "Done", "checked": True},
        {"id": 9, "content": "Deleted", "is_deleted": True, "added_at": None},
    ]
    server.strange_rows += rows
    found = await todoist.open_tasks("ann")
    assert [(task.external_id, task.title) for task in found.tasks] == [("7", "Seven again")]
    assert found.whole


@pytest.mark.parametrize(
    ("due", "expected"),
    [(None, None), (DUE, FRIDAY), (DUE | {"date": "CANARY"}, None), (DUE | {"date": "9999-01-01"}, None)],
)
async def test_a_deadline_is_kept_apart_from_the_due_date(
    server: SyncingTodoist, todoist: Todoist, due: object, expected: Due | None
) -> None:
    server.spoil(server.add("Tax return"), due=due, deadline={"date": "2026-10-05", "lang": "en"})
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert (task.due, task.deadline) == (expected, date(2026, 10, 5))


async def test_a_task_that_does_not_say_how_old_it_is_says_so(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.spoil(server.add("Pay rent"), added_at=None)
    (task,) = (await todoist.open_tasks("ann")).tasks
    assert task.created_at == UNKNOWN_AGE


async def test_odd_rows_are_logged_when_they_change_and_not_with_every_list(
    server: SyncingTodoist, todoist: Todoist, caplog: pytest.LogCaptureFixture
) -> None:
    task = server.add("Pay rent")
    server.spoil(task, priority=0)
    for _ in range(3):
        await todoist.open_tasks("ann")
    assert caplog.messages == ["todoist: 1 of 1 rows can't be read whole: priority 1"]
    server.spoil(task, added_at=None)
    await todoist.open_tasks("ann")
    assert caplog.messages[1:] == ["todoist: 1 of 1 rows can't be read whole: added_at 1, priority 1"]
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


async def test_an_odd_task_can_be_asked_about_and_completed(server: SyncingTodoist, todoist: Todoist) -> None:
    task = server.add("Pay rent")
    server.spoil(task, due=DUE | {"date": "0000-00-00"}, priority=None, added_at=None)
    (ours,) = (await todoist.open_tasks("ann")).tasks
    assert await todoist.is_open(ours)
    await todoist.complete(ours, request_id="r1")
    assert not await todoist.is_open(ours)


@pytest.mark.parametrize("raw", [None, [], "", 0, True, {"due": {"date": {"date": {}}}}, {"id": {"id": []}}])
def test_whatever_a_row_is_it_is_read(raw: object) -> None:
    assert read_row(raw).task.id is None


def test_a_row_of_today_is_read_whole() -> None:
    raw = {"id": "6X", "content": "Pay rent", "added_at": "2026-10-01T08:00:00Z", "priority": 4, "due": DUE}
    row = read_row(raw)
    assert row.unreadable_fields == ()
    assert row.task.added_at == datetime(2026, 10, 1, 8, tzinfo=UTC)


WRONG: list[object] = [..., None, "", 7, True, [], {}, "0000-00-00", 1e300]
"""What stands where something else belongs; ... for nothing at all."""


@pytest.mark.parametrize(("first", "second"), list(combinations(DUE, 2)))
def test_odd_fields_of_one_date_together_cost_no_task(first: str, second: str) -> None:
    for one, other in product(WRONG, WRONG):
        due = DUE | {first: one, second: other}
        raw = {"id": "6X", "content": "Pay rent", "added_at": one, "priority": other, "due": due}
        task = read_row(_without_gaps(raw)).task
        assert (task.id, task.content) == ("6X", "Pay rent"), raw


def _without_gaps(held: object) -> object:
    if not isinstance(held, dict):
        return held
    return {name: _without_gaps(value) for name, value in held.items() if value is not ...}


async def test_unreadable_fields_are_counted_for_all_people_until_they_leave(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.spoil(server.add("Pay rent", priority=1), priority="high")
    await todoist.open_tasks("ann")
    await todoist.open_tasks("ann")
    await todoist.open_tasks("bob")
    assert todoist.unreadable_fields["priority"] == 2
    todoist.forget_others(["ann", "eve"])
    assert todoist.unreadable_fields["priority"] == 1
    todoist.forget_others([])
    assert todoist.unreadable_fields == {}


async def test_a_field_that_can_be_read_again_is_counted_no_more(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    rent = server.add("Pay rent", priority=1)
    server.spoil(rent, priority="high")
    await todoist.open_tasks("ann")
    await todoist.open_tasks("bob")
    server.spoil(rent, priority=4)
    await todoist.open_tasks("ann")
    assert todoist.unreadable_fields["priority"] == 1
    await todoist.open_tasks("bob")
    assert todoist.unreadable_fields == {}
