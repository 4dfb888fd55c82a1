"""A reference implementation: the textbook model without oO's refinements, to measure their effect.

A mixed-effects linear model, ``r = xᵀ(θ + bᵤ) + noise``, with its exact posterior; variances by expectation
maximisation every 250 rewards; forgetting by 0.999 per round, applied once a day. Exploration is inverse gap
weighting as in SquareCB, or Thompson sampling. It has neither undo nor exact sums.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.simple import one_hot
from benchmarks.peers.worlds import DIMENSION, ROUNDS_PER_DAY
from core.bandit.arrays import FloatArray

_REFIT_EVERY = 250  # rewards between two fits of the variances
_DISCOUNT_PER_ROUND = 0.999  # factor on a reward's weight

Explore = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
"""Features (k, d), mean (d,) and covariance (d, d) of the weights -> probabilities (k,)."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Person:
    """Sums of one person, and their part of the posterior of θ."""

    a: FloatArray  # Σ x xᵀ
    b: FloatArray  # Σ r x
    c: float = 0.0  # Σ r²
    n: float = 0.0
    spread: FloatArray  # C = (A / σ² + I / τ²)⁻¹
    precision: FloatArray  # (I − C/τ²)/τ²
    information: FloatArray  # C b / (σ² τ²)


class Reference:
    """The model with an exploration rule."""

    def __init__(self, explore: Explore) -> None:
        self.explore = explore
        self._noise, self._person, self._common = 0.15, 0.002, 0.1
        self._people: dict[str, _Person] = {}
        self._learned = self._day = 0
        self._recompute_sums()

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """The exploration rule's probabilities under the person's posterior."""
        self._advance_to(int(at))
        state = self._people.get(person)
        if state is None:
            return self.explore(features, self._mean, self._covariance + self._person * np.eye(DIMENSION))
        gain = state.spread / self._person
        mean = gain @ self._mean + state.spread @ state.b / self._noise
        return self.explore(features, mean, gain @ self._covariance @ gain + state.spread)

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """Add one reward; that of silence is 0 by definition and ignored."""
        self._advance_to(int(at))
        if not x.any():
            return
        state = self._people.get(person) or self._new(person)
        state.a += np.outer(x, x)
        state.b += reward * x
        state.c += reward * reward
        state.n += 1
        self._precision -= state.precision
        self._information -= state.information
        self._solve(state)
        self._precision += state.precision
        self._information += state.information
        self._learned += 1
        if self._learned % _REFIT_EVERY == 0:
            self._fit_variances()
        self._update_posterior()

    def _advance_to(self, day: int) -> None:
        if day <= self._day:
            return
        discount = _DISCOUNT_PER_ROUND ** (ROUNDS_PER_DAY * (day - self._day))
        self._day = day
        for state in self._people.values():
            state.a *= discount
            state.b *= discount
            state.c *= discount
            state.n *= discount
        self._recompute_sums()

    def _new(self, person: str) -> _Person:
        zeros = np.zeros((DIMENSION, DIMENSION))
        state = _Person(
            a=zeros.copy(),
            b=np.zeros(DIMENSION),
            spread=zeros,
            precision=zeros,
            information=np.zeros(DIMENSION),
        )
        self._people[person] = state
        return state

    def _solve(self, state: _Person) -> None:
        own = state.a / self._noise + np.eye(DIMENSION) / self._person
        state.spread = np.asarray(np.linalg.inv(own), dtype=np.float64)
        state.precision = (np.eye(DIMENSION) - state.spread / self._person) / self._person
        state.information = state.spread @ state.b / (self._noise * self._person)

    def _recompute_sums(self) -> None:
        """Recompute all people's parts and their sums."""
        self._precision = np.eye(DIMENSION) / self._common
        self._information = np.zeros(DIMENSION)
        for state in self._people.values():
            self._solve(state)
            self._precision += state.precision
            self._information += state.information
        self._update_posterior()

    def _update_posterior(self) -> None:
        self._covariance = np.linalg.inv(self._precision)
        self._mean = self._covariance @ self._information

    def _fit_variances(self) -> None:
        """Three steps of expectation maximisation (Laird & Ware, Biometrics 38, 1982)."""
        for _ in range(3):
            self._update_posterior()
            own, residual, weight = 0.0, 0.0, 0.0
            for state in self._people.values():
                gain = state.spread / self._person
                effect = state.spread @ (state.b - state.a @ self._mean) / self._noise
                away = np.eye(DIMENSION) - gain
                own += float(effect @ effect + np.trace(state.spread + away @ self._covariance @ away))
                mean = self._mean + effect
                covariance = gain @ self._covariance @ gain + state.spread
                fit = 2 * state.b @ mean - mean @ state.a @ mean - np.sum(state.a * covariance)
                residual += state.c - float(fit)
                weight += state.n
            common = float(self._mean @ self._mean + np.trace(self._covariance)) / DIMENSION
            self._person = max(own / (len(self._people) * DIMENSION), 1e-5)
            self._common = max(common, 1e-3)
            self._noise = max(residual / weight, 1e-4)
            self._recompute_sums()


def inverse_gap(gamma: float = 5000.0, floor: float = 0.02) -> Explore:
    """``1 / (k + γ·gap)`` for all but the best candidate (Foster & Rakhlin, ICML 2020), with a floor."""

    def explore(features: FloatArray, mean: FloatArray, covariance: FloatArray) -> FloatArray:
        scores = features @ mean
        best = scores.argmax()
        probabilities: FloatArray = 1 / (len(scores) + gamma * (scores[best] - scores))
        probabilities[best] = 0.0
        probabilities[best] = 1 - probabilities.sum()
        probabilities *= 1 - floor
        probabilities += floor / len(scores)
        return probabilities

    return explore


def thompson(rng: np.random.Generator, width: float = 1.0) -> Explore:
    """1 for the best candidate under one posterior sample; ``width`` scales its deviation from the mean."""

    def explore(features: FloatArray, mean: FloatArray, covariance: FloatArray) -> FloatArray:
        weights = mean + width * (np.linalg.cholesky(covariance) @ rng.standard_normal(DIMENSION))
        return one_hot(int((features @ weights).argmax()), len(features))

    return explore
