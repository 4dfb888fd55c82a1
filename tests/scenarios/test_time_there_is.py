"""The time that somebody has when they ask for a tip, and tasks with an estimate."""

from __future__ import annotations

import pytest

from core.records import TaskPatch
from core.tasks.changes import change_task
from tests.core.outsiders import BERLIN
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def estimate(oo: Scene, **minutes: int | None) -> None:
    """Set the estimates of tasks, each found by a word of its title."""
    person = await oo.person("7")
    async with oo.app.store.read() as unit:
        tasks = await unit.tasks.open(person.person_id)
    for word, length in minutes.items():
        (found,) = (task for task in tasks if word in task.title)
        await change_task(found.task_id, person, oo.app.deps, TaskPatch(minutes=length), zone=BERLIN)


@pytest.mark.parametrize(
    "said", ["I have 10 minutes", "/tip 10 min", "ich habe 10 Minuten", "j'ai 10 minutes", "I've got 10 min"]
)
async def test_what_takes_longer_than_the_time_there_is_does_not_come(
    oo: Scene, ann: Person, said: str
) -> None:
    await expect_reply(ann, "/language english")
    for title in ("/add File the taxes today p1", "/add Sort the mail"):
        await expect_reply(ann, title)
    await estimate(oo, taxes=120, mail=5)

    tip = await expect_reply(ann, said)

    assert "Sort the mail" in tip.text
    assert "taxes" not in tip.text
    why = (await expect_reply(ann, "/why")).text
    assert "you had 10 minutes and 2 open tasks; one of your tasks takes longer." in why
    assert "There was no other that could be chosen" not in why


async def test_a_task_without_an_estimate_may_come(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add File the taxes today p1")
    assert "File the taxes" in (await expect_reply(ann, "I have 10 minutes")).text


async def test_when_everything_takes_longer_oo_says_so(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add File the taxes today p1")
    await expect_reply(ann, "/add Paint the fence")
    await estimate(oo, taxes=120, fence=11)

    said = await expect_reply(ann, "I have 10 minutes")
    assert said.text == "Everything on your list takes longer than 10 minutes. /tasks shows all of it."

    assert "Paint the fence" in (await expect_reply(ann, "I have 15 minutes")).text
    said = await expect_reply(ann, "I have 15 minutes")
    assert "Paint the fence" in said.text  # it came up a moment ago, but nothing else fits


async def test_several_reasons_are_all_said(oo: Scene, ann: Person) -> None:
    for title in ("/add File the taxes", "/add Paint the fence", "/add Sweep the yard"):
        await expect_reply(ann, title)
    await expect_reply(ann, "/mute fence")
    await estimate(oo, taxes=120, yard=30)

    assert (await expect_reply(ann, "I have 10 minutes")).text == (
        "Nothing on your list may come up right now: a task about something you muted and"
        " 2 tasks of more than 10 minutes. /tasks shows all of it."
    )


async def test_a_changed_estimate_counts_at_once(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add File the taxes")
    await estimate(oo, taxes=120)
    assert (await expect_reply(ann, "I have 10 minutes")).text.startswith("Everything")
    await estimate(oo, taxes=None)
    assert "File the taxes" in (await expect_reply(ann, "I have 10 minutes")).text
