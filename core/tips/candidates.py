"""Tips to choose from: the person's tasks, templates, written tips, and *no tip*.

A candidate that may not be chosen stays in the log with the reason in ``dropped``. The ``rationale`` of a
written tip is a sentence; that of a task or template is a code with a sentence in ``bot/screens/texts.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from core.embeddings.hashed import NO_EMBEDDINGS, are_paraphrases
from core.embeddings.space import TextEmbeddings
from core.records import Context, SnoozeFact, Task, TipCandidate, TipKind, TipSource, Trigger
from core.tips.cooldowns import (
    RESTING,
    Cooldowns,
    PastTips,
    about,
    by_subject,
    cooldown_after,
    mentions,
    reason_against,
)
from core.tips.shortlist import inclusion_probability
from core.tips.urgency import pressure

SILENCE = TipCandidate(candidate_id="silence", kind=TipKind.SILENCE, source=TipSource.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A tip that needs no task and no language model."""

    template_id: str
    topic: str
    content: str
    """With ``{open}`` and ``{overdue}`` for the numbers of tasks."""

    when: str
    """The condition under which it makes sense; see ``from_templates``."""

    minutes: int
    """How long it takes."""


def from_tasks(context: Context) -> tuple[TipCandidate, ...]:
    """A candidate for each task in the context."""
    chances = [inclusion_probability(context.shortlist, place) for place in range(len(context.tasks))]
    return tuple(
        from_task(task, context, chance) for task, chance in zip(context.tasks, chances, strict=True)
    )


def from_task(task: Task, context: Context, inclusion: float = 1.0) -> TipCandidate:
    """The candidate for one task; ``inclusion`` as in ``TipCandidate``."""
    return TipCandidate(
        candidate_id=f"task:{task.task_id}",
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        content=task.title,
        rationale=pressure(task, context.now, ZoneInfo(context.zone)),
        task_id=task.task_id,
        minutes=task.minutes,
        fact_ids=tuple(
            fact.fact_id
            for fact in context.facts
            if fact.task_id == task.task_id and not isinstance(fact, SnoozeFact)
        ),
        inclusion=inclusion,
    )


def from_templates(context: Context, templates: tuple[Template, ...]) -> tuple[TipCandidate, ...]:
    """The templates whose condition holds, filled in with the numbers of the context."""
    hour = context.now.astimezone(ZoneInfo(context.zone)).hour
    # People who ask and have tasks want one of these, not general advice.
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
    """All candidates of a decision point in a fixed order, with the reason if one may not be chosen.

    ``embeddings`` are those of the candidates and of past tips. Silence is a candidate only on a schedule:
    people who ask get a tip if there is one.
    """
    found = from_tasks(context) + written + from_templates(context, templates)
    past = by_subject(context.past)
    checked = tuple(_checked(one, context, past, rules) for one in found)
    checked = _without_repeats(checked, context, rules, embeddings)
    if context.trigger is Trigger.SCHEDULED:
        return (*checked, SILENCE)
    if any(candidate.dropped is None for candidate in checked):
        return checked
    return tuple(_despite_rest(candidate) for candidate in checked)


def _despite_rest(candidate: TipCandidate) -> TipCandidate:
    """A person asked and every candidate is dropped: those that were only suggested recently may repeat."""
    return replace(candidate, dropped=None) if candidate.dropped == RESTING else candidate


def _checked(candidate: TipCandidate, context: Context, past: PastTips, rules: Cooldowns) -> TipCandidate:
    if candidate.dropped is not None:
        return candidate
    texts, minutes = _mutable_texts(candidate, context), minutes_of(candidate, context)
    reason = reason_against(about(candidate), texts, context, past, rules, minutes=minutes)
    return replace(candidate, dropped=reason) if reason else candidate


def minutes_of(candidate: TipCandidate, context: Context) -> int | None:
    """How long the tip takes: as it says itself, else as its task is estimated; None if unknown."""
    if candidate.minutes is not None:
        return candidate.minutes
    return next((task.minutes for task in context.tasks if task.task_id == candidate.task_id), None)


def _without_repeats(
    candidates: tuple[TipCandidate, ...], context: Context, rules: Cooldowns, embeddings: TextEmbeddings
) -> tuple[TipCandidate, ...]:
    """Drops advice that paraphrases a past tip whose cool-down is in force, whatever their topics."""
    resting = {
        tip.content: None for tip in context.past if tip.content and cooldown_after(tip, context, rules)
    }
    advice = [one.content for one in candidates if one.kind is TipKind.ADVICE]
    repeats = dict(zip(advice, are_paraphrases(advice, list(resting), embeddings), strict=True))
    return tuple(
        replace(one, dropped="same_meaning")
        if one.kind is TipKind.ADVICE and one.dropped is None and repeats[one.content]
        else one
        for one in candidates
    )


def is_muted(candidate: TipCandidate, context: Context) -> bool:
    """Whether the candidate's topic, first line or task title mentions a muted topic."""
    return bool(context.muted) and mentions(_mutable_texts(candidate, context), context.muted)


def _mutable_texts(candidate: TipCandidate, context: Context) -> list[str]:
    """The texts that are searched for muted topics."""
    titles = [task.title for task in context.tasks if task.task_id == candidate.task_id]
    return [candidate.content, candidate.topic or "", *titles]
