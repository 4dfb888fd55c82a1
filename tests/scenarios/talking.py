"""How people in the scenarios talk to oO in Telegram: say something, tap something, see what comes."""

from __future__ import annotations

from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer

RENT = "/add Pay rent tomorrow 9am p1"


async def expect_reply(person: Person, text: str) -> Message:
    """Write to oO; its next message."""
    await person.send(text)
    return await person.expect_message()


async def expect_edit_on_tap(person: Person, message: Message, label: str) -> Message:
    """Tap a button under ``message``; the same message once it was edited."""
    await person.tap(message, label)
    await person.expect_edit(message)
    return message


async def expect_message_on_tap(person: Person, message: Message, label: str) -> Message:
    """Tap a button under ``message``; the new message that it leads to."""
    await person.tap(message, label)
    return await person.expect_message()


async def expect_toast_on_tap(person: Person, message: Message, label: str) -> str:
    """Tap a button under ``message``; the remark that pops up."""
    return (await person.expect_answer(await person.tap(message, label))).text


async def expect_all_answered(oo: Scene, telegram: TelegramServer) -> None:
    """Wait until oO has taken and answered all that was sent."""
    await telegram.expect_that(lambda: telegram.is_caught_up)
    await oo.app.intake.settled()


async def expect_greeting(oo: Scene, person: Person) -> Message:
    """The greeting of the owner, who came in with the code of ``oo run``."""
    return await expect_reply(person, f"/start {await oo.owner_code()}")


async def welcomed(oo: Scene, person: Person, city: str = "Berlin") -> Person:
    """The owner, who has agreed and said where they live."""
    await expect_message_on_tap(person, await expect_greeting(oo, person), "Agree and start")
    await expect_reply(person, city)
    return person


async def invited(oo: Scene, owner: Person, guest: Person, city: str = "Berlin") -> Person:
    """Somebody whom the owner let in, who has agreed and said where they live."""
    code = code_in(await expect_reply(owner, "/invite"))
    greeting = await expect_reply(guest, f"/start {code}")
    await expect_message_on_tap(guest, greeting, "Agree and start")
    await expect_reply(guest, city)
    return guest


def code_in(invitation: Message) -> str:
    """The code in the answer to /invite."""
    return invitation.text.rsplit("/start ", 1)[1].split()[0]
