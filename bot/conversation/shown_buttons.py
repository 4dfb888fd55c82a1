"""A typed answer to the buttons of the message that oO has just shown: "yes", "no", "next", "the second one",
"the one on friday", or the words on a button.

It means what a tap on that button does, on nothing but the latest message of the chat: what was asked before
something else was said is not answered by it.

Tests: tests/scenarios/test_whole_list.py, tests/scenarios/test_long_lists.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.callback_result import CallbackResult
from bot.conversation.carry_out_button import carry_out_button
from bot.conversation.commands import Response
from bot.conversation.kept_answer import Answer
from bot.conversation.reminder_times import WHEN
from bot.conversation.task_lists import open_tasks
from bot.conversation.tip_reactions import BRING_BACK, PUT_OFF
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import named_with_date
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Channel, Said
from core.delivery.callbacks import CallbackAction
from core.store import ButtonTokens, Mentioned
from core.words.button_words import is_next_page, is_no, is_previous_page, is_yes, label_words
from core.words.numbered import place_among, places_in

ASIDE = frozenset({WHEN, PUT_OFF, BRING_BACK})
"""Questions that may be left unanswered: what was shown after them is what is answered."""

REFUSALS = frozenset({"leave", "import_drop", "keep_all"})
"""The verbs of buttons that leave everything as it is."""

ALONE = "confirm"
"""The verb of a single button that offers something, without one that refuses it."""

PAGES = frozenset({"tasks", "pick"})
"""The verbs of buttons that turn the page of a list."""

CHOICES = frozenset({"pick_change", "pick_remind", "pick_remove", "task", "task_done", "task_move"})
"""The verbs of buttons that choose a task, whose id is in their argument."""

MAX_CHOICE = 60
"""Code points of words that may be an answer to "Which one?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The button that words mean."""

    message: Mentioned
    action: CallbackAction | None
    """None: it is not clear which one."""


async def pressed_by_words(
    ctx: UpdateContext, text: str, said: Said, *, asked: str | None = None
) -> Pressed | None:
    """The button of the message shown last, or replied to, that the text means; None if it means none.

    ``asked``: the question that awaits a typed answer, unless the very words on a button are typed.
    """
    is_page = is_next_page(text) or is_previous_page(text)
    is_answer = is_yes(text) or is_no(text)
    if not (is_page or is_answer or len(text) <= MAX_CHOICE):
        return None
    shown = await _shown(ctx, None if said.thread else said.reply_to)
    if shown is None:
        return None
    message, handle = shown
    actions = [_action(handle, text) for text in handle.actions]
    if labelled := _labelled(handle, actions, text):
        return Pressed(message=message, action=labelled)
    if asked is not None and asked not in ASIDE:
        return None
    if is_page:
        return _page(message, handle, actions, text)
    if is_answer:
        return _answer(message, actions, is_yes=is_yes(text))
    action = await _chosen(ctx, actions, text)
    return Pressed(message=message, action=action) if action else None


async def _shown(ctx: UpdateContext, reply_to: str | None) -> tuple[Mentioned, ButtonTokens] | None:
    """The message with buttons that is replied to, else the one of oO's after which nothing was said.

    No tip that is replied to: words below that mean the tip.
    """
    account_id, this = ctx.account.account_id, getattr(ctx.update, "message_id", None)
    async with ctx.deps.store.read() as unit:
        if reply_to:
            found = await unit.messages.get(account_id, reply_to)
            found = found if found and not found.decision_id else None
        else:
            latest = await unit.messages.recent(account_id, ctx.now - ctx.deps.rules.answer_wait, 2)
            found = next((one for one in latest if one.message_id != this), None)  # this one is handled again
        handle = await unit.handles.get(found.handle) if found and found.handle else None
    is_own = handle is not None and handle.person_id == ctx.person.person_id
    return (found, handle) if found and handle and is_own else None


def _action(handle: ButtonTokens, text: str) -> CallbackAction:
    verb, _, argument = text.partition(" ")
    return CallbackAction(person_id=handle.person_id, verb=verb, arg=argument, subject=handle.subject)


def _page(
    message: Mentioned, handle: ButtonTokens, actions: Sequence[CallbackAction], text: str
) -> Pressed | None:
    """The button that turns to the next page, or to the one before."""
    mark = "›" if is_next_page(text) else "‹"
    for label, action in zip(handle.labels, actions, strict=False):
        if action.verb in PAGES and mark in label:
            return Pressed(message=message, action=action)
    return None


def _labelled(handle: ButtonTokens, actions: Sequence[CallbackAction], text: str) -> CallbackAction | None:
    """The button with these words on it. One word is none of them: it may say something else."""
    said = label_words(text)
    found = [at for at, label in enumerate(handle.labels) if len(said) > 1 and label_words(label) == said]
    return actions[found[0]] if len(found) == 1 else None


async def _chosen(ctx: UpdateContext, actions: Sequence[CallbackAction], text: str) -> CallbackAction | None:
    """The button of the task that the words mean, if every button does the same to a task: "Which one?"."""
    choices = [one for one in actions if one.verb not in PAGES]
    if len(choices) < 2 or choices[0].verb not in CHOICES or len({one.verb for one in choices}) > 1:
        return None
    by_task = {_task_id(one.arg): one for one in choices}
    places = places_in(text)
    if len(places) == 1:
        place = place_among(range(1, len(choices) + 1), places[0])
        return choices[place - 1] if place else None
    tasks = [task for task in await open_tasks(ctx) if task.task_id in by_task]
    meant = named_with_date(ctx, text, tasks).task
    return by_task[meant.task_id] if meant and not places else None


def _task_id(argument: str) -> str:
    return argument.partition(" ")[0]


def _answer(message: Mentioned, actions: Sequence[CallbackAction], *, is_yes: bool) -> Pressed | None:
    """Of a question with a button that refuses: that one, or the one it was asked for, which is beside it."""
    place = next((place for place, one in enumerate(actions) if one.verb in REFUSALS), None)
    if place is None:
        is_offer = len(actions) == 1 and actions[0].verb == ALONE and is_yes
        return Pressed(message=message, action=actions[0]) if is_offer else None
    if not is_yes:
        return Pressed(message=message, action=actions[place])
    others = [one for one in actions if one.verb not in REFUSALS]
    if any(one.verb in ("delete", "delete_all") for one in others):
        return Pressed(message=message, action=None)  # everything is deleted by a tap only
    return Pressed(message=message, action=actions[place - 1])


async def press(ctx: UpdateContext, pressed: Pressed) -> Response:
    """Do what a tap on the button does. What is asked is redrawn; a further page is a message of its own."""
    if pressed.action is None:
        return say(texts.TAP_ONE)
    result = await carry_out_button(ctx, pressed.action)
    if result.question:
        await ctx.set_question(result.question)
    if pressed.action.verb in CHOICES and result.reply:
        return result.reply
    if pressed.action.verb in PAGES or result.edit is None:
        return result.edit or result.reply or say(result.toast or texts.NOT_DONE)
    return await _redrawn(ctx, pressed.message, result)


async def _redrawn(ctx: UpdateContext, message: Mentioned, result: CallbackResult) -> Response:
    """Redraw the question, so that it is not answered once more, and say the same below what was typed."""
    if result.edit is None:
        return result.reply
    in_place = ctx.sender.channel is Channel.TERMINAL
    kept = Answer(edit=result.edit, edited=message.message_id) if in_place else Answer(reply=result.edit)
    await ctx.keep(kept)
    is_shown = await ctx.try_edit(message.message_id, result.edit)
    return result.reply if is_shown and in_place else result.edit
