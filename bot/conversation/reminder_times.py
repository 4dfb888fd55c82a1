"""The time of a reminder that was asked for without one: offered on buttons, or typed.

Tests: tests/scenarios/test_reminder_without_time.py.
"""

from __future__ import annotations

from datetime import datetime

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import reminder_times as screen
from bot.screens import reminders as reminders_screen
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.records import Task
from core.scheduling.timezones import zone_of
from core.tasks.changes import open_task
from core.tasks.reminder_changes import remind_at_time
from core.words.asked_reminders import AskedTime, asked_time, at_instant
from core.words.intents import Correct, Dismiss, NotNow
from core.words.replies import is_no_value, reply_phrase

WHEN = "remind_when"
"""``Question.what`` of the question for the time; its subject is the task. The verb of its buttons, too."""


async def ask_when(ctx: UpdateContext, task: Task) -> Message:
    """Ask when to remind of a task that was just added; the next message may answer it."""
    await ctx.set_question(Question(what=WHEN, subject=task.task_id))
    return screen.ask_when(task, ctx.person, ctx.now)


async def choose_time(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Remind at the time on a button. If it has passed, further ones are offered."""
    task_id, _, instant = action.arg.partition(" ")
    at = datetime.fromisoformat(instant)
    try:
        if at <= ctx.now:
            async with ctx.deps.store.read() as unit:
                task = await open_task(unit, task_id, ctx.person)
            return CallbackResult(edit=screen.ask_when(task, ctx.person, ctx.now))
        said = await _promise(ctx, task_id, at_instant(at, zone_of(ctx.person)))
    except NotFound:
        return CallbackResult(toast=texts.GONE_TOAST)
    question = await ctx.pending_question()
    if question and (question.what, question.subject) == (WHEN, task_id):
        await ctx.set_question(None)
    return CallbackResult(edit=said)


async def take_time(ctx: UpdateContext, question: Question, utterance: Utterance) -> Message | None:
    """Remind at the time that was typed; None if the text is no answer: then the question is over.

    Raises ``BadInput`` for a time that has passed; the question stays pending.
    """
    task_id = question.subject or ""
    try:
        if _is_refusal(utterance):
            async with ctx.deps.store.read() as unit:
                said: Message | None = screen.left_without(await open_task(unit, task_id, ctx.person))
        else:
            words = _words_of(utterance)
            said = await _promise(ctx, task_id, asked_time(words, now=ctx.said_at, zone=ctx.zone))
    except BadInput as fault:
        if fault.hint != "not_a_moment":
            raise
        said = None
    except NotFound:
        said = None
    await ctx.set_question(None)
    return said


def _words_of(utterance: Utterance) -> str:
    """The words of the time: without those of a correction ("sorry, at 5")."""
    said = utterance.intent if utterance.wants(Correct) else None
    return (said.words if isinstance(said, Correct) else "") or utterance.text


def _is_refusal(utterance: Utterance) -> bool:
    said = reply_phrase(utterance.text)
    is_no = isinstance(said, Dismiss | NotNow) or utterance.wants(Dismiss) or utterance.wants(NotNow)
    return is_no or is_no_value(utterance.text)


async def _promise(ctx: UpdateContext, task_id: str, when: AskedTime) -> Message:
    asked = await remind_at_time(task_id, ctx.person, ctx.deps, when.due, repeats=when.repeats)
    if asked.reminder is None:
        return say(texts.GONE_TOAST)
    return reminders_screen.promised(asked.task, asked.reminder, ctx.person, ctx.now)


REMINDER_TIME_BUTTONS: dict[str, CallbackHandler] = {WHEN: choose_time}
