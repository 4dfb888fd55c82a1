"""A language model that has to be loaded first: the person hears of it, and gets the answer in the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.cli.warming import warm_up
from bot.screens import texts
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.models import KEY, LITELLM, completion, reply
from tests.scenarios.talking import expect_greeting, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.llm import LlmServer, Say, failing
from tests.servers.local import Fault, hang
from tests.servers.telegram import Person, TelegramServer

pytestmark = LITELLM

ELEPHANT = "what do you think about elephants, and why do they never forget anything at all?"
SHORT = "writing: {deadline_asked_seconds: 0.05, deadline_waking_seconds: 60}\n"


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    async with LlmServer(key=KEY, models=["tip-generator", "llama3.2:3b"]) as server:
        yield server


@pytest.fixture
async def oo(
    tmp_path: Path,
    telegram: TelegramServer,
    llm: LlmServer,
    cached_certificates: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.conversation.ask_llm.LOADING_NOTICE_SECONDS", 0.0)
    async with scene(
        tmp_path, NINE, config=SHORT, **reaching(telegram), LITELLM_URL=llm.url, LITELLM_MASTER_KEY=KEY
    ) as running:
        assert running.app.model is not None
        await running.app.model.warm()  # the import takes longer than a test waits for a message
        yield running


def when(event: asyncio.Event, outcome: Say) -> Fault:
    """Say this once ``event`` has happened."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await event.wait()
        if isinstance(outcome, str):
            return web.json_response(completion(outcome))
        return await outcome(request)

    return answer


async def test_the_first_answer_may_take_its_time_and_the_person_hears_of_it(
    oo: Scene, ann: Person, llm: LlmServer
) -> None:
    loaded = asyncio.Event()
    llm.script(when(loaded, reply("Elephants remember the way to water.")))

    assert (await expect_reply(ann, ELEPHANT)).text == texts.WAKING
    loaded.set()

    assert (await ann.expect_message()).text == "Elephants remember the way to water."


async def test_a_model_that_does_not_wake_leaves_the_way_on(oo: Scene, ann: Person, llm: LlmServer) -> None:
    gone = asyncio.Event()
    llm.script(when(gone, failing(500)))

    assert (await expect_reply(ann, ELEPHANT)).text == texts.WAKING
    gone.set()

    assert (await ann.expect_message()).text.startswith("I didn't quite get that")


async def test_who_is_awake_has_no_more_time_than_before(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.answer = lambda _asked: reply("Hm.")
    first = await expect_reply(ann, ELEPHANT)
    if first.text == texts.WAKING:
        first = await ann.expect_message()
    assert first.text == "Hm."

    llm.script(hang)

    assert (await expect_reply(ann, ELEPHANT)).text.startswith("I didn't quite get that")


async def test_buttons_are_not_held_up_meanwhile(oo: Scene, ann: Person, llm: LlmServer) -> None:
    added = await expect_reply(ann, "/add Feed the elephant")
    loaded = asyncio.Event()
    llm.script(when(loaded, reply("There.")))
    await expect_reply(ann, ELEPHANT)

    await ann.tap(added, "Undo")
    await ann.expect_edit(added)
    loaded.set()

    assert (await ann.expect_message()).text == "There."
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_a_tip_does_not_wait_for_a_model_to_wake(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant p1")
    llm.answer = lambda _asked: hang

    assert (await expect_reply(ann, "/tip")).text.startswith("Feed the elephant")


async def test_a_model_is_loaded_after_the_start_for_those_who_let_it_read_along(
    tmp_path: Path, telegram: TelegramServer, llm: LlmServer, cached_certificates: None
) -> None:
    ann = telegram.user(7, "Ann")
    async with scene(tmp_path, NINE, **reaching(telegram), OLLAMA_URL=llm.url) as oo:
        greeting = await expect_greeting(oo, ann)
        await warm_up(oo.app)
        assert llm.loaded == []
        await expect_message_on_tap(ann, greeting, "Agree and start")
        await expect_reply(ann, "Berlin")
        await warm_up(oo.app)
        assert [asked["model"] for asked in llm.loaded] == ["llama3.2:3b"]
        assert oo.app.model is not None
        assert oo.app.model.is_awake("tip-generator")
        await expect_reply(ann, "/prefs")
    assert llm.requests == []
