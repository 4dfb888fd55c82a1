"""Why oO wrote, and why it did not: the decision log, read back for the person it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.candidates import pressure
from core.context import MEMORY
from core.model import Decision, Person, ReactionKind, Reason, ScoredCandidate, Task, TipKind, Trigger
from core.store import Unit
from core.world import World

SHOWN_REFUSALS = 3
LOOKED_AT = 20
LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reasons behind one tip. ``pressure`` is the code of ``core.candidates.pressure``; ``habit`` counts
    (tips done, tips shown) at this part of the day; ``runner_up`` was the next likely candidate.
    """

    decision: Decision
    chosen: ScoredCandidate
    task: Task | None
    pressure: str
    done_here: int
    shown_here: int
    runner_up: ScoredCandidate | None

    @property
    def was_a_try(self) -> bool:
        """Whether something else was likelier: oO explored."""
        return self.runner_up is not None and self.runner_up.probability > self.chosen.probability


async def why(person: Person, world: World, decision_id: str | None = None) -> Why | None:
    """Explain a tip: the named one, or the latest that was shown. None when there has been none."""
    async with world.store.read() as unit:
        if decision_id is None:
            shown = await unit.decisions.past_tips(person.person_id, world.clock.now() - MEMORY, 1)
            decision_id = shown[0].decision_id if shown else None
        decision = await unit.decisions.get(decision_id) if decision_id else None
    is_theirs = decision and decision.tip and decision.person_id == person.person_id
    return _explained(decision) if decision and is_theirs else None


def _explained(decision: Decision) -> Why:
    chosen, context = decision.chosen, decision.context
    if chosen is None or context is None:
        raise LookupError(f"decision {decision.decision_id} has a tip but no context")
    zone = ZoneInfo(context.zone)
    task = next((one for one in context.tasks if one.task_id == chosen.candidate.task_id), None)
    around = _hours_around(context.now.astimezone(zone).hour)
    others = [one for one in decision.candidates if one is not chosen and one.probability > 0]
    return Why(
        decision=decision,
        chosen=chosen,
        task=task,
        pressure=pressure(task, context.now, zone) if task else chosen.candidate.rationale,
        done_here=sum(context.done_by_hour[hour] for hour in around),
        shown_here=sum(context.tips_by_hour[hour] for hour in around),
        runner_up=max(others, key=lambda one: (one.probability, one.score), default=None),
    )


def _hours_around(hour: int) -> list[int]:
    return [(hour + step) % 24 for step in (-1, 0, 1)]


async def why_not(person: Person, world: World) -> tuple[Decision, ...]:
    """The latest silences, newest first: refusals, slots at which *no tip* was chosen, and tips that were
    held back at the last moment, with the reason in ``unavailable``.
    """
    since = world.clock.now() - LATELY
    async with world.store.read() as unit:
        latest = await unit.decisions.latest(person.person_id, LOOKED_AT)
        pushes = [one for one in latest if one.decided_at >= since and one.trigger is not Trigger.REQUESTED]
        silent = [one for each in pushes if (one := await _silence(unit, each))]
    return tuple(silent[:SHOWN_REFUSALS])


async def _silence(unit: Unit, decision: Decision) -> Decision | None:
    """The decision if nothing came of it; None if something was sent or may have been."""
    if decision.tip is None:
        return decision
    ends = [one.reason for one in await unit.deliveries.of(decision.decision_id)]
    reason = next((one for one in Reason if one.value in ends), None)
    return replace(decision, unavailable=reason) if reason else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """How often tips of one kind were followed."""

    kind: TipKind
    done: int
    dismissed: int
    shown: int


async def beliefs(person: Person, world: World) -> tuple[Belief, ...]:
    """What the last weeks taught about this person, by kind of tip."""
    async with world.store.read() as unit:
        past = await unit.decisions.past_tips(person.person_id, world.clock.now() - MEMORY, 500)
    kinds = [kind for kind in TipKind if any(tip.kind is kind for tip in past)]
    return tuple(
        Belief(
            kind=kind,
            done=sum(tip.reaction is ReactionKind.DONE for tip in past if tip.kind is kind),
            dismissed=sum(tip.reaction is ReactionKind.DISMISS for tip in past if tip.kind is kind),
            shown=sum(tip.kind is kind for tip in past),
        )
        for kind in kinds
    )
