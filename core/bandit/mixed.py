"""The mixed-effects linear model: weights common to all people, and each person's deviation from them.

    r = xᵀ(θ + bᵤ) + ε,   θ ~ N(θ₀, ω²I),   bᵤ ~ N(0, τ²I),   ε ~ N(0, σ²)

(Laird & Ware, "Random-effects models for longitudinal data", Biometrics 38, 1982). Let, for one person,

    A = Σ x xᵀ/σ²,   v = Σ (r − xᵀθ₀) x/σ²,   C = (A + I/τ²)⁻¹, the covariance of bᵤ given θ

The posterior of θ is a sum of one *part* per person, so a changed person's part is replaced without reading
anybody else's rewards:

    precision of θ            = I/ω² + Σᵤ (I − C/τ²)/τ²
    information about θ − θ₀  = Σᵤ C v/τ²

With m and S the posterior mean and covariance of θ − θ₀, and G = C/τ², the weights θ + bᵤ of person u have

    mean       = θ₀ + G m + C v
    covariance = C + G S Gᵀ

Parts are rounded to a grid, so sums of parts are exact: they do not depend on the order of people, and a
replaced part leaves no residue. Entries stay below 1/τ² ≤ 1e5: a float64 holds the sum over tens of
thousands of people without rounding at the smallest τ², and over millions at the usual one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.statistics import Statistics

UNITS_PER_ONE = 2.0**20
"""Parts are rounded to multiples of 1 / this, and stored multiplied by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variances:
    """The variances of the model. Raises ValueError for one that is not above 0."""

    noise: float = 0.15
    """σ², of a reward around its expectation."""
    person: float = 0.002
    """τ², of each of a person's weights around the common one."""
    common: float = 0.1
    """ω², of each common weight around its prior mean."""

    def __post_init__(self) -> None:
        if not (0 < self.noise < np.inf and 0 < self.person < np.inf and 0 < self.common < np.inf):
            raise ValueError("variances must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One person's contribution to the posterior of θ, and the posterior of bᵤ given θ = θ₀."""

    precision: Matrix
    """(I − C/τ²)/τ² (d, d), in units of 1 / ``UNITS_PER_ONE``."""
    information: Vector
    """C v/τ² (d,), in units of 1 / ``UNITS_PER_ONE``."""
    conditional_mean: Vector
    """C v (d,)."""
    conditional_covariance: Matrix
    """C (d, d)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """The posterior of one person's weights θ + bᵤ."""

    mean: Vector
    """(d,)"""
    covariance: Matrix
    """(d, d)"""


def part_of(statistics: Statistics, variances: Variances, scale: float, prior: Vector) -> Part:
    """The part of a person with these statistics.

    ``scale``: the factor by which the stored sums exceed today's weights; ``prior`` (d,): θ₀. Raises
    numpy.linalg.LinAlgError for statistics that no rewards can have produced.
    """
    per_noise, per_person = 1.0 / (scale * variances.noise), 1.0 / variances.person
    own_precision = statistics.a * per_noise
    add_to_diagonal(own_precision, per_person)
    covariance = np.asarray(np.linalg.inv(own_precision), dtype=np.float64)
    residual = statistics.b - statistics.a.dot(prior)  # for small matrices .dot has half the overhead of @
    residual *= per_noise
    conditional_mean = covariance.dot(residual)
    precision = covariance * per_person
    precision *= -per_person * UNITS_PER_ONE
    add_to_diagonal(precision, per_person * UNITS_PER_ONE)
    information = conditional_mean * (per_person * UNITS_PER_ONE)
    return Part(
        precision=np.rint(precision, out=precision),
        information=np.rint(information, out=information),
        conditional_mean=conditional_mean,
        conditional_covariance=covariance,
    )


def is_feasible(statistics: Statistics) -> bool:
    """Whether rewards can have produced these statistics: ``a`` is positive semidefinite up to rounding."""
    lowest = np.linalg.eigvalsh(statistics.a).min(initial=0.0)
    return bool(
        lowest >= -1e-9 * max(1.0, float(np.trace(statistics.a)))
        and statistics.weight >= 0
        and statistics.c >= 0
    )


def add_to_diagonal(matrix: Matrix, value: float) -> None:
    """Add ``value`` to every entry on the diagonal, in place."""
    diagonal = matrix.reshape(-1)[:: len(matrix) + 1]
    diagonal += value
