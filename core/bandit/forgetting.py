"""Forgetting by elapsed time, in a form that can be reversed exactly.

A reward's weight halves with every half-life. Shrinking old sums would round, so new rewards weigh more
instead; only ratios matter. Weights are piecewise linear between powers of two, in eighths of a half-life:
``(1 + j/8) · 2**k``, within 6 % of the exponential.

Sums stay exact while Σ (weight / smallest weight) of one person's rewards is below 2**30 / max|x|². Example:
1,000 rewards with features up to 1, whose weights span a factor of 2**20, that is 20 half-lives (``grid``).

Tests: tests/core/bandit/standalone/test_learner.py.
"""

from __future__ import annotations

import math

STEPS_PER_HALF_LIFE = 8
HALF_LIFE_DAYS = 231.0
"""The default: a factor of about 0.997 per day."""

MAX_HALF_LIVES = 400
"""Largest distance from day zero: beyond it, weights would leave the range of a float64."""


def step_at(at: float, half_life: float) -> int:
    """The step of the weight at ``at``; both arguments are in days, ``at`` since any fixed day.

    Raises ValueError for NaN and for a time more than ``MAX_HALF_LIVES`` half-lives from day zero.
    """
    halves = at / half_life
    if not abs(halves) <= MAX_HALF_LIVES:  # also catches NaN
        raise ValueError(
            "the time of a reward must be a number of days,"
            f" at most {MAX_HALF_LIVES} half-lives from day zero"
        )
    return math.floor(STEPS_PER_HALF_LIFE * halves)


def weight_of(step: int) -> float:
    """The weight of a reward at ``step``, relative to step 0."""
    halves, eighth = divmod(step, STEPS_PER_HALF_LIFE)
    return math.ldexp(1 + eighth / STEPS_PER_HALF_LIFE, halves)


def step_of(weight: float) -> int:
    """The step whose weight is nearest to ``weight`` > 0: the inverse of ``weight_of``."""
    mantissa, exponent = math.frexp(weight)
    return STEPS_PER_HALF_LIFE * (exponent - 1) + round(STEPS_PER_HALF_LIFE * (2 * mantissa - 1))
