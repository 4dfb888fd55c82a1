"""bayesianbandits, MABWiser and river as rivals, through their public interfaces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from bayesianbandits import (
    Arm,
    ArmFeaturizer,
    LipschitzContextualAgent,
    NormalRegressor,
    ThompsonSampling,
)
from mabwiser.mab import MAB, LearningPolicy
from river.bandit import LinUCBDisjoint

from benchmarks.peers.simple import one_hot
from benchmarks.peers.worlds import CANDIDATES
from core.bandit.arrays import FloatArray


class _ByCandidate(ArmFeaturizer):  # type: ignore[misc]  # the library is not installed where mypy runs
    """One row per arm, from a context that concatenates the features of all candidates."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension

    def transform(self, X: Any, *, action_tokens: Sequence[int]) -> Any:
        return X.reshape(len(action_tokens), self._dimension)


class BayesianBandits:
    """Its agent with one Bayesian linear regression for all arms, and Thompson sampling.

    The number of arms is fixed at the first decision; a world has equally many candidates in every round.
    """

    def __init__(self, dimension: int, seed: int, *, noise: float = 0.4) -> None:
        self._agent: Any = None
        self._of = partial(
            LipschitzContextualAgent,
            policy=ThompsonSampling(),
            arm_featurizer=_ByCandidate(dimension),
            learner=NormalRegressor(alpha=noise**-2, beta=noise**-2),
            random_seed=seed,
        )

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """1 for the arm it pulls."""
        if self._agent is None:
            self._agent = self._of(arms=[Arm(number, learner=None) for number in range(len(features))])
        (pick,) = self._agent.pull(features.reshape(1, -1))
        return one_hot(pick, len(features))

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Update with arm 0: all arms share the learner."""
        self._agent.select_for_update(0).update(x[None, :], np.array([reward]))


class MabWiser:
    """Its linear policies with a single arm; the candidates are contexts of that arm."""

    def __init__(self, dimension: int, seed: int, policy: Any) -> None:
        self._mab = MAB(arms=["tip"], learning_policy=policy, seed=seed)
        self._mab.fit(["tip"], [0.0], np.zeros((1, dimension)))  # it cannot predict before a fit

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """1 for the candidate with the highest expectation."""
        expectations = self._mab.predict_expectations(features)
        return one_hot(int(np.argmax([each["tip"] for each in expectations])), len(features))

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """One partial fit."""
        self._mab.partial_fit(["tip"], [reward], x[None, :])


def mabwiser_lints(dimension: int, seed: int) -> MabWiser:
    """Thompson sampling."""
    return MabWiser(dimension, seed, LearningPolicy.LinTS(alpha=0.4, l2_lambda=1))


def mabwiser_linucb(dimension: int, seed: int) -> MabWiser:
    """Upper confidence bounds."""
    return MabWiser(dimension, seed, LearningPolicy.LinUCB(alpha=0.4, l2_lambda=1))


class River:
    """LinUCB with one context for all arms: it cannot score these candidates, only be timed."""

    def __init__(self, seed: int) -> None:
        self._policy = LinUCBDisjoint(seed=seed)
        self._arms = list(range(CANDIDATES))

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """1 for the arm it pulls under the first candidate's features."""
        pick = self._policy.pull(self._arms, context=dict(enumerate(features[0].tolist())))
        return one_hot(pick, len(features))

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Update arm 0; the cost does not depend on the arm."""
        self._policy.update(0, dict(enumerate(x.tolist())), reward)
