"""What doing something changes: an outcome with it and without it, when a coin decides which of the two.

The coin's probability is known and may differ from decision to decision. Whom it is about may look at the
answer on any day, and oO acts on it, so the interval has to hold at every look and from the first decision
on.

That holds for outcomes that stay as they are once their day is over. Undo and late taps rewrite a few between
two looks, which makes "at every look" approximate; so does a coin that changes the outcome of a decision
before it, on the same day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.evaluation.guess import Indices, guesses
from core.bandit.evaluation.intervals import Interval

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FRACTIONS = np.geomspace(0.01, 0.64, 7)
"""The bets: how much of the most that may be lost is at stake."""

HALVINGS = 40

MIXED = 2.3
"""What mixing over bets adds to ln(1 / α), about: found by trying, for 100 to 1,000 decisions."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tosses:
    """Decisions in the order in which they were made: ``outcome`` (n,), 0 or 1, whether it was held out
    (n,), the probability (n,) of that, above 0 and below 1, and of how many of the first ones the outcome
    was ``settled`` (n,) when the coin was tossed.
    """

    outcome: Vector
    held_out: Flags
    chance: Vector
    settled: Indices


def effect_interval(tosses: Tosses, *, confidence: float = 0.95) -> Interval:
    """Where P(outcome with) − P(outcome without) lies; all looks at once hold it with that ``confidence``.

    With a guess c of the outcome from what was settled before, X = (y − c) / (1 − p), or −(y − c) / p when
    held out, has the effect as its expectation, whatever c is and however the outcomes change over time: the
    coin alone makes it so. X is bounded, so betting against a supposed effect m gives a martingale
    Π (1 + λ(X − m)), as does the mean over several λ ≥ 0; where it has grown to 2/α, the effect is not m or
    less (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024,
    section 4; by Ville's inequality for all n). The upper side is the lower side of −X. Needs no normality
    and no least n.
    """
    y, p = tosses.outcome, tosses.chance
    guess = guesses(y, tosses.settled)
    x = (y - guess) * np.where(tosses.held_out, -1 / p, 1 / (1 - p))
    down = np.maximum((1 - guess) / p, guess / (1 - p))  # -x is never more, and neither is x than ``up``
    up = np.maximum(guess / p, (1 - guess) / (1 - p))
    alpha = (1 - confidence) / 2
    return Interval(low=_lowest(x, down, alpha), high=-_lowest(-x, up, alpha))


def _lowest(x: Vector, down: Vector, alpha: float) -> float:
    """A lower bound of the expectation, in [-1, 1], of ``x`` ≥ −``down``; -1 says nothing."""
    needed = math.log(FRACTIONS.size / alpha)
    low, high = -1.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        gains = np.log1p(np.outer(FRACTIONS, (x - middle) / (down + middle))).sum(axis=1)
        if np.logaddexp.reduce(gains) >= needed:
            low = middle
        else:
            high = middle
    return low


def decisions_needed(tosses: Tosses, effect: float, chance: float, *, confidence: float = 0.95) -> int:
    """After about so many decisions the interval leaves out 0 half of the time, if the true effect is
    ``effect`` > 0 and the coin's probability is ``chance``.

    ln of the martingale grows by about effect² / (2 v) with each decision. v = r(1 − r) / (1 − p) +
    s(1 − s) / p is the variance of X; r and s, how often the outcome came with and without, are shrunk
    towards a half.
    """
    with_it = _shrunk(tosses.outcome[~tosses.held_out])
    without = _shrunk(tosses.outcome[tosses.held_out])
    variance = with_it * (1 - with_it) / (1 - chance) + without * (1 - without) / chance
    evidence = math.log(2 / (1 - confidence)) + MIXED
    return math.ceil(2 * variance * evidence / effect**2)


def _shrunk(outcome: Vector) -> float:
    return (float(outcome.sum()) + 1) / (outcome.size + 2)
