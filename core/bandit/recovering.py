"""Duolingo's recovering difference softmax, as a baseline: no features, but arms that tire and recover.

Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications" (KDD
2020). An arm's score is the mean reward of the rounds in which it was chosen less that of the rounds in
which it could have been and another was: a *difference*, so that an arm does not look good because it
sleeps on bad days. The paper takes it relative to the second mean; rewards here may be 0 and less, so it
is absolute. Of the score goes a penalty that halves with every ``half_life`` since the person saw that
arm last. The action is drawn by softmax, here with a floor.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import asdict, dataclass, field

import numpy as np

from core.bandit.grid import on_grid
from core.bandit.rules import Softmax
from core.bandit.statistics import Matrix, Vector


@dataclass(slots=True, kw_only=True)
class _Arm:
    """One person's rewards: when it was ``chosen``, and when it was ``passed`` over; ``shown`` at these
    times.
    """

    chosen: int = 0
    earned: float = 0.0
    passed: int = 0
    missed: float = 0.0
    shown: list[float] = field(default_factory=list)

    def is_empty(self) -> bool:
        return not (self.chosen or self.passed)


@dataclass(slots=True, kw_only=True, eq=False)
class RecoveringSoftmax:
    """Fulfils ``BanditPolicy``. Rows that are equal in ``columns`` (all of them by default) are one arm.

    ``penalty`` and ``temperature`` are in rewards, ``half_life`` in days. Raises ValueError for settings
    that make no sense.
    """

    dimension: int
    columns: tuple[int, ...] = ()
    penalty: float = 0.1
    half_life: float = 15.0
    temperature: float = 0.05
    floor: float = 0.05

    _people: dict[str, dict[str, _Arm]] = field(default_factory=lambda: defaultdict(dict), init=False)
    _met: dict[tuple[str, float], tuple[str, ...]] = field(default_factory=dict, init=False)
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
        if not len(rows):
            return np.zeros(0)
        if not (np.isfinite(rows).all() and math.isfinite(at)):
            return np.full(len(rows), 1.0 / len(rows))
        arms = tuple(map(self._name, rows))
        self._met[person, at] = arms
        known = {arm: self._score(arm) - self._tired(person, arm, at) for arm in set(arms)}
        scores = np.array([known[arm] for arm in arms])
        return self._rule.probabilities(rows, scores, np.zeros((0, 0)))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        self._change(x, reward, person, at, 1)

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        known = self._people.get(person, {}).get(self._name(np.asarray(x, dtype=np.float64)))
        if known is None or at not in known.shown:
            raise ValueError("this was not learned about this person")
        self._change(x, reward, person, at, -1)

    def state(self, person: str) -> bytes:
        arms = self._people.get(person, {})
        return json.dumps({arm: asdict(arms[arm]) for arm in sorted(arms)}).encode()

    def restore(self, person: str, state: bytes) -> None:
        try:
            arms = {arm: _Arm(**known) for arm, known in json.loads(state).items()}
        except (ValueError, TypeError, AttributeError) as fault:
            raise ValueError("what was learned about this person is damaged") from fault
        self._people[person] = arms

    def _change(self, x: Vector, reward: float, person: str, at: float, sign: int) -> None:
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        if not (np.isfinite(row).all() and math.isfinite(reward) and math.isfinite(at)):
            raise ValueError("features, rewards and times must be finite numbers")
        value, chosen = float(on_grid(reward)), self._name(row)
        arms = self._people[person]
        for name in {*self._met.get((person, at), ()), chosen}:
            arm = arms.setdefault(name, _Arm())
            if name == chosen:
                arm.chosen, arm.earned = arm.chosen + sign, arm.earned + sign * value
                (arm.shown.append if sign > 0 else arm.shown.remove)(at)
                arm.shown.sort()
            else:
                arm.passed, arm.missed = arm.passed + sign, arm.missed + sign * value
            if arm.is_empty():
                del arms[name]

    def _name(self, row: Vector) -> str:
        return (row[list(self.columns)] if self.columns else row).tobytes().hex()

    def _score(self, name: str) -> float:
        """Mean reward of everybody's rounds with the arm, less that of the rounds without."""
        known = [arms[name] for arms in self._people.values() if name in arms]
        chosen, passed = sum(arm.chosen for arm in known), sum(arm.passed for arm in known)
        if not (chosen and passed):
            return 0.0
        return sum(arm.earned for arm in known) / chosen - sum(arm.missed for arm in known) / passed

    def _tired(self, person: str, name: str, at: float) -> float:
        """What the arm still lacks since the person saw it last."""
        arm = self._people.get(person, {}).get(name)
        if arm is None or not arm.shown:
            return 0.0
        return float(self.penalty * 0.5 ** (max(at - arm.shown[-1], 0.0) / self.half_life))
