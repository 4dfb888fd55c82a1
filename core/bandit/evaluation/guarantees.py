"""Intervals for a policy's value that hold for every sample size, and are therefore wide.

Both rest on two things: rewards stay within their range, and the logged propensities are true, so that the
importance weights have expectation 1. The weights need no bound. ``bernstein`` needs a third: decisions that
are independent of each other, which those of one person, or of one week, are not quite.
``confidence_sequence`` does without, as it speaks of the mean of what each decision could expect when it was
drawn. That holds for rewards that stay: undo and late taps rewrite a few between two looks, which makes it
approximate; so does a draw that changes the reward of a decision before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.evaluation.intervals import Interval

Vector = npt.NDArray[np.float64]

STEP = 1 << 16
"""Decisions that are worked on at once."""

BETS = 0.5 ** np.arange(1.0, 13.0)
"""λ: high ones see far in short logs, low ones in long ones."""


def bernstein(
    weights: Vector, rewards: Vector, *, clip: float, rewards_in: Interval, confidence: float = 0.95
) -> Interval:
    """For looking once, at independent decisions; ``clip``, at which weights are cut, must be fixed
    beforehand.

    Empirical Bernstein on each side (Maurer & Pontil, "Empirical Bernstein bounds and sample variance
    penalization", COLT 2009, theorem 4): with probability 1 − δ the expectation of n independent variables
    in [0, 1] with sample variance V is above their mean − √(2V ln(2/δ) / n) − 7 ln(2/δ) / (3(n − 1)). For the
    lower side these are min(w, clip)(r − least), which clipping only makes smaller; for the upper side
    min(w, clip)(most − r).
    """
    if weights.size < 2:
        return rewards_in
    most, delta = clip * (rewards_in.high - rewards_in.low), (1 - confidence) / 2
    clipped = np.minimum(weights, clip)
    low = rewards_in.low + _least(clipped * (rewards - rewards_in.low), most, delta)
    high = rewards_in.high - _least(clipped * (rewards_in.high - rewards), most, delta)
    return Interval(low=max(low, rewards_in.low), high=min(high, rewards_in.high))


def _least(values: Vector, most: float, delta: float) -> float:
    """A lower bound of the expectation of ``values`` in [0, ``most``]."""
    n, log = values.size, math.log(2 / delta)
    spread = math.sqrt(2 * float(values.var(ddof=1)) * log / n)
    return float(values.mean()) - spread - most * 7 * log / (3 * (n - 1))


def confidence_sequence(
    weights: Vector,
    rewards: Vector,
    looks: Sequence[int],
    *,
    rewards_in: Interval,
    confidence: float = 0.95,
) -> tuple[Interval, ...]:
    """For looking after every decision; one interval for each number of decisions in ``looks``, ascending.

    With the stated confidence, each holds the mean value over the decisions up to that look, all at once,
    however many there are. That value may change with time, as people do: an earlier interval says nothing of
    a later one.

    An empirical Bernstein sequence for off-policy values (Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro,
    "Anytime-valid off-policy inference for contextual bandits", 2022). With X = w r ≥ 0, rewards scaled to
    [0, 1], v its expectation when it is drawn, X̂ ≤ 1 a guess from the past, λ < 1 and ψ(λ) = −ln(1 − λ) − λ,
    exp(λ Σ (X − v) − ψ(λ) Σ (X − X̂)²) is a supermartingale (Fan, Grama & Liu, 2015), whatever becomes of v.
    So by Ville's inequality Σ v > Σ X − (ψ(λ) Σ (X − X̂)² + ln(k/α)) / λ for all n and all k λ's in ``BETS``,
    with probability 1 − α. The upper side is the lower side of 1 − r.
    """
    size, alpha = rewards_in.high - rewards_in.low, (1 - confidence) / 2
    lower, upper = _Side(alpha=alpha), _Side(alpha=alpha)
    found = []
    start = 0
    for look in looks:
        while start < look:
            part = slice(start, min(start + STEP, look))
            scaled = (rewards[part] - rewards_in.low) / size
            lower.add(weights[part] * scaled)
            upper.add(weights[part] * (1 - scaled))
            start = part.stop
        found.append(
            Interval(low=rewards_in.low + size * lower.bound, high=rewards_in.high - size * upper.bound)
        )
    return tuple(found)


@dataclass(slots=True, kw_only=True)
class _Side:
    """Running sums of one side. The first guess of the mean is a half, worth one decision."""

    alpha: float
    count: int = 1
    total: float = 0.5
    squares: float = 0.0

    def add(self, x: Vector) -> None:
        """Take in variables ``x`` ≥ 0."""
        totals = self.total + np.cumsum(x)
        guesses = np.minimum(1.0, (totals - x) / (self.count + np.arange(x.size)))
        self.squares += float(((x - guesses) ** 2).sum())
        self.count += x.size
        self.total = float(totals[-1])

    @property
    def bound(self) -> float:
        """What their expectations are above, on average; from 0 on."""
        log = math.log(BETS.size / self.alpha)
        cost = (-np.log1p(-BETS) - BETS) * self.squares
        sums = self.total - 0.5 - (cost + log) / BETS
        return max(0.0, float(sums.max())) / max(1, self.count - 1)
