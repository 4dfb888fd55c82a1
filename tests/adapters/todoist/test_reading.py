"""Todoist's tasks in the words of the core."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from adapters.storage.store import open_store
from adapters.todoist import Todoist
from core.records import Due, Person, Task, TaskSource
from tests.servers import todoist_tasks as wire
from tests.servers.local import status
from tests.servers.todoist import USER_ID
from tests.servers.todoist_sync import SyncingTodoist

BERLIN = ZoneInfo("Europe/Berlin")


async def only(todoist: Todoist) -> Task:
    (task,) = (await todoist.open_tasks("ann")).tasks
    return task


async def test_a_task_is_the_persons_and_knows_where_it_lives(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Pay rent", due=date(2026, 10, 2), priority=4)
    task = await only(todoist)
    assert task == Task(
        task_id=task.task_id,
        person_id="ann",
        title="Pay rent",
        created_at=datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
        source=TaskSource.TODOIST,
        external_id=there.id,
        priority=1,
        due=Due(on=date(2026, 10, 2)),
    )


async def test_its_id_is_stable_short_and_nobody_elses(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent")
    (first,) = (await todoist.open_tasks("a" * 64)).tasks
    (again,) = (await todoist.open_tasks("a" * 64)).tasks
    (other,) = (await todoist.open_tasks("b" * 64)).tasks
    assert first.task_id == again.task_id != other.task_id
    assert len(first.task_id) <= 64


@pytest.mark.parametrize(("theirs", "ours"), [(4, 1), (3, 2), (2, 3), (1, 4)])
async def test_priorities_are_turned_round(
    server: SyncingTodoist, todoist: Todoist, theirs: int, ours: int
) -> None:
    server.add("Pay rent", priority=theirs)
    assert (await only(todoist)).priority == ours


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (date(2026, 10, 2), Due(on=date(2026, 10, 2))),
        (datetime(2026, 10, 2, 9, 30, 15, 5), Due(on=date(2026, 10, 2), at=time(9, 30))),  # noqa: DTZ001 - floating
        (
            datetime(2026, 10, 2, 0, 30, tzinfo=BERLIN),
            Due(on=date(2026, 10, 2), at=time(0, 30), zone="Europe/Berlin"),
        ),
        (datetime(2026, 10, 2, 9, tzinfo=UTC), Due(on=date(2026, 10, 2), at=time(9), zone="UTC")),
        (
            datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
            Due(on=date(2026, 10, 25), at=time(2, 30), zone="Europe/Berlin"),
        ),
    ],
)
async def test_a_due_date_is_a_day_a_floating_or_a_fixed_time(
    server: SyncingTodoist, todoist: Todoist, theirs: date, ours: Due
) -> None:
    server.add("Pay rent", due=theirs)
    assert (await only(todoist)).due == ours


@pytest.mark.parametrize("zone", [None, "GMT +1:00", "Europe", "../../etc/passwd", "", "Factory"])
async def test_a_fixed_time_in_a_zone_that_is_none_keeps_its_instant(
    server: SyncingTodoist, todoist: Todoist, zone: str | None
) -> None:
    server.add("Pay rent").due = wire.Due(date="2026-10-02T09:00:00Z", timezone=zone, string="2 Oct")
    assert (await only(todoist)).due == Due(on=date(2026, 10, 2), at=time(9), zone="UTC")


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00", "1899-12-31"])
async def test_a_due_date_that_nobody_means_is_none(
    server: SyncingTodoist, todoist: Todoist, day: str
) -> None:
    server.add("Pay rent").due = wire.Due(date=day, timezone="Pacific/Apia", string="some day")
    assert (await only(todoist)).due is None


async def test_a_recurring_task_repeats_in_its_own_words(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Water the plants", recurring="every 2 days", due=date(2026, 10, 3))
    server.add("Pay rent", due=date(2026, 10, 2))
    plants, rent = (await todoist.open_tasks("ann")).tasks
    assert (plants.repeats, plants.due) == ("every 2 days", Due(on=date(2026, 10, 3)))
    assert rent.repeats is None


async def test_words_are_cleaned_and_cut(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay\u202e rent\x00\n\u200bnow " + "x" * 600)
    server.add("\u200b")
    server.add("Water").due = wire.Due(date="2026-10-02", string="every\u202e\nday " * 50, is_recurring=True)
    hostile, blank, water = (await todoist.open_tasks("ann")).tasks
    assert hostile.title.startswith("Pay rent now xxx")
    assert len(hostile.title) == 500
    assert blank.title == "…"
    assert water.repeats is not None
    assert water.repeats.startswith("every day every day")
    assert len(water.repeats) <= 150


HOSTILE = [
    (r"Pay\u0000 rent", "Pay rent"),
    (r"Pay\u0001\u001b[31m\u009b rent\u007f", "Pay[31m rent"),
    (r"Pay\ud800 rent", "Pay rent"),
    (r"Pay\uDFFF rent\uDbff", "Pay rent"),
    (r"\ud800\ud800\udc00 Linear B", "\U00010000 Linear B"),
    (r"\ud83d\ude00 Pay", "\U0001f600 Pay"),
    (r"C:\\ud800 \\\ud800\"", 'C:\\ud800 \\"'),
    (r"\r\n\t\u0085\u2028", "…"),
]


@pytest.mark.parametrize(("escaped", "title"), HOSTILE)
async def test_no_character_keeps_a_task_from_being_stored(
    server: SyncingTodoist, todoist: Todoist, tmp_path: Path, escaped: str, title: str
) -> None:
    due = f'{{"date": "2026-10-01", "timezone": "{escaped}", "string": "{escaped}", "is_recurring": true}}'
    fields = f'"id": "6X", "content": "{escaped}", "added_at": "2026-10-01T08:00:00Z", "due": {due}'
    page = f'{{"sync_token": "t", "items": [{{{fields}}}]}}'
    server.faults.always(status(200, body=page, content_type="application/json"))
    task = await only(todoist)
    assert (task.title, task.repeats) == (title, title)

    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        await unit.people.add(Person(person_id="ann", created_at=task.created_at))
        await unit.tasks.put(task)
    async with storage.read() as unit:
        assert await unit.tasks.get(task.task_id) == task
    await storage.close()


async def test_bytes_that_are_no_text_are_replaced(server: SyncingTodoist, todoist: Todoist) -> None:
    row = b'{"id": "6X", "content": "Pay \xed\xa0\x80\xff", "added_at": "2026-10-01T08:00:00Z"}'
    page = b'{"sync_token": "t", "items": [' + row + b"]}"

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=page, content_type="application/json")

    server.faults.always(answer)
    assert (await only(todoist)).title == "Pay ����"


async def test_what_is_done_deleted_or_a_heading_is_not_listed(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.complete_elsewhere(server.add("Done").id)
    server.add("Deleted").is_deleted = True
    server.add("* This week")
    server.add("*Almost* a heading")
    assert (await only(todoist)).title == "*Almost* a heading"


async def test_what_is_assigned_to_others_is_theirs_to_do(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Mine", responsible_uid=USER_ID)
    server.add("Theirs", responsible_uid="999")
    server.add("Anybody's")
    for _ in range(2):
        assert [task.title for task in (await todoist.open_tasks("ann")).tasks] == ["Mine", "Anybody's"]
    assert server.calls_of("user$") == []  # the list says whose account it is


async def test_nobody_asks_whose_account_it_is_without_a_reason(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    server.add("Pay rent")
    await todoist.open_tasks("ann")
    assert server.calls_of("user") == []


async def test_a_long_list_is_one_request(server: SyncingTodoist, todoist: Todoist) -> None:
    for number in range(450):
        server.add(f"task {number}")
    tasks = (await todoist.open_tasks("ann")).tasks
    assert [task.title for task in tasks] == [f"task {number}" for number in range(450)]
    assert len(server.calls) == 1


async def test_an_empty_account_has_no_tasks(todoist: Todoist) -> None:
    assert (await todoist.open_tasks("ann")).tasks == ()
