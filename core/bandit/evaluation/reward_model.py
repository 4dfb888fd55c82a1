"""A reward model for off-policy evaluation: ridge regression on features, cross-fitted.

Cross-fitting (Chernozhukov et al., "Double/debiased machine learning for treatment and structural
parameters", The Econometrics Journal 21, 2018): decisions are split into folds, and each is predicted by the
model of all other folds. The model is linear, so its prediction for a policy is that for the policy's mean
features: no array over all candidates is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from core.bandit.arrays import Matrix, Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """The ridge regression over all decisions."""

    x: Matrix
    """Features of the logged actions with a constant, (n, p)."""
    gram: Matrix
    """XᵀX + ridge · I, (p, p)."""
    policy: Vector
    """Sum of the evaluated policy's mean features, (p,)."""

    def leverage(self, weights: Vector) -> Vector:
        """h = X (XᵀX + ridge)⁻¹ (Σ x_π − Xᵀω), (n,), with ω the ``weights`` (n,): by how much
        n · mean(q_π + ω (r − q)) moves through q if one reward grows by 1.
        """
        leverage: Vector = self.x @ np.linalg.solve(self.gram, self.policy - self.x.T @ weights)
        return leverage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelPredictions:
    """A reward model's predictions for n decisions."""

    q_logged: Vector
    """For the logged action, (n,)."""
    q_policy: Vector
    """For the evaluated policy, (n,)."""
    fit: Fit | None = None
    """None for a model that was not fitted to these decisions: no variance is added for fitting."""

    def subset(self, which: slice) -> Self:
        """Some of the decisions, without the fit, which covers all of them."""
        return type(self)(q_logged=self.q_logged[which], q_policy=self.q_policy[which])


def cross_fitted(
    drawn: Matrix, expected: Matrix, rewards: Vector, *, folds: int, seed: int, ridge: float
) -> ModelPredictions:
    """Predictions for n decisions from ``drawn`` (n, d), the features of the drawn candidates, and
    ``expected`` (n, d), the evaluated policy's mean features.

    ``seed`` assigns the folds; ``ridge`` > 0 penalises all weights, the constant's included. Raises
    ValueError for bad settings and shapes.
    """
    if folds < 2 or not ridge > 0:
        raise ValueError("cross-fitting needs at least 2 folds and a ridge above 0")
    if drawn.shape != expected.shape or len(drawn) != rewards.size:
        raise ValueError(f"features of shapes {drawn.shape} and {expected.shape} for {rewards.size} rewards")
    x, x_policy = _with_constant(drawn), _with_constant(expected)
    fold_of = np.random.default_rng(seed).permutation(rewards.size) % folds
    members = [np.flatnonzero(fold_of == fold) for fold in range(folds)]
    grams = [x[rows].T @ x[rows] for rows in members]
    moments = [x[rows].T @ rewards[rows] for rows in members]
    gram, moment = sum(grams) + ridge * np.eye(x.shape[1]), sum(moments)
    q_logged, q_policy = np.empty(rewards.size), np.empty(rewards.size)
    for rows, seen_gram, seen_moment in zip(members, grams, moments, strict=True):
        weights = np.linalg.solve(gram - seen_gram, moment - seen_moment)
        q_logged[rows], q_policy[rows] = x[rows] @ weights, x_policy[rows] @ weights
    fit = Fit(x=x, gram=gram, policy=x_policy.sum(axis=0))
    return ModelPredictions(q_logged=q_logged, q_policy=q_policy, fit=fit)


def _with_constant(features: Matrix) -> Matrix:
    return np.column_stack((np.ones(len(features)), features))
