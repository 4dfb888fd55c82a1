"""Randomised assignment to the hold-out arm; logged, so that a replay can repeat it."""

from __future__ import annotations

from random import Random

from core.records import HoldoutDraw


def draw_holdout(chance: float, seed: int) -> HoldoutDraw:
    """Hold out with probability ``chance``. ``seed`` ≥ 0 must not be the seed that drew the candidate."""
    held_out = Random(seed).random() < chance  # noqa: S311 - reproducible as in ``draw``, not secret
    return HoldoutDraw(seed=seed, chance=chance, held_out=held_out)
