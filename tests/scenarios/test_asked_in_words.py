"""Agenda, figures, less and more, and the time there is, asked for in people's own words."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


@pytest.mark.parametrize(
    "said",
    [
        "write less", "too many messages", "Write me less often, please", "fewer messages please",
        "schreib weniger", "zu viele Nachrichten", "écris moins", "trop de messages",
    ],
)  # fmt: skip
async def test_less_in_words(oo: Scene, ann: Person, said: str) -> None:
    await expect_reply(ann, "/language english")
    answer = await expect_reply(ann, said)
    assert (answer.text, answer.labels) == ("At most 2 a day from now on.", ["Undo"])
    assert (await expect_edit_on_tap(ann, answer, "Undo")).text == "As before: at most 3 a day."


@pytest.mark.parametrize("said", ["write more", "write more often", "schreib mehr", "écris plus souvent"])
async def test_more_in_words(oo: Scene, ann: Person, said: str) -> None:
    await expect_reply(ann, "/language english")
    assert (await expect_reply(ann, said)).text.startswith("At most 4 a day from now on.")


@pytest.mark.parametrize(
    "said",
    [
        "what's on today",
        "what do I have to do today?",
        "was steht heute an",
        "qu'est-ce qu'il y a aujourd'hui",
    ],
)
async def test_the_agenda_in_words(oo: Scene, ann: Person, said: str) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Buy milk today")
    assert (await expect_reply(ann, said)).text.splitlines() == ["Today: a task", "1. Buy milk"]


async def test_other_days_in_words(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Buy milk tomorrow")
    assert (await expect_reply(ann, "what is due tomorrow?")).text.splitlines()[0] == "Tomorrow: a task"
    assert (await expect_reply(ann, "what's on this week?")).text.startswith("The next seven days: a task")


@pytest.mark.parametrize(
    "said", ["how many did I do this week", "was habe ich diese Woche geschafft", "show me my statistics"]
)
async def test_the_figures_in_words(oo: Scene, ann: Person, said: str) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Buy milk today")
    assert (await expect_reply(ann, said)).text.startswith("Done this week: nothing so far")


async def test_an_estimate_in_words_keeps_a_task_out_of_ten_minutes(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "finish the tax declaration by 15 december, takes 2 hours")
    assert (await expect_reply(ann, "I have 10 minutes")).text.startswith("Everything on your list")
    assert "tax declaration" in (await expect_reply(ann, "I have 2 hours")).text
