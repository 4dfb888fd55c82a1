"""Purposes and the budget, with a language model that records every prompt: G10, G19, G20, threats 13, 25."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.screens import texts_privacy
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.models import KEY, LITELLM
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_reply,
    invited,
    welcomed,
)
from tests.scenarios.world import Scene, scene
from tests.servers.llm import ChatRequest, EmbeddingRequest, LlmServer
from tests.servers.telegram import Person, TelegramServer

pytestmark = LITELLM

ODD = "well, you know how it is with {canary} elephants, they want what they want, don't they?"


def reply(_request: ChatRequest) -> str:
    return json.dumps({"reply": "Indeed.", "actions": [], "tips": [], "steps": []})


def vectors(request: EmbeddingRequest) -> list[list[float]]:
    return [[1.0, float(len(text)), 0.5] for text in request.texts]


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    async with LlmServer(key=KEY, answer=reply, embed=vectors) as server:
        yield server


def sent(llm: LlmServer) -> str:
    """Everything that ever went to the language model or its embedder."""
    bodies = [one.body for one in llm.requests] + [one.body for one in llm.embedded]
    return json.dumps(bodies, ensure_ascii=False)


async def everything_that_asks(person: Person, canary: str) -> None:
    """Every way in which a text of a person could go to the model: a tip, a talk, steps, a request."""
    await expect_reply(person, f"/add Water the {canary} ferns today p1")
    await expect_reply(person, "/tip")
    await expect_reply(person, ODD.format(canary=canary))
    await expect_reply(person, f"split water the {canary} ferns into steps")
    await expect_reply(person, f"why would anybody {canary} at all, seriously, tell me something")


async def test_without_the_purpose_no_word_goes_to_a_model_in_any_way(
    oo: Scene, ann: Person, llm: LlmServer, telegram: TelegramServer
) -> None:
    shown = await expect_reply(ann, "/privacy")
    await expect_edit_on_tap(ann, shown, "Without language model")
    assert texts_privacy.PURPOSE_OFF["language_model"] in shown.text

    await everything_that_asks(ann, "zanzibar")
    await oo.at("2026-11-22T12:00:00")
    await oo.tick("embed")
    await expect_all_answered(oo, telegram)

    assert "zanzibar" not in sent(llm)
    assert llm.requests == []
    assert llm.embedded == []


async def test_with_the_purpose_the_same_words_do_go_there(
    oo: Scene, ann: Person, llm: LlmServer, telegram: TelegramServer
) -> None:
    """Else the test above could not fail."""
    await everything_that_asks(ann, "zanzibar")
    await expect_all_answered(oo, telegram)
    assert len(llm.requests) >= 3
    assert "zanzibar" in sent(llm)


async def test_the_prompt_for_one_person_holds_nothing_of_another(
    oo: Scene, ann: Person, llm: LlmServer, telegram: TelegramServer
) -> None:
    """G19, threat 25: many people at once, each with a canary of their own."""
    people = {"annette": ann}
    for number, canary in enumerate(("bertolt", "cordula", "dietrich"), start=8):
        people[canary] = await invited(oo, ann, telegram.user(number, canary))

    await asyncio.gather(*(everything_that_asks(one, canary) for canary, one in people.items()))
    await oo.at("2026-11-22T12:00:00")
    await expect_all_answered(oo, telegram)

    prompts = [json.dumps(one.body, ensure_ascii=False) for one in llm.requests]
    found = [[canary for canary in people if canary in prompt] for prompt in prompts]
    assert max(map(len, found)) == 1
    assert {names[0] for names in found if names} == people.keys()


async def test_when_the_budget_is_spent_tips_go_on_and_only_a_question_hears_of_it(
    tmp_path: Path, telegram: TelegramServer, llm: LlmServer, cached_certificates: None
) -> None:
    environment = {**reaching(telegram), "LITELLM_URL": llm.url, "LITELLM_MASTER_KEY": KEY}
    async with scene(tmp_path, NINE, config="budget: {calls: 1}\n", **environment) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "/add Water the ferns today p1")
        await expect_reply(ann, ODD.format(canary="grey"))
        assert len(llm.requests) == 1

        tip = await expect_reply(ann, "/tip")
        assert "Water the ferns" in tip.text
        assert "language model has done" not in tip.text
        answer = await expect_reply(ann, ODD.format(canary="blue"))
        assert texts_privacy.BUDGET_SPENT.removeprefix("> ") in answer.text
        assert len(llm.requests) == 1

        before = len(ann.chat.messages)
        await oo.tick("budget")
        await oo.tick("budget")
        told = [one.text for one in ann.chat.messages[before:]]
        assert len(told) == 1
        assert told[0].startswith("The language model's budget for today is spent.")
