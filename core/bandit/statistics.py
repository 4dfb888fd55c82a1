"""What was learned, as exact sums: sufficient statistics of a linear model.

``A = Σ x xᵀ`` and ``b = Σ r x`` over everything that was rewarded. Features and rewards lie on the grid of
``grid``, so the sums are exact: retracting a reward or removing a person leaves the bytes of a state that
never saw them, in any order and on any machine.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt

from core.bandit.grid import BOUND, STEPS
from core.features import DIMENSION, FEATURE_VERSION

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

_HEADER = struct.Struct("<16sIQ")  # feature version, dimension, count


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statistics:
    """``count`` rewards, ``a`` (d, d) symmetric, ``b`` (d,). Every method returns a new record."""

    count: int
    a: Matrix
    b: Vector

    @classmethod
    def empty(cls, dimension: int = DIMENSION) -> Self:
        """Nothing learned yet."""
        return cls(count=0, a=np.zeros((dimension, dimension)), b=np.zeros(dimension))

    def plus(self, x: Sequence[float], reward: float) -> Self:
        """Learn that features ``x`` (d,) earned ``reward``. Raises ValueError for anything off the grid."""
        return self._add(_one(x, reward, self.b.shape), 1)

    def minus(self, x: Sequence[float], reward: float) -> Self:
        """Retract what ``plus`` learned. Raises ValueError when there is nothing to retract."""
        return self._add(_one(x, reward, self.b.shape), -1)

    def without(self, other: Statistics) -> Self:
        """Forget all that ``other`` learned: a person who leaves takes their part along."""
        return self._add(other, -1)

    def _add(self, other: Statistics, sign: int) -> Self:
        count = self.count + sign * other.count
        if count < 0:
            raise ValueError(f"can't retract {other.count} rewards from {self.count}")
        if other.b.shape != self.b.shape:
            raise ValueError(f"{other.b.size} features where {self.b.size} are learned from")
        return type(self)(count=count, a=self.a + sign * other.a, b=self.b + sign * other.b)

    def to_bytes(self, feature_version: str = FEATURE_VERSION) -> bytes:
        """Little-endian: a header, the upper triangle of ``a`` row by row, then ``b``. 2.6 kB at d = 24."""
        upper = self.a[_upper(self.b.size)]
        header = _HEADER.pack(_name(feature_version), self.b.size, self.count)
        return header + np.concatenate((upper, self.b)).astype("<f8").tobytes()

    @classmethod
    def from_bytes(
        cls, data: bytes | None, *, feature_version: str = FEATURE_VERSION, dimension: int = DIMENSION
    ) -> Self:
        """Read what ``to_bytes`` wrote; None is nothing learned yet.

        Raises ValueError for statistics of other features or damaged ones: rebuild those from the log.
        """
        if data is None:
            return cls.empty(dimension)
        size = dimension * (dimension + 1) // 2
        if len(data) != _HEADER.size + 8 * (size + dimension):
            raise ValueError(f"statistics of {len(data)} bytes are not of {dimension} features")
        version, stored_dimension, count = _HEADER.unpack_from(data)
        if (version, stored_dimension) != (_name(feature_version), dimension):
            raise ValueError(f"statistics are not of feature version {feature_version}")
        numbers = np.frombuffer(data, dtype="<f8", offset=_HEADER.size).astype(np.float64)
        if not np.isfinite(numbers).all():
            raise ValueError("statistics are damaged: a sum is not a finite number")
        rows, columns = _upper(dimension)
        a = np.empty((dimension, dimension))
        a[rows, columns] = a[columns, rows] = numbers[:size]
        return cls(count=count, a=a, b=numbers[size:])


@cache
def _upper(dimension: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the upper triangle, row by row."""
    rows, columns = np.triu_indices(dimension)
    return rows, columns


def _one(x: Sequence[float], reward: float, shape: tuple[int, ...]) -> Statistics:
    """The statistics of a single reward."""
    row = np.asarray(x, dtype=np.float64)
    if row.shape != shape:
        raise ValueError(f"{row.size} features where {shape[0]} are learned from")
    _check_grid(np.append(row, reward))
    return Statistics(count=1, a=np.outer(row, row), b=reward * row)


def _check_grid(values: Vector) -> None:
    steps = values * STEPS
    if not ((np.abs(values) <= BOUND) & (np.rint(steps) == steps)).all():
        raise ValueError("features and rewards must be multiples of 2**-10 within ±4")


def _name(feature_version: str) -> bytes:
    name = feature_version.encode()
    if len(name) > 16:
        raise ValueError("a feature version has at most 16 bytes")
    return name.ljust(16, b"\0")
