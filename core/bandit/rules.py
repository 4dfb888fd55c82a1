"""How to explore: rules from what is believed of k candidates to a probability for each.

Every rule mixes in a floor: a share of the probability that all candidates divide evenly, so that the log
can judge other policies later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from random import Random
from statistics import NormalDist
from typing import Any, Protocol, cast

import numpy as np

from core.bandit.statistics import Matrix, Vector


class Rule(Protocol):
    """Immutable and without randomness: equal beliefs, equal probabilities."""

    @property
    def floor(self) -> float:
        """Probability mass shared evenly by all k candidates: none has less than ``floor`` / k."""
        ...

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        """Probabilities (k,) of k ≥ 1 candidates ``features`` (k, d) with expected rewards ``scores``
        (k,), finite; ``covariance`` (d, d) is that of the weights. What is no distribution for a covariance
        of bad numbers; no exception.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InverseGap:
    """Inverse gap weighting (Abe & Long 1999; SquareCB, Foster & Rakhlin 2020): ``1 / (k (1 +
    scale·z²))`` for every candidate but the best, which takes the rest.

    z is the gap to the best score in standard deviations of that difference's posterior. SquareCB lets γ
    grow with the number of rounds instead; in deviations, exploration ends where things are known and
    goes on where they are not, whatever the scale of the rewards. However many candidates there are, those
    of one z together get no more than ``1 / (1 + scale·z²)`` beside the floor.
    """

    scale: float = 100.0
    floor: float = 0.02

    def __post_init__(self) -> None:
        _demand_share(self.floor, "floor")
        _demand_positive(self.scale, "scale")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        numbers = _numbers(self.scale, self.floor, len(scores))
        best = scores.argmax()
        away = features[best] - features
        doubt = away.dot(covariance)  # for small matrices .dot has half the overhead of @
        np.multiply(doubt, away, doubt)
        doubt = doubt.dot(_ones(len(covariance)))
        np.add(doubt, numbers.tiny, doubt)
        odds: Vector = scores[best] - scores
        np.multiply(odds, odds, odds)
        np.divide(odds, doubt, odds)
        np.multiply(odds, numbers.scale, odds)
        np.add(odds, numbers.one, odds)
        np.divide(numbers.share, odds, odds)
        np.add(odds, numbers.least, odds)
        odds[best] = 0.0
        odds[best] = 1.0 - np.add.reduce(odds)
        return odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Thompson:
    """Thompson sampling (1933) by counting: how often each candidate is best in ``draws`` draws from the
    posterior, narrowed by ``width``. The action is drawn from the counts, so that its propensity is
    exact.
    """

    draws: int = 128
    width: float = 0.5
    floor: float = 0.1

    def __post_init__(self) -> None:
        _demand_share(self.floor, "floor")
        _demand_positive(self.width, "width")
        if not isinstance(self.draws, int) or self.draws < 2 or self.draws % 2:
            raise ValueError("draws come in pairs: an even number, at least 2")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        try:
            root = np.linalg.cholesky(covariance + _TINY * np.eye(len(covariance)))
        except np.linalg.LinAlgError:
            root = np.full_like(covariance, np.nan)
        if not np.isfinite(root).all():
            return np.full(len(features), np.nan)
        away = self.width * (_normals(self.draws, len(covariance)) @ root.T)
        counts = np.bincount((scores + away @ features.T).argmax(axis=1), minlength=len(features))
        return _floored(counts / self.draws, self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonGreedy:
    """The best one, and with probability ε any of them. Equally good ones share."""

    epsilon: float = 0.1

    def __post_init__(self) -> None:
        _demand_share(self.epsilon, "epsilon")

    @property
    def floor(self) -> float:
        """The share that explores."""
        return self.epsilon

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        return _floored(_best(scores), self.epsilon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax:
    """Probabilities in proportion to ``exp(score / temperature)``."""

    temperature: float = 0.05
    floor: float = 0.05

    def __post_init__(self) -> None:
        _demand_share(self.floor, "floor")
        _demand_positive(self.temperature, "temperature")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        odds = np.exp((scores - scores.max()) / self.temperature)
        return _floored(odds / odds.sum(), self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinUcb:
    """The highest upper confidence bound ``score + width·deviation`` (Li et al. 2010), with a floor."""

    width: float = 1.0
    floor: float = 0.1

    def __post_init__(self) -> None:
        _demand_share(self.floor, "floor")
        _demand_positive(self.width, "width")

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        deviations = np.sqrt((features @ covariance * features).sum(axis=1))
        return _floored(_best(scores + self.width * deviations), self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """Every candidate alike."""

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
"""Every rule by its name."""


def rule_of(name: str, **settings: float) -> Rule:
    """The rule called ``name``, with these settings. Raises ValueError for a name, setting or value that
    there is not.
    """
    rule = RULES.get(name)
    if rule is None:
        raise ValueError(f"no policy is called {name!r}; there are {', '.join(sorted(RULES))}")
    known = settings_of(rule)
    if unknown := sorted(settings.keys() - known):
        there = ", ".join(sorted(known)) or "none"
        raise ValueError(f"{name} has no setting {', '.join(unknown)}; there are: {there}")
    return rule(**{key: _as_declared(rule, key, value) for key, value in settings.items()})


def _as_declared(rule: type[Rule], key: str, value: float) -> float:
    """64.0 is 64 where a setting is a whole number."""
    default = next(field.default for field in fields(cast(Any, rule)) if field.name == key)
    return int(value) if isinstance(default, int) and float(value).is_integer() else value


def settings_of(rule: type[Rule] | Rule) -> set[str]:
    """The names of a rule's settings."""
    return {field.name for field in fields(cast(Any, rule)) if field.init}


_TINY = 1e-12


def _best(scores: Vector) -> Vector:
    best = scores == scores.max()
    share: Vector = best / max(int(best.sum()), 1)  # NaN equals nothing: then there is no best
    return share


def _floored(odds: Vector, floor: float) -> Vector:
    odds = odds * (1.0 - floor)
    odds += floor / len(odds)
    return odds


def _demand_share(value: float, name: str) -> None:
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be above 0 and at most 1")


def _demand_positive(value: float, name: str) -> None:
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Numbers:
    """What ``InverseGap`` computes with, as arrays of shape (): numpy takes them in half the time."""

    scale: Vector
    share: Vector
    least: Vector
    one: Vector = field(default_factory=lambda: np.array(1.0))
    tiny: Vector = field(default_factory=lambda: np.array(_TINY))


@cache
def _numbers(scale: float, floor: float, k: int) -> _Numbers:
    return _Numbers(
        scale=np.array(float(scale)), share=np.array((1.0 - floor) / k), least=np.array(floor / k)
    )


@cache
def _ones(dimension: int) -> Vector:
    return np.ones(dimension)


@cache
def _normals(draws: int, dimension: int) -> Matrix:
    """Standard normal numbers (draws, dimension) in opposite pairs. NumPy's may change with a release;
    these won't.
    """
    uniform, normal = Random(dimension), NormalDist()  # noqa: S311 nothing secret is drawn
    half = [[normal.inv_cdf(uniform.random() or 0.5) for _ in range(dimension)] for _ in range(draws // 2)]
    return np.array(half + [[-one for one in row] for row in half])
