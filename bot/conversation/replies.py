"""A reply is about what it replies to: "done" under an earlier tip is about that one, not the latest."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from bot.conversation.callback_result import Run
from bot.conversation.latest import put_off
from bot.conversation.talk import complete
from bot.conversation.update_context import Question, UpdateContext
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import at_time
from bot.screens.markup import join, say
from bot.screens.why import why as why_words
from core.chat import Message, Said
from core.deciding.explain import why
from core.delivery.callbacks import CallbackAction
from core.delivery.mentions import About, is_unchanged, remember_said, replied_to
from core.delivery.reactions import react, undo
from core.delivery.tip_status import Outcome, Verdict
from core.errors import NotFound, StoreUnavailable
from core.model import DismissReason, ReactionKind, Task, TaskState
from core.text import clean
from core.tips.urgency import by_urgency
from core.words import intents
from core.words.matching import best_match
from core.words.replies import reply_meant

LONGEST = 200
UNDOING = ("remove_task", "task_undo", "undo")
"""Verbs of the button Undo."""


async def about(ctx: UpdateContext, said: Said) -> About | None:
    """What the message replies to; None if it is no reply."""
    if said.reply_to is None:
        return None
    async with ctx.deps.store.read() as unit:
        return await replied_to(unit, ctx.account, said)


async def why_that(ctx: UpdateContext, replied: About) -> Message | None:
    """Why the tip that was replied to was chosen; None when it is no tip of this person."""
    try:
        found = await why(ctx.person, ctx.deps, replied.decision_id) if replied.decision_id else None
    except NotFound:
        return None
    return why_words(found, ctx.person, ctx.now) if found else None


async def answer_about(
    ctx: UpdateContext, text: str, replied: About, *, verbs: dict[str, Run]
) -> Message | None:
    """The answer to a reply that says something about what it replies to; None when it says something else.

    ``verbs`` are what buttons do: an undo presses the one under the message. Raises ``BadInput``.
    """
    meant = reply_meant(text, now=ctx.now, zone=ctx.zone)
    if replied.decision_id:
        return await _about_tip(ctx, replied.decision_id, meant)
    if replied.task_ids:
        return await _about_tasks(ctx, text, replied, meant, verbs)
    if meant is None or isinstance(meant, intents.Why) or _names_a_task(meant):
        return None
    return await _about_nothing_known(ctx, meant)


def _names_a_task(meant: intents.Intent) -> bool:
    return isinstance(meant, intents.Complete) and bool(meant.title)


async def _about_nothing_known(ctx: UpdateContext, meant: intents.Intent) -> Message:
    """Nothing is done to a tip that may not be the one: ask."""
    if not isinstance(meant, intents.Complete):
        return say(texts.REPLY_WHICH)
    async with ctx.deps.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, ctx.zone)
    if not tasks:
        return say(texts.REPLY_WHICH)
    return join(say(texts.REPLY_WHICH_TASK), tasks_screen.listed(tasks, ctx.now, ctx.zone))


# --- A tip -------------------------------------------------------------------------------------------------

_REACTIONS = {
    intents.NotNow: (ReactionKind.DISMISS, DismissReason.NOT_NOW, texts.NOT_NOW),
    intents.Dismiss: (ReactionKind.DISMISS, None, texts.DISMISSED_SAID),
    intents.Mute: (ReactionKind.DISMISS, DismissReason.NEVER_TOPIC, texts.DISMISSED_SAID),
}


async def _about_tip(ctx: UpdateContext, decision_id: str, meant: intents.Intent | None) -> Message | None:
    try:
        answer = await _done_to_tip(ctx, decision_id, meant)
    except NotFound:  # forgotten, or nothing that this person was sent
        return say(texts.REPLY_WHICH)
    return replace(answer, subject=decision_id) if answer else None


async def _done_to_tip(ctx: UpdateContext, decision_id: str, meant: intents.Intent | None) -> Message | None:
    match meant:
        case intents.Complete(title=title):
            return await _complete(ctx, decision_id, title)
        case intents.NotNow() | intents.Dismiss() | intents.Mute(topic=""):
            kind, reason, sentence = _REACTIONS[type(meant)]
            return await _react(ctx, decision_id, kind, reason, sentence)
        case intents.Snooze(until=until) if until:
            return await put_off(ctx, decision_id, until)
        case intents.Snooze():
            await ctx.ask(Question(what="snooze", subject=decision_id))
            return say(texts.SNOOZE_TYPE)
        case intents.Undo():
            return await _undo(ctx, decision_id)
        case intents.Why():
            return await why_that(ctx, About(decision_id=decision_id))
    return None


async def _complete(ctx: UpdateContext, decision_id: str, title: str) -> Message | None:
    """Done; unless they name something else that is done."""
    async with ctx.deps.store.read() as unit:
        tip = (await unit.decisions.stored_tip(decision_id)).decision.tip
    if title and (tip is None or best_match(title, [tip.content]) is None):
        return None
    return await _react(ctx, decision_id, ReactionKind.DONE, None, texts.DONE_THAT)


async def _react(
    ctx: UpdateContext, decision_id: str, kind: ReactionKind, reason: DismissReason | None, sentence: str
) -> Message:
    outcome = await react(decision_id, ctx.person, ctx.deps, kind=kind, reason=reason)
    await ctx.redraw(decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    if outcome.verdict is Verdict.TAKEN:
        return say(sentence, content=tips_screen.first_line(outcome.tip))
    return say(_why_not_taken(ctx, outcome))


def _why_not_taken(ctx: UpdateContext, outcome: Outcome) -> str:
    if outcome.reaction is None:
        return texts.GONE_TOAST
    time = at_time(outcome.reaction.reacted_at, ctx.now, ctx.zone)
    was_done = outcome.reaction.kind is ReactionKind.DONE
    return (texts.ALREADY_DONE if was_done else texts.ALREADY_DISMISSED).format(time=time)


async def _undo(ctx: UpdateContext, decision_id: str) -> Message:
    outcome = await undo(decision_id, ctx.person, ctx.deps)
    await ctx.redraw(decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    if outcome.verdict is Verdict.NOTHING:
        return say(texts.NOTHING_TO_UNDO)
    return say(texts.UNDONE_SAID, content=tips_screen.first_line(outcome.tip))


# --- Tasks -------------------------------------------------------------------------------------------------


async def _about_tasks(
    ctx: UpdateContext, text: str, replied: About, meant: intents.Intent | None, verbs: dict[str, Run]
) -> Message | None:
    """A reply to "Added: …", to "… Done", or to a list: done, or taken back."""
    async with ctx.deps.store.read() as unit:
        tasks = [await unit.tasks.get(task_id) for task_id in replied.task_ids]
    number = _number(text, len(tasks))
    if number is not None and len(tasks) > 1:
        return await complete(ctx, tasks[number])
    match meant:
        case intents.Complete(title=""):
            return await _complete_one(ctx, tasks)
        case intents.Undo():
            return await _press_undo(ctx, replied, verbs)
        case intents.NotNow() | intents.Dismiss() | intents.Snooze() | intents.Mute(topic=""):
            return say(texts.REPLY_TASK, title=tasks[0].title) if len(tasks) == 1 else say(texts.REPLY_WHICH)
    return None


def _number(text: str, count: int) -> int | None:
    """The place in the list that is named: "2", "done 2", "erledigt: 2"."""
    digits = [
        word for word in clean(text, LONGEST).replace(":", " ").split() if word.isascii() and word.isdigit()
    ]
    words = len(clean(text, LONGEST).split())
    if len(digits) != 1 or words > 2 or not 1 <= int(digits[0]) <= count:
        return None
    return int(digits[0]) - 1


async def _complete_one(ctx: UpdateContext, tasks: list[Task]) -> Message:
    waiting = [task for task in tasks if task.state is TaskState.OPEN]
    if len(waiting) == 1:
        return await complete(ctx, waiting[0])
    if not waiting:
        return say(texts.TASK_ALREADY)
    return join(say(texts.REPLY_WHICH_TASK), tasks_screen.listed(waiting, ctx.now, ctx.zone))


async def _press_undo(ctx: UpdateContext, replied: About, verbs: dict[str, Run]) -> Message:
    """Press Undo under the message that was replied to; it changes as if it had been tapped."""
    message = replied.message
    async with ctx.deps.store.read() as unit:
        handle = await unit.handles.get(message.handle) if message and message.handle else None
    undoing = [one for one in (handle.actions if handle else ()) if one.partition(" ")[0] in UNDOING]
    if message is None or handle is None or not undoing:
        return say(texts.NOTHING_TO_UNDO)
    verb, _, arg = undoing[0].partition(" ")
    press = CallbackAction(person_id=handle.person_id, verb=verb, arg=arg, subject=handle.subject)
    shown = await verbs[verb](ctx, press)
    if shown.edit:
        await ctx.edit(message.message_id, shown.edit)
    return shown.reply or shown.edit or say(shown.toast or texts.NOTHING_TO_UNDO)


# --- What is kept -------------------------------------------------------------------------------------------


async def keep_said(ctx: UpdateContext, said: Said, answer: Message | None) -> None:
    """Keep what the message led to; of those who left, nothing.

    A store in trouble, which has said so in the log, makes it unknown: the answer is out, and to fail here
    would do and say everything once more.
    """
    if said.message_id is None:
        return
    with suppress(StoreUnavailable):
        async with ctx.deps.store.begin() as unit:
            if await unit.people.account(said.sender.channel, said.sender.external_id):
                await remember_said(unit, ctx.account, said, answer, tip=ctx.tip_sent)


async def was_unchanged(ctx: UpdateContext, edited: Said) -> bool:
    async with ctx.deps.store.read() as unit:
        return await is_unchanged(unit, ctx.account, edited)


async def close(ctx: UpdateContext, question: Question | None, replied: About) -> None:
    """A question about the tip that was replied to is answered with that."""
    asked_before = question is not None and question.subject == replied.decision_id
    now = await ctx.asked() if asked_before else None
    if now is not None and now == question:
        await ctx.ask(None)
