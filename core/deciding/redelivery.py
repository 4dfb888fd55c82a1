"""Re-delivery of a snoozed tip. It is deterministic, and logged as a decision with propensity 1."""

from __future__ import annotations

from dataclasses import replace

from core.deciding.context import assemble
from core.deciding.decide import Decided
from core.dependencies import Dependencies
from core.policies.choose import choose_redelivery
from core.records import (
    Context,
    Decision,
    Person,
    Redelivery,
    Request,
    Snooze,
    Task,
    TaskState,
    TipCandidate,
    TipKind,
    Trigger,
)
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.sync import is_closed_elsewhere, refresh
from core.tasks.todo_list import is_over
from core.tips.candidates import SILENCE, from_task, is_muted


async def decide_redelivery(person: Person, snooze: Snooze, deps: Dependencies) -> Decided:
    """The decision that sends a snoozed tip again; silence if its task was closed or muted meanwhile.

    The source of an outside task is asked first; if it fails, oO trusts its own copy. The snooze takes the
    place of the slot, so it is served at most once.
    """
    zone = zone_of(person)
    now = deps.clock.now()
    await refresh(person, deps)
    async with deps.store.read() as unit:
        snoozed = await unit.decisions.get(snooze.decision_id)
        task = await _task_of(unit, snoozed)
    if task and task.state is TaskState.OPEN:
        await is_closed_elsewhere(task, deps)
    async with deps.store.read() as unit:
        context = await assemble(unit, person, zone, now=now, trigger=Trigger.SNOOZED, request=Request())
        task = await _task_of(unit, snoozed)
    context = _with_snoozed_tip(context, snoozed, task)
    tip = _current_tip(snoozed, task, context)
    choice = choose_redelivery(context, tip, even_if_quiet=snooze.even_if_quiet)
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=person.person_id,
        trigger=Trigger.SNOOZED,
        slot=f"snooze:{snooze.snooze_id}",
        decided_at=now,
        result=Redelivery(draw=choice.draw, even_if_quiet=snooze.even_if_quiet),
    )
    return Decided(decision=decision, snapshot=choice.snapshot)


async def _task_of(unit: Unit, decision: Decision) -> Task | None:
    task_id = decision.tip.task_id if decision.tip else None
    return await unit.tasks.get(task_id) if task_id else None


def _with_snoozed_tip(context: Context, snoozed: Decision, task: Task | None) -> Context:
    """The context with the snoozed tip's task, even if it is not among the most pressing ones.

    Advice keeps the facts from which it was written.
    """
    if task and task.state is TaskState.OPEN and task not in context.tasks:
        context = replace(context, tasks=(*context.tasks, task))
    if snoozed.context is None or snoozed.tip is None or snoozed.tip.kind is TipKind.TASK:
        return context
    return replace(context, facts=snoozed.context.facts)


def _current_tip(snoozed: Decision, task: Task | None, context: Context) -> TipCandidate:
    """The snoozed tip, brought up to date; silence if it must not be sent any more."""
    tip = snoozed.tip
    if tip is None or (task and is_over(task, snoozed)) or is_muted(tip, context):
        return SILENCE
    return from_task(task, context) if task and tip.kind is TipKind.TASK else tip
