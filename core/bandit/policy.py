"""The port that every policy fulfils, the distribution it returns, and the one function that draws.

A policy never draws: it says how likely each candidate is, and that number is the propensity in the log.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from random import Random
from typing import Protocol

import numpy as np

from core.bandit.mixed import Posterior
from core.bandit.statistics import Matrix, Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """What a policy makes of k candidates: ``scores`` (k,) and ``probabilities`` (k,)."""

    scores: Vector
    probabilities: Vector

    @classmethod
    def invalid(cls, k: int) -> Distribution:
        """No answer: whoever asked falls back."""
        return cls(scores=np.full(k, math.nan), probabilities=np.full(k, math.nan))

    def is_valid(self, floor: float) -> bool:
        """Whether all is finite and the probabilities sum to 1 (± 1e-9), none below ``floor`` / k."""
        figures = np.concatenate((self.scores, self.probabilities))
        return bool(
            np.isfinite(figures).all()
            and abs(math.fsum(self.probabilities.tolist()) - 1) <= 1e-9
            and self.probabilities.min() >= floor / self.probabilities.size * (1 - 1e-9)
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

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """Scores and probabilities of k ≥ 1 candidates ``features`` (k, d), by what is believed of the
        person; None: nothing sound is known.

        Equal bit for bit for equal input. Bad numbers lead to an unsound distribution, not to an
        exception.
        """
        ...


def linear_scores(features: Matrix, weights: Vector) -> Vector:
    """Expected rewards (k,) of candidates ``features`` (k, d) under ``weights`` (d,).

    Summed by ``math.fsum``, whose result does not depend on order, BLAS or machine. NaN where numbers are
    too large to add.
    """
    if features.shape[1:] != weights.shape:
        raise ValueError(f"{weights.size} weights for candidates of shape {features.shape}")
    figures = weights.tolist()
    return np.array([_dot(row, figures) for row in features.tolist()])


def _dot(row: Sequence[float], weights: Sequence[float]) -> float:
    try:
        return math.fsum(map(mul, row, weights))
    except (OverflowError, ValueError):  # the sum overflows, or is inf - inf
        return math.nan


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
