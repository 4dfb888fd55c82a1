"""ε-greedy: the best candidate, and with probability ε any of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from core.bandit.linear import LinearModel, linear_scores
from core.bandit.policy import Distribution
from core.bandit.statistics import Matrix, Statistics, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonGreedy:
    """``epsilon`` in (0, 1] is spread evenly over all candidates, the rest evenly over the best ones."""

    epsilon: float = 0.1
    model: LinearModel = field(default_factory=LinearModel)

    def __post_init__(self) -> None:
        if not 0 < self.epsilon <= 1:
            raise ValueError("epsilon must be above 0 and at most 1")

    @property
    def policy_id(self) -> str:
        """``epsilon-greedy:0.1``."""
        return f"epsilon-greedy:{self.epsilon!r}"

    @property
    def floor(self) -> float:
        """The share that explores."""
        return self.epsilon

    def weights(self, population: Statistics, person: Statistics) -> Vector:
        """The person's weights (d,) by the linear model."""
        return self.model.weights(population, person)

    def distribution(self, features: Matrix, weights: Vector) -> Distribution:
        """ε/k each, plus (1 − ε) shared by those with the highest score."""
        return greedy(linear_scores(features, weights), self.epsilon)


def greedy(scores: Vector, epsilon: float) -> Distribution:
    """The ε-greedy distribution over ``scores`` (k,). NaN scores make NaN probabilities."""
    best = scores == scores.max()
    with np.errstate(invalid="ignore"):  # NaN equals nothing, so that there is no best: 0 / 0
        probabilities = epsilon / scores.size + (1 - epsilon) * best / best.sum()
    return Distribution(scores=scores, probabilities=probabilities)
