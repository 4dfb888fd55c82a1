"""Free text: understood by rules, else answered by a language model, if there is one.

Changes go through the same functions as the commands.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/with_model/test_conversation.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from bot.conversation.commands import COMMANDS, Response, send_tip
from bot.conversation.corrections import change_or_correct, correct, correct_by_date
from bot.conversation.further import further
from bot.conversation.latest_tip import (
    dismiss_latest,
    done_with_latest,
    never_again,
    not_now,
    snooze_latest,
    tip_waits,
)
from bot.conversation.limits import limit_last
from bot.conversation.muting import mute_on_days, mute_topic
from bot.conversation.pieces import break_down_by_words
from bot.conversation.questions_asked import (
    answer_days,
    answer_done,
    answer_service,
    answer_swap,
    answer_when,
    why_not_reminded,
)
from bot.conversation.remind_listed import add_or_remind, remind_earlier, remind_of
from bot.conversation.reminder_ends import end_reminder
from bot.conversation.reminders import remind_before
from bot.conversation.restated import restate
from bot.conversation.settings_commands import (
    add_quiet,
    call_off_pause,
    pause_later,
    pause_to,
    quiet_by_words,
)
from bot.conversation.settings_undo import write_less, write_more
from bot.conversation.settled import settled
from bot.conversation.several import not_found, together
from bot.conversation.talk import converse
from bot.conversation.talked_about import last_single_task
from bot.conversation.task_changes import add_tasks
from bot.conversation.task_words import (
    change_by_words,
    complete_by_words,
    move_by_words,
    remove_by_words,
    skip_by_words,
)
from bot.conversation.undo import undo_by_words
from bot.conversation.unlinking import write_on_by_words
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.conversation.whole_list import change_all
from bot.screens import texts, texts_privacy, texts_small_talk
from bot.screens.markup import join, say
from bot.screens.settings import at_work
from bot.screens.times_a_day import ask_times
from core.chat import Button, Message
from core.errors import BudgetSpent, LanguageModelUnavailable
from core.scheduling.quiet_hours import FOREVER
from core.text import clean
from core.words import intents
from core.words.corrections import after_correcting
from core.words.moves import means_all
from core.words.plain_tasks import first_task
from core.words.replies import is_no_value
from core.words.reports import is_report
from core.words.small_talk import is_short_answer, is_small_talk
from core.words.understand import can_be_added, is_question

MAX_TEXT = 2000
"""Code points of a message that a language model reads."""

FIRST_TASKS = 3
"""How many tasks oO asks for at first. Until then, any few words that are no talk are taken as one."""

MAX_OFFERED_TASK = 80
"""Code points of a text that is offered as a task."""


async def answer_free_text(ctx: UpdateContext, utterance: Utterance) -> Response:
    """Answer free text. Raises ``BadInput`` for input that is understood but invalid."""
    return await limit_last(ctx, utterance) or await _answer(ctx, utterance)


async def _answer(ctx: UpdateContext, utterance: Utterance) -> Response:
    """The answer to words that are not about the times of the task that oO has just talked about."""
    intent = await further(ctx, utterance.text, await settled(ctx, utterance.intent))
    if isinstance(intent, intents.AddTask) and (moved := await restate(ctx, utterance.text, intent)):
        return moved
    if intent is not None:
        return await carry_out_intent(ctx, intent)
    if utterance.intent is None and (corrected := await correct_by_date(ctx, utterance.text)):
        return corrected
    text = clean(utterance.text, MAX_TEXT)
    if ctx.may_ask_model and text:
        try:
            return await converse(ctx, text)
        except BudgetSpent:
            return join(unclear(ctx, text), say(texts_privacy.BUDGET_SPENT))
        except LanguageModelUnavailable:
            pass  # the adapter logged why
    elif not _is_about_tasks(utterance.intent) and (wish := await _first_task(ctx, text)):
        return await add_tasks(ctx, wish)
    return unclear(ctx, text)


def _is_about_tasks(intent: intents.Intent | None) -> bool:
    """Whether it says what was done, was not or will not be, or moves everything: it is no task if none fits
    either.
    """
    match intent:
        case intents.MoveTask():
            return means_all(intent.words)
        case intents.Several():
            return _is_about_tasks(intent.otherwise) or _is_about_tasks(intent.asked[0])
    return isinstance(intent, intents.CallOffPause | intents.Complete | intents.Undo)


async def _first_task(ctx: UpdateContext, text: str) -> intents.AddTask | None:
    """What the text adds as an answer to "Tell me two or three things you need to do"; None: it is none."""
    may_be_one = can_be_added(text, now=ctx.said_at, zone=ctx.zone)
    if is_no_value(after_correcting(text)) or is_report(text) or not may_be_one:
        return None
    async with ctx.deps.store.read() as unit:
        until = ctx.now + timedelta(seconds=1)
        added = await unit.tasks.count_added(ctx.person.person_id, ctx.person.created_at, until)
    return first_task(text, now=ctx.said_at, zone=ctx.zone) if added < FIRST_TASKS else None


def unclear(ctx: UpdateContext, text: str) -> Message:
    """The answer to what is not understood: offer to add it as a task, else say what oO understands."""
    if is_short_answer(text):
        return say(texts_small_talk.ALL_RIGHT)
    if is_small_talk(text):
        return say(texts_small_talk.ONLY_TASKS)
    if (
        len(text) > MAX_OFFERED_TASK
        or is_question(text)
        or not can_be_added(text, now=ctx.said_at, zone=ctx.zone)
    ):
        return say(texts.UNCLEAR_LONG)
    add_it = Button(label=texts.ADD_IT, verb="confirm", arg=f"add_task {text}")
    return say(texts.UNCLEAR, (add_it,), text=text)


async def carry_out_intent(ctx: UpdateContext, intent: intents.Intent) -> Response:
    """Do what was understood."""
    if type(intent) in HANDLERS:
        return await HANDLERS[type(intent)](ctx, intent)
    if type(intent) in WITHOUT_DETAILS:
        return await WITHOUT_DETAILS[type(intent)](ctx)
    if type(intent) in SENTENCES:
        return say(SENTENCES[type(intent)]())
    said = (getattr(intent, name, None) for name in ARGUMENT_FIELDS)
    return await COMMANDS[COMMAND_OF[type(intent)]].run(ctx, next(filter(None, said), ""))


async def _complete(ctx: UpdateContext, intent: intents.Complete) -> Response:
    if intent.title:
        return await complete_by_words(ctx, intent.title, deed=intent.deed, is_doubtful=intent.is_doubtful)
    return await done_with_latest(ctx)


async def _snooze(ctx: UpdateContext, intent: intents.Snooze) -> Response:
    """Snooze the latest tip, or do what the words mean for the task that was talked about after it."""
    said = await _instead_of_snooze(ctx, intent) if intent.otherwise else None
    return said or await snooze_latest(ctx, intent.until)


async def _instead_of_snooze(ctx: UpdateContext, intent: intents.Snooze) -> Response:
    """Change the task that was talked about last, or remind of it; None if the tip is meant."""
    last = await last_single_task(ctx)
    task_id = None if last is None or last.is_tip else last.task_id
    match intent.otherwise:
        case intents.ChangeTask() if task_id:
            return await change_by_words(ctx, intent.otherwise)
        case intents.Correct() if task_id:
            return await correct(ctx, intent.otherwise)
        case intents.AddTask() as wish:
            if intent.until and (reminded := await remind_of(ctx, task_id, intent.until, wish.when)):
                return reminded
            return None if await tip_waits(ctx) else await add_tasks(ctx, wish)
    return None


async def _several(ctx: UpdateContext, asked: intents.Several) -> Response:
    """Carry out several requests in turn, and say of each that fits no task that it was left."""

    async def carry_out_one(intent: intents.Intent, typed: str) -> Message | None:
        found = await settled(ctx, intent)
        return await carry_out_intent(ctx, found) if found else not_found(typed)

    pairs = zip(asked.asked, asked.typed, strict=True)
    return await together(ctx, [partial(carry_out_one, intent, typed) for intent, typed in pairs])


async def _give_tip(ctx: UpdateContext, intent: intents.AskTip) -> Response:
    return await send_tip(ctx, intent.request)


async def _break_down(ctx: UpdateContext, intent: intents.BreakDown) -> Response:
    return await break_down_by_words(ctx, intent.title)


async def _times_a_day(ctx: UpdateContext, intent: intents.TimesADay) -> Response:
    return ask_times(intent, ctx.person, ctx.now)


async def _pause(ctx: UpdateContext, intent: intents.Pause) -> Response:
    return await pause_to(ctx, intent.until or FOREVER)


async def _mute(ctx: UpdateContext, intent: intents.Mute) -> Response:
    if intent.days:
        return await mute_on_days(ctx, intent.topic, intent.days)
    return await (mute_topic(ctx, intent.topic) if intent.topic else never_again(ctx))


async def _unmute(ctx: UpdateContext, intent: intents.Unmute) -> Response:
    return await mute_topic(ctx, f"off {intent.topic}")


async def _work_hours(ctx: UpdateContext, intent: intents.TellWorkHours) -> Response:
    return at_work(ctx.person, intent.text)


async def _set_quiet(ctx: UpdateContext, intent: intents.SetQuiet) -> Response:
    return await quiet_by_words(ctx, intent.text)


async def _add_quiet(ctx: UpdateContext, intent: intents.AddQuiet) -> Response:
    return await add_quiet(ctx, intent.text, once=intent.once)


HANDLERS: dict[type, Callable[[UpdateContext, Any], Awaitable[Response]]] = {
    intents.AddQuiet: _add_quiet,
    intents.AddTask: add_or_remind,
    intents.AskDays: answer_days,
    intents.AskDone: answer_done,
    intents.AskService: answer_service,
    intents.AskTip: _give_tip,
    intents.AskWhen: answer_when,
    intents.BreakDown: _break_down,
    intents.ChangeAll: change_all,
    intents.ChangeTask: change_or_correct,
    intents.Complete: _complete,
    intents.Correct: correct,
    intents.EndReminder: end_reminder,
    intents.MoveTask: move_by_words,
    intents.Mute: _mute,
    intents.Pause: _pause,
    intents.PauseLater: pause_later,
    intents.RemindBefore: remind_before,
    intents.RemindEarlier: remind_earlier,
    intents.RemoveTask: remove_by_words,
    intents.SetQuiet: _set_quiet,
    intents.Several: _several,
    intents.SkipTask: skip_by_words,
    intents.Snooze: _snooze,
    intents.SwapTasks: answer_swap,
    intents.TellWorkHours: _work_hours,
    intents.TimesADay: _times_a_day,
    intents.Undo: undo_by_words,
    intents.Unmute: _unmute,
    intents.WriteOn: write_on_by_words,
}
"""Carries out an intent with all that it says."""

WITHOUT_DETAILS: dict[type, Callable[[UpdateContext], Awaitable[Response]]] = {
    intents.CallOffPause: call_off_pause,
    intents.NotNow: not_now,
    intents.Dismiss: dismiss_latest,
    intents.WriteLess: write_less,
    intents.WriteMore: write_more,
    intents.WhyNotReminded: why_not_reminded,
}
"""What carries out an intent that says nothing but what it is, where that is no command."""

SENTENCES: dict[type, Callable[[], str]] = {
    intents.Thanks: lambda: texts.THANKS,
    intents.Greeting: lambda: texts.HELLO,
}
"""Read when they are said: a sentence is in the language that is active then."""

ARGUMENT_FIELDS = ("text", "topic", "span", "language", "filter", "place")
"""The field of an intent that is the argument of its command."""

COMMAND_OF: dict[type, str] = {
    intents.SetTimes: "times",
    intents.SetCap: "cap",
    intents.SetBrief: "brief",
    intents.SetReview: "review",
    intents.SetLead: "remind",
    intents.ListTasks: "tasks",
    intents.ShowMuted: "mute",
    intents.ShowReminders: "remind",
    intents.Resume: "resume",
    intents.Help: "help",
    intents.Why: "why",
    intents.WhyNot: "whynot",
    intents.AskHelped: "helped",
    intents.AskPlan: "plan",
    intents.AskToday: "today",
    intents.AskStats: "stats",
    intents.ExportTasks: "export",
    intents.OpenPage: "me",
    intents.Connect: "connect",
    intents.Disconnect: "disconnect",
    intents.SetLanguage: "language",
    intents.SetTimezone: "timezone",
    intents.ShowSettings: "prefs",
    intents.ShowPrivacy: "privacy",
    intents.DeleteData: "delete",
}
"""The command that does what an intent wants."""
