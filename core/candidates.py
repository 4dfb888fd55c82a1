"""Tips to choose from: the person's tasks, templates, written ones, and *no tip*; and what rules some out.

A candidate that may not be chosen keeps its place in the log with the reason in ``dropped``. ``rationale``
of a task or template is a code that ``bot/texts.py`` puts into words; that of a written tip is its own
sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.context import due_instant, is_overdue
from core.embedding import IN_WORDS, say_the_same
from core.model import (
    Context,
    DismissReason,
    PastTip,
    ReactionKind,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.space import Placed

SILENCE = TipCandidate(candidate_id="silence", kind=TipKind.SILENCE, source=TipSource.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A tip that needs no task and no language model. ``when`` names the condition under which it makes
    sense.
    """

    template_id: str
    topic: str
    content: str
    when: str
    minutes: int


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


def from_tasks(context: Context) -> tuple[TipCandidate, ...]:
    """One candidate for each task in the context; the first line is the task's title."""
    return tuple(from_task(task, context) for task in context.tasks)


def from_task(task: Task, context: Context) -> TipCandidate:
    """The candidate that one task makes."""
    return TipCandidate(
        candidate_id=f"task:{task.task_id}",
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        content=task.title,
        rationale=pressure(task, context.now, ZoneInfo(context.zone)),
        task_id=task.task_id,
        fact_ids=tuple(fact.fact_id for fact in context.facts if fact.task_id == task.task_id),
    )


def pressure(task: Task, now: datetime, zone: ZoneInfo) -> str:
    """Why this task now, as a code: ``overdue``, ``due_soon``, ``due_today``, ``urgent``, ``due_later``,
    ``open``.
    """
    if task.due is None:
        return "urgent" if task.priority == 1 else "open"
    if is_overdue(task, now, zone):
        return "overdue"
    if task.due.at and due_instant(task.due, zone) - now <= timedelta(hours=3):
        return "due_soon"
    if task.due.on <= now.astimezone(zone).date():
        return "due_today"
    return "urgent" if task.priority == 1 else "due_later"


def from_templates(context: Context, templates: tuple[Template, ...]) -> tuple[TipCandidate, ...]:
    """Templates whose condition holds now, with the numbers of the context put in."""
    hour = context.now.astimezone(ZoneInfo(context.zone)).hour
    # Who asks what to do and has tasks wants one of them, not something for any day.
    general = context.trigger is not Trigger.REQUESTED or context.open_tasks == 0
    holds = {
        "no_tasks": context.open_tasks == 0,
        "many_overdue": context.overdue_tasks >= 4,
        "many_open": context.open_tasks >= 10,
        "morning": general and 5 <= hour < 11 and context.open_tasks > 0,
        "midday": general and 11 <= hour < 16,
        "evening": general and 16 <= hour < 22,
        "low_energy": context.request.energy == "low",
    }
    return tuple(
        TipCandidate(
            candidate_id=f"template:{template.template_id}",
            kind=TipKind.ADVICE,
            source=TipSource.TEMPLATES,
            content=template.content.format(open=context.open_tasks, overdue=context.overdue_tasks),
            rationale=f"template_{template.when}",
            topic=template.topic,
            minutes=template.minutes,
            fact_ids=("load",),
        )
        for template in templates
        if holds[template.when]
    )


def pool(
    context: Context,
    written: tuple[TipCandidate, ...],
    templates: tuple[Template, ...],
    rules: Cooldowns,
    placed: Placed = IN_WORDS,
) -> tuple[TipCandidate, ...]:
    """All candidates of a decision point, in a fixed order, those that may not be chosen marked.

    ``placed``: what an embedder made of their texts and of those of past tips.
    Silence is a choice only on a schedule: who asks for a tip gets one if there is any.
    """
    found = from_tasks(context) + written + from_templates(context, templates)
    past = _by_subject(context)
    marked = tuple(_marked(one, context, past, rules) for one in found)
    marked = _heard_lately(marked, context, rules, placed)
    if context.trigger is Trigger.SCHEDULED:
        return (*marked, SILENCE)
    if any(candidate.dropped is None for candidate in marked):
        return marked
    return tuple(_given_way(candidate) for candidate in marked)


