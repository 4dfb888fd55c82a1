"""A contextual bandit in memory, for anybody's data: ``core.bandit.make_policy`` makes one.

It learns from every reward at once, and reads only what is ready when it decides. A reward changes one
person's sums and with them everybody's mean; the variances, and the covariance of what is common, follow
every ``refresh_every`` rewards. All that is learned can be taken back exactly.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from core.bandit.empirical_bayes import fitted
from core.bandit.forgetting import HALF_LIFE, step_at, weight_of
from core.bandit.grid import BOUND, STEPS, on_grid
from core.bandit.mixed import Part, Population, Posterior, Variances, is_possible, part_of
from core.bandit.rules import Rule
from core.bandit.statistics import Matrix, Statistics, Vector

log = logging.getLogger(__name__)

_FAR = (BOUND * STEPS) ** 2  # no shorter vector has an entry out of bounds

REFRESH_EVERY = 250
"""Rewards between two looks at the variances."""


class BanditPolicy(Protocol):
    """What ``make_policy`` returns. ``person`` is any name; ``at`` is in days since any fixed day."""

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        """Probabilities (k,) float64 of candidates ``features`` (k, d), to draw one from. Uniform, and
        logged, when a feature is no finite number; empty for no candidates. Raises ValueError for
        another d.
        """
        ...

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Learn that ``x`` (d,), shown at ``at``, earned ``reward``. What is outside ±16 counts as that,
        and is logged.

        Raises ValueError for what is no finite number, and for another d: nothing is learned then.
        """
        ...

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Forget one ``learn`` with the same arguments, exactly. Raises ValueError if there is nothing to
        forget.
        """
        ...

    def state(self, person: str) -> bytes:
        """What was learned about ``person``, as bytes: at most 4,500 for d = 32."""
        ...

    def restore(self, person: str, state: bytes) -> None:
        """Know about ``person`` what ``state`` says, and nothing else. Raises ValueError for damaged
        bytes.
        """
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class _Known:
    """What is known about one person, and what follows from it: ``covariance`` and, for that version of
    the common mean, ``mean``.
    """

    statistics: Statistics
    part: Part
    covariance: Matrix
    mean: Vector
    version: int = -1


@dataclass(slots=True, kw_only=True, eq=False)
class Learner:
    """A mixed-effects linear model (``mixed.py``) and a rule to explore by (``rules.py``)."""

    dimension: int
    rule: Rule
    variances: Variances = field(default_factory=Variances)
    half_life: float = HALF_LIFE
    refresh_every: int = REFRESH_EVERY

    _people: dict[str, _Known] = field(default_factory=dict, init=False)
    _population: Population = field(init=False)
    _prior: Vector = field(init=False)
    _mean: Vector = field(init=False)
    _covariance: Matrix = field(init=False)
    _newcomer: Matrix = field(init=False)
    _version: int = field(default=0, init=False)
    _count: int = field(default=0, init=False)
    _refresh_at: int = field(default=32, init=False)
    _step: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._prior = np.zeros(self.dimension)
        self._population = Population.empty(self.dimension)
        self._settle()
        self._spread_out()

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        rows = np.asarray(features, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"candidates of shape {rows.shape}, not (k, {self.dimension})")
        if not len(rows):
            return np.zeros(0)
        believed = self._believed(person)
        scores = rows @ believed.mean
        if math.isfinite(scores.dot(scores)):  # a feature that is no number would show
            probabilities = self.rule.probabilities(rows, scores, believed.covariance)
            if abs(np.add.reduce(probabilities) - 1.0) <= 1e-9 and np.minimum.reduce(probabilities) >= 0.0:
                return probabilities
        log.warning("no sound distribution of %d candidates: every one is as likely as the others", len(rows))
        return np.full(len(rows), 1.0 / len(rows))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._checked(x, reward)
        weight = self._weight(at)
        known = self._people.get(person)
        before = known.statistics if known else Statistics.empty(self.dimension)
        self._replace(person, before.moved(row, value, weight))
        self._count += 1
        if self._count >= self._refresh_at:
            self._refresh_at = min(2 * self._count, self._count + self.refresh_every)
            self.refresh()

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._checked(x, reward)
        known = self._people.get(person)
        if known is None:
            raise ValueError("nothing was learned about this person")
        self._replace(person, known.statistics.minus(row, value, self._weight(at)))
        self._count -= 1

    def state(self, person: str) -> bytes:
        known = self._people.get(person)
        return (known.statistics if known else Statistics.empty(self.dimension)).to_bytes()

    def restore(self, person: str, state: bytes) -> None:
        statistics = Statistics.from_bytes(state, self.dimension)
        if not is_possible(statistics):
            raise ValueError("statistics are damaged: no rewards can have made them")
        before = self._people.get(person)
        self._count += statistics.count - (before.statistics.count if before else 0)
        if self._step is None:
            self._step = 0
        self._replace(person, statistics)

    def refresh(self) -> None:
        """Fit the variances to what everybody taught, and bring all that follows up to date."""
        people = [known.statistics for known in self._people.values()]
        self.variances = fitted(people, self.variances, self._scale, self._prior)
        parts = {person: self._part(known.statistics) for person, known in self._people.items()}
        self._population = Population.empty(self.dimension)
        for part in parts.values():
            self._population = self._population.replaced(None, part)
        self._settle()
        self._spread_out()
        for person, part in parts.items():
            self._people[person] = self._known(self._people[person].statistics, part)

    @property
    def _scale(self) -> float:
        return weight_of(self._step or 0)

    def _weight(self, at: float) -> float:
        """The weight of a reward at ``at``. The first one sets the clock, a later step turns it for
        everybody.
        """
        step = step_at(at, self.half_life)
        if self._step is None:
            self._step = step
        elif step > self._step:
            self._step = step
            self.refresh()
        return weight_of(step)

    def _checked(self, x: Vector, reward: float) -> tuple[Vector, float]:
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        steps = np.rint(row * STEPS)
        length = float(steps.dot(steps))
        if not (math.isfinite(length) and math.isfinite(reward)):
            raise ValueError("features and rewards must be finite numbers")
        if max(length, (reward * STEPS) ** 2) > _FAR and max(np.abs(row).max(), abs(reward)) > BOUND:
            log.warning("a feature or reward is outside ±%g and counts as that", BOUND)
            steps, reward = on_grid(row) * STEPS, min(max(reward, -BOUND), BOUND)
        return steps / STEPS + 0.0, round(reward * STEPS) / STEPS

    def _replace(self, person: str, statistics: Statistics) -> None:
        before = self._people.pop(person, None)
        part = self._part(statistics) if statistics.count else None
        self._population = self._population.replaced(before.part if before else None, part)
        self._settle()
        if part:
            self._people[person] = self._known(statistics, part)

    def _part(self, statistics: Statistics) -> Part:
        return part_of(statistics, self.variances, self._scale, self._prior)

    def _known(self, statistics: Statistics, part: Part) -> _Known:
        covariance = part.spread + part.gain @ self._covariance @ part.gain  # which is symmetric
        return _Known(statistics=statistics, part=part, covariance=covariance, mean=self._mean)

    def _settle(self) -> None:
        """The mean of what is common changed."""
        self._mean = self._population.mean(self.variances)
        self._version += 1

    def _spread_out(self) -> None:
        """The covariance of what is common, which is brought up to date with the variances only, changed."""
        self._covariance = self._population.covariance(self.variances)
        self._newcomer = self._covariance + self.variances.person * np.eye(self.dimension)

    def _believed(self, person: str) -> Posterior:
        known = self._people.get(person)
        if known is None:
            return Posterior(mean=self._prior + self._mean, covariance=self._newcomer)
        if known.version != self._version:
            known.mean = self._prior + known.part.gain @ self._mean + known.part.shift
            known.version = self._version
        return Posterior(mean=known.mean, covariance=known.covariance)
