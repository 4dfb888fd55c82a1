"""Undo in words: of the message that was replied to, or of the latest message with a button Undo.

Tests: tests/scenarios/test_undo_in_words.py, tests/scenarios/test_replies.py.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from bot.conversation import belief_buttons, task_files
from bot.conversation.agenda import AGENDA_UNDO
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.kept_answer import Answer
from bot.conversation.language import LANGUAGE_UNDO
from bot.conversation.latest_tip import undo_latest_tip, was_tip_done
from bot.conversation.muting import unmute_topic
from bot.conversation.pieces import undo_pieces
from bot.conversation.remind_listed import LISTED_REMINDER_BUTTONS
from bot.conversation.reminders import REMINDER_UNDO
from bot.conversation.settings_undo import SETTINGS_BUTTONS
from bot.conversation.several import TOGETHER_UNDO, UNDO_TOGETHER
from bot.conversation.talked_about import recent_messages
from bot.conversation.task_buttons import TASK_UNDO
from bot.conversation.tip_reactions import undo_in_words
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from bot.screens.whole_list import ask_undo
from core.chat import Channel, Message
from core.delivery.callbacks import CallbackAction
from core.errors import NotFound
from core.store import Mentioned
from core.tasks.imports import left_of_import
from core.words.intents import Undo
from core.words.matching import whole_match

MAX_AGE = timedelta(days=1)
"""The word "undo" alone is not about an older message."""

MAX_UNASKED = 5
"""Tasks that the word "undo" alone takes off the list without a question."""

OF_A_TIP = "undo"
"""The verb that takes back the reaction to a tip."""


async def language_before(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Speak the language from before again, without another Undo: the next one is about what was earlier."""
    result = await LANGUAGE_UNDO[action.verb](ctx, action)
    return CallbackResult(edit=_without_buttons(result.edit), reply=_without_buttons(result.reply))


def _without_buttons(message: Message | None) -> Message | None:
    return replace(message, buttons=()) if message else None


UNDO: dict[str, CallbackHandler] = (
    AGENDA_UNDO
    | dict.fromkeys(LANGUAGE_UNDO, language_before)
    | LISTED_REMINDER_BUTTONS
    | REMINDER_UNDO
    | SETTINGS_BUTTONS
    | TASK_UNDO
    | TOGETHER_UNDO
    | {
        "belief_undo": belief_buttons.undo,
        "import_undo": task_files.undo,
        "undo_pieces": undo_pieces,
        "unmute": unmute_topic,
    }
)
"""The other verbs that take back what a message says."""


async def undo_latest(ctx: UpdateContext) -> Message | None:
    """Undo what the latest message with a button Undo says; None if that was said already.

    Without such a message, take back the reaction to the latest tip, which may be on another channel.
    """
    for message in await recent_messages(ctx, MAX_AGE):
        action = await _undo_button(ctx, message)
        if action:
            return await _undo_or_ask(ctx, message, action)
    return await undo_latest_tip(ctx)


async def undo_by_words(ctx: UpdateContext, asked: Undo) -> Message | None:
    """Undo what the words mean; ``settled`` found that there is such a thing, else it is the latest."""
    if not asked.of:
        return await undo_latest(ctx)
    found = await undoable(ctx, asked)
    return await _undo_or_ask(ctx, *found) if found else say(texts.NOTHING_TO_UNDO)


async def _undo_or_ask(ctx: UpdateContext, message: Mentioned, action: CallbackAction) -> Message | None:
    """Undo; if that takes many tasks off the list, ask first: the word does not say what it is about."""
    count = await _removes(ctx, action)
    return await _undo(ctx, message, action) if count <= MAX_UNASKED else ask_undo(count, action)


async def _removes(ctx: UpdateContext, action: CallbackAction) -> int:
    """How many tasks the button takes off the list."""
    if action.verb == "import_undo":
        return await left_of_import(action.arg, ctx.person, ctx.deps)
    removed = [argument for verb, argument in _steps(action) if verb in ("remove_task", "remove_tasks")]
    return len(" ".join(removed).split())


