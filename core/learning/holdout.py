"""The randomised hold-out experiment: do tips help this person? It runs for people who opted in.

Every decision for a slot is randomly assigned to an arm: treated (the tip is sent) or held out. Only tips
about a task are withheld. Each of these is a trial and counts in its assigned arm even if it could not be
sent (intention to treat); only then is the assignment the only systematic difference between the arms.
Silence and advice are assigned too, and policy evaluation leaves out all decisions in the hold-out arm: what
is left out must not depend on the drawn action, or a policy that sends less would look better than it is.

The outcome is whether the task was done by the end of the person's day, with or without a tap. A held-out
tip is silence: nothing is sent or learned, and neither cap nor spacing is used up. The task is not suggested
again that day, as after a tip.

As long as a worthwhile effect does not show, the dosage (tips a day) is reduced.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.bandit.evaluation.guess import count_known_before
from core.bandit.evaluation.intervals import Interval
from core.dependencies import Dependencies, HoldoutRules
from core.events import record_event
from core.policies.holdout_draw import draw_holdout
from core.records import Decision, Dosage, Person, Purpose, Trial, Trigger
from core.scheduling.availability import local_day
from core.store import Unit

RECENT_WINDOW = timedelta(weeks=4)
ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)


# --- Assignment --------------------------------------------------------------------------------------------


def with_holdout_draw(decision: Decision, person: Person, deps: Dependencies) -> Decision:
    """Assign a decision that was drawn for a slot to an arm, whatever its action, if the person opted in."""
    draw, for_a_slot = decision.draw, decision.trigger is Trigger.SCHEDULED
    if draw is None or not (person.allows(Purpose.HOLDOUT) and for_a_slot):
        return decision
    coin = draw_holdout(deps.rules.helping.hold_out, deps.random.seed())
    return replace(decision, result=replace(draw, coin=coin))


async def enrol(unit: Unit, decision: Decision) -> None:
    """Store a trial, if the decision was assigned to an arm and its tip is about a task."""
    draw, tip = decision.draw, decision.tip
    if draw is None or draw.coin is None or tip is None or tip.task_id is None:
        return
    trial = Trial(
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        task_id=tip.task_id,
        decided_at=decision.decided_at,
        chance=draw.coin.chance,
        held_out=draw.coin.held_out,
        ends_at=local_day(decision.decided_at, ZoneInfo(draw.context.zone))[1],
    )
    await unit.trials.add(trial)


# --- Effect ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """The outcomes of one arm."""

    decisions: int
    """Number of trials."""
    done: int
    """Trials whose task was done on the same day."""

    @property
    def share(self) -> float:
        """done / decisions; 0 without trials."""
        return self.done / self.decisions if self.decisions else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentEffect:
    """The estimated effect of tips on the tasks they are about."""

    with_tip: Arm
    without: Arm
    """The hold-out arm."""
    effect: Interval
    """Confidence sequence for the difference of the two shares; valid at every look."""
    needed: int
    """Approximate number of trials after which a worthwhile effect is significant."""
    weeks: int | None
    """Until then at the recent rate of trials; None if there were none recently."""

    @property
    def decisions(self) -> int:
        """Number of trials whose day is over."""
        return self.with_tip.decisions + self.without.decisions

    @property
    def is_proven(self) -> bool:
        """Whether tips help: the effect is significantly positive."""
        return self.effect.low > 0

    @property
    def is_significant(self) -> bool:
        """Whether the effect is significant, positive or negative."""
        return 0 not in self.effect

    @property
    def has_enough_trials(self) -> bool:
        """Whether there are enough trials for a worthwhile effect to be significant."""
        return self.decisions >= self.needed


def estimate_effect(trials: Sequence[Trial], now: datetime, rules: HoldoutRules) -> TreatmentEffect:
    """The effect estimated from those ``trials``, in chronological order, whose day is over by ``now``."""
    # Imported late: no start needs it (ADR 0049).
    from core.bandit.evaluation.effect import RandomisedTrials, decisions_needed, effect_interval

    over = [trial for trial in trials if trial.ends_at <= now]
    outcomes = RandomisedTrials(
        outcome=np.array([trial.done_at is not None for trial in over], dtype=float),
        held_out=np.array([trial.held_out for trial in over], dtype=bool),
        holdout_probability=np.array([trial.chance for trial in over], dtype=float),
        known_before=count_known_before(
            np.array([trial.decided_at.timestamp() for trial in over], dtype=float),
            np.array([trial.ends_at.timestamp() for trial in over], dtype=float),
        ),
    )
    needed = decisions_needed(outcomes, rules.worthwhile, rules.hold_out)
    return TreatmentEffect(
        with_tip=_arm(over, held_out=False),
        without=_arm(over, held_out=True),
        effect=effect_interval(outcomes),
        needed=needed,
        weeks=_weeks_until(needed - len(over), trials, now),
    )


def _arm(trials: Sequence[Trial], *, held_out: bool) -> Arm:
    done = [trial.done_at is not None for trial in trials if trial.held_out is held_out]
    return Arm(decisions=len(done), done=sum(done))


def _weeks_until(missing: int, trials: Sequence[Trial], now: datetime) -> int | None:
    """Weeks until ``missing`` more trials at the recent rate, at least 1; None without recent trials."""
    recent = [trial for trial in trials if now - trial.decided_at < RECENT_WINDOW]
    if not recent:
        return None
    span = min(RECENT_WINDOW, max(ONE_DAY, now - trials[0].decided_at))
    return max(1, math.ceil(missing / len(recent) * (span / ONE_WEEK)))


async def treatment_effect(person: Person, deps: Dependencies) -> TreatmentEffect:
    """The effect of tips on this person's tasks, estimated from all trials so far."""
    async with deps.store.read() as unit:
        trials = await unit.trials.of(person.person_id)
    return estimate_effect(trials, deps.clock.now(), deps.rules.helping)


