"""The port that every policy fulfils, the distribution it returns, and the one function that draws.

A policy never draws: it says how likely each candidate is, and that number is the propensity in the log.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Protocol

import numpy as np

from core.bandit.statistics import Matrix, Statistics, Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """What a policy makes of k candidates: ``scores`` (k,) and ``probabilities`` (k,)."""

    scores: Vector
    probabilities: Vector

    def is_sound(self, floor: float) -> bool:
        """Whether all is finite and the probabilities sum to 1 (± 1e-9), none below ``floor`` / k."""
        figures = np.concatenate((self.scores, self.probabilities))
        return bool(
            np.isfinite(figures).all()
            and abs(math.fsum(self.probabilities.tolist()) - 1) <= 1e-9
            and self.probabilities.min() >= floor / self.probabilities.size
        )


class Policy(Protocol):
    """A rule from candidates to probabilities, immutable and without randomness of its own."""

    @property
    def policy_id(self) -> str:
        """Name and settings: with it alone, ``policies.policy_of`` builds the same policy again."""
        ...

    @property
    def floor(self) -> float:
        """Probability mass shared evenly by all k candidates: none has less than ``floor`` / k."""
        ...

    def weights(self, population: Statistics, person: Statistics) -> Vector:
        """All parameters (p,) that ``distribution`` will read, laid out as the policy likes; they are logged
        as the decision's snapshot.
        """
        ...

    def distribution(self, features: Matrix, weights: Vector) -> Distribution:
        """Scores and probabilities of k ≥ 1 candidates ``features`` (k, d) under ``weights`` (p,).

        Equal bit for bit for equal input, on any machine. Bad numbers lead to an unsound distribution, not to
        an exception.
        """
        ...


def draw(probabilities: Vector, seed: int) -> int:
    """The index of one candidate, drawn from ``probabilities`` (k,) with ``seed`` ≥ 0.

    One number of the Mersenne Twister through the inverse of the cumulative distribution. Python promises
    that ``Random(seed).random()`` stays the same for good; NumPy's generators come without that promise.
    """
    point = Random(seed).random()  # noqa: S311 - a replay needs it reproducible, nothing needs it secret
    cumulative = 0.0
    last = 0
    for index, probability in enumerate(probabilities.tolist()):
        if probability > 0:
            last = index
            cumulative += probability
            if point < cumulative:
                break
    return last
