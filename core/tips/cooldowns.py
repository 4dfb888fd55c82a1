"""What may not be suggested now: subjects that were suggested recently, are muted, snoozed or held out, and
what takes longer than the time that a person has.

Tests: tests/core/tips/test_candidates.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.records import Context, DismissReason, PastTip, ReactionKind, TipCandidate, Trigger

RESTING = "resting"
"""Suggested recently. The only reason that is ignored when a person asks and nothing else is left."""

NOT_NEXT = "not_next"
"""A task with open pieces, or a piece that comes after another one."""


TOO_LONG = "too_long"
"""Takes longer than the minutes that a person said they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooldowns:
    """How long a subject is not suggested again after its last tip, in hours."""

    shown: float = 20
    """After any tip, for pushes."""

    asked: float = 0.5
    """After any tip, for people who ask."""

    not_now: float = 4
    not_this: float = 72
    """Also after a dismissal without a reason."""

    did_it: float = 24 * 14
    dismissed_twice: float = 24 * 14
    """After the second dismissal within the time that a context covers (60 days), whatever the wording."""


PastTips = Mapping[str | None, Sequence[PastTip]]
"""Tips by their subject, newest first."""


def about(candidate: TipCandidate | PastTip) -> str | None:
    """The subject of a tip: its task, else its topic."""
    return candidate.task_id or candidate.topic


def by_subject(tips: Iterable[PastTip]) -> PastTips:
    """Past tips by their subject, in their order."""
    past = defaultdict[str | None, list[PastTip]](list)
    for tip in tips:
        past[about(tip)].append(tip)
    return past


def reason_against(
    subject: str | None,
    texts: Iterable[str],
    context: Context,
    past: PastTips,
    rules: Cooldowns,
    *,
    minutes: int | None = None,
    not_next: Collection[str] | None = None,
) -> str | None:
    """Why ``subject`` (a task or a topic) may not be suggested now: ``muted``, ``not_next``, ``held_out``,
    ``too_long``, or a reason of ``active_cooldown``; None if it may.

    ``texts`` are searched for muted topics. ``minutes`` is how long the tip takes, if that is known.
    ``not_next`` are the ids in ``context.not_next``, as a set where many subjects are looked at.
    """
    if context.muted and mentions(texts, context.muted):
        return "muted"
    if subject in (context.not_next if not_next is None else not_next):
        return NOT_NEXT
    if subject in context.held_out and context.trigger is Trigger.SCHEDULED:
        return "held_out"
    if is_too_long(minutes, context):
        return TOO_LONG
    return active_cooldown(past.get(subject, ()), context, rules)


def is_too_long(minutes: int | None, context: Context) -> bool:
    """Whether ``minutes`` are more than the person has. What takes an unknown time may fit."""
    available = context.minutes_there
    return available is not None and minutes is not None and minutes > available


def mentions(texts: Iterable[str], topics: Sequence[str]) -> bool:
    """Whether one of ``texts`` contains one of ``topics`` as a word or as consecutive words."""
    spaced = [f" {plain_words(text)} " for text in texts]
    return any(f" {topic} " in text for topic in topics for text in spaced)


def plain_words(text: str) -> str:
    """Lower case, single spaces, no punctuation. Topics are stored and compared in this form."""
    return " ".join("".join(char.lower() if char.isalnum() else " " for char in text).split())


def active_cooldown(past: Sequence[PastTip], context: Context, rules: Cooldowns) -> str | None:
    """The cool-down in force after ``past`` tips about one subject: dismissed_twice, dismissed, snoozed,
    resting; None if there is none.
    """
    dismissed = [tip for tip in past if _counts_as_dislike(tip)]
    if len(dismissed) >= 2 and _within(dismissed[0].reacted_at, context.now, rules.dismissed_twice):
        return "dismissed_twice"
    return next((reason for tip in past if (reason := cooldown_after(tip, context, rules))), None)


def cooldown_after(tip: PastTip, context: Context, rules: Cooldowns) -> str | None:
    """The cool-down in force because of one past tip, if any."""
    if tip.decision_id in context.snoozed:
        return "snoozed"
    if tip.reaction is ReactionKind.DISMISS:
        by_reason = {DismissReason.NOT_NOW: rules.not_now, DismissReason.DID_IT: rules.did_it}
        hours_off = by_reason.get(tip.reason or DismissReason.NOT_THIS, rules.not_this)
        return "dismissed" if _within(tip.reacted_at, context.now, hours_off) else None
    hours_off = rules.asked if context.trigger is Trigger.REQUESTED else rules.shown
    return RESTING if _within(tip.decided_at, context.now, hours_off) else None


def _counts_as_dislike(tip: PastTip) -> bool:
    harmless = (DismissReason.NOT_NOW, DismissReason.DID_IT)
    return tip.reaction is ReactionKind.DISMISS and tip.reason not in harmless


def _within(moment: datetime | None, now: datetime, hours: float) -> bool:
    return moment is not None and now - moment < timedelta(hours=hours)
