"""The coin of the hold-out: logged, so that a replay throws it again."""

from __future__ import annotations

from random import Random

from core.model import HoldoutDraw


def draw_holdout(chance: float, seed: int) -> HoldoutDraw:
    """Hold out with probability ``chance``; ``seed`` ≥ 0 is not the one that drew the tip."""
    held_out = Random(seed).random() < chance  # noqa: S311 - as in ``draw``: reproducible, not secret
    return HoldoutDraw(seed=seed, chance=chance, held_out=held_out)
