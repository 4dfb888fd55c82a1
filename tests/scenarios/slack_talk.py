"""How people in the scenarios talk to oO in Slack."""

from __future__ import annotations

from tests.servers.slack import Message, Person

RENT = "add Pay rent tomorrow 9am p1"


async def said(ann: Person, text: str) -> Message:
    """Write to oO; its next message."""
    await ann.dm(text)
    return await ann.next_message()


async def tapped(ann: Person, message: Message, label: str) -> Message:
    """Tap a button; the same message once it was edited."""
    await ann.tap(message, label)
    return await ann.wait_edit(message)


async def welcomed(ann: Person) -> Person:
    """Somebody who has agreed, and lives where Slack says."""
    greeting = await said(ann, "hello")
    await ann.tap(greeting, "Agree and start")
    zone = await ann.next_message()
    await ann.wait_edit(greeting)
    await tapped(ann, zone, "Yes")
    return ann


def account(ann: Person) -> str:
    """What Slack's people are known by."""
    return f"T00000001/{ann.id}"
