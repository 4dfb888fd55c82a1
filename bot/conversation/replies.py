"""A reply is about the message it replies to: "done" below an earlier tip means that tip, not the latest.

Tests: tests/scenarios/test_replies.py, tests/scenarios/test_receipts.py.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.question import Question
from bot.conversation.talked_about import task_of_tip
from bot.conversation.task_replies import about_tasks
from bot.conversation.task_words import change_or_say, remove_or_say
from bot.conversation.tip_reactions import (
    ask_snooze_time,
    react_in_words,
    refusal_in_words,
    snooze_in_words,
    undo_in_words,
)
from bot.conversation.update_context import UpdateContext
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
from core.records import DismissReason, ReactionKind
from core.tasks.added_tasks import added_by
from core.tips.urgency import by_urgency
from core.words import intents
from core.words.matching import best_match
from core.words.replies import about_tip, reply_phrase


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
        utterance.text, utterance.intent, now=ctx.said_at, zone=ctx.zone
    )
    if about.decision_id:
        return await _about_tip(ctx, about.decision_id, intent or _about_its_task(utterance.intent))
    if about.task_ids:
        return await about_tasks(ctx, utterance.text, about, intent or utterance.intent)
    if intent is None or isinstance(intent, intents.Why) or _names_a_task(intent):
        return None
    return await _about_unknown(ctx, intent)


def _about_its_task(intent: intents.Intent | None) -> intents.Intent | None:
    """A change or removal of the task that was talked about last, which in a reply is that of the tip."""
    is_change = isinstance(intent, intents.ChangeTask | intents.RemoveTask) and not intent.title
    return intent if is_change else None


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
    """A reaction to a tip."""

    kind: ReactionKind
    reason: DismissReason | None = None

    @property
    def sentence(self) -> str:
        """What confirms it."""
        if self.kind is ReactionKind.DONE:
            return texts.DONE_THAT
        return texts.NOT_NOW if self.reason is DismissReason.NOT_NOW else texts.DISMISSED_SAID


DONE = TipReaction(kind=ReactionKind.DONE)
DISMISSALS = {
    intents.NotNow: TipReaction(kind=ReactionKind.DISMISS, reason=DismissReason.NOT_NOW),
    intents.Dismiss: TipReaction(kind=ReactionKind.DISMISS),
    intents.Mute: TipReaction(kind=ReactionKind.DISMISS, reason=DismissReason.NEVER_TOPIC),
}


async def _about_tip(ctx: UpdateContext, decision_id: str, intent: intents.Intent | None) -> Message | None:
    try:
        answer = await _do_to_tip(ctx, decision_id, intent)
    except NotFound:  # deleted, or never sent to this person
        return say(texts.REPLY_WHICH)
    return replace(answer, subject=decision_id) if answer and not answer.tasks else answer


async def _do_to_tip(ctx: UpdateContext, decision_id: str, intent: intents.Intent | None) -> Message | None:
    match intent:
        case intents.Complete(title=title):
            return await _complete_tip(ctx, decision_id, title)
        case intents.NotNow() | intents.Dismiss() | intents.Mute(topic=""):
            return await _react(ctx, decision_id, DISMISSALS[type(intent)])
        case intents.Snooze(until=until):
            return await _snooze(ctx, decision_id, until)
        case intents.Undo():
            return await undo_in_words(ctx, decision_id)
        case intents.Why():
            return await explain_tip(ctx, decision_id)
        case intents.ChangeTask() | intents.RemoveTask():
            return await _do_to_its_task(ctx, decision_id, intent)
    return None


async def _do_to_its_task(
    ctx: UpdateContext, decision_id: str, asked: intents.ChangeTask | intents.RemoveTask
) -> Message:
    task_id = await task_of_tip(ctx, decision_id)
    if isinstance(asked, intents.RemoveTask):
        return await remove_or_say(ctx, task_id)
    return await change_or_say(ctx, task_id, asked.patch)


async def _snooze(ctx: UpdateContext, decision_id: str, until: datetime | None) -> Message:
    if until:
        return await snooze_in_words(ctx, decision_id, until)
    return await ask_snooze_time(ctx, decision_id)


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


# --- What is stored ----------------------------------------------------------------------------------------


async def store_said(ctx: UpdateContext, said: Said, answer: Message | None) -> None:
    """Store the subject of the person's own message, for later replies to it; nothing for a deleted account.

    A failing store, which logged its fault, loses this: raising here would have the update handled again.
    """
    if said.message_id is None:
        return
    with suppress(StoreUnavailable):
        async with ctx.deps.store.begin(ctx.person.person_id, ctx.account.person_id) as unit:
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
