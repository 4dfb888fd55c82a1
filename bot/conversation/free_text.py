"""Free text: understood by rules, else answered by a language model, if there is one.

Changes go through the same functions as the commands. An action that a language model proposes is carried
out at once if it changes nothing or one tap can undo it; any other is offered first.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_conversation_with_model.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.conversation.ask_llm import ask_in_conversation
from bot.conversation.commands import COMMANDS, Response, send_tip
from bot.conversation.latest_tip import dismiss_latest, done_with_latest, not_now, snooze_latest
from bot.conversation.pieces import break_down_by_words
from bot.conversation.reminders import remind_before
from bot.conversation.settings_commands import pause_to
from bot.conversation.settings_undo import write_less, write_more
from bot.conversation.task_changes import add_tasks, complete
from bot.conversation.task_words import change_by_words, complete_by_words, remove_by_words, settled
from bot.conversation.undo import undo_latest
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import texts
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.deciding.decide import current_context
from core.errors import LanguageModelUnavailable
from core.ports import Turn
from core.records import Context, Request, Trigger
from core.scheduling.quiet_hours import FOREVER
from core.text import clean, clean_strictly
from core.tips.prompt import LINK, TALK_SCHEMA, facts_turn
from core.words import intents
from core.words.understand import can_be_added, wished

MAX_TEXT = 2000
"""Code points of a message that a language model reads."""

MAX_OFFERED_TASK = 80
"""Code points of a text that is offered as a task."""

MAX_LLM_REPLY = 600
MAX_LLM_ARGUMENT = 200

CARRIED_OUT_AT_ONCE = frozenset({"add_task", "give_tip", "list_tasks"})
"""Actions that are carried out without a question."""

WITHOUT_ARGUMENT = frozenset({"give_tip", "list_tasks", "resume", "pause"})
"""Actions that need no argument."""


async def answer_free_text(ctx: UpdateContext, utterance: Utterance) -> Response:
    """Answer free text. Raises ``BadInput`` for input that is understood but invalid."""
    intent = await settled(ctx, utterance.intent)
    if intent is not None:
        return await carry_out(ctx, intent)
    text = clean(utterance.text, MAX_TEXT)
    if ctx.deployment.llm and ctx.person.preferences.use_llm and text:
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
        return await complete_by_words(ctx, intent.title)
    return await done_with_latest(ctx)


async def _snooze(ctx: UpdateContext, intent: intents.Snooze) -> Response:
    return await snooze_latest(ctx, intent.until)


async def _give_tip(ctx: UpdateContext, intent: intents.AskTip) -> Response:
    return await send_tip(ctx, intent.request)


async def _break_down(ctx: UpdateContext, intent: intents.BreakDown) -> Response:
    return await break_down_by_words(ctx, intent.title)


async def _pause(ctx: UpdateContext, intent: intents.Pause) -> Response:
    return await pause_to(ctx, intent.until or FOREVER)


HANDLERS: dict[type, Callable[[UpdateContext, Any], Awaitable[Response]]] = {
    intents.AddTask: add_tasks,
    intents.AskTip: _give_tip,
    intents.BreakDown: _break_down,
    intents.ChangeTask: change_by_words,
    intents.Complete: _complete,
    intents.Pause: _pause,
    intents.RemindBefore: remind_before,
    intents.RemoveTask: remove_by_words,
    intents.Snooze: _snooze,
}
"""Carries out an intent with all that it says."""

WITHOUT_DETAILS: dict[type, Callable[[UpdateContext], Awaitable[Response]]] = {
    intents.NotNow: not_now,
    intents.Dismiss: dismiss_latest,
    intents.Undo: undo_latest,
    intents.WriteLess: write_less,
    intents.WriteMore: write_more,
}
"""What carries out an intent that says nothing but what it is, where that is no command."""

SENTENCES: dict[type, Callable[[], str]] = {
    intents.Thanks: lambda: texts.THANKS,
    intents.Greeting: lambda: texts.HELLO,
}
"""Read when they are said: a sentence is in the language that is active then."""

ARGUMENT_FIELDS = ("text", "topic", "span", "language", "filter")
"""The field of an intent that is the argument of its command."""

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
    intents.AskToday: "today",
    intents.AskStats: "stats",
    intents.SetLanguage: "language",
}
"""The command that does what an intent wants."""


# --- With a language model ---------------------------------------------------------------------------------


async def converse(ctx: UpdateContext, text: str) -> Response:
    """Ask the language model; if it does not answer, say what oO understands by itself."""
    await ctx.thinking()
    context = await current_context(
        ctx.person, ctx.deps, trigger=Trigger.REQUESTED, zone=ctx.zone, request=Request()
    )
    turns = [
        Turn(role="system", content=ctx.deps.prompts.talk.text.format()),
        facts_turn(context.facts, message=text),
    ]
    try:
        answer = await ask_in_conversation(ctx, turns, TALK_SCHEMA)
    except LanguageModelUnavailable:
        return unclear(ctx, text)
    reply = harmless(clean_strictly(str(answer.get("reply") or ""), MAX_LLM_REPLY))
    return await _reply_and_act(ctx, reply, proposal(answer.get("action"), context))


def harmless(reply: str) -> str:
    """The reply without what a platform would make clickable: links, addresses, mentions, commands."""
    return " ".join("…" if LINK.search(word) else word for word in reply.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An action that the language model proposes."""

    name: str
    """A key of ``ACTIONS``."""

    argument: str
    """The argument of the command; for ``complete_task`` the task's id."""


