"""Recovering difference softmax, a baseline without features: arms lose value when shown and recover.

Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications" (KDD
2020). The score of arm a for a person at time t is

    mean reward of rounds with a − mean reward of rounds that offered a but chose another arm
    − penalty · 2^(−(t − last time the person saw a) / half_life)

The difference of means corrects for arms that are only available on bad days. The paper divides it by the
second mean; rewards here may be 0 or negative, so it stays absolute. The action is drawn by softmax, here
with a floor.

Every round is stored with the arms that were not chosen, so that it can be retracted exactly: a person's
state grows without bound.
"""

from __future__ import annotations

import json
import logging
import math
from bisect import insort
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.grid import MAX_MAGNITUDE, on_grid
from core.bandit.rules import Softmax

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Round:
    """One rewarded decision. The names of the fields are keys of the serialized state."""

    at: float
    """Days since any fixed day."""
    chosen: str
    reward: float
    """On the grid."""
    passed: tuple[str, ...]
    """The other arms that were offered, in order."""


@dataclass(slots=True, kw_only=True)
class _Arm:
    """Sums of one arm over all people."""

    chosen: int = 0
    """Rounds in which it was chosen."""
    earned: float = 0.0
    """Sum of the rewards of these rounds."""
    passed: int = 0
    """Rounds in which it was offered and another arm was chosen."""
    missed: float = 0.0
    """Sum of the rewards of these rounds."""

    @property
    def score(self) -> float:
        """Mean reward of the rounds with the arm minus that of the rounds without; 0 until both exist."""
        if not (self.chosen and self.passed):
            return 0.0
        return self.earned / self.chosen - self.missed / self.passed


@dataclass(slots=True, kw_only=True, eq=False)
class RecoveringSoftmax:
    """A ``BanditPolicy`` with these differences: ``state`` is unbounded, any finite ``at`` is valid, and
    ``retract`` raises ValueError for an observation that was not learned. The arms of a decision are stored
    until its reward arrives, if it never does forever. Raises ValueError for settings out of range.
    """

    dimension: int
    columns: tuple[int, ...] = ()
    """Candidates with equal features in these columns are one arm; empty means all columns."""
    penalty: float = 0.1
    """Subtracted right after the arm was shown, in units of reward."""
    half_life: float = 15.0
    """Of the penalty, in days."""
    temperature: float = 0.05
    """In units of reward."""
    floor: float = 0.05

    _people: dict[str, list[_Round]] = field(default_factory=dict, init=False)
    _arms: dict[str, _Arm] = field(default_factory=dict, init=False)
    _offered: dict[tuple[str, float], tuple[str, ...]] = field(default_factory=dict, init=False)
    _rule: Softmax = field(init=False)

    def __post_init__(self) -> None:
        if self.dimension < 1 or not all(0 <= column < self.dimension for column in self.columns):
            raise ValueError("columns must be columns of the features, of which there is at least one")
        if not (0 <= self.penalty < math.inf and 0 < self.half_life < math.inf):
            raise ValueError("penalty must be at least 0, half_life above 0")
        self._rule = Softmax(temperature=self.temperature, floor=self.floor)

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        rows = np.asarray(features, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"candidates of shape {rows.shape}, not (k, {self.dimension})")
        if not math.isfinite(at):
            raise ValueError("the time of a decision must be a finite number of days")
        if not len(rows):
            return np.zeros(0)
        if not np.isfinite(rows).all():
            log.warning(
                "no sound distribution of %d candidates: every one is as likely as the others", len(rows)
            )
            return np.full(len(rows), 1.0 / len(rows))
        arms = tuple(map(self._arm_key, rows))
        self._offered[person, at] = tuple(sorted(set(arms)))
        last_shown = {one.chosen: one.at for one in self._people.get(person, ())}  # rounds ascend in time
        scores = {arm: self._score(arm) - self._recency_penalty(last_shown.get(arm), at) for arm in set(arms)}
        return self._rule.probabilities(rows, np.array([scores[arm] for arm in arms]), np.zeros((0, 0)))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        chosen, value = self._validated(x, reward, at)
        offered = self._offered.pop((person, at), ())
        passed = tuple(arm for arm in offered if arm != chosen)
        learned = _Round(at=at, chosen=chosen, reward=value, passed=passed)
        insort(self._people.setdefault(person, []), learned)
        self._count(learned, 1)

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        chosen, value = self._validated(x, reward, at)
        rounds = self._people.get(person, [])
        same = (one for one in rounds if (one.at, one.chosen, one.reward) == (at, chosen, value))
        learned = next(same, None)
        if learned is None:
            raise ValueError("this was not learned about this person")
        rounds.remove(learned)
        self._count(learned, -1)
        # The decision may get another reward.
        self._offered.setdefault((person, at), tuple(sorted({chosen, *learned.passed})))

    def state(self, person: str) -> bytes:
        return json.dumps([asdict(learned) for learned in self._people.get(person, ())]).encode()

    def restore(self, person: str, state: bytes) -> None:
        try:
            rounds = sorted(_round(**fields) for fields in json.loads(state))
        except (ValueError, TypeError, OverflowError) as fault:
            raise ValueError("what was learned about this person is damaged") from fault
        for learned in self._people.get(person, ()):
            self._count(learned, -1)
        for learned in rounds:
            self._count(learned, 1)
        self._people[person] = rounds

    def _validated(self, x: Vector, reward: float, at: float) -> tuple[str, float]:
        """The key of the arm, and the reward on the grid. Raises ValueError as ``learn`` does."""
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        if not (np.isfinite(row).all() and math.isfinite(reward) and math.isfinite(at)):
            raise ValueError("features, rewards and times must be finite numbers")
        if abs(reward) > MAX_MAGNITUDE:
            log.warning("a reward is outside ±%g and counts as that", MAX_MAGNITUDE)
        return self._arm_key(row), float(on_grid(reward))

    def _count(self, learned: _Round, sign: int) -> None:
        """Add a round to the sums (``sign`` 1) or remove it (-1); exact, since rewards are on the grid."""
        for key in (learned.chosen, *learned.passed):
            arm = self._arms.setdefault(key, _Arm())
            if key == learned.chosen:
                arm.chosen, arm.earned = arm.chosen + sign, arm.earned + sign * learned.reward
            else:
                arm.passed, arm.missed = arm.passed + sign, arm.missed + sign * learned.reward
            if not (arm.chosen or arm.passed):
                del self._arms[key]

    def _arm_key(self, row: Vector) -> str:
        return (row[list(self.columns)] if self.columns else row).tobytes().hex()

    def _score(self, key: str) -> float:
        arm = self._arms.get(key)
        return arm.score if arm else 0.0

    def _recency_penalty(self, last_shown: float | None, at: float) -> float:
        """penalty · 2^(−(at − last_shown) / half_life); 0 if the person never saw the arm."""
        if last_shown is None:
            return 0.0
        return float(self.penalty * 0.5 ** (max(at - last_shown, 0.0) / self.half_life))


def _round(*, at: float, chosen: str, reward: float, passed: Sequence[Any]) -> _Round:
    """A round from a serialized state. Raises ValueError or TypeError for anything else."""
    if not (math.isfinite(at) and math.isfinite(reward) and isinstance(chosen, str)):
        raise ValueError("no round")
    return _Round(at=at, chosen=chosen, reward=float(on_grid(reward)), passed=tuple(map(str, passed)))
