"""The population: the sum of all people's parts, with the settings that the parts were computed with.

Together with one person's statistics it determines that person's posterior (``mixed.py``). A part is
replaced when its person's rewards change. From time to time (``is_refit_due``) the variances are refitted
and all parts recomputed.

Tests: tests/core/bandit/test_mixed.py.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.empirical_bayes import fit_variances
from core.bandit.forgetting import weight_of
from core.bandit.mixed import UNITS_PER_ONE, Part, Posterior, Variances, add_to_diagonal, part_of
from core.bandit.statistics import Statistics, upper

REFRESH_EVERY = 250
"""Rewards between two refits of the variances; after many rewards, an eighth of their number."""

_FIRST_REFIT = 32  # rewards
_HEADER = struct.Struct("<iII3d")  # step, count, refit_at, variances


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """The exact sum of all parts, in units of 1 / ``UNITS_PER_ONE``. Every method returns a new record."""

    prior: Vector
    """θ₀ (d,), the prior mean of the common weights."""
    precision: Matrix
    """Σᵤ (I − C/τ²)/τ² (d, d)."""
    information: Vector
    """Σᵤ C v/τ² (d,)."""
    variances: Variances
    """With which the parts were computed."""
    step: int
    """The time at which the parts were computed, as a step of ``forgetting``."""
    count: int = 0
    """Number of rewards in the parts."""
    refit_at: int = _FIRST_REFIT
    """The variances are to be refitted at this ``count``."""

    @classmethod
    def empty(cls, prior: Vector, variances: Variances, step: int = 0) -> Self:
        """The population without people."""
        size = len(prior)
        return cls(
            prior=prior,
            precision=np.zeros((size, size)),
            information=np.zeros(size),
            variances=variances,
            step=step,
        )

    # --- Learning ------------------------------------------------------------------------------------------

    def part(self, statistics: Statistics) -> Part | None:
        """The part of a person with these statistics; None without rewards. Raises numpy.linalg.LinAlgError
        for statistics that no rewards can have produced.
        """
        if not statistics.count:
            return None
        return part_of(statistics, self.variances, weight_of(self.step), self.prior)

    def with_part_replaced(self, before: Part | None, after: Part | None, rewards: int) -> Self:
        """Replace one person's part ``before`` with ``after``; ``count`` grows by ``rewards``."""
        precision, information = self.precision, self.information
        if after is not None:
            precision, information = precision + after.precision, information + after.information
        if before is not None:
            precision, information = precision - before.precision, information - before.information
        return type(self)(
            prior=self.prior,
            precision=precision,
            information=information,
            variances=self.variances,
            step=self.step,
            count=self.count + rewards,
            refit_at=self.refit_at,
        )

    def with_statistics_replaced(self, before: Statistics, after: Statistics) -> Self:
        """Replace the part of a person whose statistics change from ``before`` to ``after``."""
        return self.with_part_replaced(self.part(before), self.part(after), after.count - before.count)

    def is_refit_due(self, step: int) -> bool:
        """Whether there are enough new rewards, or time has moved on to a later ``step``."""
        return self.count >= self.refit_at or (step > self.step and self.count > 0)

    def refit_variances(self, people: Sequence[Statistics], step: int, *, every: int = REFRESH_EVERY) -> Self:
        """An empty population at ``step``, with variances fitted to ``people``; add their parts with
        ``joined``. ``every``: as ``REFRESH_EVERY``.
        """
        step = max(step, self.step)
        variances = fit_variances(people, self.variances, weight_of(step), self.prior)
        refit_at = _next_refit(sum(one.count for one in people), every)
        return replace(self.empty(self.prior, variances, step), refit_at=refit_at)

    def joined(self, people: Iterable[Statistics]) -> Self:
        """Add the parts of ``people``."""
        population = self
        for one in people:
            population = population.with_part_replaced(None, population.part(one), one.count)
        return population

    def with_next_refit(self, *, every: int = REFRESH_EVERY) -> Self:
        """The same population, with the next refit due after more rewards than it has now: for one that was
        refitted to some of its people.
        """
        return replace(self, refit_at=_next_refit(self.count, every))

    def marked_for_refit(self) -> Self:
        """The same population, with the next refit due at once."""
        return replace(self, refit_at=0)

    # --- Posterior -----------------------------------------------------------------------------------------

    def mean(self) -> Vector:
        """m = (I/ω² + precision)⁻¹ information: the posterior mean (d,) of θ − θ₀."""
        return np.asarray(np.linalg.solve(self._total_precision(), self.information), dtype=np.float64)

    def covariance(self) -> Matrix:
        """S = (I/ω² + precision)⁻¹: the posterior covariance (d, d) of θ."""
        return np.asarray(np.linalg.inv(self._total_precision() * (1.0 / UNITS_PER_ONE)), dtype=np.float64)

    def posterior(self, part: Part | None) -> Posterior:
        """The posterior of the weights θ + bᵤ of a person with ``part``; None: a person without rewards.

        With G = C/τ²: mean θ₀ + G m + C v, covariance G S Gᵀ + C. Without rewards: θ₀ + m and S + τ²I.
        """
        common, covariance = self.mean(), self.covariance()
        if part is None:
            add_to_diagonal(covariance, self.variances.person)
            return Posterior(mean=self.prior + common, covariance=covariance)
        gain = part.conditional_covariance * (1.0 / self.variances.person)
        return Posterior(
            mean=self.prior + gain.dot(common) + part.conditional_mean,
            covariance=gain.dot(covariance).dot(gain) + part.conditional_covariance,  # gain is symmetric
        )

    def _total_precision(self) -> Matrix:
        """I/ω² + precision (d, d), in units of 1 / ``UNITS_PER_ONE``."""
        total = self.precision.copy()
        add_to_diagonal(total, UNITS_PER_ONE / self.variances.common)
        return total

    # --- Storage -------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """Little-endian: step, count, refit_at, the variances, the upper triangle of ``precision`` row by
        row, ``information``. 4,516 bytes at d = 32.
        """
        variances = (self.variances.noise, self.variances.person, self.variances.common)
        numbers = np.concatenate((self.precision[upper(len(self.prior))], self.information))
        return (
            _HEADER.pack(self.step, self.count, self.refit_at, *variances) + numbers.astype("<f8").tobytes()
        )

    @classmethod
    def from_bytes(cls, data: bytes, prior: Vector) -> Self:
        """The inverse of ``to_bytes``. Raises ValueError for damaged bytes and another number of features."""
        size = len(prior)
        triangle = size * (size + 1) // 2
        if len(data) != _HEADER.size + 8 * (triangle + size):
            raise ValueError(f"a population of {len(data)} bytes is not of {size} features")
        step, count, refit_at, noise, person, common = _HEADER.unpack_from(data)
        numbers = np.frombuffer(data, dtype="<f8", offset=_HEADER.size).astype(np.float64)
        if not np.isfinite(numbers).all():
            raise ValueError("the population is damaged: a sum is not a finite number")
        precision = np.empty((size, size))
        rows, columns = upper(size)
        precision[rows, columns] = precision[columns, rows] = numbers[:triangle]
        return cls(
            prior=prior,
            precision=precision,
            information=numbers[triangle:],
            variances=Variances(noise=noise, person=person, common=common),
            step=step,
            count=count,
            refit_at=refit_at,
        )


def _next_refit(count: int, every: int) -> int:
    """The number of rewards at which the variances are refitted again, when there are ``count`` now."""
    return max(_FIRST_REFIT, count + min(count, max(every, count // 8)))
