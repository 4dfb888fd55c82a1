"""Separates learning from the difficulty of situations: each week's knowledge is applied to the same
situations.

Good choices make later ones harder: liked tasks get done, disliked ones remain, and recent subjects are in
their cooldown. So the weekly reward may fall although oO learns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from core.bandit.arrays import Matrix, Vector

MAX_SITUATIONS = 4000
"""Size of the sample of situations, spread over the whole simulation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Situation:
    """What a person could be sent at a decision."""

    person_id: str
    features: Matrix
    """Of the k candidates, (k, d)."""
    expected: Vector
    """Their true mean rewards, (k,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeStep:
    """The mean true reward of the greedy choice with some knowledge, over the sample of situations."""

    knows: str
    """Which knowledge."""
    earns: float
    percent: float
    """Of an oracle."""


class Situations:
    """A systematic sample of at most ``most`` situations, and the posterior means of each week."""

    def __init__(self, most: int = MAX_SITUATIONS) -> None:
        self._most = most
        self._every = 1
        self._count = 0
        self._sample: list[Situation] = []
        self._believed: list[Mapping[str, Vector]] = []

    def add(self, situation: Situation) -> None:
        """Add a situation; the sample keeps every n-th, and n doubles when it is full."""
        if self._count % self._every == 0:
            self._sample.append(situation)
        self._count += 1
        if len(self._sample) > self._most:
            self._sample, self._every = self._sample[::2], 2 * self._every

    def week_over(self, believed: Mapping[str, Vector]) -> None:
        """Store the weights (d,) that are ``believed`` for each person at the end of a week."""
        self._believed.append(believed)

    def steps(self, assumed: Vector) -> tuple[KnowledgeStep, ...]:
        """The uniform choice, the prior weights ``assumed`` (d,), those after each week, and the best common
        weights in hindsight. Empty without situations.
        """
        if not self._sample:
            return ()
        weeks = enumerate(self._believed, start=1)
        return (
            self._step("nothing (an even choice)", [float(one.expected.mean()) for one in self._sample]),
            self._step("what is assumed at first", self._greedy_rewards({}, assumed)),
            *(
                self._step(f"what week {week} ended with", self._greedy_rewards(known, assumed))
                for week, known in weeks
            ),
            self._step(
                "the best weights for all, in hindsight", self._greedy_rewards({}, self._best_for_all())
            ),
        )

    def _greedy_rewards(self, known: Mapping[str, Vector], otherwise: Vector) -> list[float]:
        """The true reward of each situation's greedy choice by the ``known`` weights of its person."""
        return [
            float(one.expected[(one.features @ known.get(one.person_id, otherwise)).argmax()])
            for one in self._sample
        ]

    def _best_for_all(self) -> Vector:
        """The weights (d,) that minimise the squared error over the sample."""
        features = np.concatenate([one.features for one in self._sample])
        expected = np.concatenate([one.expected for one in self._sample])
        return np.asarray(np.linalg.lstsq(features, expected)[0], dtype=np.float64)

    def _step(self, knows: str, earned: Sequence[float]) -> KnowledgeStep:
        oracle = fmean(float(one.expected.max()) for one in self._sample)
        earns = fmean(earned)
        return KnowledgeStep(knows=knows, earns=earns, percent=100 * earns / oracle if oracle else 0.0)
