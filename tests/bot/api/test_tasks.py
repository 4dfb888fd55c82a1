"""Tasks and reminders by the API, as they are in the chat."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.records import Scope
from tests.bot.api.program import Program, program_of
from tests.core.worlds import Scene


async def added(ada: Program, **fields: Any) -> dict[str, Any]:
    reply = await ada.post("/v1/tasks", fields)
    assert reply.status == 201, reply.raw
    found: dict[str, Any] = reply.json
    return found


async def test_a_task_in_words_is_understood_as_in_the_chat(ada: Program) -> None:
    task = await added(ada, text="Pay rent tomorrow 9am p1 #home")

    assert (task["title"], task["priority"], task["labels"]) == ("Pay rent", 1, ["home"])
    assert task["due"] == {"date": "2027-06-15", "time": "09:00", "zone": None}
    assert (await ada.get(f"/v1/tasks/{task['task_id']}")).json == task


async def test_nothing_is_read_out_of_a_title(ada: Program) -> None:
    task = await added(ada, title="Pay rent tomorrow 9am p1 #home")

    assert task["title"] == "Pay rent tomorrow 9am p1 #home"
    assert (task["due"], task["priority"], task["labels"]) == (None, 4, [])


async def test_every_field_of_a_task_is_stored_and_cleaned(ada: Program) -> None:
    task = await added(
        ada,
        title="Water\u202e the   plants\u0000",
        due={"date": "2027-06-20", "time": "08:30", "zone": "America/New_York"},
        repeats="FREQ=WEEKLY",
        priority=2,
        minutes=15,
        labels=["Home", "home"],
        project="Garden",
        notes="front\n\n\nback",
    )

    assert task["title"] == "Water the plants"
    assert task["due"] == {"date": "2027-06-20", "time": "08:30", "zone": "America/New_York"}
    assert task["repeats"].startswith("FREQ=WEEKLY")
    assert (task["minutes"], task["labels"], task["project"]) == (15, ["Home"], "Garden")
    assert task["notes"] == "front\n\nback"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "tomorrow"},
        {"title": "\u200b"},
        {"title": "a", "text": "b"},
        {"title": "a", "colour": "red"},
        {"title": 1},
        {"title": None},
        {"title": "a" * 201},
        {"title": "a", "priority": 0},
        {"title": "a", "priority": 5},
        {"title": "a", "priority": "1"},
        {"title": "a", "priority": 1.5},
        {"title": "a", "priority": True},
        {"title": "a", "minutes": -1},
        {"title": "a", "minutes": 10**30},
        {"title": "a", "labels": "home"},
        {"title": "a", "labels": ["x"] * 21},
        {"title": "a", "due": "tomorrow"},
        {"title": "a", "due": {"date": "2027-02-30"}},
        {"title": "a", "due": {"date": "10000-01-01"}},
        {"title": "a", "due": {"date": "9999-12-31"}},
        {"title": "a", "due": {"date": "0001-01-01"}},
        {"title": "a", "due": {"date": "2027-06-20", "time": "25:99"}},
        {"title": "a", "due": {"date": "2027-06-20", "time": "9"}},
        {"title": "a", "due": {"date": "2027-06-20", "time": "09:00", "zone": "../../etc/passwd"}},
        {"title": "a", "due": {"date": "2027-06-20", "zone": "Europe/Berlin"}},
        {"title": "a", "repeats": "FREQ=DAILY"},
        {"title": "a", "repeats": "FREQ=SECONDLY", "due": {"date": "2027-06-20"}},
        {"title": "a", "repeats": "every day", "due": {"date": "2027-06-20"}},
        [],
        "text",
        None,
    ],
)
async def test_what_is_no_task_is_refused_and_nothing_is_stored(ada: Program, body: Any) -> None:
    reply = await ada.send("POST", "/v1/tasks", raw=json.dumps(body).encode())

    assert (reply.status, reply.problem) == (422, "unusable")
    assert (await ada.get("/v1/tasks")).json["tasks"] == []


async def test_the_list_comes_in_parts_that_neither_repeat_nor_skip(ada: Program) -> None:
    for number in range(7):
        await added(ada, title=f"Task {number}")
    first = (await ada.get("/v1/tasks", limit="3")).json
    gone = first["tasks"][2]["task_id"]
    assert (await ada.send("DELETE", f"/v1/tasks/{gone}")).status == 204
    await added(ada, title="Task 7")

    seen, cursor = [one["title"] for one in first["tasks"]], first["next_cursor"]
    while cursor:
        part = (await ada.get("/v1/tasks", limit="3", cursor=cursor)).json
        seen += [one["title"] for one in part["tasks"]]
        cursor = part["next_cursor"]

    assert sorted(seen) == [f"Task {number}" for number in range(8)]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"limit": "5.0"},
        {"limit": "9" * 400},
        {"cursor": "x"},
        {"cursor": "é"},
        {"cursor": "e30="},
        {"cursor": "W10="},
        {"cursor": "W1tb"},
        {"color": "red"},
    ],
)
async def test_a_query_that_can_not_be_meant_is_refused(ada: Program, query: dict[str, str]) -> None:
    reply = await ada.get("/v1/tasks", **query)

    assert (reply.status, reply.problem) == (422, "unusable")


async def test_a_parameter_that_stands_twice_is_refused(ada: Program) -> None:
    reply = await ada.send("GET", "/v1/tasks", query=(("limit", "1"), ("limit", "2")))

    assert reply.status == 422


async def test_the_list_can_be_narrowed_as_in_the_chat(ada: Program) -> None:
    await added(ada, text="Pay rent tomorrow #home")
    await added(ada, text="Call mum")

    found = (await ada.get("/v1/tasks", filter="#home")).json["tasks"]

    assert [one["title"] for one in found] == ["Pay rent"]


async def test_a_change_leaves_what_it_does_not_name(ada: Program) -> None:
    task = await added(ada, text="Pay rent tomorrow 9am p1 #home")

    changed = (await ada.send("PATCH", f"/v1/tasks/{task['task_id']}", {"priority": 3})).json

    assert changed == {**task, "priority": 3}


async def test_section_and_deadline_are_fields_of_a_task(ada: Program) -> None:
    task = await added(ada, title="Plan", project="Work", section="Ideas", deadline="2027-07-01")
    assert (task["project"], task["section"], task["deadline"]) == ("Work", "Ideas", "2027-07-01")
    path = f"/v1/tasks/{task['task_id']}"

    moved = (await ada.send("PATCH", path, {"due": {"date": "2027-07-09"}})).json
    assert (moved["due"]["date"], moved["deadline"], moved["section"]) == (
        "2027-07-09",
        "2027-07-01",
        "Ideas",
    )
    for query, count in (("/ideas", 1), ("+work", 1), ("#work", 1), ("+home", 0), ("1 july", 1)):
        found = await ada.send("GET", "/v1/tasks", query=[("filter", query)])
        assert len(found.json["tasks"]) == count, query
    elsewhere = (await ada.send("PATCH", path, {"project": "Home"})).json
    assert (elsewhere["project"], elsewhere["section"]) == ("Home", None)
    assert (await ada.send("PATCH", path, {"deadline": None})).json["deadline"] is None
    for wrong in ("2027-13-01", "tomorrow", 7, {"date": "2027-07-01"}, "0001-01-01"):
        assert (await ada.send("PATCH", path, {"deadline": wrong})).status == 422, wrong

    in_words = await added(ada, text="Report friday, deadline 2027-07-01")
    assert (in_words["title"], in_words["deadline"]) == ("Report", "2027-07-01")


async def test_a_change_of_all_fields_and_their_removal(ada: Program) -> None:
    path = f"/v1/tasks/{(await added(ada, title='Old'))['task_id']}"
    values = {
        "title": "New",
        "due": {"date": "2027-07-01", "time": None, "zone": None},
        "repeats": "FREQ=DAILY",
        "minutes": 5,
        "labels": ["a"],
        "project": "P",
        "notes": "n",
    }

    changed = (await ada.send("PATCH", path, values)).json
    nothing: dict[str, Any] = {
        "due": None,
        "repeats": None,
        "minutes": None,
        "labels": [],
        "project": None,
        "notes": None,
    }
    cleared = (await ada.send("PATCH", path, nothing)).json

    assert {name: changed[name] for name in values} == values
    assert {name: cleared[name] for name in nothing} == nothing
    assert cleared["title"] == "New"


async def test_a_task_is_completed_and_reopened(ada: Program) -> None:
    path = f"/v1/tasks/{(await added(ada, title='Pay rent'))['task_id']}"

    done = await ada.send("POST", f"{path}/complete")
    again = await ada.send("POST", f"{path}/complete")
    opened = await ada.send("POST", f"{path}/reopen")
    open_already = await ada.send("POST", f"{path}/reopen")

    assert done.json["state"] == "done"
    assert (again.status, again.problem) == (404, "not-found")
    assert opened.json["state"] == "open"
    assert (open_already.status, open_already.problem) == (409, "not-done")


async def test_a_repeating_task_moves_on_when_it_is_completed(ada: Program) -> None:
    task = await added(ada, title="Water", due={"date": "2027-06-14"}, repeats="FREQ=DAILY")

    done = (await ada.send("POST", f"/v1/tasks/{task['task_id']}/complete")).json

    assert (done["state"], done["due"]["date"]) == ("open", "2027-06-15")


async def test_other_peoples_ids_are_as_unknown_as_those_that_never_were(world: Scene, ada: Program) -> None:
    bob = await program_of(world, await world.person("bob"))
    task = await added(ada, title="Secret")
    reminder = (await ada.post("/v1/reminders", {"text": "call mum tomorrow 18:00"})).json["reminder_id"]

    for path in (f"/v1/tasks/{task['task_id']}", "/v1/tasks/never"):
        for method, way, body in (
            ("GET", "", None),
            ("PATCH", "", {"priority": 1}),
            ("DELETE", "", None),
            ("POST", "/complete", None),
            ("POST", "/reopen", None),
        ):
            reply = await bob.send(method, path + way, body)
            assert (reply.status, reply.json) == (404, (await bob.get("/v1/tasks/never")).json)
    assert (await bob.post("/v1/reminders", {"task_id": task["task_id"]})).status == 404
    assert (await bob.send("DELETE", f"/v1/reminders/{reminder}")).status == 404
    assert (await bob.get("/v1/tasks")).json["tasks"] == []


async def test_reminders_are_promised_listed_and_cancelled(ada: Program) -> None:
    made = await ada.post("/v1/reminders", {"text": "call mum tomorrow 18:00", "lead_minutes": 15})
    task = await added(ada, text="Dentist tomorrow 10:00")
    other = await ada.post("/v1/reminders", {"task_id": task["task_id"], "lead_minutes": 30})
    listed = (await ada.get("/v1/reminders")).json["reminders"]
    gone = await ada.send("DELETE", f"/v1/reminders/{made.json['reminder_id']}")

    assert (made.status, made.json["next_at"]) == (201, "2027-06-15T15:45:00Z")
    assert other.json["next_at"] == "2027-06-15T07:30:00Z"
    assert listed == [other.json, made.json]
    assert gone.status == 204
    assert (await ada.get("/v1/reminders")).json["reminders"] == [other.json]


@pytest.mark.parametrize("text", ["call mum", "call mum 1 june 2020 10:00", ""])
async def test_a_reminder_without_a_time_to_come_is_refused_and_adds_no_task(ada: Program, text: str) -> None:
    reply = await ada.post("/v1/reminders", {"text": text})

    assert reply.status == 422
    assert (await ada.get("/v1/tasks")).json["tasks"] == []


async def test_a_token_does_only_what_it_is_good_for(world: Scene, ada: Program) -> None:
    reader = await program_of(world, await world.stored(), scopes=[Scope.TASKS_READ], name="reader")

    assert (await reader.get("/v1/tasks")).status == 200
    for method, path in (
        ("POST", "/v1/tasks"),
        ("PATCH", "/v1/tasks/x"),
        ("DELETE", "/v1/tasks/x"),
        ("POST", "/v1/tips"),
        ("POST", "/v1/feedback"),
        ("GET", "/v1/preferences"),
        ("PUT", "/v1/preferences"),
        ("GET", "/v1/export"),
        ("DELETE", "/v1/me"),
        ("GET", "/v1/decisions/x"),
    ):
        reply = await reader.send(method, path, {})
        assert (reply.status, reply.problem) == (403, "scope-missing")
