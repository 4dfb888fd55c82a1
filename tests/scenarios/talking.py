"""Talking to oO in Telegram. Every ``expect_…`` waits for what it returns, up to ``WAIT_LIMIT``."""

from __future__ import annotations

from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer

RENT = "/add Pay rent tomorrow 9am p1"


async def expect_reply(person: Person, text: str) -> Message:
    """Send ``text`` to oO; returns its next message."""
    await person.send(text)
    return await person.expect_message()


async def expect_edit_on_tap(person: Person, message: Message, label: str) -> Message:
    """Tap a button of ``message``; returns the message once it is edited."""
    await person.tap(message, label)
    await person.expect_edit(message)
    return message


async def expect_message_on_tap(person: Person, message: Message, label: str) -> Message:
    """Tap a button of ``message``; returns the new message that follows."""
    await person.tap(message, label)
    return await person.expect_message()


async def expect_toast_on_tap(person: Person, message: Message, label: str) -> str:
    """Tap a button of ``message``; returns the text of the toast."""
    return (await person.expect_answer(await person.tap(message, label))).text


async def expect_all_answered(oo: Scene, telegram: TelegramServer) -> None:
    """Wait until oO has handled every update."""
    await telegram.expect_that(lambda: telegram.is_caught_up)
    await oo.app.intake.wait_until_answered()


async def expect_greeting(oo: Scene, person: Person) -> Message:
    """Send the owner's code; returns the greeting."""
    return await expect_reply(person, f"/start {await oo.owner_code()}")


async def welcomed(oo: Scene, person: Person, city: str = "Berlin") -> Person:
    """``person`` as the owner, after onboarding."""
    await expect_message_on_tap(person, await expect_greeting(oo, person), "Agree and start")
    await expect_reply(person, city)
    return person


async def invited(oo: Scene, owner: Person, guest: Person, city: str = "Berlin") -> Person:
    """``guest`` with an invitation of the owner's, after onboarding."""
    code = code_in(await expect_reply(owner, "/invite"))
    greeting = await expect_reply(guest, f"/start {code}")
    await expect_message_on_tap(guest, greeting, "Agree and start")
    await expect_reply(guest, city)
    return guest


def code_in(invitation: Message) -> str:
    """The code in the answer to /invite."""
    return invitation.text.rsplit("/start ", 1)[1].split()[0]
