"""The grid on which features and rewards lie, so that observations can be retracted exactly.

Values are multiples of 2**-10 within ±16, so every product is a multiple of 2**-20 and at most 2**8. A
float64 represents multiples of 2**-20 exactly up to 2**33: 33 million products of the largest size, or 8
billion of size 1, add up without rounding. Sums therefore do not depend on their order, and subtracting a
summand restores the same bytes.

Tests: tests/core/bandit/test_statistics.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.bandit.arrays import FloatArray

STEPS_PER_UNIT = 1024
"""Grid points per unit."""

MAX_MAGNITUDE = 16.0
"""The largest absolute value of a feature or reward."""


def on_grid(values: npt.ArrayLike) -> FloatArray:
    """The grid points nearest to ``values`` (any shape), clipped to the bounds. Never negative zero."""
    steps = np.rint(
        np.clip(np.asarray(values, dtype=np.float64), -MAX_MAGNITUDE, MAX_MAGNITUDE) * STEPS_PER_UNIT
    )
    return steps / STEPS_PER_UNIT + 0.0