# --- Dosage ------------------------------------------------------------------------------------------------


def dosage_after(
    person: Person, effect: TreatmentEffect, now: datetime, rules: HoldoutRules
) -> Dosage | None:
    """The dosage that follows from ``effect``.

    One tip a day fewer, but at least 1, if tips harm or if a worthwhile effect should have shown and has
    not; at most one step per ``rules.patience``. The full cap again once tips are proven to help.
    """
    dosage = person.dosage
    if dosage is None or dosage.kept:
        return dosage
    if effect.is_proven:
        return Dosage(since=now, told=False) if dosage.fewer else dosage
    waited = now - dosage.since >= rules.patience
    if waited and (effect.is_significant or effect.has_enough_trials) and person.most_a_day > 1:
        return Dosage(since=now, fewer=dosage.fewer + 1, told=False, harm=effect.is_significant)
    return dosage


async def update_dosage(person: Person, deps: Dependencies) -> None:
    """Adjust the dosage to the current effect; the person's next message announces a change."""
    if person.dosage is None or person.dosage.kept:
        return
    effect = await treatment_effect(person, deps)
    dosage = dosage_after(person, effect, deps.clock.now(), deps.rules.helping)
    if dosage == person.dosage:
        return
    async with deps.store.begin(person.person_id) as unit:
        current = await unit.people.get(person.person_id)
        if current.dosage == person.dosage:
            changed = replace(current, dosage=dosage)
            await unit.people.save(changed)
            most = changed.most_a_day
            await record_event(unit, deps, "dosage.changed", person.person_id, most_a_day=most)


async def mark_dosage_announced(unit: Unit, person_id: str, dosage: Dosage) -> None:
    """Record that a message announced ``dosage`` to the person, unless it has changed since."""
    current = await unit.people.get(person_id)
    if current.dosage == dosage:
        await unit.people.save(replace(current, dosage=replace(dosage, told=True)))
