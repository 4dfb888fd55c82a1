"""A talk of six turns through the real LiteLLM proxy and a scripted model, which is told what oO knows."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.models import LITELLM, tips
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.litellm_proxy import LiteLlmProxy
from tests.servers.llm import ChatRequest, LlmServer
from tests.servers.telegram import Person, TelegramServer

pytestmark = LITELLM


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    """The model behind the proxy; it answers every request for tips with a tip about the load."""
    async with LlmServer(answer=lambda _request: tips({"content": "Begin with something small."})) as server:
        yield server


@pytest.fixture
async def oo(
    tmp_path: Path,
    telegram: TelegramServer,
    llm: LlmServer,
    cached_certificates: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.conversation.ask_llm.LOADING_NOTICE_SECONDS", 60.0)
    with LiteLlmProxy(tmp_path, model_url=llm.url) as proxy:
        keys = {"LITELLM_URL": proxy.url, "LITELLM_MASTER_KEY": proxy.master_key}
        slow = "writing: {deadline_asked_seconds: 60, deadline_waking_seconds: 60}\n"
        async with scene(tmp_path, NINE, config=slow, **reaching(telegram), **keys) as running:
            assert running.app.model is not None
            await running.app.model.warm()
            yield running


def said(reply: str, *actions: tuple[str, str]) -> str:
    return json.dumps({"reply": reply, "actions": [{"name": name, "argument": arg} for name, arg in actions]})


def sent(request: ChatRequest) -> dict[str, Any]:
    """What oO sent of its own knowledge."""
    found: dict[str, Any] = json.loads(request.messages[-1]["content"])
    return found


def facts(request: ChatRequest) -> dict[str, str]:
    return {fact["id"]: fact["text"] for fact in sent(request)["facts"]}


async def lived_through(oo: Scene, ann: Person) -> None:
    """Five mornings with a tip each: four done, one dismissed; then some tasks for today."""
    for number in range(5):
        await expect_reply(ann, f"/add Chore {number}")
        tip = await expect_reply(ann, "/tip")
        await expect_edit_on_tap(ann, tip, "Dismiss" if number == 4 else "Done")
        oo.clock.move(days=1)
    await expect_reply(ann, "/add Visit the dentist today 15:00")
    await expect_reply(ann, "/add Sort the mail")
    await expect_reply(ann, "done: sort the mail")
    await expect_reply(ann, "/add Pay rent friday p1")


async def test_six_turns(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await lived_through(oo, ann)
    turns: list[str] = []

    async def turn(words: str, answer: str) -> str:
        llm.script(answer)
        turns.append(words)
        return (await expect_reply(ann, words)).text

    assert (
        await turn("so, what does my day look like then?", said("The dentist at 15:00."))
        == "The dentist at 15:00."
    )
    known = facts(llm.requests[-1])
    assert known["agenda"] == "Due today: 1. 15:00 Visit the dentist"
    assert known["done"] == "Done today: 1. Sort the mail"
    assert (
        "Tips sent in the morning (5:00 to 12:00): 4 of the last 5 done, 1 of 5 dismissed." in known.values()
    )
    assert "earlier" not in sent(llm.requests[-1])

    assert await turn("and after that, what would be good?", said("The rent, it is due on Friday.")) != ""
    await expect_edit_on_tap(ann, await ann.expect_message(), "Remember")

    llm.script(said("Moved.", ("move_task", "t1 tomorrow 15:00")))
    offered = await expect_reply(ann, "hm, I can't make it at three, rather the day after")
    assert offered.text == 'Moved.\nShall I move "Visit the dentist" to: tomorrow 15:00?'
    await expect_edit_on_tap(ann, offered, "Yes")

    llm.script(
        said(
            "Both of them.",
            ("change_task", "t2 takes 30 minutes"),
            ("add_task", "Call the landlord tomorrow"),
        )
    )
    listed = await expect_reply(
        ann, "the other one takes half an hour, and I ought to ring the landlord as well"
    )
    assert [turn["text"] for turn in sent(llm.requests[-1])["earlier"]] == [
        "hm, I can't make it at three, rather the day after",
        'Moved. Shall I move "Visit the dentist" to: tomorrow 15:00?',
        "Moved: Visit the dentist, tomorrow 15:00.",
    ]
    await expect_message_on_tap(ann, listed, "Do all")
    await ann.expect_message()

    assert (
        await turn("well, what do you know about the rent by now?", said("It takes 30 minutes."))
        == "It takes 30 minutes."
    )
    known = facts(llm.requests[-1])
    assert any("Pay rent" in text and "takes 30 minutes" in text for text in known.values())
    assert any("Call the landlord" in text for text in known.values())

    assert await turn("very good, so that would be everything then, wouldn't it?", said("Yes.")) == "Yes."
    assert {turn["who"] for turn in sent(llm.requests[-1])["earlier"]} == {"person", "oo"}
    assert all([message["role"] for message in one.messages] == ["system", "user"] for one in llm.requests)
    titles = {task.title: task.minutes for task in await oo.open_tasks(await oo.person("7"))}
    assert titles["Pay rent"] == 30
    assert "Call the landlord" in titles
