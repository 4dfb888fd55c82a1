"""A guess of an outcome, made when a decision is drawn, from outcomes that had been settled by then.

A bet (``effect.py``, ``paired.py``) is fair whatever the guess is, as long as the draw can't have changed it.
An outcome is settled only some time after its decision; until then, what is drawn next may change it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


def settled_before(decided_at: Vector, settled_at: Vector) -> Indices:
    """How many of the first decisions had all been settled when each was drawn (n,); ``decided_at`` (n,)
    ascends, ``settled_at`` (n,) is later.
    """
    return np.searchsorted(np.maximum.accumulate(settled_at), decided_at, side="right").astype(np.int64)


def guesses(outcomes: Vector, settled: Indices) -> Vector:
    """The mean of the first ``settled`` outcomes (n,) and of a half, which is worth one decision."""
    sums = np.concatenate(([0.0], np.cumsum(outcomes)))
    guess: Vector = (sums[settled] + 0.5) / (settled + 1)
    return guess
