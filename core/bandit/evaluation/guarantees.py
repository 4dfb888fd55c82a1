"""Intervals for a policy's value that are valid for every sample size, and therefore wide.

Both assume rewards within their range and correct propensities, so that importance weights have expectation
1; the weights need no bound. ``empirical_bernstein`` also assumes independent decisions, which those of one
person or one week are only roughly. ``confidence_sequence`` does not: it bounds the mean of the decisions'
conditional expectations. Both assume rewards that never change once known: undo and late taps rewrite a few
between two looks, which makes them approximate; so does a draw that changes the reward of an earlier
decision.

Tests: tests/core/bandit/evaluation/test_intervals.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Vector
from core.bandit.evaluation.intervals import Interval

CHUNK_SIZE = 1 << 16
"""Decisions processed at a time."""

LAMBDAS = 0.5 ** np.arange(1.0, 13.0)
"""λ: large values are tightest in short logs, small ones in long logs."""


def empirical_bernstein(
    weights: Vector, rewards: Vector, *, clip: float, rewards_in: Interval, confidence: float = 0.95
) -> Interval:
    """Empirical Bernstein interval for one look at independent decisions. ``clip`` limits the weights and
    must be fixed beforehand.

    With probability 1 − δ, the expectation of n independent variables in [0, 1] with mean X̄ and sample
    variance V exceeds X̄ − √(2V ln(2/δ) / n) − 7 ln(2/δ) / (3(n − 1)) (Maurer & Pontil, "Empirical Bernstein
    bounds and sample variance penalization", COLT 2009, theorem 4). The variables are min(w, clip)(r −
    r_min) for the lower end, which clipping only decreases, and min(w, clip)(r_max − r) for the upper end,
    both scaled to [0, 1].
    """
    if weights.size < 2:
        return rewards_in
    max_value, delta = clip * (rewards_in.high - rewards_in.low), (1 - confidence) / 2
    clipped = np.minimum(weights, clip)
    low = rewards_in.low + _bernstein_lower_bound(clipped * (rewards - rewards_in.low), max_value, delta)
    high = rewards_in.high - _bernstein_lower_bound(clipped * (rewards_in.high - rewards), max_value, delta)
    return Interval(low=max(low, rewards_in.low), high=min(high, rewards_in.high))


def _bernstein_lower_bound(values: Vector, max_value: float, delta: float) -> float:
    """Lower bound, with probability 1 − ``delta``, of the expectation of ``values`` in [0, ``max_value``]."""
    n, log = values.size, math.log(2 / delta)
    deviation = math.sqrt(2 * float(values.var(ddof=1)) * log / n)
    return float(values.mean()) - deviation - max_value * 7 * log / (3 * (n - 1))


def confidence_sequence(
    weights: Vector,
    rewards: Vector,
    looks: Sequence[int],
    *,
    rewards_in: Interval,
    confidence: float = 0.95,
) -> tuple[Interval, ...]:
    """Confidence sequence for the policy's value: one interval per number of decisions in ``looks``,
    ascending.

    With the stated confidence all intervals hold simultaneously, each for the mean value over the decisions
    up to its look. The value may drift: an earlier interval says nothing about a later one.

    Empirical Bernstein sequence for off-policy values (Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro,
    "Anytime-valid off-policy inference for contextual bandits", 2022). Let X = w r ≥ 0 with r scaled to [0,
    1], v its conditional expectation at the draw, X̂ ≤ 1 a guess from the past, λ < 1 and ψ(λ) = −ln(1 − λ)
    − λ. Then exp(λ Σ (X − v) − ψ(λ) Σ (X − X̂)²) is a supermartingale (Fan, Grama & Liu, 2015) for any v. By
    Ville's inequality, with probability 1 − α, for all n and for each of the k λ in ``LAMBDAS``:

        Σ v > Σ X − (ψ(λ) Σ (X − X̂)² + ln(k/α)) / λ

    The upper end is the lower end for 1 − r.
    """
    size, alpha = rewards_in.high - rewards_in.low, (1 - confidence) / 2
    lower, upper = _LowerBound(alpha=alpha), _LowerBound(alpha=alpha)
    found = []
    start = 0
    for look in looks:
        while start < look:
            part = slice(start, min(start + CHUNK_SIZE, look))
            scaled = (rewards[part] - rewards_in.low) / size
            lower.add(weights[part] * scaled)
            upper.add(weights[part] * (1 - scaled))
            start = part.stop
        found.append(
            Interval(low=rewards_in.low + size * lower.bound, high=rewards_in.high - size * upper.bound)
        )
    return tuple(found)


@dataclass(slots=True, kw_only=True)
class _LowerBound:
    """Running sums for one end of the sequence. The guess X̂ starts at 1/2, as if from one decision."""

    alpha: float
    count: int = 1
    """Decisions so far, plus one."""
    total: float = 0.5
    """Σ X + 1/2."""
    squares: float = 0.0
    """Σ (X − X̂)²."""

    def add(self, x: Vector) -> None:
        """Add variables ``x`` ≥ 0, (n,)."""
        totals = self.total + np.cumsum(x)
        guesses = np.minimum(1.0, (totals - x) / (self.count + np.arange(x.size)))
        self.squares += float(((x - guesses) ** 2).sum())
        self.count += x.size
        self.total = float(totals[-1])

    @property
    def bound(self) -> float:
        """Lower bound of the mean expectation: the maximum over λ, at least 0."""
        log = math.log(LAMBDAS.size / self.alpha)
        cost = (-np.log1p(-LAMBDAS) - LAMBDAS) * self.squares
        sums = self.total - 0.5 - (cost + log) / LAMBDAS
        return max(0.0, float(sums.max())) / max(1, self.count - 1)
