"""Predictable guesses of outcomes: made at a draw, from outcomes that were known by then.

A bet (``effect.py``, ``paired.py``) is fair for any guess that the draw itself cannot influence. An outcome
becomes known some time after its decision; until then later draws may still change it.
"""

from __future__ import annotations

import numpy as np

from core.bandit.arrays import Indices, Vector


def count_known_before(decided_at: Vector, settled_at: Vector) -> Indices:
    """For each decision, the largest m such that the outcomes of the first m decisions were known when it
    was drawn, (n,).

    ``decided_at`` (n,): times in ascending order; ``settled_at`` (n,): when each outcome became known,
    later.
    """
    return np.searchsorted(np.maximum.accumulate(settled_at), decided_at, side="right").astype(np.int64)


def guesses(outcomes: Vector, known_before: Indices) -> Vector:
    """(Σ of the first m outcomes + 1/2) / (m + 1) for each m in ``known_before`` (n,)."""
    sums = np.concatenate(([0.0], np.cumsum(outcomes)))
    guess: Vector = (sums[known_before] + 0.5) / (known_before + 1)
    return guess
