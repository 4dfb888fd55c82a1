"""Forgetting by elapsed time, in a form that undo can reverse exactly.

What was learned long ago counts less: half after every half-life. Instead of shrinking old sums, which
would round, new rewards weigh more; only ratios matter. The weight grows in eighths of a half-life, along
straight lines between powers of two: ``(1 + j/8) · 2**k``. It is at most 6 % off the exponential and
needs three more bits, so that sums stay exact (``grid.py``) while the newest weighs up to 2**20 times as
much as the oldest: for twenty half-lives.
"""

from __future__ import annotations

import math

EIGHTHS = 8
HALF_LIFE = 231.0  # days; about .997 a day


def step_at(at: float, half_life: float) -> int:
    """The step of the weight at ``at`` (days since any fixed day). Raises ValueError for no number."""
    if not math.isfinite(at):
        raise ValueError("the time of a reward must be a number of days")
    return math.floor(EIGHTHS * at / half_life)


def weight_of(step: int) -> float:
    """How much a reward of that step weighs, against one of step 0."""
    halves, eighth = divmod(step, EIGHTHS)
    return math.ldexp(1 + eighth / EIGHTHS, halves)
