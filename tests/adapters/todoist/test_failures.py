"""Each way in which Todoist can fail has its one meaning, and never a word of the token or a title."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from adapters.todoist import Todoist, api
from core.errors import SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable
from core.records import Task
from tests.adapters.todoist.conftest import TOKEN
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.servers.todoist_body import failing
from tests.servers.todoist_sync import SyncingTodoist

TITLE = "Pay rent CANARY"
TASK = Task(
    task_id="t",
    person_id="ann",
    title=TITLE,
    created_at=datetime(2026, 10, 1, tzinfo=UTC),
    external_id="6X",
)

Act = Callable[[Todoist], Awaitable[object]]
EVERYTHING: list[Act] = [
    lambda todoist: todoist.open_tasks("ann"),
    lambda todoist: todoist.complete(TASK, request_id="1"),
    lambda todoist: todoist.reopen(TASK, request_id="2"),
    lambda todoist: todoist.is_open(TASK),
]


def answering(body: object) -> Fault:
    return status(200, body=json.dumps(body), content_type="application/json")


def listing(**fields: Any) -> Fault:
    task = {"id": "6X", "content": TITLE, "added_at": "2026-10-01T08:00:00Z", "priority": 1, **fields}
    return answering({"sync_token": "t", "full_sync": True, "items": [task]})


@pytest.mark.parametrize("act", EVERYTHING)
@pytest.mark.parametrize("code", [401, 403])
async def test_a_refused_token_means_reconnect(
    server: SyncingTodoist, todoist: Todoist, act: Act, code: int
) -> None:
    server.faults.always(failing(code))
    with pytest.raises(SourceDisconnected, match=str(code)):
        await act(todoist)


async def test_a_wrong_token_is_refused(server: SyncingTodoist) -> None:
    stranger = Todoist("wrong", server.url)
    with pytest.raises(SourceDisconnected, match="refuses the token"):
        await stranger.open_tasks("ann")
    await stranger.close()


@pytest.mark.parametrize("act", EVERYTHING)
@pytest.mark.parametrize("code", [400, 402, 405, 413, 415, 422])
async def test_what_is_wrong_with_a_request_stays_wrong(
    server: SyncingTodoist, todoist: Todoist, act: Act, code: int
) -> None:
    server.faults.always(status(code))
    with pytest.raises(SourceRefused, match=f"Todoist refuses the request .{code}"):
        await act(todoist)


@pytest.mark.parametrize("act", EVERYTHING)
@pytest.mark.parametrize("code", [408, 410, 418, 500, 502, 503, 504])
async def test_any_other_status_is_named_and_nobody_is_asked_to_reconnect(
    server: SyncingTodoist, todoist: Todoist, act: Act, code: int
) -> None:
    server.faults.always(failing(code) if code in (410, 500, 502, 503, 504) else status(code))
    with pytest.raises(SourceUnavailable, match=f"Todoist answered {code}") as told:
        await act(todoist)
    assert type(told.value) is SourceUnavailable


async def test_a_redirect_is_not_followed_with_the_token(server: SyncingTodoist, todoist: Todoist) -> None:
    server.faults.always(status(302, Location=f"{server.url}/api/v1/projects"))
    with pytest.raises(SourceUnavailable, match="302"):
        await todoist.open_tasks("ann")
    assert len(server.calls) == 1


@pytest.mark.parametrize("act", EVERYTHING)
async def test_too_many_requests_ask_for_patience(server: SyncingTodoist, todoist: Todoist, act: Act) -> None:
    server.faults.always(failing(429, retry_after=7))
    with pytest.raises(SourceBusy) as busy:
        await act(todoist)
    assert busy.value.retry_after == 7


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "99999"}, 3600),
        ({"Retry-After": "9" * 6000}, 3600),
        ({"Retry-After": "Thu, 01 Oct 2026 08:05:00 GMT", "Date": "Thu, 01 Oct 2026 08:00:00 GMT"}, 300),
        ({"Retry-After": "Thu, 01 Oct 2026 07:00:00 GMT", "Date": "Thu, 01 Oct 2026 08:00:00 GMT"}, 1),
        ({"Retry-After": "Fri, 01 Oct 2027 08:00:00 GMT", "Date": "Thu, 01 Oct 2026 08:00:00 GMT"}, 3600),
        ({"Retry-After": "Thu, 01 Oct 2026 08:05:00 GMT"}, 60),
        ({}, 60),
        ({"Retry-After": "soon"}, 60),
        ({"Retry-After": "-5"}, 60),
        ({"Retry-After": "nan"}, 60),
        ({"Retry-After": "Thu, 99 Oct 99999 08:05:00 GMT", "Date": "x"}, 60),
    ],
)
def test_the_wait_is_in_seconds_or_until_a_date_and_never_long(
    headers: dict[str, str], seconds: float
) -> None:
    assert api.retry_after(headers) == seconds


@pytest.mark.parametrize("fault", [close, half_body, garbage, nothing])
async def test_a_broken_answer_is_no_answer(server: SyncingTodoist, todoist: Todoist, fault: Fault) -> None:
    server.add(TITLE)
    server.faults.always(fault)
    with pytest.raises(SourceUnavailable):
        await todoist.open_tasks("ann")
    with pytest.raises(SourceUnavailable):
        await todoist.is_open(TASK)
    server.faults.clear()
    assert len((await todoist.open_tasks("ann")).tasks) == 1


@pytest.mark.parametrize("limits", [{"answer_seconds": 0.1}])
async def test_silence_has_an_end(server: SyncingTodoist, todoist: Todoist) -> None:
    server.faults.always(hang)
    with pytest.raises(SourceUnavailable, match="took too long"):
        await todoist.open_tasks("ann")


async def test_nobody_there(server: SyncingTodoist, todoist: Todoist) -> None:
    await server.stop()
    with pytest.raises(SourceUnavailable, match="can't be reached"):
        await todoist.open_tasks("ann")
    await server.start()
    assert (await todoist.open_tasks("ann")).tasks == ()


@pytest.mark.parametrize("limits", [{"max_answer_bytes": 100_000}])
async def test_an_endless_answer_is_cut_off(server: SyncingTodoist, todoist: Todoist) -> None:
    server.faults.always(status(200, body="[" * 300_000, content_type="application/json"))
    with pytest.raises(SourceUnavailable, match="too large"):
        await todoist.open_tasks("ann")


async def test_a_list_of_projects_without_an_end_is_left(server: SyncingTodoist, todoist: Todoist) -> None:
    server.faults.always(answering({"results": [], "next_cursor": "again"}), on="projects$")
    server.faults.always(answering({"id": "6X", "content": TITLE}), on="tasks/6X$")
    with pytest.raises(SourceUnavailable, match="does not end"):
        await todoist.update(replace(TASK, project="Work"), ["project"], request_id="1")
    assert len(server.calls_of("projects$")) == 50


@pytest.mark.parametrize(
    "fault",
    [
        answering([]),
        answering(None),
        answering({"results": []}),
        answering({"items": []}),
        answering({"sync_token": "", "items": []}),
        answering({"sync_token": "t", "full_sync": True}),
        answering({"sync_token": "t", "full_sync": True, "items": None}),
        answering({"sync_token": "t", "full_sync": True, "items": {}}),
        status(200, body="[" * 100_000, content_type="application/json"),
    ],
)
async def test_what_is_no_list_of_tasks_is_refused_whole(
    server: SyncingTodoist, todoist: Todoist, fault: Fault
) -> None:
    server.faults.always(fault)
    with pytest.raises(SourceUnavailable) as told:
        await todoist.open_tasks("ann")
    assert "CANARY" not in str(told.value)


@pytest.mark.parametrize("fields", [{"checked": True}, {"is_deleted": True}])
async def test_a_list_that_holds_what_is_over_is_sifted(
    server: SyncingTodoist, todoist: Todoist, fields: dict[str, bool]
) -> None:
    server.faults.always(listing(**fields))
    assert (await todoist.open_tasks("ann")).tasks == ()


async def test_neither_log_nor_error_holds_the_token_or_a_title(
    server: SyncingTodoist, todoist: Todoist, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(TITLE)
    errors = []
    with caplog.at_level(logging.DEBUG):
        await todoist.open_tasks("ann")
        for fault in (failing(401), failing(500), failing(429), garbage, close, listing(id=TITLE)):
            server.faults.clear()
            server.faults.always(fault)
            for act in EVERYTHING:
                try:
                    await act(todoist)
                except SourceUnavailable as error:
                    errors.append(error)
    assert len(errors) >= 18
    told = caplog.text + "".join(f"{error!r} {error.__cause__!r}" for error in errors)
    assert TOKEN not in told
    assert "CANARY" not in told


async def test_an_endpoint_with_a_path_of_its_own_is_kept(server: SyncingTodoist) -> None:
    server.faults.always(answering({"sync_token": "t", "full_sync": True, "items": []}))
    behind = Todoist(TOKEN, f"{server.url}/todoist/")
    await behind.open_tasks("ann")
    await behind.close()
    assert server.calls[0].path == "/todoist/api/v1/sync"


async def test_closing_ends_the_connection_and_a_later_request_opens_it_again(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    await todoist.close()
    await todoist.open_tasks("ann")
    await todoist.close()
    await todoist.close()
    assert (await todoist.open_tasks("ann")).tasks == ()
    assert aiohttp.hdrs.COOKIE not in server.calls[-1].headers


@pytest.mark.parametrize("fault", [garbage, nothing, status(200, body="<html>Sign in</html>")])
async def test_what_is_no_answer_of_todoists_proves_nothing(
    server: SyncingTodoist, todoist: Todoist, fault: Fault
) -> None:
    here = server.add(TITLE)
    task = replace(TASK, external_id=here.id)
    server.faults.always(fault, on="^(POST|DELETE)")
    for act in (
        todoist.complete(task, request_id="1"),
        todoist.reopen(task, request_id="2"),
        todoist.update(replace(task, title="Call Bob"), ("title",), request_id="3"),
        todoist.delete(task, request_id="4"),
    ):
        with pytest.raises(SourceUnavailable):
            await act
    server.faults.clear()
    await todoist.complete(task, request_id="1")
    assert here.checked
