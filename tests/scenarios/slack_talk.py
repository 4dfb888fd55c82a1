"""How people in the scenarios talk to oO in Slack."""

from __future__ import annotations

from tests.servers.slack import Message, Person

RENT = "add Pay rent tomorrow 9am p1"


async def expect_reply(ann: Person, text: str) -> Message:
    """Write to oO; its next message."""
    await ann.dm(text)
    return await ann.expect_message()


async def expect_edit_on_tap(ann: Person, message: Message, label: str) -> Message:
    """Tap a button; the same message once it was edited."""
    await ann.tap(message, label)
    return await ann.expect_edit(message)


async def welcomed(ann: Person) -> Person:
    """Somebody who has agreed, and lives where Slack says."""
    greeting = await expect_reply(ann, "hello")
    await ann.tap(greeting, "Agree and start")
    zone = await ann.expect_message()
    await ann.expect_edit(greeting)
    await expect_edit_on_tap(ann, zone, "Yes")
    return ann


def account(ann: Person) -> str:
    """What Slack's people are known by."""
    return f"T00000001/{ann.id}"
