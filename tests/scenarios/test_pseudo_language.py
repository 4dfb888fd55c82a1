"""A whole talk in the pseudo-language: nothing that oO says bypasses the catalogue, not even what is rare."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.commands import COMMANDS
from tests.bot.languages.pseudo import CODE, pseudo_language
from tests.bot.languages.test_pseudo import plain_words
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_all_answered
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer

ELEPHANTS = "what do elephants never forget and why"
TALK = (
    "/add Pay rent tomorrow 9am p1",
    "/add Water plants every 2 weeks",
    "/add Call Zoë every month until 24.12.2027",
    "/add",
    "/tasks",
    "/tasks rent",
    "/tasks #work",
    "/today",
    "/today week",
    "/today yesterday",
    "/edit rent p2 30 min",
    "/edit rent xyzzy",
    "/edit nothing",
    "/move rent friday",
    "/move plants",
    "/remove plants",
    "/remove xyzzy",
    "/stats",
    "/import",
    "/export tasks",
    "/export tasks xyzzy",
    "/tip",
    "/why",
    "/whynot",
    "not now",
    "/tip",
    "done",
    "undo",
    "/plan",
    "/times",
    "/times 9:00, sat 11:00",
    "/times 25:00",
    "/times off",
    "/plan",
    "/times 9:00 13:00 18:30",
    "/quiet",
    "/quiet mon-fri 9-12, 22-7, sun all day",
    "/quiet 25:99",
    "/quiet off",
    "/cap",
    "/cap 0",
    "/cap 99",
    "/cap 3",
    "/pause until friday",
    "/prefs",
    "/resume",
    "/resume",
    "/mute",
    "/mute rent",
    "/mute",
    "/mute off rent",
    "/timezone",
    "/timezone xyzzy",
    "/timezone Tokyo",
    "/learned",
    "/helped",
    "/helped on",
    "/helped maybe",
    "/connect",
    "/connect todoist",
    "/disconnect",
    "/privacy",
    "/help",
    "/language",
    "/language klingon",
    "/language xyzzy",
    "/unknown",
    "/delete",
    "hi",
    "thanks",
    "be quiet",
    "i'm back",
    "done with xyzzy",
    ELEPHANTS,
    "/link",
    "/link wrong",
    "/unlink",
    "/me",
    "/token",
    "/token revoke xyzzy",
    "/invite",
    "/export",
    "Call Zoë tomorrow\nPay rent (5 min)\nWater plants today",
    "undo",
    "Call Zoë tomorrow\nPay rent (5 min)\nWater plants today 23:00",
    "move rent to friday",
    "rename rent to water",
    "undo",
    "/edit plants #work +work note: call",
    "/edit plants no date",
    "/tasks overdue",
    "i have 2 minutes",
    "write less",
    "undo",
    "write more",
    "/remind",
    "/remind 15 minutes before",
    "/remind me at 15:00 to call Zoë",
    "/remind xyzzy",
    "/remind",
    "/plan",
    "remind me every day at 8 to water plants",
    "remind me at 23:30 to call Zoë",
    "remind me tomorrow at 7:30 to pay rent",
    "/why",
    "/whynot",
    "/remind off",
    "/brief",
    "/brief xyzzy",
    "/brief 23:30",
    "/brief 8:00",
    "/review",
    "/review 20:00",
    "break down rent",
    "Call\nPay",
    "break down xyzzy",
    "speak klingon",
)
TAPPED = ("/tasks", "/today", "/tip", "/prefs", "/privacy", "/learned", "/remind", "/export tasks")
"""What these answer is tapped: each button once, and each button of what then stands there."""

MAX_BUTTONS = 12
TITLES = {"call", "pay", "rent", "plants", "water"}
TYPED = {
    "xyzzy",
    "maybe",
    "klingona",
    "unknown",
    "wrong",
    "work",
    "nothing",
    "overdue",
    *TITLES,
    *ELEPHANTS.split(),
}
NAMES = {"asia", "europe", "tokyo", "english", "esperanto", "todoist_api_token", "vault", "key"}


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    """oO, which knows the pseudo-language."""
    with pseudo_language():
        async with scene(tmp_path, NINE, **reaching(telegram)) as running:
            yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    """The owner, whose Telegram speaks the pseudo-language."""
    ann = telegram.user(7, "Ann", language_code=CODE)
    await ann.send(f"/start {await oo.owner_code()}")
    await ann.tap(await ann.expect_message(), first_label(ann))
    await ann.expect_message()
    await ann.send("Berlin")
    await ann.expect_message()
    return ann


def first_label(person: Person) -> str:
    return person.chat.messages[-1].labels[0]


async def say_all(oo: Scene, telegram: TelegramServer, ann: Person) -> None:
    for line in TALK:
        await ann.send(line)
        await expect_all_answered(oo, telegram)
    for command in TAPPED:
        await tap_all(oo, telegram, ann, command)
    for moment in ("2026-11-23T07:00", "2026-11-23T14:00", "2026-11-23T19:00", "2026-11-24T12:00"):
        await oo.at(f"{moment}:00")
        await ann.send("/why")
        await expect_all_answered(oo, telegram)


async def tap_all(oo: Scene, telegram: TelegramServer, ann: Person, command: str) -> None:
    """Tap each button of the answer to ``command``, and then each button that is offered after it."""
    for first in range(MAX_BUTTONS):
        for second in range(MAX_BUTTONS):
            await ann.send(command)
            await expect_all_answered(oo, telegram)
            if not await tap(oo, telegram, ann, first):
                return
            if not await tap(oo, telegram, ann, second):
                break


async def tap(oo: Scene, telegram: TelegramServer, ann: Person, index: int) -> bool:
    """Tap a button of the latest message; False if it has fewer. English would end the test."""
    message = ann.chat.messages[-1]
    if index >= len(message.buttons):
        return False
    data = message.buttons[index].data
    if data and message.buttons[index].label != "English":
        await ann.forge(message, data)
        await expect_all_answered(oo, telegram)
    return True


async def test_nothing_that_oo_says_bypasses_the_catalogue(
    oo: Scene, telegram: TelegramServer, ann: Person
) -> None:
    await say_all(oo, telegram, ann)
    said = ann.chat.messages
    assert len(said) > len(TALK)

    shown = [version for message in said for version in message.versions]

    bypassing = {version.content.text: words for version in shown if (words := of_ours(version.content.text))}
    buttons = [button for version in shown for row in version.rows for button in row]
    labels = {button.label for button in buttons if of_ours(button.label)}

    assert bypassing == {}
    assert labels == set()


def of_ours(text: str) -> set[str]:
    """Plain words that are neither typed, names, nor examples of what to type after a command."""
    return plain_words(text, TYPED | NAMES)


def test_every_command_is_part_of_the_talk() -> None:
    assert {line.split()[0][1:] for line in TALK if line[0] == "/"} >= set(COMMANDS) - {"start"}


async def test_the_menu_is_in_every_language(ann: Person, telegram: TelegramServer) -> None:
    general = {key.language_code: menu for key, menu in telegram.menus.items() if '"default"' in key.scope}
    assert set(general) == {"", "eo"}
    menu = general["eo"]
    assert [item for item in menu if plain_words(item["description"])] == []
