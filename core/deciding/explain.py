"""Why oO wrote, and why it did not: the decision log, read back for the person it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.model import (
    Decision,
    Person,
    Reason,
    ScoredCandidate,
    Snapshot,
    Task,
    TipCandidate,
    TipKind,
    Trigger,
)
from core.policies.feature_inputs import MEMORY
from core.policies.features import DIMENSION, FEATURE_VERSION, FEATURES
from core.store import Unit
from core.tips.urgency import pressure

SHOWN_REFUSALS = 3
LOOKED_AT = 20
LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advantage:
    """What one feature added to the score of the tip, over the runner-up; below 0: what it cost.

    ``more``: the tip had more of it.
    """

    feature: str
    gain: float
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reasons behind one tip. ``pressure`` is the code of ``core.tips.candidates.pressure``;
    ``done_here`` of ``shown_here`` tips at this part of the day were done; ``runner_up`` was the next likely
    candidate, and ``advantages`` is how the two differ, as far as the model tells them apart.
    """

    decision: Decision
    chosen: ScoredCandidate
    task: Task | None
    pressure: str
    done_here: int
    shown_here: int
    runner_up: ScoredCandidate | None
    advantages: tuple[Advantage, ...] = ()

    @property
    def was_a_try(self) -> bool:
        """Whether something else was likelier: oO explored."""
        return self.runner_up is not None and self.runner_up.probability > self.chosen.probability

    @property
    def was_a_lot(self) -> bool:
        """Whether something else was just as likely: nothing spoke for this one."""
        return self.runner_up is not None and self.runner_up.probability == self.chosen.probability


async def why(person: Person, deps: Dependencies, decision_id: str | None = None) -> Why | None:
    """Explain a tip: the named one, or the latest that was shown. None when there has been none."""
    async with deps.store.read() as unit:
        if decision_id is None:
            shown = await unit.decisions.past_tips(person.person_id, deps.clock.now() - MEMORY, 1)
            decision_id = shown[0].decision_id if shown else None
        decision = await unit.decisions.get(decision_id) if decision_id else None
        if decision is None or decision.tip is None or decision.person_id != person.person_id:
            return None
        return _explained(decision, await unit.decisions.snapshot(decision.model_version))


def _explained(decision: Decision, snapshot: Snapshot) -> Why:
    chosen, context = decision.chosen, decision.context
    if chosen is None or context is None:
        raise LookupError(f"decision {decision.decision_id} has a tip but no context")
    zone = ZoneInfo(context.zone)
    task = next((one for one in context.tasks if one.task_id == chosen.candidate.task_id), None)
    around = _hours_around(context.now.astimezone(zone).hour)
    runner_up = _likeliest(one for one in decision.candidates if one is not chosen)
    return Why(
        decision=decision,
        chosen=chosen,
        task=task,
        pressure=pressure(task, context.now, zone) if task else chosen.candidate.rationale,
        done_here=sum(context.done_by_hour[hour] for hour in around),
        shown_here=sum(context.tips_by_hour[hour] for hour in around),
        runner_up=runner_up,
        advantages=_advantages(snapshot, chosen, runner_up) if runner_up else (),
    )


def _likeliest(candidates: Iterable[ScoredCandidate]) -> ScoredCandidate | None:
    allowed = [one for one in candidates if one.probability > 0]
    return max(allowed, key=lambda one: (one.probability, one.score), default=None)


def _advantages(snapshot: Snapshot, chosen: ScoredCandidate, other: ScoredCandidate) -> tuple[Advantage, ...]:
    """Weight times difference, feature by feature: the scores differ by their sum. None without a model, and
    when the table of features has changed since.
    """
    weights = snapshot.weights[:DIMENSION]
    if snapshot.feature_version != FEATURE_VERSION or len(weights) < DIMENSION:
        return ()
    each = zip(FEATURES, weights, chosen.features, other.features, strict=True)
    return tuple(
        Advantage(feature=feature.name, gain=weight * (mine - theirs), more=mine > theirs)
        for feature, weight, mine, theirs in each
        if weight * (mine - theirs)
    )


def _hours_around(hour: int) -> list[int]:
    return [(hour + step) % 24 for step in (-1, 0, 1)]


# --- Silence -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The reasons behind one silence: in the decision's ``unavailable``, else *no tip* was drawn. ``best`` is
    the tip that was held back, or the one that would have been drawn most likely, or, if all were ruled out,
    the first of those; None if oO did not get as far as looking for one.
    """

    decision: Decision
    best: ScoredCandidate | None

    @property
    def was_a_try(self) -> bool:
        """Whether a tip was likelier than silence: oO explored."""
        drawn = self.decision.chosen
        return bool(drawn and self.best and self.best.probability > drawn.probability)


async def why_not(person: Person, deps: Dependencies) -> tuple[WhyNot, ...]:
    """The latest silences, newest first: refusals, slots at which *no tip* was chosen, and tips that were
    held back at the last moment, with the reason in ``unavailable``.
    """
    since = deps.clock.now() - LATELY
    async with deps.store.read() as unit:
        latest = await unit.decisions.latest(person.person_id, LOOKED_AT)
        pushes = [one for one in latest if one.decided_at >= since and one.trigger is not Trigger.REQUESTED]
        silent = [one for each in pushes if (one := await _silence(unit, each))]
    return tuple(silent[:SHOWN_REFUSALS])


def _may_be_told(candidate: TipCandidate) -> bool:
    """Whether it is a tip, and not one that is held out: to name that would be to give it."""
    return candidate.kind is not TipKind.SILENCE and candidate.dropped != Reason.HELD_OUT


async def _silence(unit: Unit, decision: Decision) -> WhyNot | None:
    """Why nothing came of the decision; None if something was sent or may have been."""
    if decision.tip is None:
        tips = [one for one in decision.candidates if _may_be_told(one.candidate)]
        return WhyNot(decision=decision, best=_likeliest(tips) or next(iter(tips), None))
    if decision.held_out:
        return WhyNot(decision=replace(decision, unavailable=Reason.HELD_OUT), best=None)
    ends = [one.reason for one in await unit.deliveries.of(decision.decision_id)]
    reason = next((one for one in Reason if one.value in ends), None)
    if reason is None:
        return None
    return WhyNot(decision=replace(decision, unavailable=reason), best=decision.chosen)
