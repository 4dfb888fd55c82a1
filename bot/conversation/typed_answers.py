"""Typed answers to a question of oO's: a time zone, a setting, the time of a snooze, a task's field or steps.

Tests: tests/scenarios/test_snoozing.py, tests/scenarios/test_first_contact.py.
"""

from __future__ import annotations

from bot.conversation.calendars import PASSWORD, take_password
from bot.conversation.commands import COMMANDS, Response
from bot.conversation.free_text import answer_free_text, carry_out_intent
from bot.conversation.kept_answer import Answer
from bot.conversation.onboarding import zone_answered
from bot.conversation.pieces import STEPS, take_steps, wants_something_else
from bot.conversation.question import Question
from bot.conversation.reminder_times import WHEN, take_time
from bot.conversation.reminders import set_lead
from bot.conversation.settled import settled
from bot.conversation.task_card_buttons import QUESTION_PREFIX, answer_field
from bot.conversation.task_changes import add_tasks
from bot.conversation.tip_reactions import BRING_BACK, PUT_OFF, snooze_in_words, snooze_until, take_put_off
from bot.conversation.unnamed_task import REMINDER, TASK, tasks_named
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import texts, texts_small_talk
from bot.screens.markup import say
from core.errors import BadInput
from core.words import intents
from core.words.dates.moments import parse_moment
from core.words.pieces import steps_in
from core.words.replies import is_no_value
from core.words.small_talk import is_small_talk
from core.words.understand import is_question


async def take_answer(ctx: UpdateContext, question: Question, utterance: Utterance) -> Response:
    """Take a typed answer to ``question``. A text that is none, but is clear, is carried out instead.

    Raises ``BadInput`` for any other text; the question stays pending.
    """
    try:
        return await _take(ctx, question, utterance)
    except BadInput:
        intent = await settled(ctx, utterance.intent)
        if intent is None:
            raise
        await ctx.set_question(None)
        return await carry_out_intent(ctx, intent)


async def _take(ctx: UpdateContext, question: Question, utterance: Utterance) -> Response:
    text = utterance.text
    if question.what == "zone":
        return await zone_answered(ctx, text)
    if question.what == PASSWORD:
        return await take_password(ctx, text)
    if question.what == "snooze":
        return await _snooze(ctx, question, text)
    if question.what in (WHEN, PUT_OFF, BRING_BACK):
        is_tip = question.what != WHEN
        said = await (take_put_off(ctx, question, text) if is_tip else take_time(ctx, question, utterance))
        return said or await answer_free_text(ctx, utterance)
    if question.what.startswith(QUESTION_PREFIX):
        return await _field(ctx, question, utterance)
    if question.what in (TASK, REMINDER):
        return await _unnamed_task(ctx, question, utterance)
    if question.what == STEPS:
        return await _steps(ctx, question, utterance)
    answer = await answer_setting(ctx, question.what, text)
    await ctx.set_question(None)
    return answer


async def _steps(ctx: UpdateContext, question: Question, utterance: Utterance) -> Response:
    if utterance.intent is not None and wants_something_else(utterance):
        await ctx.set_question(None)
        return await carry_out_intent(ctx, utterance.intent)
    if is_question(utterance.text) and len(steps_in(utterance.text, now=ctx.said_at, zone=ctx.zone)) == 1:
        return await answer_free_text(ctx, utterance)  # the steps are still asked for
    return await take_steps(ctx, question, utterance)


async def _unnamed_task(ctx: UpdateContext, question: Question, utterance: Utterance) -> Response:
    """Add the task that was asked for; what is clearly none is answered by itself."""
    text = utterance.text
    if is_no_value(text):
        await ctx.set_question(None)
        return say(texts_small_talk.ALL_RIGHT)
    intent = await settled(ctx, utterance.intent)
    is_talk = intent is None and (is_question(text) or is_small_talk(text))
    if is_talk or not (intent is None or isinstance(intent, intents.AddTask)):
        await ctx.set_question(None)
        return await answer_free_text(ctx, utterance)
    named = tasks_named(ctx, question, text)
    if named.fault:
        raise named.fault
    await ctx.set_question(None)  # before adding, which may ask for the time of a reminder
    return await add_tasks(ctx, named)


async def answer_setting(ctx: UpdateContext, what: str, typed: str) -> Response:
    """Take a typed value of the setting ``what``. Raises ``BadInput``."""
    if what == "zone":
        return await zone_answered(ctx, typed)
    if what == "lead":
        return await set_lead(ctx, typed)
    return await COMMANDS[what].run(ctx, typed)


async def _field(ctx: UpdateContext, question: Question, utterance: Utterance) -> Response:
    """Set the field of a task that the question is about. If its card asked, the card is the answer."""
    if is_no_value(utterance.text):
        await ctx.set_question(None)
        return say(texts.NOT_DONE)
    intent = await settled(ctx, utterance.intent)
    if isinstance(intent, NO_VALUES):
        await ctx.set_question(None)
        return await carry_out_intent(ctx, intent)
    said = await answer_field(ctx, question, utterance.text)
    await ctx.set_question(None)
    if question.message_id is None:
        return said
    await ctx.edit_or_reply(question.message_id, said, keep=Answer(edit=said, edited=question.message_id))
    return None


NO_VALUES = (
    intents.AskToday, intents.AskStats, intents.AskTip, intents.AskPlan, intents.AskHelped, intents.ListTasks,
    intents.Thanks, intents.Greeting, intents.Help, intents.Why, intents.WhyNot, intents.Undo,
    intents.WriteLess, intents.WriteMore, intents.SetLanguage, intents.DeleteData,
)  # fmt: skip
"""What is no title, note or label that somebody types when asked for one."""


async def _snooze(ctx: UpdateContext, question: Question, text: str) -> Response:
    """Snooze the tip that the question is about. If its message asked, that message is the answer."""
    when = parse_moment(text, now=ctx.said_at, zone=ctx.zone)
    decision_id, message_id = question.subject or "", question.message_id
    if message_id is None:
        answer = await snooze_in_words(ctx, decision_id, when)
        await ctx.set_question(None)
        return answer
    tip = await snooze_until(ctx, decision_id, when, message_id=message_id)
    await ctx.set_question(None)
    await ctx.edit_or_reply(message_id, tip.message, keep=Answer(edit=tip.message, edited=message_id))
    return None
