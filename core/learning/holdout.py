"""Does oO help? For those who want to know, a coin holds some tips back, and what comes of their tasks is
compared with what comes of the others'.

The coin is tossed for whatever the policy drew for a slot, and keeps only tips about a task back. All of
these count on the side on which it fell, also what could not be sent (intention to treat): only then have the
two sides nothing but the coin between them. It is tossed for silence and advice as well, and the log by which
policies are weighed leaves out all for which it fell "held out": what is left out must not depend on what was
drawn, or a policy that sends less looks better than it is.

The outcome is the task done by the end of the person's day, with a tap or without. Held out is silence:
nothing is sent, no cap or spacing is used up, nothing is learned. The task rests for that day, as it does
after a tip.

While it stays unknown whether tips help, there are fewer of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.bandit.evaluation.effect import Tosses, decisions_needed, effect_interval
from core.bandit.evaluation.guess import settled_before
from core.bandit.evaluation.intervals import Interval
from core.dependencies import Dependencies, HelpingRules
from core.events import record_event
from core.model import Decision, Dosage, Person, Trial, Trigger
from core.policies.holdout_coin import draw_holdout
from core.scheduling.availability import local_day
from core.store import Unit

LATELY = timedelta(weeks=4)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


# --- The coin ----------------------------------------------------------------------------------------------


def with_holdout_draw(decision: Decision, person: Person, deps: Dependencies) -> Decision:
    """The decision with its coin, if one has to be tossed for it: whatever was drawn."""
    draw, for_a_slot = decision.draw, decision.trigger is Trigger.SCHEDULED
    if draw is None or not (person.preferences.hold_out and for_a_slot):
        return decision
    coin = draw_holdout(deps.rules.helping.hold_out, deps.random.seed())
    return replace(decision, result=replace(draw, coin=coin))


async def enrol(unit: Unit, decision: Decision) -> None:
    """Watch what comes of the task that the tip is about, if the coin was tossed for it."""
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


# --- With and without --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """The tasks of so many decisions, and how many of them were done that day."""

    decisions: int
    done: int

    @property
    def share(self) -> float:
        """What part of them was done; 0 of none."""
        return self.done / self.decisions if self.decisions else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """What is known. ``effect`` is where the difference of the two shares lies; it holds however often one
    looks. ``needed``: after so many decisions an effect that is worthwhile shows. ``weeks``: until then, at
    the rate of the last weeks; None without one.
    """

    with_tip: Arm
    without: Arm
    effect: Interval
    needed: int
    weeks: int | None

    @property
    def decisions(self) -> int:
        """All whose day is over."""
        return self.with_tip.decisions + self.without.decisions

    @property
    def is_proven(self) -> bool:
        """Whether tips help."""
        return self.effect.low > 0

    @property
    def is_known(self) -> bool:
        """Whether there is a difference, for the better or the worse."""
        return 0 not in self.effect

    @property
    def should_have_shown(self) -> bool:
        """Whether by now a worthwhile effect would be seen, if there was one."""
        return self.decisions >= self.needed


def compare(trials: Sequence[Trial], now: datetime, rules: HelpingRules) -> Helped:
    """What ``trials``, in the order in which they were decided, say by ``now``: those whose day is over."""
    over = [trial for trial in trials if trial.ends_at <= now]
    tosses = Tosses(
        outcome=np.array([trial.done_at is not None for trial in over], dtype=float),
        held_out=np.array([trial.held_out for trial in over], dtype=bool),
        chance=np.array([trial.chance for trial in over], dtype=float),
        settled=settled_before(
            np.array([trial.decided_at.timestamp() for trial in over], dtype=float),
            np.array([trial.ends_at.timestamp() for trial in over], dtype=float),
        ),
    )
    needed = decisions_needed(tosses, rules.worthwhile, rules.hold_out)
    return Helped(
        with_tip=_side(over, held_out=False),
        without=_side(over, held_out=True),
        effect=effect_interval(tosses),
        needed=needed,
        weeks=_weeks(needed - len(over), trials, now),
    )


def _side(trials: Sequence[Trial], *, held_out: bool) -> Arm:
    done = [trial.done_at is not None for trial in trials if trial.held_out is held_out]
    return Arm(decisions=len(done), done=sum(done))


def _weeks(missing: int, trials: Sequence[Trial], now: datetime) -> int | None:
    """How long ``missing`` decisions take at the rate of the last weeks."""
    recent = [trial for trial in trials if now - trial.decided_at < LATELY]
    if not recent:
        return None
    span = min(LATELY, max(DAY, now - trials[0].decided_at))
    return max(1, math.ceil(missing / len(recent) * (span / WEEK)))


async def helped(person: Person, deps: Dependencies) -> Helped:
    """What is known by now of whether tips help this person."""
    async with deps.store.read() as unit:
        trials = await unit.trials.of(person.person_id)
    return compare(trials, deps.clock.now(), deps.rules.helping)


# --- The dosage --------------------------------------------------------------------------------------------


def dosage_after(person: Person, found: Helped, now: datetime, rules: HelpingRules) -> Dosage | None:
    """The dosage that follows from what was ``found``: one less a day while help that is worthwhile should
    have shown and has not, the cap again once it has. Each step waits for ``patience``, and 1 a day is least.
    """
    dosage = person.dosage
    if dosage is None or dosage.kept:
        return dosage
    if found.is_proven:
        return Dosage(since=now, told=False) if dosage.fewer else dosage
    waited = now - dosage.since >= rules.patience
    if waited and (found.is_known or found.should_have_shown) and person.most_a_day > 1:
        return Dosage(since=now, fewer=dosage.fewer + 1, told=False, harm=found.is_known)
    return dosage


async def review(person: Person, deps: Dependencies) -> None:
    """Set the dosage by what is known now; the next message tells of a change."""
    if person.dosage is None or person.dosage.kept:
        return
    found = await helped(person, deps)
    dosage = dosage_after(person, found, deps.clock.now(), deps.rules.helping)
    if dosage == person.dosage:
        return
    async with deps.store.begin() as unit:
        current = await unit.people.get(person.person_id)
        if current.dosage == person.dosage:
            changed = replace(current, dosage=dosage)
            await unit.people.save(changed)
            most = changed.most_a_day
            await record_event(unit, deps, "dosage.changed", person.person_id, most_a_day=most)


async def told(unit: Unit, person_id: str, dosage: Dosage) -> None:
    """The person has heard of that dosage."""
    current = await unit.people.get(person_id)
    if current.dosage == dosage:
        await unit.people.save(replace(current, dosage=replace(dosage, told=True)))
