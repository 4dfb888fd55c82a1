"""A reward model for off-policy evaluation: ridge regression on features, cross-fitted.

Cross-fitting (Chernozhukov et al., "Double/debiased machine learning", 2018): the decisions are dealt into
folds, and each is asked of the model of all other folds. As the model is linear, what it expects of a policy
is what it expects of the policy's mean features: no array over all candidates is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What was fitted: ``x`` (n, p) of the logged actions, ``gram`` (p, p) = XᵀX + ridge, ``policy`` (p,) the
    sum of the evaluated policy's mean features.
    """

    x: Matrix
    gram: Matrix
    policy: Vector

    def leverage(self, weights: Vector) -> Vector:
        """How much n · mean(q_π + ω (r − q)) would move through q if one reward were higher by 1, (n,); ω
        ``weights`` (n,).
        """
        leverage: Vector = self.x @ np.linalg.solve(self.gram, self.policy - self.x.T @ weights)
        return leverage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modelled:
    """What a model says of n decisions: ``q_logged`` (n,) of the logged action, ``q_policy`` (n,) of the
    evaluated policy. ``fit`` is None for a model that comes from elsewhere: it is taken as it is.
    """

    q_logged: Vector
    q_policy: Vector
    fit: Fit | None = None

    def part(self, which: slice) -> Self:
        """Some of the decisions, without the fit, which is of all."""
        return type(self)(q_logged=self.q_logged[which], q_policy=self.q_policy[which])


def cross_fitted(
    drawn: Matrix, expected: Matrix, rewards: Vector, *, folds: int, seed: int, ridge: float
) -> Modelled:
    """Model n decisions by their ``drawn`` and ``expected`` features, both (n, d); ``seed`` deals the folds.

    ``ridge`` > 0 is the penalty on all weights, of an added constant too. Raises ValueError for bad settings.
    """
    if folds < 2 or not ridge > 0:
        raise ValueError("cross-fitting needs at least 2 folds and a ridge above 0")
    if drawn.shape != expected.shape or len(drawn) != rewards.size:
        raise ValueError(f"features of shapes {drawn.shape} and {expected.shape} for {rewards.size} rewards")
    x, x_policy = _with_constant(drawn), _with_constant(expected)
    dealt = np.random.default_rng(seed).permutation(rewards.size) % folds
    members = [np.flatnonzero(dealt == fold) for fold in range(folds)]
    grams = [x[rows].T @ x[rows] for rows in members]
    moments = [x[rows].T @ rewards[rows] for rows in members]
    gram, moment = sum(grams) + ridge * np.eye(x.shape[1]), sum(moments)
    q_logged, q_policy = np.empty(rewards.size), np.empty(rewards.size)
    for rows, seen_gram, seen_moment in zip(members, grams, moments, strict=True):
        weights = np.linalg.solve(gram - seen_gram, moment - seen_moment)
        q_logged[rows], q_policy[rows] = x[rows] @ weights, x_policy[rows] @ weights
    fit = Fit(x=x, gram=gram, policy=x_policy.sum(axis=0))
    return Modelled(q_logged=q_logged, q_policy=q_policy, fit=fit)


def _with_constant(features: Matrix) -> Matrix:
    return np.column_stack((np.ones(len(features)), features))
