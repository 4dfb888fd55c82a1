"""The input of off-policy evaluation: logged decisions with their propensities, in two forms.

``LoggedDecisions`` is the full log as a ragged array: flat arrays over all candidates, with the offset of
each decision. ``Sample`` is what the estimators need, a few numbers per decision: ten million fit into
memory. Names follow Open Bandit Pipeline (obp): ``pscore``, ``reward``, ``action_dist``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.bandit.arrays import Indices, Matrix, Vector
from core.bandit.evaluation.reward_model import ModelPredictions, cross_fitted

CHUNK_SIZE = 1 << 16
"""Decisions processed at a time: their arrays stay in the processor's cache."""

DEFAULT_CLIP = 10.0
"""The default clip of importance weights."""

SUM_TOLERANCE = 1e-6
"""Tolerance for the sum of a decision's probabilities."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """n decisions in chronological order. Raises ValueError for what cannot be evaluated."""

    weights: Vector
    """Importance weights (n,): the logged action's probability under the evaluated policy over its
    ``pscore``.
    """
    rewards: Vector
    """(n,)"""
    model: ModelPredictions | None = None
    """Required by DM, DR, SNDR and Switch-DR."""
    clip: float = DEFAULT_CLIP
    """Where clipped estimates cut the weights, and above which Switch-DR uses its model. It must be chosen
    without looking at the decisions.
    """

    def __post_init__(self) -> None:
        if self.rewards.ndim != 1 or self.rewards.size == 0:
            raise ValueError("there are no decisions to evaluate")
        columns = {"weights": self.weights, "rewards": self.rewards}
        if self.model is not None:
            columns |= {"q_logged": self.model.q_logged, "q_policy": self.model.q_policy}
        for name, values in columns.items():
            _check_finite(name, values, self.rewards.size)
        if not self.clip > 0:
            raise ValueError("the clip must be above 0")
        if self.weights.min() < 0:
            raise ValueError("importance weights can't be negative")

    def __len__(self) -> int:
        return int(self.rewards.size)

    def slices(self) -> Iterator[slice]:
        """Chunks that cover all decisions."""
        return (slice(start, start + CHUNK_SIZE) for start in range(0, len(self), CHUNK_SIZE))

    def subset(self, which: slice) -> Sample:
        """Some of the decisions, as views."""
        model = None if self.model is None else self.model.subset(which)
        return replace(self, weights=self.weights[which], rewards=self.rewards[which], model=model)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoggedDecisions:
    """n decisions with m candidates in total. Raises ValueError for what cannot be evaluated."""

    features: Matrix
    """Of all candidates, decision by decision, (m, d)."""
    offsets: Indices
    """The candidates of decision i are rows ``offsets[i]`` to ``offsets[i + 1]`` − 1, (n + 1,)."""
    action: Indices
    """Position of the drawn candidate within its decision, (n,)."""
    pscore: Vector
    """Logged probability of the drawn candidate, (n,)."""
    reward: Vector
    """(n,)"""
    action_dist: Vector
    """Probabilities of all candidates under the evaluated policy, (m,)."""

    def __post_init__(self) -> None:
        n = self.reward.size
        if n == 0:
            raise ValueError("there are no decisions to evaluate")
        if self.features.ndim != 2 or self.offsets.shape != (n + 1,) or self.action.shape != (n,):
            raise ValueError("features (m, d), offsets (n + 1,) and action (n,) do not fit together")
        counts = np.diff(self.offsets)
        if self.offsets[0] != 0 or self.offsets[-1] != len(self.features) or counts.min() < 1:
            raise ValueError(
                "offsets must lead from 0 to the last candidate, with one at least for each decision"
            )
        if (self.action < 0).any() or (self.action >= counts).any():
            raise ValueError("an action is not among its decision's candidates")
        if not np.isfinite(self.features).all():
            raise ValueError("features must be finite numbers")
        _check_finite("pscore", self.pscore, n)
        _check_finite("reward", self.reward, n)
        _check_finite("action_dist", self.action_dist, len(self.features))
        if self.pscore.min() <= 0 or self.pscore.max() > 1:
            raise ValueError("a logged action must have a probability above 0 and at most 1")
        sums = np.add.reduceat(self.action_dist, self.offsets[:-1])
        if self.action_dist.min() < 0 or np.abs(sums - 1).max() > SUM_TOLERANCE:
            raise ValueError("the evaluated policy's probabilities must sum to 1 for each decision")

    def compact(self) -> CompactDecisions:
        """Reduce to what a linear reward model needs: two feature vectors per decision."""
        starts = self.offsets[:-1]
        drawn = starts + self.action
        expected = np.add.reduceat(self.features * self.action_dist[:, None], starts, axis=0)
        return CompactDecisions(
            weights=self.action_dist[drawn] / self.pscore,
            rewards=self.reward,
            drawn=self.features[drawn],
            expected=expected,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompactDecisions:
    """n decisions, each reduced to two feature vectors."""

    weights: Vector
    """As in ``Sample``."""
    rewards: Vector
    """As in ``Sample``."""
    drawn: Matrix
    """Features of the drawn candidate, (n, d)."""
    expected: Matrix
    """Mean features of all candidates under the evaluated policy, (n, d)."""

    def sample(self, *, folds: int = 5, seed: int = 0, ridge: float = 1.0) -> Sample:
        """A sample with a cross-fitted ridge regression as its reward model."""
        plain = Sample(weights=self.weights, rewards=self.rewards)
        model = cross_fitted(self.drawn, self.expected, plain.rewards, folds=folds, seed=seed, ridge=ridge)
        return replace(plain, model=model)


def _check_finite(name: str, values: Vector, size: int) -> None:
    if values.shape != (size,):
        raise ValueError(f"{name} must hold {size} numbers, not an array of shape {values.shape}")
    # A sum is finite only if every element is; unlike isfinite, it allocates no array.
    with np.errstate(over="ignore", invalid="ignore"):
        total = values.sum(dtype=np.float64)
    if not np.isfinite(total):
        raise ValueError(f"{name} must be finite numbers")
