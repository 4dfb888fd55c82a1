"""What has changed in Todoist since a cursor: one request if nothing has, and never too little."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adapters.todoist import Todoist
from core.errors import SourceDisconnected, SourceUnavailable
from core.records import Due, TaskList
from tests.adapters.todoist.test_failures import answering
from tests.servers.todoist_body import failing
from tests.servers.todoist_sync import SyncingTodoist


async def _first(server: SyncingTodoist, todoist: Todoist) -> TaskList:
    found = await todoist.open_tasks("ann")
    assert found.whole
    server.calls.clear()
    return found


def _titles(found: TaskList) -> list[str]:
    return [task.title for task in found.tasks]


async def test_nothing_new_is_one_request(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent", project_id=server.add_project("Home"))
    before = await _first(server, todoist)
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert found.tasks == ()
    assert (found.done, found.gone, found.whole) == (frozenset(), frozenset(), False)
    assert [call.name for call in server.calls] == ["POST /api/v1/sync"]
    again = await todoist.open_tasks("ann", cursor=found.cursor)
    assert (again.tasks, len(server.calls)) == ((), 2)


async def test_only_what_changed_comes_with_its_project(server: SyncingTodoist, todoist: Todoist) -> None:
    home = server.add_project("Home")
    rent = server.add("Pay rent", project_id=home)
    server.add("Water the plants", project_id=home)
    before = await _first(server, todoist)
    rent.content = "Pay the rent"
    server.add("New", project_id=server.add_project("Garden"))
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert [(task.title, task.project) for task in found.tasks] == [
        ("Pay the rent", "Home"),
        ("New", "Garden"),
    ]
    assert len(server.calls) == 1


async def test_done_is_told_from_removed(server: SyncingTodoist, todoist: Todoist) -> None:
    done, deleted, heading, others = (server.add(name) for name in ("done", "deleted", "heading", "others"))
    before = await _first(server, todoist)
    ids = {task.title: task.task_id for task in before.tasks}
    server.complete_elsewhere(done.id)
    server.delete_elsewhere(deleted.id)
    heading.content = "* heading"
    others.responsible_uid = "999"
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert found.tasks == ()
    assert found.done == {ids["done"]}
    assert found.gone == {ids["deleted"], ids["heading"], ids["others"]}


async def test_a_recurring_task_that_was_done_has_its_next_date(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    plants = server.add("Water the plants", recurring="every day", due=date(2026, 10, 1))
    before = await _first(server, todoist)
    server.complete_elsewhere(plants.id)
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert [task.due for task in found.tasks] == [Due(on=date(2026, 10, 2))]
    assert found.done == frozenset()


async def test_an_old_cursor_brings_everything(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent")
    before = await _first(server, todoist)
    server.forget_sync_tokens()
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert (found.whole, _titles(found)) == (True, ["Pay rent"])


@pytest.mark.parametrize("code", [400, 422])
async def test_a_cursor_that_is_refused_is_given_up(
    server: SyncingTodoist, todoist: Todoist, code: int
) -> None:
    server.add("Pay rent")
    before = await _first(server, todoist)
    server.faults.plan(failing(400) if code == 400 else failing(403), on="sync$")
    if code == 400:
        found = await todoist.open_tasks("ann", cursor=before.cursor)
        assert (found.whole, _titles(found)) == (True, ["Pay rent"])
    else:
        with pytest.raises(SourceDisconnected):
            await todoist.open_tasks("ann", cursor=before.cursor)


@pytest.mark.parametrize("cursor", ["", "{", "[]", "null", '{"token": 7}', '{"projects": {}}', "\x00", "7"])
async def test_a_cursor_that_is_none_is_none(server: SyncingTodoist, todoist: Todoist, cursor: str) -> None:
    server.add("Pay rent")
    assert (await todoist.open_tasks("ann", cursor=cursor)).whole


@pytest.mark.parametrize(
    "fields", [{"name": "Flat"}, {"is_archived": True}, {"is_deleted": True}, {"name": None}, {"id": []}]
)
async def test_a_project_that_changes_its_tasks_has_everything_read(
    server: SyncingTodoist, todoist: Todoist, fields: dict[str, Any]
) -> None:
    home = server.add_project("Home")
    server.add("Pay rent", project_id=home)
    before = await _first(server, todoist)
    server.faults.plan(
        answering({"sync_token": "t", "items": [], "projects": [{"id": home, "name": "Home"} | fields]}),
        on="sync$",
    )
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert found.whole
    assert [call.json["sync_token"] for call in server.calls][1:] == ["*"]


async def test_a_hole_means_that_the_next_list_is_whole(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent")
    before = await _first(server, todoist)
    server.faults.plan(answering({"sync_token": "t", "items": [{"content": "No id"}]}), on="sync$")
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert (found.whole, found.cursor) == (False, None)


async def test_a_task_that_turned_unreadable_is_neither_done_nor_gone(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    rent = server.add("Pay rent")
    before = await _first(server, todoist)
    server.spoil(rent, content=None)
    found = await todoist.open_tasks("ann", cursor=before.cursor)
    assert (found.tasks, found.done, found.gone) == ((), frozenset(), frozenset())
    assert found.unread == {before.tasks[0].task_id}


async def test_what_a_newer_server_adds_is_no_error(server: SyncingTodoist, todoist: Todoist) -> None:
    server.further_fields = {"goals": [{"id": 1}], "ai": {"mood": None}, "full_sync_date_utc": "soon"}
    rent = server.add("Pay rent")
    server.spoil(rent, goal_ids=["x"], order_key="a0", colour={"r": 1}, deadline_lang=None)
    before = await _first(server, todoist)
    server.spoil(rent, mood="blue")
    assert _titles(before) == _titles(await todoist.open_tasks("ann", cursor=before.cursor)) == ["Pay rent"]


async def test_a_failure_keeps_the_cursor(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Pay rent")
    before = await _first(server, todoist)
    server.faults.plan(failing(500), on="sync$")
    with pytest.raises(SourceUnavailable, match="500"):
        await todoist.open_tasks("ann", cursor=before.cursor)
    server.add("New")
    assert _titles(await todoist.open_tasks("ann", cursor=before.cursor)) == ["New"]
    assert len(server.calls) == 2
