"""Why oO sent a tip, and why it sent none: the decision log, read back for the person it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.deciding.decision_points import moved_to
from core.dependencies import Dependencies
from core.policies.feature_inputs import HISTORY_WINDOW
from core.policies.features import DIMENSION, FEATURE_VERSION, FEATURES
from core.records import (
    Decision,
    Draw,
    Person,
    Reason,
    ScoredCandidate,
    Snapshot,
    Task,
    TipCandidate,
    TipKind,
    Trigger,
)
from core.store import Unit
from core.tips.urgency import pressure

MAX_SILENCES = 3
"""How many silences are explained at once."""

MAX_DECISIONS = 20
"""How many decisions are searched for silences."""

MAX_SILENCE_AGE = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advantage:
    """How one feature separates the tip from the runner-up."""

    feature: str
    gain: float
    """Weight times difference: what the feature added to the score; negative if it took from it."""
    more: bool
    """Whether the tip's value is the larger one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reasons for one tip."""

    decision: Decision
    chosen: ScoredCandidate
    task: Task | None
    pressure: str
    """Code of ``core.tips.urgency.pressure``; of a tip about no task, its rationale."""
    done_here: int
    """How many of the ``shown_here`` tips were done."""
    shown_here: int
    """Tips shown within an hour of this time of day."""
    runner_up: ScoredCandidate | None
    """The most likely other candidate."""
    advantages: tuple[Advantage, ...] = ()
    """Only features that separate the tip from the runner-up; empty if the model is not known any more."""

    @property
    def was_exploration(self) -> bool:
        """Whether something else was likelier: oO explored."""
        return self.runner_up is not None and self.runner_up.probability > self.chosen.probability

    @property
    def was_tie(self) -> bool:
        """Whether something else was just as likely: no reason favours this tip."""
        return self.runner_up is not None and self.runner_up.probability == self.chosen.probability


async def why(person: Person, deps: Dependencies, decision_id: str | None = None) -> Why | None:
    """Explain a tip: the named one, or the latest that was shown. None if there is none."""
    async with deps.store.read() as unit:
        if decision_id is None:
            shown = await unit.decisions.past_tips(person.person_id, deps.clock.now() - HISTORY_WINDOW, 1)
            decision_id = shown[0].decision_id if shown else None
        decision = await unit.decisions.get(decision_id) if decision_id else None
        if decision is None or decision.person_id != person.person_id:
            return None
        if decision.draw is None or decision.tip is None:
            return None
        snapshot = await unit.decisions.snapshot(decision.draw.model_version)
        return _explained(decision, decision.draw, snapshot)


def _explained(decision: Decision, draw: Draw, snapshot: Snapshot) -> Why:
    chosen, context = draw.chosen, draw.context
    zone = ZoneInfo(context.zone)
    task = next((one for one in context.tasks if one.task_id == chosen.candidate.task_id), None)
    around = _hours_around(context.now.astimezone(zone).hour)
    runner_up = _likeliest(one for one in draw.candidates if one is not chosen)
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
    """gain_j = w_j (x_j - y_j), with the mean weights w and the features x of the tip and y of the other.

    The scores are linear, so the gains sum to their difference. Empty without a model, and if the table of
    features has changed since.
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
    """The reasons for one silence."""

    decision: Decision
    reason: Reason
    best: ScoredCandidate | None
    """The tip that was held back, else the likeliest one, else the first that was ruled out. None if no tip
    was looked for, and for a tip that is held out: to name it would be to give it.
    """

    comes_at: datetime | None = None
    """The end of the meeting, or of the silenced notifications, to which the slot has moved. None without
    either, or if the meeting ends too late.
    """

    @property
    def until(self) -> datetime | None:
        """When oO becomes available again, where that is known."""
        return self.decision.refusal.until if self.decision.refusal else None

    @property
    def was_exploration(self) -> bool:
        """Whether a tip was likelier than silence: oO explored."""
        drawn = self.decision.chosen
        return bool(drawn and self.best and self.best.probability > drawn.probability)


async def why_not(person: Person, deps: Dependencies) -> tuple[WhyNot, ...]:
    """The latest silences, newest first: refusals, slots at which *no tip* was drawn, and tips that were
    held back just before they were sent.
    """
    since = deps.clock.now() - MAX_SILENCE_AGE
    async with deps.store.read() as unit:
        latest = await unit.decisions.latest(person.person_id, MAX_DECISIONS)
        pushes = [one for one in latest if one.decided_at >= since and one.trigger is not Trigger.REQUESTED]
        silent = [one for each in pushes if (one := await _silence(unit, each, person, deps))]
    return tuple(silent[:MAX_SILENCES])


def _may_be_named(candidate: TipCandidate) -> bool:
    """Whether it is a tip that is not held out."""
    return candidate.kind is not TipKind.SILENCE and candidate.dropped != Reason.HELD_OUT


async def _silence(unit: Unit, decision: Decision, person: Person, deps: Dependencies) -> WhyNot | None:
    """Why nothing was sent; None if something was, or may have been."""
    reason = decision.silence
    if reason is Reason.HELD_OUT:
        return WhyNot(decision=decision, reason=reason, best=None)
    if reason:
        tips = [one for one in decision.candidates if _may_be_named(one.candidate)]
        best = _likeliest(tips) or next(iter(tips), None)
        comes_at = moved_to(decision, person, deps)
        return WhyNot(decision=decision, reason=reason, best=best, comes_at=comes_at)
    ends = [one.reason for one in await unit.deliveries.of(decision.decision_id)][-1:]
    stopped_by = next((one for one in Reason if one.value in ends), None)
    if stopped_by is None:
        return None
    return WhyNot(decision=decision, reason=stopped_by, best=decision.chosen)
