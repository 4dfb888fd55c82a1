"""The grid on which features and rewards lie, which makes learning exactly retractable.

On multiples of 2**-10 within ±16 every product is a multiple of 2**-20 of at most 2**8. A float64 holds
multiples of 2**-20 exactly up to 2**33, so 33 million of the largest of them, and 8 billion of size one,
add up without any rounding: sums do not depend on their order, and subtracting what was added leaves the
very same bytes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STEPS = 1024
"""Grid points per unit."""

BOUND = 16.0
"""No feature or reward is larger than this, in either direction."""


def on_grid(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The grid points nearest to ``values`` (any shape), within the bound. Never negative zero."""
    steps = np.rint(np.clip(np.asarray(values, dtype=np.float64), -BOUND, BOUND) * STEPS)
    return steps / STEPS + 0.0
