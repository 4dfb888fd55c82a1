"""The mixed-effects linear model: what everybody has in common, and what is one person's own.

A reward is ``xᵀ(θ + bᵤ)`` plus noise of variance σ²; ``θ ~ N(θ₀, ω²I)`` is common to all, ``bᵤ ~ N(0,
τ²I)`` belongs to person u (Laird & Ware 1982). With A = Σxxᵀ/σ² and v = Σ(r − xᵀθ₀)x/σ² of one person,
all that is known of θ is a sum of one part per person, so that nobody's rewards are looked at again when
somebody else's change:

- C = (A + I/τ²)⁻¹, the covariance of bᵤ if θ were known;
- precision of θ = I/ω² + Σᵤ (I − C/τ²)/τ²;
- information about θ − θ₀ = Σᵤ C v/τ².

θ + bᵤ has mean θ₀ + G m + C v and covariance C + G S Gᵀ, with G = C/τ², and m and S those of θ − θ₀.

Parts are rounded to a grid, so that sums of parts are exact: they do not depend on who came first, and a
part that is replaced leaves nothing behind. Entries stay under 1/τ², at most 1e5: a float64 holds the sum
of tens of thousands of people without rounding at the narrowest τ², and of millions at the usual one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.statistics import Matrix, Statistics, Vector

UNITS = 2.0**20
"""Parts are counted in whole units, so many to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variances:
    """``noise`` σ², ``person`` τ², ``common`` ω². Raises ValueError for what is not above 0."""

    noise: float = 0.15
    person: float = 0.002
    common: float = 0.1

    def __post_init__(self) -> None:
        if not (0 < self.noise < np.inf and 0 < self.person < np.inf and 0 < self.common < np.inf):
            raise ValueError("variances must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What one person adds: ``precision`` (d, d) and ``information`` (d,) about θ, in units; and what it
    takes to know them: ``shift`` C v (d,), ``spread`` C (d, d).
    """

    precision: Matrix
    information: Vector
    shift: Vector
    spread: Matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """What is believed of one person's weights: ``mean`` (d,) and ``covariance`` (d, d)."""

    mean: Vector
    covariance: Matrix


def part_of(known: Statistics, variances: Variances, scale: float, prior: Vector) -> Part:
    """The part of a person, whose sums are ``scale`` times as large as they count today.

    Raises numpy.linalg.LinAlgError for statistics that no rewards can have made.
    """
    share, narrow = 1.0 / (scale * variances.noise), 1.0 / variances.person
    own = known.a * share
    add_to_diagonal(own, narrow)
    spread = np.asarray(np.linalg.inv(own), dtype=np.float64)
    surprise = known.b - known.a.dot(prior)  # for small matrices .dot has half the overhead of @
    surprise *= share
    shift = spread.dot(surprise)
    precision = spread * narrow
    precision *= -narrow * UNITS
    add_to_diagonal(precision, narrow * UNITS)
    information = shift * (narrow * UNITS)
    return Part(
        precision=np.rint(precision, out=precision),
        information=np.rint(information, out=information),
        shift=shift,
        spread=spread,
    )


def is_possible(known: Statistics) -> bool:
    """Whether rewards can have made these statistics: no direction has less than no weight."""
    lowest = np.linalg.eigvalsh(known.a).min(initial=0.0)
    return bool(lowest >= -1e-9 * max(1.0, float(np.trace(known.a))) and known.weight >= 0 and known.c >= 0)


def add_to_diagonal(matrix: Matrix, value: float) -> None:
    """Add ``value`` to every entry on the diagonal, in place."""
    diagonal = matrix.reshape(-1)[:: len(matrix) + 1]
    diagonal += value
