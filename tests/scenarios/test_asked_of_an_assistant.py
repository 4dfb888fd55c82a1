"""What people ask of an assistant, typed on Telegram and on Slack, and each taken back by the word "undo"."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.chat import Channel
from core.records import Person, Task
from tests.scenarios import slack_talk, talking
from tests.scenarios.conftest import NINE, reaching, with_slack
from tests.scenarios.world import Scene, scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer

pytestmark = pytest.mark.usefixtures("cached_certificates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Ann talks to oO on one channel."""

    oo: Scene
    say: Callable[[str], Awaitable[str]]
    """Sends a text; returns oO's answer."""

    person: Callable[[], Awaitable[Person]]

    async def state(self) -> tuple[list[Task], Person]:
        """Her open tasks and settings."""
        person = await self.person()
        return await self.oo.open_tasks(person), person


@pytest.fixture(params=["telegram", "slack"])
async def talk(
    request: pytest.FixtureRequest, tmp_path: Path, telegram: TelegramServer, slack: SlackServer
) -> AsyncIterator[Talk]:
    if request.param == "telegram":
        ann = telegram.user(7, "Ann")
        async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
            await talking.welcomed(oo, ann)
            yield Talk(oo=oo, say=_saying(talking, ann), person=lambda: oo.person("7"))
        return
    member = slack.user("U1", name="Ann")
    async with scene(tmp_path, NINE, **with_slack(slack)) as oo:
        await slack.expect_connection()
        await slack_talk.welcomed(member)
        name = slack_talk.account(member)
        yield Talk(oo=oo, say=_saying(slack_talk, member), person=lambda: oo.person(name, Channel.SLACK))


def _saying(channel: object, ann: object) -> Callable[[str], Awaitable[str]]:
    async def say(text: str) -> str:
        message = await channel.expect_reply(ann, text)  # type: ignore[attr-defined]
        return str(message.text)

    return say


ASKED = {
    "delete the dentist task": "Removed: Dentist.",
    "remove take out the trash": "Removed: Take out the trash.",
    "move dentist to friday": "Moved: Dentist, Friday",
    "reschedule the tax declaration to tomorrow": "Moved: Tax declaration, tomorrow.",
    "postpone rent by a week": "Moved: Pay the rent,",
    "rename dentist to orthodontist": "Renamed: Dentist is now orthodontist.",
    "make the tax declaration p1": "Changed: Tax declaration, p1.",
    "finish the garden by 15 december, takes 2 hours": "Added: finish the garden, Tue 15 Dec, 2 hours.",
    "remind me in 20 minutes to drink water": "I'll remind you at 9:20: drink water.",
    "write less": "At most 2 a day from now on.",
    "too many messages": "At most 2 a day from now on.",
}


async def test_each_wish_is_carried_out_and_taken_back_exactly(talk: Talk) -> None:
    for task in ("Dentist tuesday 10am", "Take out the trash", "Pay the rent", "Tax declaration"):
        await talk.say(f"/add {task}")
    for text, answer in ASKED.items():
        before = await talk.state()
        said = await talk.say(text)
        assert said.replace("*", "").startswith(answer), text
        assert await talk.state() != before, text
        await talk.say("undo")
        assert await talk.state() == before, text


async def test_nothing_longer_than_the_time_there_is_comes(talk: Talk) -> None:
    await talk.say("finish the tax declaration by 15 december, takes 2 hours")
    assert await talk.say("I have 10 minutes") == (
        "Everything on your list takes longer than 10 minutes. /tasks shows all of it."
    )


async def test_the_figures_of_the_week_are_told(talk: Talk) -> None:
    await talk.say("/add Pay the rent")
    await talk.say("done with the rent")
    assert (await talk.say("how many did I do this week")).startswith("Done this week: a task")


@pytest.mark.parametrize("text", ["schreib mir auf deutsch", "Ich muss morgen um 9 die Miete überweisen"])
async def test_german_is_answered_in_german_from_there_on(talk: Talk, text: str) -> None:
    said = await talk.say(text)
    assert "auf Deutsch" in said
    assert (await talk.say("was steht heute an")).startswith("Heute")
