"""An anytime-valid lower bound on the difference between two policies' values, from the log of one of them.

It holds at every look and every sample size, for any distribution of rewards and while policies learn. It is
a test by betting (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS B
86, 2024; for off-policy logs Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro, "Anytime-valid off-policy
inference for contextual bandits", 2022). With importance weight w, reward y scaled to [0, 1], a guess c of y
from rewards known at the draw, and a cap κ, each decision pays

    d = (w − 1)(y − c) + c (max(w − κ, 0) − E max(w − κ, 0)) ≥ −B,   B = max(1, κ c)

Since E w = 1, the expectation of d is the difference of the two values. A bettor who stakes a constant
fraction λ < 1 owns Π (1 + λ d / B). If the other policy is never better, this wealth is a supermartingale,
and so is the mean over several bettors; by Ville's inequality (1939) it ever reaches 1/α with probability at
most α. The same with d − m for d tests "better by at most m"; the bound is the largest m that is rejected.

The guarantee assumes rewards that never change once known. Undo and late taps rewrite a few after the wait
time, which makes it approximate; so does a draw that changes the reward of an earlier decision, and a
decision that is missing from the log because its tip could not be shown (``core/deciding/decide.py``).

``Moments.sequence`` and fixed-sample intervals are asymptotic. Where most rewards are equal and rare ones
are low, as in a log of ignored tips, they report a false difference in every fifth log.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Indices, Matrix, Vector
from core.bandit.evaluation.guess import guesses
from core.bandit.evaluation.intervals import Interval

WEIGHT_CAPS = (2.0, 8.0)
"""κ: a small one for similar policies, a large one for different ones."""

STAKES = (0.8, 0.32, 0.128, 0.0512)
"""λ: large ones detect a large difference early, small ones a small difference late."""

MAX_DIFFERENCE = 0.2
"""The largest bound that is tested, in scaled rewards; beyond it the largest stake could lose everything."""

BISECTION_STEPS = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairedLog:
    """n decisions in chronological order, logged under one policy and weighted for another one."""

    weights: Vector
    """The drawn candidate's probability under the other policy over that under the behaviour policy, (n,).
    """
    rewards: Vector
    """(n,)"""
    excess: Matrix
    """E max(w − κ, 0) before the draw for each cap, (n, caps); see the function ``excess``."""
    known_before: Indices
    """At each draw: the rewards of this many of the first decisions were known, (n,)."""

    def first(self, n: int) -> PairedLog:
        """The log after the first n decisions."""
        return PairedLog(
            weights=self.weights[:n],
            rewards=self.rewards[:n],
            excess=self.excess[:n],
            known_before=self.known_before[:n],
        )


def excess(served: Vector, other: Vector, starts: Indices) -> Matrix:
    """E max(w − κ, 0) = Σ max(other − κ · served, 0) for each decision and cap, (n, caps).

    ``served`` (m,) and ``other`` (m,): the probabilities of all candidates under the behaviour policy and
    the other one, decision by decision; ``starts`` (n,): the offset of each decision.
    """
    return np.stack(
        [np.add.reduceat(np.maximum(other - cap * served, 0.0), starts) for cap in WEIGHT_CAPS], axis=1
    )


def estimate_difference(paired: PairedLog) -> float:
    """The estimated difference of the values, Σ w (r − R) / Σ w with R the mean reward (SNIPS)."""
    above = paired.rewards - paired.rewards.mean()
    return float((paired.weights * above).sum() / paired.weights.sum())


def lower_bound(paired: PairedLog, *, rewards_in: Interval, error: float) -> float:
    """The lower bound on the other policy's value minus the behaviour policy's, between -1 and 0.2 times the
    range ``rewards_in``.

    The probability that it is above 0 at any look although the other policy is never better is at most
    ``error``.
    """
    size = rewards_in.high - rewards_in.low
    bets = _bets(paired, (paired.rewards - rewards_in.low) / size)
    threshold = -math.log(error)

    def is_rejected(m: float) -> bool:
        return _mixture_log_wealth(bets, m) >= threshold

    low, high = (0.0, MAX_DIFFERENCE) if is_rejected(0.0) else (-1.0, 0.0)
    for _ in range(BISECTION_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_rejected(middle) else (low, middle)
    return size * low


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bet:
    """d / B and 1 / B (n,) under one cap."""

    pays: Vector
    scale: Vector


def _bets(paired: PairedLog, y: Vector) -> list[_Bet]:
    guess = guesses(y, paired.known_before)
    plain = (paired.weights - 1) * (y - guess)
    bets = []
    for column, cap in enumerate(WEIGHT_CAPS):
        beyond = np.maximum(paired.weights - cap, 0.0) - paired.excess[:, column]
        scale = 1 / np.maximum(1.0, cap * guess)
        bets.append(_Bet(pays=(plain + guess * beyond) * scale, scale=scale))
    return bets


def _mixture_log_wealth(bets: Sequence[_Bet], m: float) -> float:
    """ln of the mean wealth of all bettors (caps × stakes) against "the difference is at most m"."""
    log_wealths = []
    for bet in bets:
        pays = bet.pays - m * bet.scale
        log_wealths += [float(np.log1p(stake * pays).sum()) for stake in STAKES]
    largest = max(log_wealths)
    return largest + math.log(math.fsum(math.exp(one - largest) for one in log_wealths) / len(log_wealths))
