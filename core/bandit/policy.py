"""The port that every policy implements, the distribution it returns, and the one function that draws.

A policy never draws. It returns a probability for each candidate; that of the drawn one is the logged
propensity.

Tests: tests/core/policies/test_choose.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from random import Random
from typing import Protocol

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.mixed import Posterior


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """A policy's output for k candidates."""

    scores: Vector
    """Expected rewards (k,)."""
    probabilities: Vector
    """(k,); they sum to 1 if the distribution is valid."""

    @classmethod
    def invalid(cls, k: int) -> Distribution:
        """A distribution of NaN, upon which the caller uses its fallback policy."""
        return cls(scores=np.full(k, math.nan), probabilities=np.full(k, math.nan))

    def is_valid(self, floor: float) -> bool:
        """Whether all numbers are finite and the probabilities sum to 1 ± 1e-9, none below ``floor`` / k."""
        figures = np.concatenate((self.scores, self.probabilities))
        return bool(
            np.isfinite(figures).all()
            and abs(math.fsum(self.probabilities.tolist()) - 1) <= 1e-9
            and self.probabilities.min() >= floor / self.probabilities.size * (1 - 1e-9)
        )


class Policy(Protocol):
    """A function from candidates to probabilities: immutable and deterministic."""

    @property
    def policy_id(self) -> str:
        """Name and settings; ``core.policies.catalog.policy_of`` rebuilds the policy from it alone."""
        ...

    @property
    def floor(self) -> float:
        """Probability mass shared evenly by all k candidates: none has less than ``floor`` / k."""
        ...

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """Scores and probabilities of k ≥ 1 candidates ``features`` (k, d), given the person's
        ``posterior``; None: there is no usable posterior.

        Equal input gives bit-identical output. Bad numbers give an invalid distribution, not an exception.
        """
        ...


def linear_scores(features: Matrix, weights: Vector) -> Vector:
    """Expected rewards (k,) of candidates ``features`` (k, d) under ``weights`` (d,).

    Uses ``math.fsum``, whose result does not depend on order, BLAS or machine. NaN where a sum overflows.
    Raises ValueError if d differs.
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

    Inverse transform sampling with one number of the Mersenne Twister. Python guarantees that
    ``Random(seed).random()`` never changes; NumPy's generators give no such guarantee.
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
