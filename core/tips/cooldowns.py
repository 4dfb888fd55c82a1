"""What may not be suggested now: subjects that rest after a tip, that are muted, snoozed or held out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import Context, DismissReason, PastTip, ReactionKind, TipCandidate, Trigger

RESTING = "resting"
"""The reason that gives way when somebody asks and nothing else is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooldowns:
    """How long a subject rests after what happened to its last tip, in hours.

    ``shown`` is for pushes; somebody who asks gets another tip sooner (``asked``). ``dismissed_twice`` counts
    dismissals of the same subject within 60 days, whatever the wording.
    """

    shown: float = 20
    asked: float = 0.5
    not_now: float = 4
    not_this: float = 72
    did_it: float = 24 * 14
    dismissed_twice: float = 24 * 14


PastTips = Mapping[str | None, Sequence[PastTip]]
"""Tips by what they were about, newest first."""


def about(candidate: TipCandidate | PastTip) -> str | None:
    """What a tip is about: its task, else its topic. Two wordings of one subject count as one."""
    return candidate.task_id or candidate.topic


def by_subject(tips: Iterable[PastTip]) -> PastTips:
    """Past tips by what they were about, in their order."""
    past = defaultdict[str | None, list[PastTip]](list)
    for tip in tips:
        past[about(tip)].append(tip)
    return past


def ruled_out(
    subject: str | None, said: Iterable[str], context: Context, past: PastTips, rules: Cooldowns
) -> str | None:
    """Why nothing about ``subject`` (a task or a topic) may be suggested now; None if it may be.

    ``said``: the texts in which a muted topic counts. The reasons: ``muted``, ``held_out``, and those of
    ``cooling``.
    """
    if context.muted and mentions(said, context.muted):
        return "muted"
    if subject in context.held_out and context.trigger is Trigger.SCHEDULED:
        return "held_out"
    return cooling(past.get(subject, ()), context, rules)


def mentions(said: Iterable[str], topics: Sequence[str]) -> bool:
    """Whether a topic is a word, or words in a row, of one of the texts."""
    spaced = [f" {plain_words(text)} " for text in said]
    return any(f" {topic} " in text for topic in topics for text in spaced)


def plain_words(text: str) -> str:
    """Lower case, one space between words, no punctuation: how topics are stored and compared."""
    return " ".join("".join(char.lower() if char.isalnum() else " " for char in text).split())


def cooling(past: Sequence[PastTip], context: Context, rules: Cooldowns) -> str | None:
    """The cool-down that holds now after ``past`` tips about one subject: dismissed_twice, dismissed,
    snoozed, resting; or None.
    """
    dismissed = [tip for tip in past if _counts_as_dislike(tip)]
    if len(dismissed) >= 2 and _within(dismissed[0].reacted_at, context.now, rules.dismissed_twice):
        return "dismissed_twice"
    return next((held for tip in past if (held := held_by(tip, context, rules))), None)


def held_by(tip: PastTip, context: Context, rules: Cooldowns) -> str | None:
    """The cool-down that one past tip causes now, if any."""
    if tip.decision_id in context.snoozed:
        return "snoozed"
    if tip.reaction is ReactionKind.DISMISS:
        hours = {DismissReason.NOT_NOW: rules.not_now, DismissReason.DID_IT: rules.did_it}
        rest = hours.get(tip.reason or DismissReason.NOT_THIS, rules.not_this)
        return "dismissed" if _within(tip.reacted_at, context.now, rest) else None
    rest = rules.asked if context.trigger is Trigger.REQUESTED else rules.shown
    return RESTING if _within(tip.decided_at, context.now, rest) else None


def _counts_as_dislike(tip: PastTip) -> bool:
    harmless = (DismissReason.NOT_NOW, DismissReason.DID_IT)
    return tip.reaction is ReactionKind.DISMISS and tip.reason not in harmless


def _within(moment: datetime | None, now: datetime, hours: float) -> bool:
    return moment is not None and now - moment < timedelta(hours=hours)
