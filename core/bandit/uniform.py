"""Every candidate alike: the yardstick among the shadows, what stands in for a policy that fails, and the
certainty of a promise, which is a choice among one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.policy import Distribution
from core.bandit.statistics import Matrix, Statistics, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """1/k each, whatever the features. ``policy_id`` says what for."""

    policy_id: str = "uniform"

    @property
    def floor(self) -> float:
        """All of it."""
        return 1.0

    def weights(self, population: Statistics, person: Statistics) -> Vector:
        """None (0,)."""
        return np.zeros(0)

    def distribution(self, features: Matrix, weights: Vector) -> Distribution:
        """Scores of 0, probabilities of 1/k."""
        k = len(features)
        return Distribution(scores=np.zeros(k), probabilities=np.full(k, 1 / k))


YARDSTICK = Uniform()
FALLBACK = Uniform(policy_id="uniform-fallback")
PROMISE = Uniform(policy_id="promise")
PROMISE_QUIET = Uniform(policy_id="promise_quiet")
