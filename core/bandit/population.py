"""What everybody's rewards taught together: the sum of one part per person, and by which figures it was
made.

With it and one person's own sums, all that is believed of that person is known (``mixed``). A part is
replaced when its person's rewards change; now and then, as rewards come in, the variances are fitted anew
and with them all parts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from core.bandit.empirical_bayes import fitted
from core.bandit.forgetting import weight_of
from core.bandit.mixed import UNITS, Part, Posterior, Variances, add_to_diagonal, part_of
from core.bandit.statistics import Matrix, Statistics, Vector, upper

REFRESH_EVERY = 250
"""Rewards between two looks at the variances; of many, an eighth."""

_FIRST_LOOK = 32
_HEADER = struct.Struct("<iII3d")  # step, count, due, variances


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """All parts together: ``precision`` (d, d) and ``information`` (d,), exact sums in units, made with
    ``variances``, for the time of ``step`` (``forgetting``) and around ``prior`` (d,).

    ``count`` rewards were learned from; at ``due`` of them the variances are to be looked at.
    """

    prior: Vector
    precision: Matrix
    information: Vector
    variances: Variances
    step: int
    count: int = 0
    due: int = _FIRST_LOOK

    @classmethod
    def empty(cls, prior: Vector, variances: Variances, step: int = 0) -> Self:
        """Nobody yet."""
        size = len(prior)
        return cls(
            prior=prior,
            precision=np.zeros((size, size)),
            information=np.zeros(size),
            variances=variances,
            step=step,
        )

    # --- Learning ------------------------------------------------------------------------------------------

    def part(self, known: Statistics) -> Part | None:
        """What a person adds who taught this; None: nothing. Raises numpy.linalg.LinAlgError for what no
        rewards can have taught.
        """
        if not known.count:
            return None
        return part_of(known, self.variances, weight_of(self.step), self.prior)

    def replaced(self, before: Part | None, after: Part | None, rewards: int) -> Self:
        """With one person's part ``after`` in the place of ``before``, and so many ``rewards`` more."""
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
            due=self.due,
        )

    def changed(self, before: Statistics, after: Statistics) -> Self:
        """With one person's statistics ``after`` in the place of ``before``."""
        return self.replaced(self.part(before), self.part(after), after.count - before.count)

    def is_due(self, step: int) -> bool:
        """Whether it is time to fit the variances, or to let what is old count less."""
        return self.count >= self.due or (step > self.step and self.count > 0)

    def refitted(self, people: Sequence[Statistics], step: int, *, every: int = REFRESH_EVERY) -> Self:
        """With variances that suit these ``people``, at the time of ``step``; their parts are to be
        added.
        """
        step = max(step, self.step)
        variances = fitted(people, self.variances, weight_of(step), self.prior)
        count = sum(one.count for one in people)
        due = max(_FIRST_LOOK, count + min(count, max(every, count // 8)))
        return replace(self.empty(self.prior, variances, step), due=due)

    def joined(self, people: Iterable[Statistics]) -> Self:
        """With the parts of further ``people``."""
        population = self
        for one in people:
            population = population.replaced(None, population.part(one), one.count)
        return population

    def wanting_refresh(self) -> Self:
        """The same, to be made anew as soon as can be."""
        return replace(self, due=0)

    # --- Believing -----------------------------------------------------------------------------------------

    def mean(self) -> Vector:
        """Mean (d,) of θ, less its prior mean."""
        return np.asarray(np.linalg.solve(self._total(), self.information), dtype=np.float64)

    def covariance(self) -> Matrix:
        """Covariance (d, d) of θ."""
        return np.asarray(np.linalg.inv(self._total() * (1.0 / UNITS)), dtype=np.float64)

    def posterior(self, part: Part | None) -> Posterior:
        """What is believed of a person who adds ``part``."""
        common, spread = self.mean(), self.covariance()
        if part is None:
            add_to_diagonal(spread, self.variances.person)
            return Posterior(mean=self.prior + common, covariance=spread)
        gain = part.spread * (1.0 / self.variances.person)
        return Posterior(
            mean=self.prior + gain.dot(common) + part.shift,
            covariance=gain.dot(spread).dot(gain) + part.spread,  # gain is symmetric
        )

    def _total(self) -> Matrix:
        """Precision (d, d) of θ in units, prior included."""
        total = self.precision.copy()
        add_to_diagonal(total, UNITS / self.variances.common)
        return total

    # --- Keeping -------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """Little-endian: step, count, due, the variances, the upper triangle of ``precision`` row by row,
        ``information``. 4,516 bytes at d = 32.
        """
        variances = (self.variances.noise, self.variances.person, self.variances.common)
        numbers = np.concatenate((self.precision[upper(len(self.prior))], self.information))
        return _HEADER.pack(self.step, self.count, self.due, *variances) + numbers.astype("<f8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes, prior: Vector) -> Self:
        """Read what ``to_bytes`` wrote. Raises ValueError for what is damaged or of other features."""
        size = len(prior)
        triangle = size * (size + 1) // 2
        if len(data) != _HEADER.size + 8 * (triangle + size):
            raise ValueError(f"{len(data)} bytes are not what {size} features taught")
        step, count, due, noise, person, common = _HEADER.unpack_from(data)
        numbers = np.frombuffer(data, dtype="<f8", offset=_HEADER.size).astype(np.float64)
        if not np.isfinite(numbers).all():
            raise ValueError("what everybody taught is damaged: a sum is not a finite number")
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
            due=due,
        )
