"""First contact: greeting, consent, time zone.

Tests: tests/scenarios/test_first_contact.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.conversation.question import Question
from bot.conversation.todoist_account import missing_to_connect
from bot.conversation.update_context import UpdateContext
from bot.screens import texts_welcome
from bot.screens import tips as tips_screen
from bot.screens.markup import join, say
from bot.screens.settings import silence
from bot.screens.welcome import greeting, llm_sentence, ready, zone_question, zone_set
from core.chat import Message
from core.delivery.tip_status import latest_unanswered
from core.errors import BadInput
from core.people import consents
from core.people.access import claim_ownership, looks_like_code, was_code
from core.people.places import zone_of_place
from core.people.preferences import move_to
from core.records import Consent

MAX_TIP_AGE = timedelta(days=1)
"""``/start`` shows no older unanswered tip again. A terminal sends ``/start`` when it is opened."""

MAX_PLACE_WORDS = 6
"""A longer text is no place; the question for the zone is repeated."""

Step = Literal["nothing", "consent", "zone"]
"""How far a person has come: consent comes before the zone."""


async def start(ctx: UpdateContext, argument: str) -> Message | None:
    """Greet, or say how to go on; the argument may be a code."""
    if argument and not ctx.person.owner:
        await _take_code(ctx, argument)
    if ctx.person.consent is not Consent.AGREED:
        return greeting(llm_sentence(ctx.deployment.llm))
    if ctx.person.zone is None:
        return await ask_zone(ctx)
    silent = silence(ctx.person, ctx.now)
    await ctx.reply(
        join(say(texts_welcome.WELCOME_BACK), silent) if silent else say(texts_welcome.WELCOME_BACK)
    )
    waiting = await latest_unanswered(ctx.person, ctx.deps, since=ctx.now - MAX_TIP_AGE)
    return tips_screen.after(waiting, ctx.person, ctx.now) if waiting else None


async def first_step(ctx: UpdateContext, needs: Step) -> Message | None:
    """The greeting or the question for the zone; None if the person has come as far as ``needs``."""
    if needs == "nothing":
        return None
    if ctx.person.consent is not Consent.AGREED:
        return await start(ctx, "")
    return await ask_zone(ctx) if needs == "zone" and ctx.person.zone is None else None


async def _take_code(ctx: UpdateContext, code: str) -> None:
    """Make the bearer of the owner code the owner. Another code is called wrong.

    A text that is no code is ignored: links to a bot carry other words, too.
    """
    owns = await claim_ownership(ctx.person, code, ctx.deps)
    ctx.person = replace(ctx.person, owner=owns)
    if owns or looks_like_code(code) or await was_code(code, ctx.deps):
        await ctx.reply(say(texts_welcome.NOW_OWNER if owns else texts_welcome.WRONG_CODE))


async def agree(ctx: UpdateContext) -> Message:
    """Store consent; the next step is the time zone."""
    ctx.person = await consents.agree(ctx.person, ctx.deps, channel=ctx.sender.channel)
    if ctx.person.zone:
        return _ready(ctx)
    return await ask_zone(ctx)


async def decline(ctx: UpdateContext) -> Message:
    """Store that consent was refused: nothing is sent, asked or fetched any more."""
    ctx.person = await consents.decline(ctx.person, ctx.deps, channel=ctx.sender.channel)
    return say(texts_welcome.DECLINED)


async def ask_zone(ctx: UpdateContext) -> Message:
    """Ask for the time zone. A zone that system or platform names is set at once, and confirmed by a tap."""
    guess = ctx.sender.zone
    if guess and ctx.person.zone is None:
        await ctx.change(move_to(guess), what="zone")
    await ctx.set_question(Question(what="zone"))
    return zone_question(guess)


async def set_zone(ctx: UpdateContext, name: str) -> Message:
    """Store the zone; a newcomer is also told how to go on."""
    question = await ctx.pending_question()
    await ctx.change(move_to(name), what="zone")
    confirmed = zone_set(ctx.person, ctx.now)
    if question is None or question.what != "zone":
        return confirmed
    await ctx.set_question(None)
    return join(confirmed, _ready(ctx))


async def zone_answered(ctx: UpdateContext, typed: str) -> Message:
    """Take a typed place or zone: ``Berlin``, ``I live in Berlin``, ``Paris, Texas``, ``EST``.

    Raises ``BadInput`` for an unknown or ambiguous place. The table of places is read in a thread, so that
    the event loop goes on.
    """
    try:
        zone = await asyncio.to_thread(zone_of_place, typed, ctx.deps.gazetteer, now=ctx.said_at)
    except BadInput:
        if ctx.person.zone is None and len(typed.split()) > MAX_PLACE_WORDS:
            return say(texts_welcome.ZONE_FIRST)
        raise
    return await set_zone(ctx, zone.key)


def _ready(ctx: UpdateContext) -> Message:
    connectable = not missing_to_connect(ctx)
    return ready(ctx.person, todoist=_reads_todoist(ctx), connectable=connectable)


def _reads_todoist(ctx: UpdateContext) -> bool:
    """Whether this person's tasks are read from Todoist; the token is the owner's."""
    return ctx.deployment.todoist and ctx.person.owner
