"""Intervals for means and for ratios of means, computed from a few moments.

- ``Moments.interval``: a fixed-sample confidence interval, for one look. Studentised and corrected for
  skewness (Hall, "On the removal of skewness by transformation", JRSS B 54, 1992): as accurate as the
  bootstrap-t, without its randomness. A ratio is reduced to a mean (Fieller, JRSS B 16, 1954). Asymptotic,
  for independent and identically distributed decisions.
- ``Moments.sequence``: an asymptotic confidence sequence, valid at every look (Waudby-Smith, Arbour, Sinha,
  Kennedy & Ramdas, Annals of Statistics 52, 2024, theorem 2.2).
- ``core/bandit/evaluation/guarantees.py`` has intervals that hold for every sample size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from core.bandit.arrays import Matrix, Vector

TIGHTEST_AT = 2_000
"""Number of decisions at which the confidence sequence is tightest; it is valid at every number."""

BISECTION_STEPS = 60
MAX_DOUBLINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The closed interval from ``low`` to ``high``."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Two numbers per decision, ``a`` (n,) and ``b`` (n,); the quantity of interest is mean(a) / mean(b)."""

    a: Vector
    b: Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments:
    """A ratio of means v = mean(a) / mean(b), with the moments that its intervals need.

    An interval is an inverted test: u is in it if the mean of a − u b may be 0. Moments are taken around v,
    which avoids cancellation.
    """

    count: int
    value: float
    """v."""
    means: Matrix
    """``means[i, j]`` = mean((a − v b)ⁱ bʲ) for i + j ≤ 3, (4, 4)."""

    def interval(self, confidence: float = 0.95) -> Interval:
        """All u that the skewness-corrected t-test at level 1 − ``confidence`` does not reject."""
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        return Interval(low=self._endpoint(z, -1), high=self._endpoint(z, 1))

    def sequence(self, confidence: float = 0.95) -> Interval:
        """v ± σ √(2(nρ² + 1) / (n²ρ²) · ln(√(nρ² + 1) / α)), with σ the standard deviation of (a − v b) /
        mean(b) and ρ chosen so that it is tightest at ``TIGHTEST_AT``.
        """
        alpha = 1 - confidence
        rho2 = (-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))) / TIGHTEST_AT
        spread = self.count * rho2 + 1
        width = self.standard_error * math.sqrt(
            2 * spread / (self.count * rho2) * math.log(math.sqrt(spread) / alpha)
        )
        return Interval(low=self.value - width, high=self.value + width)

    @property
    def standard_error(self) -> float:
        """The standard error of v."""
        return math.sqrt(self.means[2, 0] / max(self.count - 1, 1)) / float(self.means[0, 1])

    def _endpoint(self, z: float, side: int) -> float:
        """Where the test statistic exceeds ``z`` on the lower (-1) or the upper (1) side of v; infinite if
        it never does. By doubling and bisection.
        """

        def rejected(away: float) -> bool:
            return abs(self._statistic(self.value + side * away)) >= z

        near, far = 0.0, self.standard_error
        if far == 0:
            return self.value
        for _ in range(MAX_DOUBLINGS):
            if rejected(far):
                break
            near, far = far, 2 * far
        else:
            return side * math.inf
        for _ in range(BISECTION_STEPS):
            middle = (near + far) / 2
            near, far = (near, middle) if rejected(middle) else (middle, far)
        return self.value + side * far

    def _statistic(self, u: float) -> float:
        """Hall's transformation T + γ(2T² + 1) / (6√n) + γ²T³ / (27n) of the studentised mean T of a − u b,
        with γ its skewness; ``skewness`` below is γ / √n.
        """
        d = u - self.value
        m: list[list[float]] = self.means.tolist()
        first = m[1][0] - d * m[0][1]
        second = m[2][0] - 2 * d * m[1][1] + d * d * m[0][2]
        third = m[3][0] - 3 * d * m[2][1] + 3 * d * d * m[1][2] - d**3 * m[0][3]
        variance = second - first * first
        if variance <= 0:
            return math.copysign(math.inf, first)
        deviation = math.sqrt(variance)
        t = (first / deviation) * math.sqrt(max(self.count - 1, 1))
        skewness = float(third - 3 * first * second + 2 * first**3) / deviation**3 / math.sqrt(self.count)
        return t + skewness * (2 * t * t + 1) / 6 + skewness**2 * t**3 / 27


def moments(pairs: Callable[[], Iterable[Pairs]]) -> Moments:
    """The moments of ``pairs``, which is called twice and yields chunks. Raises ValueError if mean(b) ≤ 0."""
    count, a, b = 0, 0.0, 0.0
    for some in pairs():
        count, a, b = count + some.a.size, a + float(some.a.sum()), b + float(some.b.sum())
    if not b > 0:
        raise ValueError("a ratio of means needs a positive denominator")
    value, sums = a / b, np.zeros((4, 4))
    for some in pairs():
        _add_powers(sums, some.a - value * some.b, some.b)
    return Moments(count=count, value=value, means=sums / count)


def _add_powers(sums: Matrix, z: Vector, b: Vector) -> None:
    """Add Σ zⁱ bʲ to ``sums``. Uses einsum: BLAS would wake all its threads for every short product."""
    powers = {(1, 0): z, (0, 1): b, (2, 0): z * z, (1, 1): z * b, (0, 2): b * b}
    sums[0, 0] += z.size
    for (i, j), product in powers.items():
        sums[i, j] += product.sum()
        if i + j == 2:
            sums[i + 1, j] += np.einsum("i,i->", product, z)
    sums[0, 3] += np.einsum("i,i->", powers[0, 2], b)
