"""Requests with an ``Idempotency-Key``."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from adapters.storage.store import open_store
from bot.api.repetition import Repetitions
from core.errors import StoreFull
from tests.bot.api.program import Program, api_of, program_of
from tests.core.worlds import Scene, scene

TASK = {"title": "Pay rent"}


async def test_a_repeated_request_gets_the_same_answer_and_changes_nothing(ada: Program) -> None:
    first = await ada.post("/v1/tasks", TASK, idempotency_key="one")
    again = await ada.post("/v1/tasks", TASK, idempotency_key="one")
    other = await ada.post("/v1/tasks", TASK, idempotency_key="two")

    assert (again.status, again.raw.body) == (first.status, first.raw.body)
    assert again.raw.headers["Idempotency-Replayed"] == "true"
    assert again.raw.headers == {**first.raw.headers, "Idempotency-Replayed": "true"}
    assert first.raw.headers["Location"] == f"/v1/tasks/{first.json['task_id']}"
    assert other.json["task_id"] != first.json["task_id"]
    assert len((await ada.get("/v1/tasks")).json["tasks"]) == 2


async def test_another_body_or_path_with_the_same_key_is_a_conflict(ada: Program) -> None:
    await ada.post("/v1/tasks", TASK, idempotency_key="one")

    for path, body in (("/v1/tasks", {"title": "Other"}), ("/v1/reminders", {"text": "call mum at 18:00"})):
        reply = await ada.post(path, body, idempotency_key="one")
        assert (reply.status, reply.problem) == (409, "idempotency-key-reused")


async def test_two_people_may_use_the_same_key(world: Scene, ada: Program) -> None:
    bob = await program_of(world, await world.person("bob"))

    mine = await ada.post("/v1/tasks", TASK, idempotency_key="one")
    theirs = await bob.post("/v1/tasks", {"title": "Other"}, idempotency_key="one")

    assert (mine.json["title"], theirs.json["title"]) == ("Pay rent", "Other")


async def test_requests_with_one_key_at_the_same_time_count_once(real_ada: Program) -> None:
    ada = real_ada
    await ada.scene.task("Pay rent")
    tips = await asyncio.gather(*(ada.post("/v1/tips", {}, idempotency_key="t") for _ in range(5)))
    feedback = {"decision_id": tips[0].json["decision_id"], "reaction": "done"}
    replies = await asyncio.gather(
        *(ada.post("/v1/feedback", feedback, idempotency_key="f") for _ in range(5))
    )

    assert len({one.raw.body for one in tips}) == 1
    assert {one.json["result"] for one in replies} == {"accepted"}
    assert len(await ada.scene.decisions()) == 1


async def test_a_tip_whose_answer_was_lost_before_it_was_kept_is_not_decided_again(
    real_ada: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: Any) -> None:
        return

    await real_ada.scene.task("Pay rent")
    with monkeypatch.context() as patch:
        patch.setattr(Repetitions, "keep", lost)
        tip = await real_ada.post("/v1/tips", {}, idempotency_key="t")

    assert (await real_ada.post("/v1/tips", {}, idempotency_key="t")).json == tip.json
    assert len(await real_ada.scene.decisions()) == 1


async def test_an_answer_that_can_not_be_kept_undoes_the_change(
    real_ada: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise StoreFull("no room")

    ada = real_ada
    (tip,) = await tips_of(ada, 1)
    requests = (
        ("/v1/tasks", TASK),
        ("/v1/reminders", {"text": "call mum tomorrow 18:00"}),
        ("/v1/feedback", {"decision_id": tip, "reaction": "done"}),
    )
    before = (await ada.get("/v1/export")).json["tables"]
    with monkeypatch.context() as patch:
        patch.setattr(Repetitions, "keep", fail)
        for path, body in requests:
            assert (await ada.post(path, body, idempotency_key=path)).status == 503
    assert (await ada.get("/v1/export")).json["tables"] == before
    assert ada.redrawn == []

    replies = [await ada.post(path, body, idempotency_key=path) for path, body in requests]

    assert [one.status for one in replies] == [201, 201, 200]
    assert replies[2].json["result"] == "accepted"
    assert ada.redrawn == [tip]


async def test_two_processes_make_a_change_once(database_url: str) -> None:
    stores = [await open_store(database_url) for _ in range(2)]
    world = scene(stores[0], llm=True)
    ada = await program_of(world, await world.person())
    other = replace(ada, api=api_of(replace(world.deps, store=stores[1])))
    tips = await tips_of(ada, 5)
    for number, tip in enumerate(tips):
        feedback = {"decision_id": tip, "reaction": "done"}
        replies = await asyncio.gather(
            *(one.post("/v1/feedback", feedback, idempotency_key=f"f{number}") for one in (ada, other) * 3),
            *(one.post("/v1/tasks", TASK, idempotency_key=f"t{number}") for one in (ada, other) * 3),
        )
        assert {one.json["result"] for one in replies[:6]} == {"accepted"}
        assert len({one.json["task_id"] for one in replies[6:]}) == 1
        assert sum("Idempotency-Replayed" in one.raw.headers for one in replies) == 10
    for store in stores:
        await store.close()


async def test_a_reaction_is_redrawn_once_and_only_after_its_commit(real_ada: Program) -> None:
    ada = real_ada
    (tip,) = await tips_of(ada, 1)
    for _ in range(3):
        feedback = {"decision_id": tip, "reaction": "done"}
        assert (await ada.post("/v1/feedback", feedback, idempotency_key="f")).json["result"] == "accepted"
    assert ada.redrawn == [tip]


async def tips_of(ada: Program, number: int) -> list[str]:
    """That many decisions on tips, each about a task of its own."""
    found = []
    for each in range(number):
        await ada.scene.task(f"Task {each}")
        found.append((await ada.post("/v1/tips", {})).json["decision_id"])
    return found


async def test_a_refused_request_may_be_corrected_under_its_key(ada: Program) -> None:
    assert (await ada.post("/v1/tasks", {"text": "tomorrow"}, idempotency_key="one")).status == 422

    assert (await ada.post("/v1/tasks", TASK, idempotency_key="one")).status == 201


@pytest.mark.parametrize("key", [" ", "a b", "é", "x" * 201, "a\x7f"])
async def test_a_key_of_another_form_is_refused(ada: Program, key: str) -> None:
    reply = await ada.post("/v1/tasks", TASK, idempotency_key=key)

    assert (reply.status, reply.problem) == (400, "bad-request")
