"""The served policy as it was on the first day: beside it in the log, it shows what learning is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.epsilon_greedy import greedy
from core.bandit.linear import linear_scores
from core.bandit.policy import Distribution
from core.bandit.statistics import Matrix, Statistics, Vector
from core.features import PRIOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlearned:
    """ε-greedy over the prior weights of ``core/features.py``: overdue and urgent first, for everybody."""

    epsilon: float = 0.1

    @property
    def policy_id(self) -> str:
        """``unlearned:0.1``."""
        return f"unlearned:{self.epsilon!r}"

    @property
    def floor(self) -> float:
        """The share that explores."""
        return self.epsilon

    def weights(self, population: Statistics, person: Statistics) -> Vector:
        """The prior (d,), whatever was learned."""
        return np.array(PRIOR)

    def distribution(self, features: Matrix, weights: Vector) -> Distribution:
        """As ε-greedy."""
        return greedy(linear_scores(features, weights), self.epsilon)
