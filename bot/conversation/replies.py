"""A reply is about the message it replies to: "done" below an earlier tip means that tip, not the latest.

Tests: tests/scenarios/test_replies.py, tests/scenarios/test_receipts.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.conversation.task_changes import complete, remove, reopen
from bot.conversation.tip_reactions import (
    ask_snooze_time,
    react_in_words,
    refusal_in_words,
    snooze_in_words,
    undo_in_words,
)
from bot.conversation.update_context import Question, UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.markup import join, say
from bot.screens.why import why as why_words
from core.chat import Message, Said
from core.deciding.explain import why
from core.delivery.mentions import ReplySubject, is_unchanged, remember_said, replied_to
from core.delivery.tip_status import TapResult
from core.errors import NotFound, StoreUnavailable
from core.records import DismissReason, ReactionKind, Task, TaskState
from core.store import Mentioned
from core.tasks.added_tasks import added_by
from core.text import clean
from core.tips.urgency import by_urgency
from core.words import intents
from core.words.matching import best_match
from core.words.replies import about_tip, reply_phrase

MAX_TEXT = 200
"""Code points of a reply in which a number is looked for."""


async def find_subject(ctx: UpdateContext, said: Said) -> ReplySubject | None:
    """The subject of the message that was replied to; None if ``said`` is no reply."""
    if said.reply_to is None:
        return None
    async with ctx.deps.store.read() as unit:
        return await replied_to(unit, ctx.account, said)


async def explain_tip(ctx: UpdateContext, decision_id: str | None) -> Message | None:
    """Why the tip was chosen; None if it is no tip of this person."""
    try:
        found = await why(ctx.person, ctx.deps, decision_id) if decision_id else None
    except NotFound:
        return None
    return why_words(found, ctx.person, ctx.now) if found else None


async def answer_reply(ctx: UpdateContext, utterance: Utterance, about: ReplySubject) -> Message | None:
    """The answer to a reply that is about its subject; None if the words are about something else.

    Raises ``BadInput``.
    """
    intent = reply_phrase(utterance.text) or about_tip(
        utterance.text, utterance.intent, now=ctx.now, zone=ctx.zone
    )
    if about.decision_id:
        return await _about_tip(ctx, about.decision_id, intent)
    if about.task_ids:
        return await _about_tasks(ctx, utterance.text, about, intent)
    if intent is None or isinstance(intent, intents.Why) or _names_a_task(intent):
        return None
    return await _about_unknown(ctx, intent)


def _names_a_task(intent: intents.Intent) -> bool:
    return isinstance(intent, intents.Complete) and bool(intent.title)


async def _about_unknown(ctx: UpdateContext, intent: intents.Intent) -> Message:
    """Ask what is meant: no tip is touched that may be the wrong one."""
    if not isinstance(intent, intents.Complete):
        return say(texts.REPLY_WHICH)
    async with ctx.deps.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, ctx.zone)
    if not tasks:
        return say(texts.REPLY_WHICH)
    return join(say(texts.REPLY_WHICH_TASK), tasks_screen.listed(tasks, ctx.now, ctx.zone))


# --- A tip -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TipReaction:
    """A reaction, and the sentence that confirms it."""

    kind: ReactionKind
    reason: DismissReason | None = None
    sentence: str


DONE = TipReaction(kind=ReactionKind.DONE, sentence=texts.DONE_THAT)
DISMISSALS = {
    intents.NotNow: TipReaction(
        kind=ReactionKind.DISMISS, reason=DismissReason.NOT_NOW, sentence=texts.NOT_NOW
    ),
    intents.Dismiss: TipReaction(kind=ReactionKind.DISMISS, sentence=texts.DISMISSED_SAID),
    intents.Mute: TipReaction(
        kind=ReactionKind.DISMISS, reason=DismissReason.NEVER_TOPIC, sentence=texts.DISMISSED_SAID
    ),
}


async def _about_tip(ctx: UpdateContext, decision_id: str, intent: intents.Intent | None) -> Message | None:
    try:
        answer = await _do_to_tip(ctx, decision_id, intent)
    except NotFound:  # deleted, or never sent to this person
        return say(texts.REPLY_WHICH)
    return replace(answer, subject=decision_id) if answer else None


async def _do_to_tip(ctx: UpdateContext, decision_id: str, intent: intents.Intent | None) -> Message | None:
    match intent:
        case intents.Complete(title=title):
            return await _complete_tip(ctx, decision_id, title)
        case intents.NotNow() | intents.Dismiss() | intents.Mute(topic=""):
            return await _react(ctx, decision_id, DISMISSALS[type(intent)])
        case intents.Snooze(until=until):
            if until:
                return await snooze_in_words(ctx, decision_id, until)
            return await ask_snooze_time(ctx, decision_id)
        case intents.Undo():
            return await undo_in_words(ctx, decision_id)
        case intents.Why():
            return await explain_tip(ctx, decision_id)
    return None


async def _complete_tip(ctx: UpdateContext, decision_id: str, title: str) -> Message | None:
    """Complete the tip; None if ``title`` names something else."""
    async with ctx.deps.store.read() as unit:
        tip = (await unit.decisions.stored_tip(decision_id)).decision.tip
    if title and (tip is None or best_match(title, [tip.content]) is None):
        return None
    return await _react(ctx, decision_id, DONE)


async def _react(ctx: UpdateContext, decision_id: str, reaction: TipReaction) -> Message:
    outcome = await react_in_words(ctx, decision_id, reaction.kind, reaction.reason)
    if outcome.result is TapResult.ACCEPTED:
        return say(reaction.sentence, content=tips_screen.first_line(outcome.tip))
    return say(refusal_in_words(ctx, outcome))


# --- Tasks -------------------------------------------------------------------------------------------------


async def _about_tasks(
    ctx: UpdateContext, text: str, about: ReplySubject, intent: intents.Intent | None
) -> Message | None:
    """The answer to a reply to "Added: …", to "… Done", or to a list: completed, or undone."""
    async with ctx.deps.store.read() as unit:
        tasks = [await unit.tasks.get(task_id) for task_id in about.task_ids]
    index = _index_in(text, len(tasks))
    if index is not None and len(tasks) > 1:
        return await _complete(ctx, tasks[index])
    match intent:
        case intents.Complete(title=""):
            return await _complete_only(ctx, tasks)
        case intents.Undo():
            return await _undo(ctx, about.message)
        case intents.NotNow() | intents.Dismiss() | intents.Snooze() | intents.Mute(topic=""):
            return say(texts.REPLY_TASK, title=tasks[0].title) if len(tasks) == 1 else say(texts.REPLY_WHICH)
    return None


def _index_in(text: str, count: int) -> int | None:
    """The index in a list of ``count`` that the text names from 1 on: "2", "done 2", "erledigt: 2"."""
    typed = clean(text, MAX_TEXT)
    numbers = [word for word in typed.replace(":", " ").split() if word.isascii() and word.isdigit()]
    if len(numbers) != 1 or len(typed.split()) > 2 or not 1 <= int(numbers[0]) <= count:
        return None
    return int(numbers[0]) - 1


async def _complete(ctx: UpdateContext, task: Task) -> Message:
    return await complete(ctx, task.task_id) or say(texts.TASK_ALREADY)


async def _complete_only(ctx: UpdateContext, tasks: list[Task]) -> Message:
    """Complete the one open task; if several are open, ask which."""
    open_tasks = [task for task in tasks if task.state is TaskState.OPEN]
    if len(open_tasks) == 1:
        return await _complete(ctx, open_tasks[0])
    if not open_tasks:
        return say(texts.TASK_ALREADY)
    return join(say(texts.REPLY_WHICH_TASK), tasks_screen.listed(open_tasks, ctx.now, ctx.zone))


UNDO: dict[str, Callable[[UpdateContext, str], Awaitable[Message | None]]] = {
    "remove_task": remove,
    "task_undo": reopen,
}
"""What the button Undo below a task does, by its verb."""


async def _undo(ctx: UpdateContext, message: Mentioned | None) -> Message:
    """Undo what the message says, as its button Undo would, and redraw it."""
    undone = await _undone(ctx, message.handle) if message and message.handle else None
    if message is None or undone is None:
        return say(texts.NOTHING_TO_UNDO)
    await ctx.try_edit(message.message_id, undone)
    return undone


async def _undone(ctx: UpdateContext, handle_id: str) -> Message | None:
    """Undo what the button Undo of a message undoes; None if it has none, or it came too late."""
    async with ctx.deps.store.read() as unit:
        handle = await unit.handles.get(handle_id)
    for action in handle.actions if handle else ():
        verb, _, argument = action.partition(" ")
        if verb in UNDO:
            try:
                return await UNDO[verb](ctx, argument)
            except NotFound:  # removed, or completed again since
                return None
    return None


# --- What is stored ----------------------------------------------------------------------------------------


async def store_said(ctx: UpdateContext, said: Said, answer: Message | None) -> None:
    """Store the subject of the person's own message, for later replies to it; nothing for a deleted account.

    A failing store, which logged its fault, loses this: raising here would have the update handled again.
    """
    if said.message_id is None:
        return
    with suppress(StoreUnavailable):
        async with ctx.deps.store.begin() as unit:
            if await unit.people.account(said.sender.channel, said.sender.external_id):
                added = await added_by(unit, ctx.person, ctx.origin) if answer and answer.tasks else ()
                await remember_said(unit, ctx.account, said, answer, tip=ctx.tip_sent, added=added)


async def was_unchanged(ctx: UpdateContext, edited: Said) -> bool:
    """Whether an edit left the words as they were."""
    async with ctx.deps.store.read() as unit:
        return await is_unchanged(unit, ctx.account, edited)


async def close_question(ctx: UpdateContext, question: Question | None, about: ReplySubject) -> None:
    """End a question about the tip that the reply has answered, unless another one is pending by now."""
    if question is None or question.subject != about.decision_id:
        return
    if await ctx.pending_question() == question:
        await ctx.set_question(None)
