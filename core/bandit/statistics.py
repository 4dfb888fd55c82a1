"""Sufficient statistics of a linear model for one person, as exact sums.

``A = Σ w x xᵀ``, ``b = Σ w r x``, ``c = Σ w r²`` and ``Σ w`` over all observations, with ``w`` the weight of
``forgetting``. Features and rewards lie on the grid of ``grid``, so the sums are exact: after a retraction
the bytes equal those of a state without the observation, in any order and on any machine.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt

from core.bandit.arrays import Matrix, Vector
from core.bandit.grid import MAX_MAGNITUDE, STEPS_PER_UNIT

_HEADER = struct.Struct("<I")  # count


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statistics:
    """The sums over one person's observations. Every method returns a new record."""

    count: int
    """Number of observations."""
    weight: float
    """Σ w."""
    a: Matrix
    """Σ w x xᵀ (d, d), symmetric."""
    b: Vector
    """Σ w r x (d,)."""
    c: float
    """Σ w r²."""

    @classmethod
    def empty(cls, dimension: int) -> Self:
        """No observations."""
        return cls(count=0, weight=0.0, a=np.zeros((dimension, dimension)), b=np.zeros(dimension), c=0.0)

    def plus(self, x: Sequence[float] | Vector, reward: float, weight: float = 1.0) -> Self:
        """Add the observation that features ``x`` (d,) earned ``reward``. Raises ValueError for another d
        and for values off the grid.
        """
        return self.plus_unchecked(_validated(x, reward, self.b.shape), reward, weight)

    def minus(self, x: Sequence[float] | Vector, reward: float, weight: float = 1.0) -> Self:
        """Retract what ``plus`` added. Raises ValueError as ``plus`` does, and without any observation."""
        if not self.count:
            raise ValueError("there is nothing to retract")
        return self.plus_unchecked(_validated(x, reward, self.b.shape), reward, -weight)

    def plus_unchecked(self, row: Vector, reward: float, weight: float) -> Self:
        """``plus``, or ``minus`` for a negative weight, without validation: for callers that validate."""
        weighted = weight * row
        a = weighted[:, None] * row
        a += self.a
        weighted *= reward
        weighted += self.b
        return type(self)(
            count=self.count + (1 if weight > 0 else -1),
            weight=self.weight + weight,
            a=a,
            b=weighted,
            c=self.c + weight * reward * reward,
        )

    def joined_with(self, other: Self) -> Self:
        """The sums over the observations of both."""
        return type(self)(
            count=self.count + other.count,
            weight=self.weight + other.weight,
            a=self.a + other.a,
            b=self.b + other.b,
            c=self.c + other.c,
        )

    def to_bytes(self) -> bytes:
        """Little-endian: the count, the upper triangle of ``a`` row by row, ``b``, ``c``, the weight.
        4,500 bytes at d = 32.
        """
        numbers = np.concatenate((self.a[upper(self.b.size)], self.b, (self.c, self.weight)))
        return _HEADER.pack(self.count) + numbers.astype("<f8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes | None, dimension: int) -> Self:
        """The inverse of ``to_bytes``; None: no observations.

        Raises ValueError for another number of features and for damaged bytes; rebuild those from the log.
        """
        if data is None:
            return cls.empty(dimension)
        size = dimension * (dimension + 1) // 2
        if len(data) != _HEADER.size + 8 * (size + dimension + 2):
            raise ValueError(f"statistics of {len(data)} bytes are not of {dimension} features")
        numbers = np.frombuffer(data, dtype="<f8", offset=_HEADER.size).astype(np.float64)
        if not np.isfinite(numbers).all():
            raise ValueError("statistics are damaged: a sum is not a finite number")
        rows, columns = upper(dimension)
        a = np.empty((dimension, dimension))
        a[rows, columns] = a[columns, rows] = numbers[:size]
        (count,) = _HEADER.unpack_from(data)
        return cls(count=count, weight=float(numbers[-1]), a=a, b=numbers[size:-2], c=float(numbers[-2]))


@cache
def upper(dimension: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Row and column indices of the upper triangle of a (dimension, dimension) matrix, row by row."""
    rows, columns = np.triu_indices(dimension)
    return rows, columns


def _validated(x: Sequence[float] | Vector, reward: float, shape: tuple[int, ...]) -> Vector:
    row = np.asarray(x, dtype=np.float64)
    if row.shape != shape:
        raise ValueError(f"{row.size} features where {shape[0]} are learned from")
    steps = row * STEPS_PER_UNIT
    on_grid = (
        np.abs(steps).max(initial=0.0) <= MAX_MAGNITUDE * STEPS_PER_UNIT and (np.rint(steps) == steps).all()
    )
    if not (on_grid and abs(reward) <= MAX_MAGNITUDE and (reward * STEPS_PER_UNIT).is_integer()):
        raise ValueError("features and rewards must be multiples of 2**-10 within ±16")
    return row
