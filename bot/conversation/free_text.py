"""Free text: understood by rules, else answered by a language model, if there is one.

Changes go through the same functions as the commands.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_conversation_with_model.py.
"""

from __future__ import annotations

from contextlib import suppress

from bot.conversation.commands import COMMANDS, Response, send_tip
from bot.conversation.latest_tip import (
    dismiss_latest,
    done_with_latest,
    not_now,
    snooze_latest,
    undo_latest,
)
from bot.conversation.settings_commands import pause_to
from bot.conversation.talk import converse
from bot.conversation.task_changes import add_tasks, complete
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.errors import LanguageModelUnavailable
from core.scheduling.quiet_hours import FOREVER
from core.text import clean
from core.tips.urgency import by_urgency
from core.words import intents
from core.words.matching import best_match, matches
from core.words.understand import can_be_added, wished

MAX_TEXT = 2000
"""Code points of a message that a language model reads."""

MAX_OFFERED_TASK = 80
"""Code points of a text that is offered as a task."""


async def answer_free_text(ctx: UpdateContext, utterance: Utterance) -> Response:
    """Answer free text. Raises ``BadInput`` for input that is understood but invalid."""
    if utterance.intent is not None:
        return await carry_out(ctx, utterance.intent)
    text = clean(utterance.text, MAX_TEXT)
    if ctx.deployment.llm and ctx.person.preferences.use_llm and text:
        with suppress(LanguageModelUnavailable):
            return await converse(ctx, text)
    return unclear(ctx, text)


def unclear(ctx: UpdateContext, text: str) -> Message:
    """The answer to what is not understood: offer to add it as a task, else say what oO understands.

    A wish that only began ("remind me") is asked about.
    """
    if text and wished(text, now=ctx.now, zone=ctx.zone).only_begun:
        return say(texts.ADD_HOW)
    if len(text) > MAX_OFFERED_TASK or not can_be_added(text, now=ctx.now, zone=ctx.zone):
        return say(texts.UNCLEAR_LONG)
    add_it = Button(label=texts.ADD_IT, verb="confirm", arg=f"add_task {text}")
    return say(texts.UNCLEAR, (add_it,), text=text)


async def carry_out(ctx: UpdateContext, intent: intents.Intent) -> Response:
    """Do what was understood."""
    match intent:
        case intents.Complete(title=title):
            return await complete_by_words(ctx, title) if title else await done_with_latest(ctx)
        case intents.Snooze(until=until):
            return await snooze_latest(ctx, until)
        case intents.NotNow() | intents.Dismiss() | intents.Undo():
            return await ABOUT_LATEST_TIP[type(intent)](ctx)
        case intents.AddTask():
            return await add_tasks(ctx, intent)
        case intents.AskTip(request=request):
            return await send_tip(ctx, request)
        case intents.Pause(until=until):
            return await pause_to(ctx, until or FOREVER)
    if type(intent) in SENTENCES:
        return say(SENTENCES[type(intent)])
    argument = getattr(intent, "text", None) or getattr(intent, "topic", None) or ""
    return await COMMANDS[COMMAND_OF[type(intent)]].run(ctx, argument)


ABOUT_LATEST_TIP = {
    intents.NotNow: not_now,
    intents.Dismiss: dismiss_latest,
    intents.Undo: undo_latest,
}
SENTENCES: dict[type, str] = {intents.Thanks: texts.THANKS, intents.Greeting: texts.HELLO}

COMMAND_OF: dict[type, str] = {
    intents.SetQuiet: "quiet",
    intents.Mute: "mute",
    intents.ListTasks: "tasks",
    intents.Resume: "resume",
    intents.Help: "help",
    intents.Why: "why",
    intents.WhyNot: "whynot",
    intents.AskHelped: "helped",
    intents.AskPlan: "plan",
}
"""The command that does what an intent wants."""


async def complete_by_words(ctx: UpdateContext, words: str) -> Message:
    """Complete the task that the words name. If that is not clear, list those it may be, or all."""
    async with ctx.deps.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, ctx.zone)
    titles = [task.title for task in tasks]
    found = best_match(words, titles)
    if found is not None:
        return await complete(ctx, tasks[found].task_id) or say(texts.TASK_ALREADY)
    rivals = [tasks[index] for index in matches(words, titles)]
    if rivals:
        return tasks_screen.rivals(words, rivals, ctx.now, ctx.zone)
    return join(say(texts.COMPLETE_WHICH, words=words), tasks_screen.listed(tasks, ctx.now, ctx.zone))
