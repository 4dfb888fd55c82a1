"""Exploration rules: from the posterior over k candidates to a probability for each.

Every rule mixes in a floor, a probability mass that all candidates share evenly. It keeps every propensity
above 0, so that other policies can be evaluated on the log.

Tests: tests/core/policies/test_catalog.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from random import Random
from statistics import NormalDist
from typing import Any, Protocol, cast

import numpy as np

from core.bandit.arrays import FloatArray, Matrix, Vector


class Rule(Protocol):
    """Immutable and deterministic: equal input gives equal probabilities."""

    @property
    def floor(self) -> float:
        """Probability mass shared evenly by all k candidates: none has less than ``floor`` / k."""
        ...

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        """Probabilities (k,) of k ≥ 1 candidates ``features`` (k, d).

        ``scores`` (k,): their expected rewards, finite; ``covariance`` (d, d): that of the weights. A
        covariance with bad numbers gives an array that is no distribution, not an exception.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InverseGap:
    """Inverse gap weighting (Abe & Long, ICML 1999; SquareCB: Foster & Rakhlin, ICML 2020).

    For every candidate i except the one with the best score, which takes the rest:

        pᵢ = floor/k + (1 − floor) / (k (1 + scale · zᵢ²)),   zᵢ² = (ŝ − sᵢ)² / Var(ŝ − sᵢ)

    zᵢ is the gap to the best score ŝ in posterior standard deviations of the difference, whose variance is
    (x̂ − xᵢ)ᵀ Σ (x̂ − xᵢ). SquareCB uses the gap itself, times a γ that grows with the number of rounds.
    Measured in deviations, exploration ends where the model is certain and continues where it is not, on any
    scale of rewards. All candidates with the same z together get at most ``1 / (1 + scale·z²)`` beside the
    floor.
    """

    scale: float = 100.0
    """How fast the probability falls with z²."""
    floor: float = 0.02

    def __post_init__(self) -> None:
        _require_share(self.floor, "floor")
        _require_positive(self.scale, "scale")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        constants = _constants(self.scale, self.floor, len(scores))
        best = scores.argmax()
        difference = features[best] - features
        variance = difference.dot(covariance)  # for small matrices .dot has half the overhead of @
        np.multiply(variance, difference, variance)
        variance = variance.dot(_ones(len(covariance)))
        np.add(variance, constants.tiny, variance)
        odds: Vector = scores[best] - scores
        np.multiply(odds, odds, odds)
        np.divide(odds, variance, odds)
        np.multiply(odds, constants.scale, odds)
        np.add(odds, constants.one, odds)
        np.divide(constants.greedy_share, odds, odds)
        np.add(odds, constants.floor_share, odds)
        odds[best] = 0.0
        odds[best] = 1.0 - np.add.reduce(odds)
        return odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Thompson:
    """Thompson sampling (Biometrika 25, 1933) with exact propensities.

    Probabilities are the shares of ``draws`` posterior samples in which each candidate is the best one. The
    action is drawn from these shares. The samples are fixed, so equal input gives equal probabilities.
    """

    draws: int = 128
    """Number of samples, even: they come in antithetic pairs."""
    width: float = 0.5
    """Factor on the posterior's standard deviations; below 1 it explores less."""
    floor: float = 0.1

    def __post_init__(self) -> None:
        _require_share(self.floor, "floor")
        _require_positive(self.width, "width")
        if not isinstance(self.draws, int) or self.draws < 2 or self.draws % 2:
            raise ValueError("draws come in pairs: an even number, at least 2")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        try:
            root = np.linalg.cholesky(covariance + _TINY * np.eye(len(covariance)))
        except np.linalg.LinAlgError:
            root = np.full_like(covariance, np.nan)
        if not np.isfinite(root).all():
            return np.full(len(features), np.nan)
        deviations = self.width * (_standard_normals(self.draws, len(covariance)) @ root.T)
        counts = np.bincount((scores + deviations @ features.T).argmax(axis=1), minlength=len(features))
        return _mix_with_uniform(counts / self.draws, self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonGreedy:
    """The best candidate with probability 1 − ε, otherwise a uniform choice. Ties share."""

    epsilon: float = 0.1

    def __post_init__(self) -> None:
        _require_share(self.epsilon, "epsilon")

    @property
    def floor(self) -> float:
        """ε."""
        return self.epsilon

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        return _mix_with_uniform(_greedy_shares(scores), self.epsilon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax:
    """Probabilities proportional to ``exp(score / temperature)``, with a floor."""

    temperature: float = 0.05
    floor: float = 0.05

    def __post_init__(self) -> None:
        _require_share(self.floor, "floor")
        _require_positive(self.temperature, "temperature")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        odds = np.exp((scores - scores.max()) / self.temperature)
        return _mix_with_uniform(odds / odds.sum(), self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinUcb:
    """LinUCB (Li, Chu, Langford & Schapire, WWW 2010) with a floor: the highest upper confidence bound
    ``score + width·√(xᵀΣx)`` gets the rest.
    """

    width: float = 1.0
    floor: float = 0.1

    def __post_init__(self) -> None:
        _require_share(self.floor, "floor")
        _require_positive(self.width, "width")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        deviations = np.sqrt((features @ covariance * features).sum(axis=1))
        return _mix_with_uniform(_greedy_shares(scores + self.width * deviations), self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """1/k for each candidate."""

    floor: float = field(default=1.0, init=False)

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        return np.full(len(features), 1.0 / len(features))


RULES: Mapping[str, type[Rule]] = {
    "inverse-gap": InverseGap,
    "thompson": Thompson,
    "epsilon-greedy": EpsilonGreedy,
    "softmax": Softmax,
    "linucb": LinUcb,
    "uniform": Uniform,
}
"""All rules by name."""


def rule_of(name: str, **settings: float) -> Rule:
    """The rule called ``name`` with these ``settings``; omitted ones keep their defaults. Raises ValueError
    for an unknown name or setting, and for a value out of range.
    """
    rule = RULES.get(name)
    if rule is None:
        raise ValueError(f"no policy is called {name!r}; there are {', '.join(sorted(RULES))}")
    known = settings_of(rule)
    if unknown := sorted(settings.keys() - known):
        there = ", ".join(sorted(known)) or "none"
        raise ValueError(f"{name} has no setting {', '.join(unknown)}; there are: {there}")
    return rule(**{key: _convert_to_declared_type(rule, key, value) for key, value in settings.items()})


def _convert_to_declared_type(rule: type[Rule], key: str, value: float) -> float:
    """``value`` as an int where the setting is declared as one: a parsed 64.0 becomes 64."""
    default = next(field.default for field in fields(cast(Any, rule)) if field.name == key)
    return int(value) if isinstance(default, int) and float(value).is_integer() else value


def settings_of(rule: type[Rule] | Rule) -> set[str]:
    """The names of a rule's settings."""
    return {field.name for field in fields(cast(Any, rule)) if field.init}


_TINY = 1e-12  # keeps a division or a Cholesky factor defined where a variance is 0


def _greedy_shares(scores: Vector) -> Vector:
    """1 / (number of best candidates) for each best one, 0 for the others; all 0 if a score is NaN."""
    best = scores == scores.max()
    share: Vector = best / max(int(best.sum()), 1)
    return share


def _mix_with_uniform(shares: Vector, floor: float) -> Vector:
    """(1 − floor) · shares + floor / k."""
    shares = shares * (1.0 - floor)
    shares += floor / len(shares)
    return shares


def _require_share(value: float, name: str) -> None:
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be above 0 and at most 1")


def _require_positive(value: float, name: str) -> None:
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Constants:
    """The numbers of ``InverseGap`` as arrays of shape (): NumPy handles these in half the time."""

    scale: FloatArray
    greedy_share: FloatArray
    """(1 − floor) / k"""
    floor_share: FloatArray
    """floor / k"""
    one: FloatArray = field(default_factory=lambda: np.array(1.0))
    tiny: FloatArray = field(default_factory=lambda: np.array(_TINY))


@cache
def _constants(scale: float, floor: float, k: int) -> _Constants:
    return _Constants(
        scale=np.array(float(scale)),
        greedy_share=np.array((1.0 - floor) / k),
        floor_share=np.array(floor / k),
    )


@cache
def _ones(dimension: int) -> Vector:
    return np.ones(dimension)


@cache
def _standard_normals(draws: int, dimension: int) -> Matrix:
    """Standard normal numbers (draws, dimension) in antithetic pairs. NumPy's generators may change between
    releases; these numbers never change.
    """
    uniform, normal = Random(dimension), NormalDist()  # noqa: S311 nothing secret is drawn
    half = [[normal.inv_cdf(uniform.random() or 0.5) for _ in range(dimension)] for _ in range(draws // 2)]
    return np.array(half + [[-one for one in row] for row in half])