def proposal(action: object, context: Context) -> Proposal | None:
    """The proposed action; None if it is unknown or lacks an argument that it needs."""
    match action:
        case {"name": str(name), "argument": str(typed)} if name in ACTIONS:
            argument = clean_strictly(typed, MAX_LLM_ARGUMENT)
        case _:
            return None
    if name == "complete_task":
        known = {fact.fact_id: fact.task_id for fact in context.facts}
        argument = known.get(argument) or ""
    return Proposal(name=name, argument=argument) if argument or name in WITHOUT_ARGUMENT else None


async def _reply_and_act(ctx: UpdateContext, reply: str, proposed: Proposal | None) -> Response:
    """Say the reply, and carry out or offer what is proposed."""
    said = say("{reply}", reply=reply) if reply else None
    if proposed is None:
        return said or say(texts.UNCLEAR_LONG)
    if proposed.name in CARRIED_OUT_AT_ONCE:
        done = await act(ctx, proposed.name, proposed.argument)
    else:
        done = await _offer(ctx, proposed)
    return join(said, done) if said and done else done


async def _offer(ctx: UpdateContext, proposed: Proposal) -> Message:
    """Ask whether the action shall be carried out."""
    argument = proposed.argument or texts.LLM_PAUSE_OPEN
    if proposed.name == "complete_task":
        async with ctx.deps.store.read() as unit:
            argument = (await unit.tasks.get(proposed.argument)).title
    return say(
        texts.LLM_ACTION[proposed.name],
        (
            Button(label=texts.YES, verb="confirm", arg=f"{proposed.name} {proposed.argument}".strip()),
            Button(label=texts.NO, verb="leave"),
        ),
        argument=argument,
    )


ACTIONS = {
    "add_task": "add",
    "list_tasks": "tasks",
    "give_tip": "tip",
    "pause": "pause",
    "resume": "resume",
    "set_quiet": "quiet",
    "set_times": "times",
    "mute": "mute",
    "complete_task": "",
}
"""The actions that a language model may propose, and the command that carries each out."""


async def act(ctx: UpdateContext, name: str, argument: str) -> Response:
    """Carry out an action of ``ACTIONS``."""
    if name == "complete_task":
        return await complete(ctx, argument) or say(texts.TASK_ALREADY)
    return await COMMANDS[ACTIONS[name]].run(ctx, argument)
