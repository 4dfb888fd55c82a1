"""The linear model: from what was learned to weights, and from weights to scores.

Expected reward of a candidate = features · weights. Two ridge regressions, one inside the other: everybody's
rewards pull the weights away from the prior, a person's own rewards pull theirs away from everybody's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np

from core.bandit.statistics import Matrix, Statistics, Vector
from core.features import PRIOR


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """``ridge``: how many rewards the prior is worth against everybody's, in every direction;
    ``person_ridge``: how many everybody's weights are worth against one person's. Both above 0.
    """

    prior: tuple[float, ...] = PRIOR
    ridge: float = 8.0
    person_ridge: float = 16.0

    def weights(self, population: Statistics, person: Statistics) -> Vector:
        """Weights (d,) for one person; exactly the prior when nothing was learned."""
        pooled = _ridge(population, np.array(self.prior), self.ridge)
        return _ridge(person, pooled, self.person_ridge)


def _ridge(learned: Statistics, start: Vector, strength: float) -> Vector:
    """The w that minimises Σ (r − w·x)² + strength·‖w − start‖² (Hoerl & Kennard 1970, around ``start``).

    NaN if there is none, which only damaged statistics bring about: ``choose`` then falls back.
    """
    precision = learned.a + strength * np.eye(start.size)
    try:
        return start + np.linalg.solve(precision, learned.b - learned.a @ start)
    except np.linalg.LinAlgError:
        return np.full(start.size, math.nan)


def linear_scores(features: Matrix, weights: Vector) -> Vector:
    """Expected rewards (k,) of candidates ``features`` (k, d) under ``weights`` (d,).

    Summed by ``math.fsum``, whose result does not depend on order, BLAS or machine: a replay is equal bit
    for bit. NaN where numbers are too large to add.
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
