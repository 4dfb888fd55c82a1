"""Vowpal Wabbit as a rival: SquareCB over candidates with action-dependent features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from vowpalwabbit.pyvw import Workspace

from benchmarks.peers.worlds import DIMENSION
from core.bandit.arrays import FloatArray

# The best of seven settings tried in the world "five", on two seeds that the table does not use.
TUNED = "--gamma_scale 100 --learning_rate 1.5"

_OPTIONS = "--cb_explore_adf --squarecb --cb_type mtr --noconstant --quiet"
_LINE = "|c " + " ".join(f"{number}:%.4g" for number in range(DIMENSION))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _PendingReward:
    features: FloatArray
    lines: list[str]
    probabilities: FloatArray


class VowpalWabbit:
    """``personal``: adds interactions of person and feature (``-q pc``) to the common weights.

    An update needs all candidates of the decision and the probability of the shown one; they are stored
    until the reward arrives.
    """

    def __init__(self, *, personal: bool, options: str = "") -> None:
        self._personal = personal
        self._workspace = Workspace(f"{_OPTIONS} {options} {'-q pc' if personal else ''}")
        self._pending: dict[tuple[str, float], _PendingReward] = {}

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """SquareCB's probabilities."""
        lines = [_LINE % tuple(row) for row in features.tolist()]
        if self._personal:
            lines.insert(0, f"shared |p {person}")
        probabilities = np.array(self._workspace.predict(lines))
        self._pending[person, at] = _PendingReward(
            features=features, lines=lines, probabilities=probabilities
        )
        return probabilities

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """One multi-line example, with the cost at the shown candidate."""
        pending = self._pending.pop((person, at))
        shown = int((pending.features == x).all(axis=1).argmax())
        line = shown + int(self._personal)
        label = f"0:{1 - reward}:{pending.probabilities[shown]}"
        self._workspace.learn(
            [*pending.lines[:line], f"{label} {pending.lines[line]}", *pending.lines[line + 1 :]]
        )
