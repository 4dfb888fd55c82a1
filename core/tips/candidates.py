"""Tips to choose from: the person's tasks, templates, written ones, and *no tip*; and what rules some out.

A candidate that may not be chosen keeps its place in the log with the reason in ``dropped``. ``rationale`` of
a task or template is a code that ``bot/screens/texts.py`` puts into words; that of a written tip is its own
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from core.embeddings.hashed import NO_EMBEDDINGS, are_paraphrases
from core.embeddings.space import TextEmbeddings
from core.model import Context, Task, TipCandidate, TipKind, TipSource, Trigger
from core.tips.cooldowns import (
    RESTING,
    Cooldowns,
    PastTips,
    about,
    by_subject,
    held_by,
    mentions,
    ruled_out,
)
from core.tips.shortlist import inclusion_probability
from core.tips.urgency import pressure

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


def from_tasks(context: Context) -> tuple[TipCandidate, ...]:
    """One candidate for each task in the context; the first line is the task's title."""
    chances = [inclusion_probability(context.shortlist, place) for place in range(len(context.tasks))]
    return tuple(
        from_task(task, context, chance) for task, chance in zip(context.tasks, chances, strict=True)
    )


def from_task(task: Task, context: Context, inclusion: float = 1.0) -> TipCandidate:
    """The candidate that one task makes; ``inclusion`` as in ``TipCandidate``."""
    return TipCandidate(
        candidate_id=f"task:{task.task_id}",
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        content=task.title,
        rationale=pressure(task, context.now, ZoneInfo(context.zone)),
        task_id=task.task_id,
        fact_ids=tuple(fact.fact_id for fact in context.facts if fact.task_id == task.task_id),
        inclusion=inclusion,
    )


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
    embeddings: TextEmbeddings = NO_EMBEDDINGS,
) -> tuple[TipCandidate, ...]:
    """All candidates of a decision point, in a fixed order, those that may not be chosen marked.

    ``placed``: what an embedder made of their texts and of those of past tips.
    Silence is a choice only on a schedule: who asks for a tip gets one if there is any.
    """
    found = from_tasks(context) + written + from_templates(context, templates)
    past = by_subject(context.past)
    marked = tuple(_marked(one, context, past, rules) for one in found)
    marked = _heard_lately(marked, context, rules, embeddings)
    if context.trigger is Trigger.SCHEDULED:
        return (*marked, SILENCE)
    if any(candidate.dropped is None for candidate in marked):
        return marked
    return tuple(_given_way(candidate) for candidate in marked)


def _given_way(candidate: TipCandidate) -> TipCandidate:
    """Someone asked and everything is resting: what merely rests may come again."""
    return replace(candidate, dropped=None) if candidate.dropped == RESTING else candidate


def _marked(candidate: TipCandidate, context: Context, past: PastTips, rules: Cooldowns) -> TipCandidate:
    if candidate.dropped is not None:
        return candidate
    reason = ruled_out(about(candidate), _said(candidate, context), context, past, rules)
    return replace(candidate, dropped=reason) if reason else candidate


def _heard_lately(
    candidates: tuple[TipCandidate, ...], context: Context, rules: Cooldowns, embeddings: TextEmbeddings
) -> tuple[TipCandidate, ...]:
    """Advice rests as well when a tip that rests means the same, whatever topic it was filed under."""
    resting = {tip.content: None for tip in context.past if tip.content and held_by(tip, context, rules)}
    advice = [one.content for one in candidates if one.kind is TipKind.ADVICE]
    again = dict(zip(advice, are_paraphrases(advice, list(resting), embeddings), strict=True))
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
    return bool(context.muted) and mentions(_said(candidate, context), context.muted)


def _said(candidate: TipCandidate, context: Context) -> list[str]:
    """The texts in which a muted topic counts."""
    titles = [task.title for task in context.tasks if task.task_id == candidate.task_id]
    return [candidate.content, candidate.topic or "", *titles]
