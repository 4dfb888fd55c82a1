"""The mixed-effects linear model: what everybody has in common, and what is one person's own.

A reward is ``xᵀ(θ + bᵤ)`` plus noise of variance σ²; ``θ ~ N(θ₀, ω²I)`` is common to all, ``bᵤ ~ N(0,
τ²I)`` belongs to person u (Laird & Ware 1982). With A = Σxxᵀ/σ² and v = Σ(r − xᵀθ₀)x/σ² of one person,
all that is known of θ is a sum of one part per person, so that nobody's rewards are looked at again when
somebody else's change:

C = (A + I/τ²)⁻¹,  precision of θ = I/ω² + Σᵤ (I − C/τ²)/τ²,  information = Σᵤ C v/τ² θ + bᵤ has mean G m
+ C v and covariance C + G S Gᵀ, with G = C/τ², m and S those of θ

Parts are rounded to a grid, so that sums of parts are exact: they do not depend on who came first, and a
part that is replaced leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from core.bandit.statistics import Matrix, Statistics, Vector

_UNIT = (
    2.0**20
)  # parts lie on multiples of 2**-20; their entries stay under 1/τ², so that millions add up exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Variances:
    """``noise`` σ², ``person`` τ², ``common`` ω²; all above 0."""

    noise: float = 0.15
    person: float = 0.002
    common: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What one person adds: ``precision`` (d, d) and ``information`` (d,) about θ; and what it takes to
    know them: ``gain`` G (d, d), ``shift`` C v (d,), ``spread`` C (d, d).
    """

    precision: Matrix
    information: Vector
    gain: Matrix
    shift: Vector
    spread: Matrix


def part_of(known: Statistics, variances: Variances, scale: float, prior: Vector) -> Part:
    """The part of a person, whose sums are ``scale`` times as large as they count today.

    Raises numpy.linalg.LinAlgError for statistics that no rewards can have made.
    """
    share, narrow = 1.0 / (scale * variances.noise), 1.0 / variances.person
    own = known.a * share
    _add_to_diagonal(own, narrow)
    spread = np.asarray(np.linalg.inv(own), dtype=np.float64)
    gain = spread * narrow
    surprise = (known.b - known.a @ prior) * share
    precision = gain * (-narrow * _UNIT)
    _add_to_diagonal(precision, narrow * _UNIT)
    return Part(
        precision=np.rint(precision, out=precision) / _UNIT,
        information=np.rint((gain @ surprise) * _UNIT) / _UNIT,
        gain=gain,
        shift=spread @ surprise,
        spread=spread,
    )


def is_possible(known: Statistics) -> bool:
    """Whether rewards can have made these statistics: no direction has less than no weight."""
    lowest = np.linalg.eigvalsh(known.a).min(initial=0.0)
    return bool(lowest >= -1e-9 * max(1.0, float(np.trace(known.a))) and known.weight >= 0 and known.c >= 0)


def _add_to_diagonal(matrix: Matrix, value: float) -> None:
    matrix.reshape(-1)[:: len(matrix) + 1] += value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """What is believed of one person's weights: ``mean`` (d,) and ``covariance`` (d, d)."""

    mean: Vector
    covariance: Matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """All parts together: ``precision`` (d, d) and ``information`` (d,), exact sums."""

    precision: Matrix
    information: Vector

    @classmethod
    def empty(cls, dimension: int) -> Self:
        """Nobody yet."""
        return cls(precision=np.zeros((dimension, dimension)), information=np.zeros(dimension))

    def replaced(self, before: Part | None, after: Part | None) -> Self:
        """With one person's part ``after`` in the place of ``before``; None: no part."""
        precision, information = self.precision, self.information
        if before is not None:
            precision, information = precision - before.precision, information - before.information
        if after is not None:
            precision, information = precision + after.precision, information + after.information
        return type(self)(precision=precision, information=information)

    def total(self, variances: Variances) -> Matrix:
        """Precision (d, d) of θ, prior included."""
        total = self.precision.copy()
        _add_to_diagonal(total, 1.0 / variances.common)
        return total

    def mean(self, variances: Variances) -> Vector:
        """Mean (d,) of θ, less its prior mean."""
        return np.asarray(np.linalg.solve(self.total(variances), self.information), dtype=np.float64)

    def covariance(self, variances: Variances) -> Matrix:
        """Covariance (d, d) of θ."""
        return np.asarray(np.linalg.inv(self.total(variances)), dtype=np.float64)
