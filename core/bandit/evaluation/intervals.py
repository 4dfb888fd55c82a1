"""Intervals for means and for ratios of means, from few numbers and in small samples.

What they promise:

- ``Moments.interval``: the usual one, for looking once. Studentised and corrected for skewness (Hall, "On the
  removal of skewness by transformation", JRSS B 54, 1992), which makes it as accurate as the bootstrap-t,
  without its randomness; a ratio is turned into a mean first (Fieller, JRSS B 16, 1954). Approximate: for
  decisions that are alike and independent, given enough of them.
- ``Moments.sequence``: for looking as often as one likes. An asymptotic confidence sequence (Waudby-Smith,
  Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 52, 2024, theorem 2.2). Approximate as well.
- ``core/bandit/evaluation/guarantees.py`` has those that hold for every sample size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

TIGHTEST = 2_000
"""Decisions after which the confidence sequence is at its best; it holds before and after as well."""

HALVINGS = 60
DOUBLINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From ``low`` to ``high``."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Two numbers for each decision, ``a`` (n,) and ``b`` (n,). What is wanted is mean(a) / mean(b)."""

    a: Vector
    b: Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments:
    """A ratio of means v = mean(a) / mean(b), and ``means[i, j]`` = mean((a − v b)ⁱ bʲ) for i + j ≤ 3.

    With z = a − u b, a value u is credible as long as the mean of z may be 0: an interval is a test turned
    round. Taking moments around v leaves no digits to be lost.
    """

    count: int
    value: float
    means: npt.NDArray[np.float64]

    def interval(self, confidence: float = 0.95) -> Interval:
        """All u that a test at level 1 − ``confidence`` lets stand."""
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        return Interval(low=self._crossing(z, -1), high=self._crossing(z, 1))

    def sequence(self, confidence: float = 0.95) -> Interval:
        """v ± σ √(2(nρ² + 1) / (n²ρ²) · ln(√(nρ² + 1) / α)), σ that of (a − v b) / mean(b)."""
        alpha = 1 - confidence
        rho2 = (-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))) / TIGHTEST
        spread = self.count * rho2 + 1
        width = self.error * math.sqrt(2 * spread / (self.count * rho2) * math.log(math.sqrt(spread) / alpha))
        return Interval(low=self.value - width, high=self.value + width)

    @property
    def error(self) -> float:
        """The standard error of v."""
        return math.sqrt(self.means[2, 0] / max(self.count - 1, 1)) / float(self.means[0, 1])

    def _crossing(self, z: float, side: int) -> float:
        """Where the test statistic passes ``z`` on the lower (-1) or the upper (1) side of v."""

        def rejected(away: float) -> bool:
            return abs(self._statistic(self.value + side * away)) >= z

        near, far = 0.0, self.error
        if far == 0:
            return self.value
        for _ in range(DOUBLINGS):
            if rejected(far):
                break
            near, far = far, 2 * far
        else:
            return side * math.inf
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            near, far = (near, middle) if rejected(middle) else (middle, far)
        return self.value + side * far

    def _statistic(self, u: float) -> float:
        """Hall's transformation T + γ(2T² + 1) / (6√n) + γ²T³ / (27n) of the studentised mean T of a − u b,
        γ its skewness (γ / √n is ``skewness`` below).
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
    """Of ``pairs``, some at a time, which are gone through twice. ValueError if mean(b) is not above 0."""
    count, a, b = 0, 0.0, 0.0
    for some in pairs():
        count, a, b = count + some.a.size, a + float(some.a.sum()), b + float(some.b.sum())
    if not b > 0:
        raise ValueError("a ratio of means needs a positive denominator")
    value, sums = a / b, np.zeros((4, 4))
    for some in pairs():
        _add_powers(sums, some.a - value * some.b, some.b)
    return Moments(count=count, value=value, means=sums / count)


def _add_powers(sums: npt.NDArray[np.float64], z: Vector, b: Vector) -> None:
    """Add Σ zⁱ bʲ to ``sums``. By einsum: BLAS would wake all its threads for every short product."""
    powers = {(1, 0): z, (0, 1): b, (2, 0): z * z, (1, 1): z * b, (0, 2): b * b}
    sums[0, 0] += z.size
    for (i, j), product in powers.items():
        sums[i, j] += product.sum()
        if i + j == 2:
            sums[i + 1, j] += np.einsum("i,i->", product, z)
    sums[0, 3] += np.einsum("i,i->", powers[0, 2], b)
