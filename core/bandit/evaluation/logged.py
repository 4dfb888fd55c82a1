"""What off-policy evaluation reads: logged decisions with their propensities, in two forms.

``LoggedDecisions`` is the whole log, ragged: flat arrays over all candidates, and offsets that say where each
decision begins. ``Sample`` is what the estimators need of it, a few numbers for each decision, so that ten
million of them fit into memory. Names as in obp where it has one: ``pscore``, ``reward``, ``action_dist``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.bandit.evaluation.reward_model import Modelled, cross_fitted

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

CHUNK = 1 << 16
"""Decisions that are worked on at once: their arrays stay in the processor's cache."""

CLIP = 10.0

SUM = 1e-6
"""How far the probabilities of a decision may sum up beside 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """n decisions in the order in which they were made. Raises ValueError for what can't be evaluated.

    ``weights`` (n,): importance weights, the probability of the logged action under the evaluated policy
    over its ``pscore``; ``rewards`` (n,); ``model``: what a reward model says, which DM, DR, SNDR and
    Switch-DR need; ``clip``: where clipped estimates cut the weights, and from where on Switch-DR trusts its
    model. It must not be chosen by looking at the decisions.
    """

    weights: Vector
    rewards: Vector
    model: Modelled | None = None
    clip: float = CLIP

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
        """All decisions, some at a time."""
        return (slice(start, start + CHUNK) for start in range(0, len(self), CHUNK))

    def part(self, which: slice) -> Sample:
        """Some of the decisions, not copied."""
        model = None if self.model is None else self.model.part(which)
        return replace(self, weights=self.weights[which], rewards=self.rewards[which], model=model)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoggedDecisions:
    """n decisions with m candidates in all. Raises ValueError for what can't be evaluated.

    ``features`` (m, d) of all candidates, decision by decision; ``offsets`` (n + 1,): the candidates of
    decision i are ``offsets[i]`` up to ``offsets[i + 1]``; ``action`` (n,): the place of the drawn one among
    them; ``pscore`` (n,): its logged probability; ``reward`` (n,); ``action_dist`` (m,): the distribution of
    the evaluated policy over the same candidates.
    """

    features: Matrix
    offsets: Indices
    action: Indices
    pscore: Vector
    reward: Vector
    action_dist: Vector

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
        if self.action_dist.min() < 0 or np.abs(sums - 1).max() > SUM:
            raise ValueError("the evaluated policy's probabilities must sum to 1 for each decision")

    def compact(self) -> CompactDecisions:
        """What a linear reward model needs: one row for what was drawn, one for what the policy expects."""
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
    """n decisions: ``weights`` and ``rewards`` as in ``Sample``; ``drawn`` (n, d), the features of the drawn
    candidate; ``expected`` (n, d), the mean features of all candidates under the evaluated policy.
    """

    weights: Vector
    rewards: Vector
    drawn: Matrix
    expected: Matrix

    def sample(self, *, folds: int = 5, seed: int = 0, ridge: float = 1.0) -> Sample:
        """With a reward model, ridge on features, each decision modelled by one that never saw it."""
        plain = Sample(weights=self.weights, rewards=self.rewards)
        model = cross_fitted(self.drawn, self.expected, plain.rewards, folds=folds, seed=seed, ridge=ridge)
        return replace(plain, model=model)


def _check_finite(name: str, values: Vector, size: int) -> None:
    if values.shape != (size,):
        raise ValueError(f"{name} must hold {size} numbers, not an array of shape {values.shape}")
    # A sum is finite only if every part is; unlike isfinite, it makes no array.
    with np.errstate(over="ignore", invalid="ignore"):
        total = values.sum(dtype=np.float64)
    if not np.isfinite(total):
        raise ValueError(f"{name} must be finite numbers")
