"""Memory of the talk: what a talk leaves, and the question whether it may.

A single message to the language model is no talk yet. With the second within a few hours, oO asks, once,
whether it may remember what is said.

Tests: tests/scenarios/with_model/test_talk_memory.py.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from bot.conversation.update_context import UpdateContext
from bot.screens import texts_talk
from bot.screens.markup import say
from bot.screens.settings import HOURS
from core.chat import Button, Message
from core.errors import NotFound, StoreUnavailable
from core.people.talk_memory import REMEMBERED, remember_turns, remembers
from core.records import Purpose, Speaker
from core.store import Unit

TALK_NOTE = "talked_at"
"""Key of the person's note that holds when a message went to the language model last, or ``ASKED``."""

ASKED = "asked"


async def keep_turns(ctx: UpdateContext, answer: Message | None) -> None:
    """Remember the words that went to the language model, and what oO said or did about a task or tip.

    A failing store, which logged its fault, loses this: raising here would have the update handled again.
    """
    if not (remembers(ctx.person) and ctx.deployment.llm):
        return
    with suppress(StoreUnavailable, NotFound):
        turns = ((Speaker.PERSON, ctx.talked or ""), (Speaker.OO, await _answer_text(ctx, answer)))
        said = [(speaker, text) for speaker, text in turns if text]
        if not said:  # a tap is not kept waiting by a transaction that stores nothing
            return
        async with ctx.deps.store.begin(ctx.person.person_id) as unit:
            if await unit.people.account(ctx.sender.channel, ctx.sender.external_id):
                await remember_turns(unit, ctx.person.person_id, said, at=ctx.update.received_at)


async def _answer_text(ctx: UpdateContext, answer: Message | None) -> str:
    """What oO said, if it belongs to the talk."""
    if answer and (ctx.talked or answer.tasks or answer.subject):
        return answer.text
    if ctx.tip_sent is None:
        return ""
    async with ctx.deps.store.read() as unit:
        tip = (await unit.decisions.stored_tip(ctx.tip_sent)).decision.tip
    return texts_talk.TIP_SENT.format(tip=tip.content) if tip else ""


async def ask_to_remember(ctx: UpdateContext) -> None:
    """Ask after the answer whether the talk may be remembered, once, if this is its second message."""
    if ctx.person.allows(Purpose.TALK):
        return
    with suppress(StoreUnavailable):
        async with ctx.deps.store.begin(ctx.person.person_id) as unit:
            if await _is_first_talk(unit, ctx):
                ctx.afterwards = _question()


async def _is_first_talk(unit: Unit, ctx: UpdateContext) -> bool:
    """Whether this message makes the first talk; stores what the next message needs to know."""
    person_id = ctx.person.person_id
    before = await unit.notes.get(person_id, TALK_NOTE)
    if before == ASKED or await unit.people.account(ctx.sender.channel, ctx.sender.external_id) is None:
        return False
    is_talk = before is not None and ctx.now - datetime.fromisoformat(before) <= REMEMBERED
    await unit.notes.put(person_id, TALK_NOTE, ASKED if is_talk else ctx.now.isoformat())
    return is_talk


def _question() -> Message:
    buttons = (
        Button(label=texts_talk.REMEMBER, verb="memory", arg="on"),
        Button(label=texts_talk.DONT_REMEMBER, verb="memory", arg="off"),
    )
    return say(texts_talk.MEMORY_ASK, buttons, hours=HOURS)


async def switch_memory(ctx: UpdateContext, *, is_on: bool) -> Message:
    """Begin to remember, or stop and forget; says so."""
    await ctx.allow(Purpose.TALK, granted=is_on)
    return say(texts_talk.MEMORY_ON if is_on else texts_talk.MEMORY_OFF, hours=HOURS)
