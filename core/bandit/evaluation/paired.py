"""How much more another policy would have earned than the one that was served: a lower bound that holds on
every day at once, for every sample size, whatever rewards look like and however policies learn meanwhile.

It is a bet (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86,
2024; for logs of decisions Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro, "Anytime-valid off-policy
inference for contextual bandits", 2022). With importance weight w, reward y scaled to [0, 1], a guess c of y
from rewards that were settled when the decision was drawn, and a cap κ, each decision pays

    d = (w − 1)(y − c) + c (max(w − κ, 0) − E max(w − κ, 0))

whose expectation is the difference of the two policies' values, as E w = 1, and which is never below
−B = −max(1, κ c). Who stakes a fixed share λ < 1 of their money on it owns Π (1 + λ d / B). Where the other
policy is at no time better, that is a supermartingale, and so is the mean of what several such gamblers own;
so it ever reaches 1/α with probability α at most (Ville 1939). That is what makes looking every day free.
With d − m for d, the same refutes that the other earns no more than m more: the bound is the highest such m.

That holds for rewards that stay. Undo and late taps rewrite a few after the wait time, between two looks, and
make "on every day" approximate; so does a draw that changes the reward of a decision before it, and one that
is not in the log because its tip could not be shown (``core/deciding/decide.py``).

Neither ``Moments.sequence`` nor a fixed interval would do here: both are approximate, and where most rewards
are alike and the rare ones are low, as in a log of tips that nobody reacts to, they find a difference that
isn't there in every fifth log.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.evaluation.guess import Indices, guesses
from core.bandit.evaluation.intervals import Interval

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

CAPS = (2.0, 8.0)
"""κ: a low one for policies that are alike, a high one for policies that are not."""

STAKES = (0.8, 0.32, 0.128, 0.0512)
"""λ: high ones see a large difference soon, low ones a small one in the end."""

MOST = 0.2
"""The highest bound that is looked for, in scaled rewards: beyond it, the highest stake could lose all."""

HALVINGS = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paired:
    """n decisions in the order in which they were made, each with the distributions of both policies.

    ``weights`` (n,): the probability of what was drawn under the other policy over that under the served one;
    ``rewards`` (n,); ``excess`` (n, caps): E max(w − κ, 0) before the draw, see ``excess``; ``settled`` (n,):
    of how many of the first decisions the reward was certain by then.
    """

    weights: Vector
    rewards: Vector
    excess: Matrix
    settled: Indices

    def first(self, n: int) -> Paired:
        """The log as it was after n decisions."""
        return Paired(
            weights=self.weights[:n],
            rewards=self.rewards[:n],
            excess=self.excess[:n],
            settled=self.settled[:n],
        )


def excess(served: Vector, other: Vector, starts: Indices) -> Matrix:
    """Σ max(other − κ served, 0) for each decision and cap (n, caps).

    ``served`` (m,) and ``other`` (m,) are two policies' probabilities of all candidates, decision by
    decision; ``starts`` (n,) is where each decision begins.
    """
    return np.stack([np.add.reduceat(np.maximum(other - cap * served, 0.0), starts) for cap in CAPS], axis=1)


def difference(paired: Paired) -> float:
    """How much more the other policy earns, estimated: Σ w (r − R) / Σ w, R being the mean reward (SNIPS)."""
    above = paired.rewards - paired.rewards.mean()
    return float((paired.weights * above).sum() / paired.weights.sum())


def at_least(paired: Paired, *, rewards_in: Interval, error: float) -> float:
    """How much more the other policy earns at least, in rewards; from -1 to 0.2 times their range.

    Above 0 it is wrong with probability ``error`` at most, all looks taken together.
    """
    size = rewards_in.high - rewards_in.low
    bets = _bets(paired, (paired.rewards - rewards_in.low) / size)
    enough = -math.log(error)

    def refuted(m: float) -> bool:
        return _log_wealth(bets, m) >= enough

    low, high = (0.0, MOST) if refuted(0.0) else (-1.0, 0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if refuted(middle) else (low, middle)
    return size * low


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bet:
    """d / B and 1 / B (n,) under one cap."""

    pays: Vector
    scale: Vector


def _bets(paired: Paired, y: Vector) -> list[_Bet]:
    guess = guesses(y, paired.settled)
    plain = (paired.weights - 1) * (y - guess)
    bets = []
    for column, cap in enumerate(CAPS):
        beyond = np.maximum(paired.weights - cap, 0.0) - paired.excess[:, column]
        scale = 1 / np.maximum(1.0, cap * guess)
        bets.append(_Bet(pays=(plain + guess * beyond) * scale, scale=scale))
    return bets


def _log_wealth(bets: Sequence[_Bet], m: float) -> float:
    """Of gamblers who bet against "the difference is m", each with an even share of 1 at first."""
    owned = []
    for bet in bets:
        pays = bet.pays - m * bet.scale
        owned += [float(np.log1p(stake * pays).sum()) for stake in STAKES]
    most = max(owned)
    return most + math.log(math.fsum(math.exp(one - most) for one in owned) / len(owned))
