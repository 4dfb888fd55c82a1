"""Typed answers to what oO asked: where somebody lives, at what times, when a tip shall come back."""

from __future__ import annotations

import logging

from bot.conversation.latest import put_off
from bot.conversation.onboarding import zone_answered
from bot.conversation.reactions import snooze_until
from bot.conversation.talk import talk
from bot.conversation.taps import answer_setting
from bot.conversation.visit import Question, Visit
from core.chat import Message
from core.delivery.callbacks import Press
from core.errors import BadInput, SendFailed
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.understand import understand

log = logging.getLogger(__name__)


async def redraw(visit: Visit, message_id: str, message: Message) -> None:
    """A message that can't be changed any more must not keep back what is said about it."""
    try:
        await visit.edit(message_id, message)
    except SendFailed as fault:
        log.warning("message not redrawn: %s", type(fault).__name__)
        await visit.reply(message)


async def answer_to(visit: Visit, question: Question, text: str) -> Message | None:
    """A typed answer to what oO asked. Something else that is clear is understood as that."""
    try:
        return await _take_answer(visit, question, text)
    except BadInput:
        known = visit.person.zone is not None
        if known and understand(clean(text, 2000), now=visit.now, zone=visit.zone) is not None:
            await visit.ask(None)
            return await talk(visit, text)
        raise


async def _take_answer(visit: Visit, question: Question, text: str) -> Message | None:
    if question.what == "zone":
        return await zone_answered(visit, text)
    if question.what != "snooze":
        answer = await answer_setting(visit, question.what, text)
        await visit.ask(None)
        return answer
    when = parse_moment(text, now=visit.now, zone=visit.zone)
    if question.message_id is None:
        answer = await put_off(visit, question.subject or "", when)
        await visit.ask(None)
        return answer
    pressed = Press(person_id=visit.person.person_id, verb="until", arg="", subject=question.subject)
    shown = await snooze_until(visit, pressed, when)
    await visit.ask(None)
    if shown.edit:
        await redraw(visit, question.message_id, shown.edit)
    return None  # the tip's own message says it
