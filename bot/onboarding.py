"""From a stranger to the first tip: greeting, consent, time zone."""

from __future__ import annotations

from bot import texts
from bot.markup import say
from bot.screens.welcome import greeting, ready, zone_question
from bot.visit import Question, Visit
from core.chat import Message
from core.model import Consent
from core.preferences import change, consent, move_to


async def start(visit: Visit, argument: str) -> Message | None:
    """``/start``: the greeting, or how to go on."""
    if visit.person.consent is not Consent.AGREED:
        return greeting(texts.llm_sentence(visit.house.llm))
    if visit.person.zone is None:
        return await ask_zone(visit)
    return say(texts.WELCOME_BACK)


async def agree(visit: Visit) -> Message:
    """They agreed: now oO may act, as soon as it knows the time zone."""
    visit.person = await change(visit.person, visit.world, consent(Consent.AGREED, visit.now), what="consent")
    if visit.person.zone:
        return ready(visit.person, todoist=visit.house.todoist)
    return await ask_zone(visit)


async def decline(visit: Visit) -> Message:
    """They declined: nothing is sent, asked or fetched any more."""
    visit.person = await change(
        visit.person, visit.world, consent(Consent.DECLINED, visit.now), what="consent"
    )
    return say(texts.DECLINED)


async def ask_zone(visit: Visit) -> Message:
    """Ask for the time zone. What system or platform say is used meanwhile, and named for confirmation."""
    guess = visit.sender.zone
    if guess and visit.person.zone is None:
        visit.person = await change(visit.person, visit.world, move_to(guess), what="zone")
    await visit.ask(Question(what="zone"))
    return zone_question(guess)
