"""Forgetting by elapsed time, in a form that undo can reverse exactly.

What was learned long ago counts less: half after every half-life. Instead of shrinking old sums, which
would round, new rewards weigh more; only ratios matter. The weight grows in eighths of a half-life, along
straight lines between powers of two: ``(1 + j/8) · 2**k``, at most 6 % off the exponential.

Sums stay exact as long as the rewards of one person, each counted as often as it outweighs the oldest,
number fewer than 2**30 divided by the square of the largest feature: a thousand rewards of features up to
one, while the newest weighs 2**20 times as much as the oldest, which takes twenty half-lives (``grid``).
"""

from __future__ import annotations

import math

EIGHTHS = 8
HALF_LIFE = 231.0  # days; about .997 a day
FARTHEST = 400  # half-lives from day zero: beyond, weights would leave the range of a float64


def step_at(at: float, half_life: float) -> int:
    """The step of the weight at ``at`` (days since any fixed day).

    Raises ValueError for no number, and for a day too far from day zero.
    """
    halves = at / half_life
    if not abs(halves) <= FARTHEST:  # nor is NaN
        raise ValueError(
            f"the time of a reward must be a number of days, at most {FARTHEST} half-lives from day zero"
        )
    return math.floor(EIGHTHS * halves)


def weight_of(step: int) -> float:
    """How much a reward of that step weighs, against one of step 0."""
    halves, eighth = divmod(step, EIGHTHS)
    return math.ldexp(1 + eighth / EIGHTHS, halves)


def step_of(weight: float) -> int:
    """The step at which a reward weighs about ``weight``, above 0: the inverse of ``weight_of``."""
    mantissa, exponent = math.frexp(weight)
    return EIGHTHS * (exponent - 1) + round(EIGHTHS * (2 * mantissa - 1))
