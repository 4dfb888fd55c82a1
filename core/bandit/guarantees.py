"""Intervals for a policy's value that hold for every sample size, and are therefore wide.

They rest on two things: rewards stay within their range, and the logged propensities are true, so that the
importance weights have expectation 1. The weights need no bound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.intervals import Interval

Vector = npt.NDArray[np.float64]

STEP = 1 << 16
"""Decisions that are worked on at once."""

LARGEST_BET = 0.5


def bernstein(
    weights: Vector, rewards: Vector, *, clip: float, rewards_in: Interval, confidence: float = 0.95
) -> Interval:
    """For looking once; ``clip``, at which weights are cut, must be fixed beforehand.

    Empirical Bernstein on each side (Maurer & Pontil, "Empirical Bernstein bounds and sample variance
    penalization", COLT 2009, theorem 4): with probability 1 − δ the expectation of n variables in [0, 1] with
    sample variance V is above their mean − √(2V ln(2/δ) / n) − 7 ln(2/δ) / (3(n − 1)). For the lower side
    these are min(w, clip)(r − least), which clipping only makes smaller; for the upper side
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

    With the stated confidence, all of them at once hold the value, however many there are.

    The predictable plug-in empirical Bernstein sequence for off-policy values (Waudby-Smith, Wu, Ramdas,
    Karampatziakis & Mineiro, "Anytime-valid off-policy inference for contextual bandits", 2022; Waudby-Smith
    & Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024). With X = w r ≥ 0,
    rewards scaled to [0, 1], X̂ ≤ 1 a guess from the past, λ < 1 a bet from the past and
    ψ(λ) = −ln(1 − λ) − λ, exp(Σ λ(X − v) − Σ ψ(λ)(X − X̂)²) is a supermartingale (Fan, Grama & Liu, 2015), so
    that by Ville's inequality v > (Σ λX − Σ ψ(λ)(X − X̂)² − ln(1/α)) / Σ λ for all n with probability 1 − α.
    The upper side is the lower side of 1 − r.
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
    squares: float = 0.25
    bets: float = 0.0
    gains: float = 0.0
    bound: float = 0.0

    def add(self, x: Vector) -> None:
        """Take in variables ``x`` ≥ 0 and raise the bound, which never falls."""
        log = math.log(1 / self.alpha)
        t = self.count + np.arange(x.size)
        totals = self.total + np.cumsum(x)
        off = (x - np.minimum(1.0, (totals - x) / t)) ** 2
        squares = self.squares + np.cumsum(off)
        bet = np.minimum(LARGEST_BET, np.sqrt(2 * log / ((squares - off) * np.log1p(t))))
        bets = self.bets + np.cumsum(bet)
        gains = self.gains + np.cumsum(bet * x + (np.log1p(-bet) + bet) * off)
        self.bound = max(self.bound, float(((gains - log) / bets).max()))
        self.count += x.size
        self.total, self.squares = float(totals[-1]), float(squares[-1])
        self.bets, self.gains = float(bets[-1]), float(gains[-1])
