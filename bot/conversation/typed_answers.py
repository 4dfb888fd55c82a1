"""Typed answers to what oO asked: where somebody lives, at what times, when a tip shall come back."""

from __future__ import annotations

import logging

from bot.conversation.free_text import talk
from bot.conversation.latest_tip import put_off
from bot.conversation.onboarding import zone_answered
from bot.conversation.taps import answer_setting
from bot.conversation.tip_buttons import snooze_until
from bot.conversation.update_context import Question, UpdateContext
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, SendFailed
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.understand import understand

log = logging.getLogger(__name__)


async def redraw(ctx: UpdateContext, message_id: str, message: Message) -> None:
    """A message that can't be changed any more must not keep back what is said about it."""
    try:
        await ctx.edit(message_id, message)
    except SendFailed as fault:
        log.warning("message not redrawn: %s", type(fault).__name__)
        await ctx.reply(message)


async def answer_to(ctx: UpdateContext, question: Question, text: str) -> Message | None:
    """A typed answer to what oO asked. Something else that is clear is understood as that."""
    try:
        return await _take_answer(ctx, question, text)
    except BadInput:
        known = ctx.person.zone is not None
        if known and understand(clean(text, 2000), now=ctx.now, zone=ctx.zone) is not None:
            await ctx.ask(None)
            return await talk(ctx, text)
        raise


async def _take_answer(ctx: UpdateContext, question: Question, text: str) -> Message | None:
    if question.what == "zone":
        return await zone_answered(ctx, text)
    if question.what != "snooze":
        answer = await answer_setting(ctx, question.what, text)
        await ctx.ask(None)
        return answer
    when = parse_moment(text, now=ctx.now, zone=ctx.zone)
    if question.message_id is None:
        answer = await put_off(ctx, question.subject or "", when)
        await ctx.ask(None)
        return answer
    pressed = CallbackAction(person_id=ctx.person.person_id, verb="until", arg="", subject=question.subject)
    shown = await snooze_until(ctx, pressed, when)
    await ctx.ask(None)
    if shown.edit:
        await redraw(ctx, question.message_id, shown.edit)
    return None  # the tip's own message says it
