"""Talking to oO in Slack. Every ``expect_…`` waits for what it returns, up to ``WAIT_LIMIT``."""

from __future__ import annotations

from tests.servers.slack import Message, Person

RENT = "add Pay rent tomorrow 9am p1"


async def expect_reply(ann: Person, text: str) -> Message:
    """Send ``text`` to oO; returns its next message."""
    await ann.dm(text)
    return await ann.expect_message()


async def expect_edit_on_tap(ann: Person, message: Message, label: str) -> Message:
    """Tap a button of ``message``; returns the message once it is edited."""
    await ann.tap(message, label)
    return await ann.expect_edit(message)


async def welcomed(ann: Person, owner_code: str | None = None) -> Person:
    """``ann`` after onboarding, in the zone that Slack has for her; as the owner, if she has the code."""
    if owner_code:
        await ann.slash("/oo", f"start {owner_code}")
        greeting = await ann.expect_message()
    else:
        greeting = await expect_reply(ann, "hello")
    await ann.tap(greeting, "Agree and start")
    zone = await ann.expect_message()
    await ann.expect_edit(greeting)
    await expect_edit_on_tap(ann, zone, "Yes")
    return ann


def account(ann: Person) -> str:
    """The external id of a person in Slack."""
    return f"T00000001/{ann.id}"
