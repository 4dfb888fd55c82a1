"""A tip as it is true now: its task may have been renamed or moved since the tip was chosen.

Tests: tests/core/delivery/test_current_tip.py.
"""

from __future__ import annotations

from dataclasses import replace

from core.records import Decision, Draw, Redelivery, Task, TaskState, TipKind, TipSource
from core.tasks.patching import EDITABLE
from core.tips.candidates import from_task


def with_current_task(decision: Decision, task: Task | None) -> Decision:
    """The decision to show, its tip about a task brought up to date. What was logged stays as it is.

    Times are counted from the decision, as before. A task that is over is shown as it was.
    """
    draw = decision.draw
    if draw is None or task is None or task.state is not TaskState.OPEN or not has_changed(decision, task):
        return decision
    current = _current_draw(draw, task, keeps_rationale=decision.is_reminder)
    result = replace(decision.result, draw=current) if isinstance(decision.result, Redelivery) else current
    return replace(decision, result=result)


def has_changed(decision: Decision, task: Task) -> bool:
    """Whether the tip's task was edited since the tip was chosen."""
    known = decision.context.tasks if decision.context else ()
    before = next((one for one in known if one.task_id == task.task_id), task)
    return any(getattr(before, name) != getattr(task, name) for name in EDITABLE)


def rests_on_changed_facts(decision: Decision, task: Task) -> bool:
    """Whether a language model wrote the tip from what is not true any more."""
    return decision.tip is not None and decision.tip.source is TipSource.LLM and has_changed(decision, task)


def _current_draw(draw: Draw, task: Task, *, keeps_rationale: bool) -> Draw:
    """``keeps_rationale``: that of a reminder says when it was to ring, not why its task is urgent."""
    tasks = tuple(task if one.task_id == task.task_id else one for one in draw.context.tasks)
    context, scored = replace(draw.context, tasks=tasks), draw.chosen
    candidate = scored.candidate
    if candidate.kind is TipKind.TASK:
        now = from_task(task, context)
        rationale = candidate.rationale if keeps_rationale else now.rationale
        candidate = replace(candidate, content=now.content, rationale=rationale)
    chosen = replace(scored, candidate=candidate)
    candidates = tuple(chosen if one is scored else one for one in draw.candidates)
    return replace(draw, context=context, candidates=candidates)
