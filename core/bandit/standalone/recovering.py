"""Duolingo's recovering difference softmax, as a baseline: no features, but arms that tire and recover.

Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications" (KDD
2020). An arm's score is the mean reward of the rounds in which it was chosen less that of the rounds in
which it could have been and another was: a *difference*, so that an arm does not look good because it
sleeps on bad days. The paper takes it relative to the second mean; rewards here may be 0 and less, so it
is absolute. Of the score goes a penalty that halves with every ``half_life`` since the person saw that
arm last. The action is drawn by softmax, here with a floor.

Every round that was learned is kept, with the arms that were passed over, so that it can be taken back
exactly: a person's state grows with their rewards, without a bound.
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

from core.bandit.grid import BOUND, on_grid
from core.bandit.rules import Softmax
from core.bandit.statistics import Matrix, Vector

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Round:
    """What was learned at once: ``chosen`` was shown ``at`` a time in the place of ``passed``, which are in
    order, and earned ``reward``, on the grid.
    """

    at: float
    chosen: str
    reward: float
    passed: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Arm:
    """Everybody's rewards: when it was ``chosen``, and when it was ``passed`` over."""

    chosen: int = 0
    earned: float = 0.0
    passed: int = 0
    missed: float = 0.0

    @property
    def score(self) -> float:
        """Mean reward of the rounds with the arm, less that of the rounds without."""
        if not (self.chosen and self.passed):
            return 0.0
        return self.earned / self.chosen - self.missed / self.passed


@dataclass(slots=True, kw_only=True, eq=False)
class RecoveringSoftmax:
    """Fulfils ``BanditPolicy``, save that ``state`` is not bounded, that any finite ``at`` will do, and that
    only what was learned can be retracted. Rows that are equal in ``columns`` (all of them by default) are
    one arm. The arms of a decision are kept until its reward comes, if need be for ever.

    ``penalty`` and ``temperature`` are in rewards, ``half_life`` in days. Raises ValueError for settings
    that make no sense.
    """

    dimension: int
    columns: tuple[int, ...] = ()
    penalty: float = 0.1
    half_life: float = 15.0
    temperature: float = 0.05
    floor: float = 0.05

    _people: dict[str, list[_Round]] = field(default_factory=dict, init=False)
    _arms: dict[str, _Arm] = field(default_factory=dict, init=False)
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
        if not math.isfinite(at):
            raise ValueError("the time of a decision must be a finite number of days")
        if not len(rows):
            return np.zeros(0)
        if not np.isfinite(rows).all():
            log.warning(
                "no sound distribution of %d candidates: every one is as likely as the others", len(rows)
            )
            return np.full(len(rows), 1.0 / len(rows))
        arms = tuple(map(self._name, rows))
        self._met[person, at] = tuple(sorted(set(arms)))
        shown = {known.chosen: known.at for known in self._people.get(person, ())}  # the latest stands
        scores = {arm: self._score(arm) - self._tired(shown.get(arm), at) for arm in set(arms)}
        return self._rule.probabilities(rows, np.array([scores[arm] for arm in arms]), np.zeros((0, 0)))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        chosen, value = self._checked(x, reward, at)
        met = self._met.pop((person, at), ())
        passed = tuple(arm for arm in met if arm != chosen)
        learned = _Round(at=at, chosen=chosen, reward=value, passed=passed)
        insort(self._people.setdefault(person, []), learned)
        self._count(learned, 1)

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        chosen, value = self._checked(x, reward, at)
        rounds = self._people.get(person, [])
        same = (one for one in rounds if (one.at, one.chosen, one.reward) == (at, chosen, value))
        learned = next(same, None)
        if learned is None:
            raise ValueError("this was not learned about this person")
        rounds.remove(learned)
        self._count(learned, -1)
        # Another reward may follow for the same decision.
        self._met.setdefault((person, at), tuple(sorted({chosen, *learned.passed})))

    def state(self, person: str) -> bytes:
        return json.dumps([asdict(learned) for learned in self._people.get(person, ())]).encode()

    def restore(self, person: str, state: bytes) -> None:
        try:
            rounds = sorted(_round(**known) for known in json.loads(state))
        except (ValueError, TypeError, OverflowError) as fault:
            raise ValueError("what was learned about this person is damaged") from fault
        for learned in self._people.get(person, ()):
            self._count(learned, -1)
        for learned in rounds:
            self._count(learned, 1)
        self._people[person] = rounds

    def _checked(self, x: Vector, reward: float, at: float) -> tuple[str, float]:
        """The name of the arm, and the reward on the grid."""
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        if not (np.isfinite(row).all() and math.isfinite(reward) and math.isfinite(at)):
            raise ValueError("features, rewards and times must be finite numbers")
        if abs(reward) > BOUND:
            log.warning("a reward is outside ±%g and counts as that", BOUND)
        return self._name(row), float(on_grid(reward))

    def _count(self, learned: _Round, sign: int) -> None:
        """Add a round to everybody's sums, or take it out again: exactly, as rewards are on the grid."""
        for name in (learned.chosen, *learned.passed):
            arm = self._arms.setdefault(name, _Arm())
            if name == learned.chosen:
                arm.chosen, arm.earned = arm.chosen + sign, arm.earned + sign * learned.reward
            else:
                arm.passed, arm.missed = arm.passed + sign, arm.missed + sign * learned.reward
            if not (arm.chosen or arm.passed):
                del self._arms[name]

    def _name(self, row: Vector) -> str:
        return (row[list(self.columns)] if self.columns else row).tobytes().hex()

    def _score(self, name: str) -> float:
        arm = self._arms.get(name)
        return arm.score if arm else 0.0

    def _tired(self, shown: float | None, at: float) -> float:
        """What an arm still lacks since the person saw it last."""
        if shown is None:
            return 0.0
        return float(self.penalty * 0.5 ** (max(at - shown, 0.0) / self.half_life))


def _round(*, at: float, chosen: str, reward: float, passed: Sequence[Any]) -> _Round:
    """A round from a state. Raises ValueError and the like for anything else."""
    if not (math.isfinite(at) and math.isfinite(reward) and isinstance(chosen, str)):
        raise ValueError("no round")
    return _Round(at=at, chosen=chosen, reward=float(on_grid(reward)), passed=tuple(map(str, passed)))