async def undoable(ctx: UpdateContext, asked: Undo) -> tuple[Mentioned, CallbackAction] | None:
    """The latest message, with its button Undo, that the words may mean; None if there is none."""
    age = ctx.deps.rules.answer_wait if asked.of == "last" else MAX_AGE
    for message in await recent_messages(ctx, age):
        action = await _undo_button(ctx, message)
        if action and await _is_what(ctx, action, asked):
            return message, action
        if asked.of == "last" or (action and not asked.title):
            return None
    return None


async def _is_what(ctx: UpdateContext, action: CallbackAction, asked: Undo) -> bool:
    """Whether the button takes back what the words mean."""
    done = list(_steps(action))
    if asked.of == "last":
        return True
    if asked.of == "done" and action.verb == OF_A_TIP:
        return await was_tip_done(ctx, action.subject)
    meant = [argument.split()[:1] for verb, argument in done if verb in _OF[asked.of]]
    if not asked.title or not meant:
        return bool(meant)
    async with ctx.deps.store.read() as unit:
        tasks = await unit.tasks.some([task_id for one in meant for task_id in one])
    return whole_match(asked.title, [task.title for task in tasks]) is not None


def _steps(action: CallbackAction) -> list[tuple[str, str]]:
    """Verb and argument of what the button takes back; several for several requests of one message."""
    if action.verb != UNDO_TOGETHER:
        return [(action.verb, action.arg)]
    return [(verb, argument) for verb, argument in json.loads(action.arg)]


_OF = {
    "done": frozenset({"task_undo"}),
    "off": frozenset({"task_undo", "restore_task", "agenda_restore"}),
}
"""The verbs that take back what the words name."""


async def undo_message(ctx: UpdateContext, message: Mentioned | None) -> Message:
    """Undo what a message says, as its button Undo would, and redraw it."""
    action = await _undo_button(ctx, message) if message else None
    if message is None or action is None:
        return say(texts.NOTHING_TO_UNDO)
    return await _undo(ctx, message, action) or say(texts.NOTHING_TO_UNDO)


async def _undo_button(ctx: UpdateContext, message: Mentioned) -> CallbackAction | None:
    """What the button Undo of a message means; None if it has none."""
    if not message.handle:
        return None
    async with ctx.deps.store.read() as unit:
        handle = await unit.handles.get(message.handle)
    if handle is None or handle.person_id != ctx.person.person_id:
        return None
    for text in handle.actions:
        verb, _, argument = text.partition(" ")
        if verb == OF_A_TIP or verb in UNDO:
            return CallbackAction(person_id=handle.person_id, verb=verb, arg=argument, subject=handle.subject)
    return None


def _kept(ctx: UpdateContext, message: Mentioned, said: Message) -> Answer:
    if ctx.sender.channel is Channel.TERMINAL:
        return Answer(edit=said, edited=message.message_id)
    return Answer(reply=said)


async def _undo(ctx: UpdateContext, message: Mentioned, action: CallbackAction) -> Message | None:
    """Undo, and redraw the message. None if the redrawn message is the answer, as in a terminal."""
    if action.verb == OF_A_TIP:
        return await undo_in_words(ctx, action.subject) if action.subject else None
    try:
        result = await UNDO[action.verb](ctx, action)
    except NotFound:  # removed, or completed again since
        return say(texts.NOTHING_TO_UNDO)
    if result.edit is None:
        return result.reply or say(result.toast or texts.NOTHING_TO_UNDO)
    # Redrawn, the message does not say any more that it is what to undo.
    await ctx.keep(_kept(ctx, message, result.edit))
    is_shown = await ctx.try_edit(message.message_id, result.edit)
    return None if is_shown and ctx.sender.channel is Channel.TERMINAL else result.edit
