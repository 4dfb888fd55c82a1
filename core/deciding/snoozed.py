"""A snoozed tip comes back: promised, so not drawn. It is a decision all the same, with propensity 1."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.deciding.context import assemble
from core.deciding.decide import Decided, drawn
from core.dependencies import Dependencies
from core.model import (
    Context,
    Decision,
    Person,
    Request,
    Snooze,
    Task,
    TaskState,
    TipCandidate,
    TipKind,
    Trigger,
)
from core.policies.choose import choose_redelivery
from core.store import Unit
from core.tasks.sync import is_closed_elsewhere, refresh
from core.tasks.todo_list import is_over
from core.tips.candidates import SILENCE, from_task, is_muted


async def decide_redelivery(person: Person, snooze: Snooze, deps: Dependencies) -> Decided:
    """The decision that serves a snoozed tip again; silence if its task is done or muted meanwhile.

    A task that lives elsewhere is looked at there first; a source that fails is taken at its mirror's word.
    The policy's id says whether the person chose a time inside their quiet hours. The snooze takes the
    place of the slot: it is served at most once.
    """
    zone = ZoneInfo(person.zone or "UTC")
    now = deps.clock.now()
    await refresh(person, deps)
    async with deps.store.read() as unit:
        before = await unit.decisions.get(snooze.decision_id)
        task = await _task_of(unit, before)
    if task and task.state is TaskState.OPEN:
        await is_closed_elsewhere(task, deps)
    async with deps.store.read() as unit:
        known = await assemble(unit, person, zone, now=now, trigger=Trigger.SNOOZED, request=Request())
        task = await _task_of(unit, before)
    context = with_redelivery(known, before, task)
    choice = choose_redelivery(context, _again(before, task, context), even_if_quiet=snooze.even_if_quiet)
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=person.person_id,
        trigger=Trigger.SNOOZED,
        slot=f"snooze:{snooze.snooze_id}",
        decided_at=now,
        context=context,
    )
    return Decided(decision=drawn(decision, choice, {}), snapshot=choice.snapshot)


async def _task_of(unit: Unit, decision: Decision) -> Task | None:
    task_id = decision.tip.task_id if decision.tip else None
    return await unit.tasks.get(task_id) if task_id else None


def with_redelivery(context: Context, before: Decision, task: Task | None) -> Context:
    """The context with the promised tip's own task, however far down the list, and what the tip rests on.

    A written tip keeps the facts from which it was written.
    """
    if task and task.state is TaskState.OPEN and task not in context.tasks:
        context = replace(context, tasks=(*context.tasks, task))
    if before.context is None or before.tip is None or before.tip.kind is TipKind.TASK:
        return context
    return replace(context, facts=before.context.facts)


def _again(before: Decision, task: Task | None, context: Context) -> TipCandidate:
    """The promised tip as it is now."""
    tip = before.tip
    if tip is None or (task and is_over(task, before)) or is_muted(tip, context):
        return SILENCE
    return from_task(task, context) if task and tip.kind is TipKind.TASK else tip
