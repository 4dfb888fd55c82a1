"""From a stranger to the first tip: greeting, consent, time zone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.conversation.update_context import Question, UpdateContext
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.markup import join, say
from bot.screens.settings import silence
from bot.screens.welcome import greeting, ready, zone_question, zone_set
from core.chat import Message
from core.delivery.tip_status import unanswered
from core.errors import BadInput
from core.model import Consent
from core.people.access import looks_like_code, own, was_code
from core.people.places import zone_of_place
from core.people.preferences import consent, move_to

STILL_WAITS = timedelta(days=1)
"""How long an unanswered tip comes up again with ``/start``, which a terminal sends when it is opened."""


async def start(ctx: UpdateContext, argument: str) -> Message | None:
    """``/start``: the greeting, or how to go on."""
    if argument and not ctx.person.owner:
        await _take_code(ctx, argument)
    if ctx.person.consent is not Consent.AGREED:
        return greeting(texts.llm_sentence(ctx.deployment.llm))
    if ctx.person.zone is None:
        return await ask_zone(ctx)
    silent = silence(ctx.person, ctx.now)
    await ctx.reply(join(say(texts.WELCOME_BACK), silent) if silent else say(texts.WELCOME_BACK))
    waiting = await unanswered(ctx.person, ctx.deps, since=ctx.now - STILL_WAITS)
    return tips_screen.after(waiting, ctx.person, ctx.now) if waiting else None


async def _take_code(ctx: UpdateContext, code: str) -> None:
    """The owner's code makes them the owner. Another code does nothing, and they hear so; what is no code at
    all came with a link, and is not worth a word.
    """
    owns = await own(ctx.person, code, ctx.deps)
    ctx.person = replace(ctx.person, owner=owns)
    if owns or looks_like_code(code) or await was_code(code, ctx.deps):
        await ctx.reply(say(texts.NOW_OWNER if owns else texts.WRONG_CODE))


async def agree(ctx: UpdateContext) -> Message:
    """They agreed: now oO may act, as soon as it knows the time zone."""
    await ctx.change(consent(Consent.AGREED, ctx.now), what="consent")
    if ctx.person.zone:
        return ready(ctx.person, todoist=_reads_todoist(ctx))
    return await ask_zone(ctx)


async def decline(ctx: UpdateContext) -> Message:
    """They declined: nothing is sent, asked or fetched any more."""
    await ctx.change(consent(Consent.DECLINED, ctx.now), what="consent")
    return say(texts.DECLINED)


async def ask_zone(ctx: UpdateContext) -> Message:
    """Ask for the time zone. What system or platform say is used meanwhile, and named for confirmation."""
    guess = ctx.sender.zone
    if guess and ctx.person.zone is None:
        await ctx.change(move_to(guess), what="zone")
    await ctx.ask(Question(what="zone"))
    return zone_question(guess)


async def set_zone(ctx: UpdateContext, name: str) -> Message:
    """Store the zone; a newcomer is told how to go on."""
    question = await ctx.asked()
    await ctx.change(move_to(name), what="zone")
    said = zone_set(ctx.person, ctx.now)
    if question is None or question.what != "zone":
        return said
    await ctx.ask(None)
    return join(said, ready(ctx.person, todoist=_reads_todoist(ctx)))


PLACE_WORDS = 6


async def zone_answered(ctx: UpdateContext, typed: str) -> Message:
    """The typed answer to where somebody lives: ``Berlin``, ``I live in Berlin``, ``Paris, Texas``, ``EST``.

    What is too long for that brings the question once more. Raises ``BadInput`` for a place that is not
    known, and for one that may be another. The table of places is read in a thread: nobody waits for it.
    """
    try:
        zone = await asyncio.to_thread(zone_of_place, typed, ctx.deps.gazetteer, now=ctx.now)
    except BadInput:
        if ctx.person.zone is None and len(typed.split()) > PLACE_WORDS:
            return say(texts.ZONE_FIRST)
        raise
    return await set_zone(ctx, zone.key)


def _reads_todoist(ctx: UpdateContext) -> bool:
    """Whether this person's tasks are read from Todoist: its token is the owner's."""
    return ctx.deployment.todoist and ctx.person.owner
