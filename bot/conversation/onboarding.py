"""From a stranger to the first tip: greeting, consent, time zone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.conversation.visit import Question, Visit
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


async def start(visit: Visit, argument: str) -> Message | None:
    """``/start``: the greeting, or how to go on."""
    if argument and not visit.person.owner:
        await _take_code(visit, argument)
    if visit.person.consent is not Consent.AGREED:
        return greeting(texts.llm_sentence(visit.house.llm))
    if visit.person.zone is None:
        return await ask_zone(visit)
    silent = silence(visit.person, visit.now)
    await visit.reply(join(say(texts.WELCOME_BACK), silent) if silent else say(texts.WELCOME_BACK))
    waiting = await unanswered(visit.person, visit.world, since=visit.now - STILL_WAITS)
    return tips_screen.after(waiting, visit.person, visit.now) if waiting else None


async def _take_code(visit: Visit, code: str) -> None:
    """The owner's code makes them the owner. Another code does nothing, and they hear so; what is no code at
    all came with a link, and is not worth a word.
    """
    owns = await own(visit.person, code, visit.world)
    visit.person = replace(visit.person, owner=owns)
    if owns or looks_like_code(code) or await was_code(code, visit.world):
        await visit.reply(say(texts.NOW_OWNER if owns else texts.WRONG_CODE))


async def agree(visit: Visit) -> Message:
    """They agreed: now oO may act, as soon as it knows the time zone."""
    await visit.change(consent(Consent.AGREED, visit.now), what="consent")
    if visit.person.zone:
        return ready(visit.person, todoist=_reads_todoist(visit))
    return await ask_zone(visit)


async def decline(visit: Visit) -> Message:
    """They declined: nothing is sent, asked or fetched any more."""
    await visit.change(consent(Consent.DECLINED, visit.now), what="consent")
    return say(texts.DECLINED)


async def ask_zone(visit: Visit) -> Message:
    """Ask for the time zone. What system or platform say is used meanwhile, and named for confirmation."""
    guess = visit.sender.zone
    if guess and visit.person.zone is None:
        await visit.change(move_to(guess), what="zone")
    await visit.ask(Question(what="zone"))
    return zone_question(guess)


async def set_zone(visit: Visit, name: str) -> Message:
    """Store the zone; a newcomer is told how to go on."""
    question = await visit.asked()
    await visit.change(move_to(name), what="zone")
    said = zone_set(visit.person, visit.now)
    if question is None or question.what != "zone":
        return said
    await visit.ask(None)
    return join(said, ready(visit.person, todoist=_reads_todoist(visit)))


PLACE_WORDS = 6


async def zone_answered(visit: Visit, typed: str) -> Message:
    """The typed answer to where somebody lives: ``Berlin``, ``I live in Berlin``, ``Paris, Texas``, ``EST``.

    What is too long for that brings the question once more. Raises ``BadInput`` for a place that is not
    known, and for one that may be another. The table of places is read in a thread: nobody waits for it.
    """
    try:
        zone = await asyncio.to_thread(zone_of_place, typed, visit.world.gazetteer, now=visit.now)
    except BadInput:
        if visit.person.zone is None and len(typed.split()) > PLACE_WORDS:
            return say(texts.ZONE_FIRST)
        raise
    return await set_zone(visit, zone.key)


def _reads_todoist(visit: Visit) -> bool:
    """Whether this person's tasks are read from Todoist: its token is the owner's."""
    return visit.house.todoist and visit.person.owner
