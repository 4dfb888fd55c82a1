"""The local Todoist keeps the real one's shapes, rules and traps."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from tests.servers.local import Fault, close, garbage, half_body, hang, nothing
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_body import failing

NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
AUTHORISED = {"Authorization": "Bearer s3cret"}


@pytest.fixture
async def todoist() -> AsyncIterator[TodoistServer]:
    async with TodoistServer(token="s3cret", zone="Europe/Berlin", clock=lambda: NOW) as server:
        yield server


@pytest.fixture
async def client(todoist: TodoistServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"{todoist.url}/api/v1/", headers=AUTHORISED) as session:
        yield session


async def _answer(client: aiohttp.ClientSession, method: str, path: str, **options: Any) -> tuple[int, Any]:
    async with client.request(method, path, **options) as response:
        return response.status, await response.json() if await response.read() else None


async def test_a_task_has_every_field_of_the_real_api(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    added = todoist.add("Pay rent", due=date(2026, 10, 2), priority=4, labels=["home"])
    code, task = await _answer(client, "GET", f"tasks/{added.id}")
    assert code == 200
    assert (task["content"], task["priority"], task["labels"]) == ("Pay rent", 4, ["home"])
    assert (task["due"].pop("date"), task["due"].pop("string")) == ("2026-10-02", "2026-10-02")
    assert task["due"] == {"timezone": None, "lang": "en", "is_recurring": False}
    assert (task["checked"], task["is_deleted"], task["completed_at"]) == (False, False, None)
    assert task["added_at"] == "2026-10-01T08:00:00.000000Z"


async def test_pages_hold_at_most_the_limit_and_together_every_active_task(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    names = [todoist.add(f"task {number}").content for number in range(5)]
    todoist.complete_elsewhere(todoist.add("done").id)
    sizes, seen, query = [], [], {"limit": "2"}
    while True:
        _, page = await _answer(client, "GET", "tasks", params=query)
        sizes.append(len(page["results"]))
        seen += [task["content"] for task in page["results"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert (sizes, seen) == ([2, 2, 1], names)


async def test_a_wrong_token_gets_401_and_the_old_apis_410(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    code, error = await _answer(client, "GET", "tasks", headers={"Authorization": "Bearer other"})
    assert (code, error["http_code"], error["error_tag"]) == (401, 401, "UNAUTHORIZED")
    for old in ("/rest/v2/tasks", "/sync/v9/sync", "/api/v9/sync"):
        async with client.get(f"{todoist.url}{old}") as response:
            assert response.status == 410
            assert "/api/v1/" in await response.text()


async def test_a_closed_task_is_listed_as_completed_until_it_is_reopened(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    parent = todoist.add("Move house")
    child = todoist.add("Pack books", parent_id=parent.id)
    week = {"since": "2026-09-25T00:00:00Z", "until": "2026-10-02T00:00:00Z"}
    assert await _answer(client, "POST", f"tasks/{parent.id}/close") == (204, None)
    _, done = await _answer(client, "GET", "tasks/completed/by_completion_date", params=week)
    assert {task["id"] for task in done["items"]} == {parent.id, child.id}
    assert {task["completed_at"] for task in done["items"]} == {"2026-10-01T08:00:00.000000Z"}
    assert await _answer(client, "POST", f"tasks/{child.id}/reopen") == (204, None)
    _, active = await _answer(client, "GET", "tasks")
    assert {task["id"] for task in active["results"]} == {parent.id, child.id}


@pytest.mark.parametrize(
    ("recurring", "due", "after"),
    [
        ("every day", date(2026, 9, 28), "2026-10-02"),
        ("every day", date(2026, 10, 5), "2026-10-06"),
        ("every 2 weeks", date(2026, 10, 1), "2026-10-15"),
        ("every monday", None, "2026-10-12"),
        ("every month", date(2026, 10, 31), "2026-11-30"),
        ("every day at 09:00", datetime.fromisoformat("2026-10-01T09:00"), "2026-10-02T09:00:00.000000"),
        # The clocks go back on 25 October: nine in the morning is seven, then eight o'clock UTC.
        (
            "every day at 09:00",
            datetime(2026, 10, 24, 9, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T08:00:00.000000Z",
        ),
    ],
)
async def test_closing_a_recurring_task_moves_its_due_date_and_reopening_does_not_bring_it_back(
    todoist: TodoistServer,
    client: aiohttp.ClientSession,
    recurring: str,
    due: date | datetime | None,
    after: str,
) -> None:
    task = todoist.add("Water the plants", due=due, recurring=recurring)
    for verb in ("close", "reopen"):
        await _answer(client, "POST", f"tasks/{task.id}/{verb}")
        _, seen = await _answer(client, "GET", f"tasks/{task.id}")
        assert (seen["due"]["date"], seen["due"]["is_recurring"], seen["checked"]) == (after, True, False)
    day = {"since": "2026-10-01T00:00:00Z", "until": "2026-10-02T00:00:00Z"}
    _, done = await _answer(client, "GET", "tasks/completed/by_completion_date", params=day)
    assert done["items"] == []


async def test_a_deleted_task_is_still_served_but_can_no_longer_be_closed(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    task = todoist.add("Old")
    assert await _answer(client, "DELETE", f"tasks/{task.id}") == (204, None)
    code, seen = await _answer(client, "GET", f"tasks/{task.id}")
    assert (code, seen["is_deleted"], seen["checked"]) == (200, True, False)
    code, error = await _answer(client, "POST", f"tasks/{task.id}/close")
    assert (code, error["error_tag"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("fields", "when", "zone"),
    [
        ({"due_date": "2026-10-03"}, "2026-10-03", None),
        ({"due_datetime": "2026-10-03T09:00:00"}, "2026-10-03T09:00:00.000000", None),
        ({"due_datetime": "2026-10-03T09:00:00Z"}, "2026-10-03T09:00:00.000000Z", "Europe/Berlin"),
        ({"due_string": "tomorrow at 09:00"}, "2026-10-02T09:00:00.000000", None),
        ({"due_string": "every monday starting 2026-10-06"}, "2026-10-12", None),
    ],
)
async def test_a_due_date_is_a_day_a_floating_or_a_fixed_time(
    client: aiohttp.ClientSession, fields: dict[str, str], when: str, zone: str | None
) -> None:
    code, task = await _answer(client, "POST", "tasks", json={"content": "Call", **fields})
    assert (code, task["due"]["date"], task["due"]["timezone"]) == (200, when, zone)


async def test_an_update_changes_what_it_names_and_a_date_ends_a_recurrence(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    task = todoist.add("Water the plants", recurring="every day", priority=3)
    _, seen = await _answer(
        client, "POST", f"tasks/{task.id}", json={"due_date": "2026-10-09", "content": "Water"}
    )
    assert (seen["content"], seen["priority"]) == ("Water", 3)
    assert (seen["due"]["date"], seen["due"]["is_recurring"]) == ("2026-10-09", False)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"content": ""},
        {"content": "x" * 501},
        {"content": "x", "priority": 5},
        {"content": "x", "priority": True},
        {"content": "x", "labels": "home"},
        {"content": "x", "due_string": "when pigs fly"},
        {"content": "x", "due_date": "2026-02-30"},
        {"content": "x", "due_date": "2026-10-01", "due_string": "today"},
        {"content": "x", "due": {"date": "2026-10-01"}},
        {"content": "x", "project_id": "220474322"},
        ["content"],
    ],
)
async def test_a_malformed_task_is_refused_and_nothing_is_made(
    todoist: TodoistServer, client: aiohttp.ClientSession, fields: object
) -> None:
    code, error = await _answer(client, "POST", "tasks", json=fields)
    assert (code, error["http_code"]) == (400, 400)
    assert todoist.tasks == {}


@pytest.mark.parametrize(
    "path",
    [
        "tasks?limit=201",
        "tasks?limit=0",
        "tasks?cursor=made-up",
        "tasks?filter=today",
        "tasks/completed/by_completion_date?since=2026-10-01T00:00:00Z",
        "tasks/completed/by_completion_date?since=2026-01-01T00:00:00Z&until=2026-10-01T00:00:00Z",
    ],
)
async def test_parameters_that_the_api_does_not_take_are_refused(
    client: aiohttp.ClientSession, path: str
) -> None:
    code, _ = await _answer(client, "GET", path)
    assert code == 400


async def test_user_and_projects_say_where_tasks_land(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    work = todoist.add_project("Work")
    todoist.add("Report", project_id=work)
    _, user = await _answer(client, "GET", "user")
    _, projects = await _answer(client, "GET", "projects")
    assert user["inbox_project_id"] == projects["results"][0]["id"] == todoist.inbox
    assert user["tz_info"] == {"timezone": "Europe/Berlin", "gmt_string": "+02:00"}
    assert [project["name"] for project in projects["results"]] == ["Inbox", "Work"]
    _, found = await _answer(client, "GET", "tasks", params={"project_id": work})
    assert [task["content"] for task in found["results"]] == ["Report"]


@pytest.mark.parametrize("code", [401, 403, 410, 500, 502, 503])
async def test_a_planned_status_is_answered_once_and_only_where_it_was_planned(
    todoist: TodoistServer, client: aiohttp.ClientSession, code: int
) -> None:
    todoist.faults.plan(failing(code), on="GET /api/v1/tasks$")
    codes = []
    for path in ("projects", "tasks", "tasks"):
        async with client.get(path) as response:
            codes.append(response.status)
    assert codes == [200, code, 200]


async def test_too_many_requests_say_when_to_come_back(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    todoist.faults.always(failing(429, retry_after=7))
    async with client.get("tasks") as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
        assert (await response.json())["error_extra"]["retry_after"] == 7
    todoist.faults.clear()
    code, _ = await _answer(client, "GET", "tasks")
    assert code == 200


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (hang, TimeoutError),
        (close, aiohttp.ServerDisconnectedError),
        (half_body, aiohttp.ClientPayloadError),
        (garbage, ValueError),
        (nothing, ValueError),
    ],
)
async def test_broken_answers_break_as_on_a_real_network(
    todoist: TodoistServer, client: aiohttp.ClientSession, fault: Fault, seen: type[Exception]
) -> None:
    # An aiohttp client sends a GET again when a kept-alive connection closes: twice must be enough.
    todoist.faults.plan(fault, times=2)
    with pytest.raises(seen):
        async with client.get("tasks", timeout=aiohttp.ClientTimeout(total=0.2)) as response:
            json.loads(await response.read())


async def test_a_late_fault_loses_the_answer_but_not_the_work(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    task = todoist.add("Pay rent")
    todoist.faults.plan(close, on="/close$", late=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await _answer(client, "POST", f"tasks/{task.id}/close")
    assert todoist.tasks[task.id].checked


async def test_every_call_is_recorded_and_can_be_waited_for(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    waiting = asyncio.create_task(todoist.expect_calls("POST /api/v1/tasks$"))
    await _answer(client, "POST", "tasks", json={"content": "Call"})
    (call,) = await waiting
    assert call.json == {"content": "Call"}
    assert call.headers["Authorization"] == "Bearer s3cret"
    with pytest.raises(TimeoutError):
        await todoist.expect_calls("DELETE", within=0.01)


async def test_a_stopped_server_refuses_connections_and_comes_back_where_it_was(
    todoist: TodoistServer, client: aiohttp.ClientSession
) -> None:
    todoist.add("Pay rent")
    await todoist.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await _answer(client, "GET", "tasks")
    await todoist.start()
    _, page = await _answer(client, "GET", "tasks")
    assert [task["content"] for task in page["results"]] == ["Pay rent"]
