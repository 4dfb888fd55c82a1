"""The plain reference: a textbook model without oO's refinements, to see what those are worth.

A mixed-effects linear model, ``r = xᵀ(θ + bᵤ) + noise``, with its exact posterior; variances by expectation
maximisation every 250 rewards; forgetting of .999 a round, applied once a day. On top either inverse gap
weighting as SquareCB has it, or Thompson sampling. No undo, no exact sums, one process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.simple import certain
from benchmarks.peers.worlds import DIMENSION, ROUNDS_PER_DAY, Floats

_EVERY = 250  # rewards between two looks at the variances
_KEPT = 0.999  # of the weight of a reward, a round later

Explore = Callable[[Floats, Floats, Floats], Floats]
"""Features (k, d), mean (d,) and covariance (d, d) of the weights -> probabilities (k,)."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Person:
    """Sums of one person, and what they add to what is known of everybody."""

    a: Floats  # Σ x xᵀ
    b: Floats  # Σ r x
    c: float = 0.0  # Σ r²
    n: float = 0.0
    spread: Floats  # (A / σ² + I / τ²)⁻¹
    precision: Floats
    information: Floats


class Reference:
    """The model, and a way to explore."""

    def __init__(self, explore: Explore) -> None:
        self.explore = explore
        self._noise, self._person, self._common = 0.15, 0.002, 0.1
        self._people: dict[str, _Person] = {}
        self._learned = self._day = 0
        self._add_up()

    def distribution(self, features: Floats, *, person: str, at: float) -> Floats:
        """As the way to explore has it."""
        self._turn_to(int(at))
        known = self._people.get(person)
        if known is None:
            return self.explore(features, self._mean, self._covariance + self._person * np.eye(DIMENSION))
        gain = known.spread / self._person
        mean = gain @ self._mean + known.spread @ known.b / self._noise
        return self.explore(features, mean, gain @ self._covariance @ gain + known.spread)

    def learn(self, x: Floats, reward: float, *, person: str, at: float) -> None:
        """One reward; that of silence is known beforehand."""
        self._turn_to(int(at))
        if not x.any():
            return
        known = self._people.get(person) or self._new(person)
        known.a += np.outer(x, x)
        known.b += reward * x
        known.c += reward * reward
        known.n += 1
        self._precision -= known.precision
        self._information -= known.information
        self._solve(known)
        self._precision += known.precision
        self._information += known.information
        self._learned += 1
        if self._learned % _EVERY == 0:
            self._maximise()
        self._believe()

    def _turn_to(self, day: int) -> None:
        if day <= self._day:
            return
        kept = _KEPT ** (ROUNDS_PER_DAY * (day - self._day))
        self._day = day
        for known in self._people.values():
            known.a *= kept
            known.b *= kept
            known.c *= kept
            known.n *= kept
        self._add_up()

    def _new(self, person: str) -> _Person:
        zeros = np.zeros((DIMENSION, DIMENSION))
        known = _Person(
            a=zeros.copy(),
            b=np.zeros(DIMENSION),
            spread=zeros,
            precision=zeros,
            information=np.zeros(DIMENSION),
        )
        self._people[person] = known
        return known

    def _solve(self, known: _Person) -> None:
        own = known.a / self._noise + np.eye(DIMENSION) / self._person
        known.spread = np.asarray(np.linalg.inv(own), dtype=np.float64)
        known.precision = (np.eye(DIMENSION) - known.spread / self._person) / self._person
        known.information = known.spread @ known.b / (self._noise * self._person)

    def _add_up(self) -> None:
        """Everybody's part anew."""
        self._precision = np.eye(DIMENSION) / self._common
        self._information = np.zeros(DIMENSION)
        for known in self._people.values():
            self._solve(known)
            self._precision += known.precision
            self._information += known.information
        self._believe()

    def _believe(self) -> None:
        self._covariance = np.linalg.inv(self._precision)
        self._mean = self._covariance @ self._information

    def _maximise(self) -> None:
        """A few steps of expectation maximisation (Laird & Ware 1982)."""
        for _ in range(3):
            self._believe()
            own, residual, weight = 0.0, 0.0, 0.0
            for known in self._people.values():
                gain = known.spread / self._person
                effect = known.spread @ (known.b - known.a @ self._mean) / self._noise
                away = np.eye(DIMENSION) - gain
                own += float(effect @ effect + np.trace(known.spread + away @ self._covariance @ away))
                mean = self._mean + effect
                covariance = gain @ self._covariance @ gain + known.spread
                fit = 2 * known.b @ mean - mean @ known.a @ mean - np.sum(known.a * covariance)
                residual += known.c - float(fit)
                weight += known.n
            common = float(self._mean @ self._mean + np.trace(self._covariance)) / DIMENSION
            self._person = max(own / (len(self._people) * DIMENSION), 1e-5)
            self._common = max(common, 1e-3)
            self._noise = max(residual / weight, 1e-4)
            self._add_up()


def inverse_gap(gamma: float = 5000.0, floor: float = 0.02) -> Explore:
    """``1 / (k + γ·gap)`` for every candidate but the best (Foster & Rakhlin 2020), and a floor."""

    def explore(features: Floats, mean: Floats, covariance: Floats) -> Floats:
        scores = features @ mean
        best = scores.argmax()
        probabilities: Floats = 1 / (len(scores) + gamma * (scores[best] - scores))
        probabilities[best] = 0.0
        probabilities[best] = 1 - probabilities.sum()
        probabilities *= 1 - floor
        probabilities += floor / len(scores)
        return probabilities

    return explore


def thompson(rng: np.random.Generator, width: float = 1.0) -> Explore:
    """1 for the best under one draw of the weights, its distance from the mean scaled by ``width``."""

    def explore(features: Floats, mean: Floats, covariance: Floats) -> Floats:
        weights = mean + width * (np.linalg.cholesky(covariance) @ rng.standard_normal(DIMENSION))
        return certain(int((features @ weights).argmax()), len(features))

    return explore
