"""Simple rivals in NumPy: uniform choice, and Thompson sampling on ridge regression, pooled or per person."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.peers.play import Player
from core.bandit.arrays import FloatArray


def one_hot(pick: int, candidates: int) -> FloatArray:
    """The output (k,) of a policy that does not know its probabilities: 1 for its pick."""
    probabilities = np.zeros(candidates)
    probabilities[pick] = 1.0
    return probabilities


class UniformPlayer:
    """Uniform choice."""

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """1 / k each."""
        return np.full(len(features), 1 / len(features))

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Does nothing."""


class PerPerson:
    """An independent policy for each person."""

    def __init__(self, make: Callable[[], Player]) -> None:
        self._make = make
        self._players: dict[str, Player] = {}

    def _player(self, person: str) -> Player:
        if person not in self._players:
            self._players[person] = self._make()
        return self._players[person]

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """The output of the person's policy."""
        return self._player(person).distribution(features, person=person, at=at)

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Updates the person's policy only."""
        self._player(person).learn(x, reward, person=person, at=at)


class LinTS:
    """Linear Thompson sampling (Agrawal & Goyal, ICML 2013) on one ridge regression for all people."""

    def __init__(self, dimension: int, rng: np.random.Generator, *, noise: float = 0.4) -> None:
        self._rng = rng
        self._noise = noise  # standard deviation of a reward
        self._precision = np.eye(dimension)
        self._moment = np.zeros(dimension)
        self._mean = np.zeros(dimension)
        self._root = np.eye(dimension)  # root @ root.T is the covariance

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """1 for the best candidate under one posterior sample of the weights."""
        weights = self._mean + self._noise * (self._root @ self._rng.standard_normal(self._mean.size))
        return one_hot(int((features @ weights).argmax()), len(features))

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Add the reward and refactorise."""
        self._precision += np.outer(x, x)
        self._moment += reward * x
        self._root = np.linalg.inv(np.linalg.cholesky(self._precision)).T
        self._mean = self._root @ (self._root.T @ self._moment)