def _given_way(candidate: TipCandidate) -> TipCandidate:
    """Someone asked and everything is resting: what merely rests may come again."""
    return replace(candidate, dropped=None) if candidate.dropped == "resting" else candidate


PastTips = Mapping[str | None, Sequence[PastTip]]
"""Tips by what they were about, newest first."""


def _by_subject(context: Context) -> PastTips:
    past = defaultdict[str | None, list[PastTip]](list)
    for tip in context.past:
        past[about(tip)].append(tip)
    return past


def _marked(candidate: TipCandidate, context: Context, past: PastTips, rules: Cooldowns) -> TipCandidate:
    if candidate.dropped is not None:
        return candidate
    if is_muted(candidate, context):
        return replace(candidate, dropped="muted")
    if candidate.task_id in context.held_out and context.trigger is Trigger.SCHEDULED:
        return replace(candidate, dropped="held_out")
    cooling = _cooling(past.get(about(candidate), ()), context, rules)
    return replace(candidate, dropped=cooling) if cooling else candidate


def _heard_lately(
    candidates: tuple[TipCandidate, ...], context: Context, rules: Cooldowns, placed: Placed
) -> tuple[TipCandidate, ...]:
    """Advice rests as well when a tip that rests means the same, whatever topic it was filed under."""
    resting = {tip.content: None for tip in context.past if tip.content and _held(tip, context, rules)}
    advice = [one.content for one in candidates if one.kind is TipKind.ADVICE]
    again = dict(zip(advice, say_the_same(advice, list(resting), placed), strict=True))
    return tuple(
        replace(one, dropped="same_meaning")
        if one.kind is TipKind.ADVICE and one.dropped is None and again[one.content]
        else one
        for one in candidates
    )


def is_muted(candidate: TipCandidate, context: Context) -> bool:
    """Whether a muted topic is a word, or words in a row, of the candidate's topic, its first line or the
    title of its task.
    """
    if not context.muted:
        return False
    titles = [task.title for task in context.tasks if task.task_id == candidate.task_id]
    said = [f" {plain_words(text)} " for text in (candidate.content, candidate.topic or "", *titles)]
    return any(f" {topic} " in text for topic in context.muted for text in said)


def plain_words(text: str) -> str:
    """Lower case, one space between words, no punctuation: how topics are stored and compared."""
    return " ".join("".join(char.lower() if char.isalnum() else " " for char in text).split())


def about(candidate: TipCandidate | PastTip) -> str | None:
    """What a tip is about: its task, else its topic. Two wordings of one subject count as one."""
    return candidate.task_id or candidate.topic


def _cooling(past: Sequence[PastTip], context: Context, rules: Cooldowns) -> str | None:
    """The cool-down that holds now after ``past`` tips about one subject: dismissed_twice, dismissed,
    snoozed, resting; or None.
    """
    dismissed = [tip for tip in past if _counts_as_dislike(tip)]
    if len(dismissed) >= 2 and _within(dismissed[0].reacted_at, context.now, rules.dismissed_twice):
        return "dismissed_twice"
    return next((held for tip in past if (held := _held(tip, context, rules))), None)


def _counts_as_dislike(tip: PastTip) -> bool:
    harmless = (DismissReason.NOT_NOW, DismissReason.DID_IT)
    return tip.reaction is ReactionKind.DISMISS and tip.reason not in harmless


def _held(tip: PastTip, context: Context, rules: Cooldowns) -> str | None:
    if tip.decision_id in context.snoozed:
        return "snoozed"
    if tip.reaction is ReactionKind.DISMISS:
        hours = {DismissReason.NOT_NOW: rules.not_now, DismissReason.DID_IT: rules.did_it}
        rest = hours.get(tip.reason or DismissReason.NOT_THIS, rules.not_this)
        return "dismissed" if _within(tip.reacted_at, context.now, rest) else None
    rest = rules.asked if context.trigger is Trigger.REQUESTED else rules.shown
    return "resting" if _within(tip.decided_at, context.now, rest) else None


def _within(moment: datetime | None, now: datetime, hours: float) -> bool:
    return moment is not None and now - moment < timedelta(hours=hours)
