"""Free text with a language model: it answers and proposes; what changes something, oO does or asks first."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.screens import texts
from tests.scenarios.models import LITELLM, completion, reply
from tests.scenarios.talking import expect_all_answered, expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.llm import LlmServer, Say, failing
from tests.servers.telegram import Person, TelegramServer

pytestmark = LITELLM

ELEPHANT = "what do you think about elephants, and why do they never forget anything at all?"


async def test_free_text_is_answered_in_context(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    llm.script(reply("Elefanten vergessen nie. Deiner will gefüttert werden."))

    answer = await expect_reply(ann, "Was hältst du von Elefanten?")

    assert answer.text == "Elefanten vergessen nie. Deiner will gefüttert werden."
    [asked] = llm.requests
    assert asked.model == "tip-generator"
    assert "Feed the elephant" in asked.text
    assert "Was hältst du von Elefanten?" in asked.text


async def test_what_is_clear_without_it_never_reaches_it(oo: Scene, ann: Person, llm: LlmServer) -> None:
    for text in ("thanks", "remind me to call Mum", "not now", "/tasks", "pause until monday"):
        await expect_reply(ann, text)

    assert llm.requests == []


async def test_an_added_task_can_be_taken_back(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(reply("Gladly.", "add_task", "Call the vet friday"))

    answer = await expect_reply(ann, "the elephant sneezes, so somebody ought to see to that")

    assert answer.text == "Gladly.\nAdded: Call the vet, Friday."
    await expect_edit_on_tap(ann, answer, "Undo")
    assert await oo.open_tasks(await oo.person("7")) == []


@pytest.mark.parametrize(
    ("name", "argument", "question", "outcome"),
    [
        (
            "pause",
            "until friday",
            "Shall I stay silent: until friday?",
            "Silent until Friday. /resume ends it sooner.",
        ),
        ("pause", "", "Shall I stay silent: until you send /resume?", "Silent until you send /resume."),
        (
            "set_quiet",
            "21:00-08:00",
            "Shall I set your quiet hours to 21:00-08:00?",
            "Quiet hours: 21:00–8:00.",
        ),
        (
            "set_times",
            "8:00 20:00",
            "Shall I write at 8:00 20:00 from now on?",
            "I'll write at 8:00 and 20:00.",
        ),
        (
            "mute",
            "elephants",
            'Shall I never write about "elephants" again?',
            'I won\'t write about "elephants".',
        ),
        (
            "complete_task",
            "t1",
            'Shall I mark "Feed the elephant" as done?',
            "Feed the elephant Done at 9:00.",
        ),
    ],
)
async def test_what_cannot_be_taken_back_so_easily_is_asked_first(
    oo: Scene, ann: Person, llm: LlmServer, name: str, argument: str, question: str, outcome: str
) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    before = await oo.person("7")
    llm.script(reply("As you like.", name, argument))

    asked = await expect_reply(ann, ELEPHANT)

    assert asked.text == f"As you like.\n{question}"
    assert asked.labels == ["Yes", "No"]
    assert await oo.person("7") == before
    assert len(await oo.open_tasks(before)) == 1
    await expect_edit_on_tap(ann, asked, "Yes")
    assert asked.text == outcome
    assert asked.labels in ([], ["Undo"])


async def test_no_leaves_it_as_it_was(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(reply("", "set_quiet", "21:00-08:00"))

    asked = await expect_edit_on_tap(ann, await expect_reply(ann, ELEPHANT), "No")

    assert asked.text == texts.NOT_DONE
    assert "22:00–7:00" in (await expect_reply(ann, "/quiet")).text


async def test_a_yes_to_nonsense_is_helped(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(reply("", "set_quiet", "whenever"))
    asked = await expect_reply(ann, ELEPHANT)

    await ann.tap(asked, "Yes")

    assert "whenever" in (await ann.expect_message()).text
    assert "22:00–7:00" in (await expect_reply(ann, "/quiet")).text


@pytest.mark.parametrize(
    "said_back",
    [
        reply("Hm.", "delete_everything", "all"),
        reply("Hm.", "delete", "all"),
        reply("Hm.", "complete_task", "t99"),
        reply("Hm.", "complete_task", "oo-telegram-1"),
        reply("Hm.", "set_quiet", ""),
        '{"reply": "Hm.", "action": {"name": ["mute"], "argument": {"a": 1}}}',
        '{"reply": "Hm.", "action": "mute everything"}',
        '{"reply": "Hm."}',
    ],
)
async def test_other_actions_are_not_there(oo: Scene, ann: Person, llm: LlmServer, said_back: str) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    before = await oo.person("7")
    llm.script(said_back)

    answer = await expect_reply(ann, ELEPHANT)

    assert (answer.text, answer.labels) == ("Hm.", [])
    assert await oo.person("7") == before
    assert len(await oo.open_tasks(before)) == 1


async def test_an_answer_carries_no_link_and_no_markup(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(reply("<b>See</b> https://evil.example/?q=1 or t.me/evil, *ask* @evil, /delete \u202eit."))

    answer = await expect_reply(ann, ELEPHANT)

    assert answer.text == "… … or … *ask* … … it."
    assert answer.entities == ()


async def test_a_very_long_answer_is_cut(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(reply("Elephants. " * 500))

    assert len((await expect_reply(ann, ELEPHANT)).text) <= 600


FAILURES: tuple[Say, ...] = (failing(500), "Just talk.", '{"reply": 5, "action": 7}', "[]", '{"reply": null}')


async def test_without_an_answer_the_way_on_is_shown(oo: Scene, ann: Person, llm: LlmServer) -> None:
    for failure in FAILURES:
        llm.script(failure, failure, failure)
        answer = await expect_reply(ann, "the elephant in the room")
        assert answer.text.startswith(("I didn't quite get that", "5"))


async def test_give_a_tip_gives_one(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant p1")
    llm.script(reply("Here you are.", "give_tip"))

    tip = await expect_reply(ann, ELEPHANT)

    assert tip.labels == ["Done", "Snooze", "Dismiss"]


async def test_whoever_leaves_while_the_model_thinks_hears_no_more(
    oo: Scene, ann: Person, telegram: TelegramServer, llm: LlmServer
) -> None:
    goes_on = asyncio.Event()

    async def slowly(_request: web.Request) -> web.Response:
        await goes_on.wait()
        return web.json_response(completion(reply("Gladly.", "add_task", "Feed the elephant")))

    asked = await expect_reply(ann, "/delete")
    llm.answer = lambda _asked: slowly
    await ann.send(ELEPHANT)
    await llm.expect_calls("POST")
    await expect_edit_on_tap(ann, asked, "Delete everything")
    goes_on.set()
    await expect_all_answered(oo, telegram)

    assert ann.chat.messages[-1] is asked
