"""What every task source promises (``core.ports.TaskProvider``), on a real or strict local server of each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from adapters.calendars.fetch import Fetcher
from adapters.calendars.todos import CalDavAccount, CalDavTasks
from adapters.todoist import Todoist
from core.errors import SourceDisconnected, SourceUnavailable
from core.ports import TaskProvider
from core.records import CalendarLogin, Due, Task
from tests.servers import local
from tests.servers.caldav import PASSWORD, USER, CalDavServer
from tests.servers.local import LocalServer
from tests.servers.todoist_sync import SyncingTodoist

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
TODAY = date(2026, 10, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source with an empty account."""

    provider: TaskProvider
    server: LocalServer
    add: Callable[[str, bool], None]
    """Adds a task that is due today; one that recurs daily if asked."""
    remove_all: Callable[[], None]


async def caldav(folder: Path) -> AsyncIterator[Source]:
    async with CalDavServer(folder) as server:
        path = server.add_calendar("tasks")

        async def account_of(person_id: str) -> CalDavAccount:
            login = CalendarLogin(url=server.url, login_name=USER, password=PASSWORD)
            return CalDavAccount(login=login, zone=ZoneInfo("UTC"))

        def add(title: str, recurs: bool) -> None:
            rule = f"DTSTART;VALUE=DATE:{TODAY:%Y%m%d}\nRRULE:FREQ=DAILY\n" if recurs else ""
            server.put(
                f"{path}{title}.ics",
                "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nBEGIN:VTODO\nDTSTAMP:20260101T000000Z\n"
                f"UID:{title}\nSUMMARY:{title}\nDUE;VALUE=DATE:{TODAY:%Y%m%d}\n{rule}END:VTODO\nEND:VCALENDAR\n",
            )

        provider = CalDavTasks(account_of, Fetcher(allow_private=True), lambda: NOW)
        yield Source(provider=provider, server=server, add=add, remove_all=lambda: server.delete(path))


async def todoist(folder: Path) -> AsyncIterator[Source]:
    async with SyncingTodoist(token="t", clock=lambda: NOW) as server:
        provider = Todoist("t", server.url)

        def add(title: str, recurs: bool) -> None:
            server.add(title, due=TODAY, recurring="every day" if recurs else "")

        yield Source(provider=provider, server=server, add=add, remove_all=server.tasks.clear)
        await provider.close()


@pytest_asyncio.fixture(params=[caldav, todoist], ids=["caldav", "todoist"])
async def source(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Source]:
    async for made in request.param(tmp_path):
        yield made


async def only(source: Source) -> Task:
    (task,) = (await source.provider.open_tasks("ada")).tasks
    return task


async def titles(source: Source) -> set[str]:
    return {task.title for task in (await source.provider.open_tasks("ada")).tasks}


async def test_open_tasks_have_stable_ids_that_depend_on_the_person(source: Source) -> None:
    source.add("Rent", False)
    task = await only(source)
    assert task == await only(source)
    assert (task.due, task.repeats) == (Due(on=TODAY), None)
    (other,) = (await source.provider.open_tasks("bob")).tasks
    assert other.external_id == task.external_id
    assert other.task_id != task.task_id


async def test_a_done_task_is_not_open_and_may_be_done_again_and_opened_again(source: Source) -> None:
    source.add("Rent", False)
    task = await only(source)
    for request in ("1", "2"):
        await source.provider.complete(task, request_id=request)
    assert await titles(source) == set()
    assert not await source.provider.is_open(task)
    assert await source.provider.reopen(task, request_id="3")
    assert await source.provider.is_open(task)
    assert await only(source) == task


async def test_a_recurring_task_moves_on_once_and_comes_back_exactly(source: Source) -> None:
    source.add("Water", True)
    task = await only(source)
    assert task.repeats
    for request in ("1", "2"):
        await source.provider.complete(task, request_id=request)
    moved = await only(source)
    assert moved.due == Due(on=date(2026, 10, 2))
    assert not await source.provider.is_open(task)
    assert await source.provider.reopen(task, request_id="3")
    assert await only(source) == task


async def test_a_moved_recurring_task_keeps_its_recurrence(source: Source) -> None:
    source.add("Water", True)
    task = await only(source)
    later = replace(task, due=Due(on=date(2026, 10, 5)))
    assert await source.provider.update(later, ["due"], request_id="1")
    assert await only(source) == later


async def test_fields_are_changed_and_others_stay(source: Source) -> None:
    source.add("Rent", False)
    task = await only(source)
    changed = replace(
        task,
        title="Pay the rent",
        notes="twice",
        priority=1,
        labels=("home",),
        due=Due(on=date(2026, 12, 24)),
    )
    fields = ["title", "notes", "priority", "labels", "due"]
    assert await source.provider.update(changed, fields, request_id="1")
    assert await only(source) == changed
    assert await source.provider.update(replace(changed, due=None, title="X"), ["due"], request_id="2")
    assert await only(source) == replace(changed, due=None)


async def test_a_deleted_task_is_gone_and_can_be_added_again(source: Source) -> None:
    source.add("Rent", False)
    task = await only(source)
    assert await source.provider.restore(task, request_id="0") == task  # it is there
    for request in ("1", "2"):
        await source.provider.delete(task, request_id=request)
    assert await titles(source) == set()
    restored = await source.provider.restore(task, request_id="3")
    assert restored is not None
    assert restored == await only(source)
    assert replace(restored, task_id="", external_id="", created_at=NOW) == replace(
        task, task_id="", external_id="", created_at=NOW
    )


async def test_what_is_gone_is_no_error(source: Source) -> None:
    source.add("Rent", False)
    task = await only(source)
    source.remove_all()
    await source.provider.complete(task, request_id="1")
    await source.provider.delete(task, request_id="2")
    assert not await source.provider.reopen(task, request_id="3")
    assert not await source.provider.update(replace(task, title="X"), ["title"], request_id="4")
    assert not await source.provider.is_open(task)


@pytest.mark.parametrize("code", [500, 502, 410, 401])
async def test_only_a_refused_login_is_up_to_the_person(source: Source, code: int) -> None:
    source.server.faults.always(local.status(code))
    with pytest.raises(SourceUnavailable) as raised:
        await source.provider.open_tasks("ada")
    assert isinstance(raised.value, SourceDisconnected) is (code == 401)
