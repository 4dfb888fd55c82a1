"""A contextual bandit in memory, for anybody's data: ``core.bandit.make_policy`` makes one.

A reward changes one person's sums at once. What follows from them (the person's part in what everybody
taught, everybody's mean, the person's own belief) is computed at the next decision, once for all rewards
since the last one. The variances, and the covariance of what is common, follow every ``refresh_every``
rewards. All that is learned can be taken back exactly.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from core.bandit.forgetting import HALF_LIFE, step_at, step_of, weight_of
from core.bandit.grid import BOUND, STEPS
from core.bandit.mixed import Part, Variances, add_to_diagonal, is_possible
from core.bandit.population import REFRESH_EVERY, Population
from core.bandit.rules import Rule
from core.bandit.statistics import Matrix, Statistics, Vector

log = logging.getLogger(__name__)


class BanditPolicy(Protocol):
    """What ``make_policy`` returns. ``person`` is any name; ``at`` is in days since any fixed day."""

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        """Probabilities (k,) float64 of candidates ``features`` (k, d), to draw one from. Uniform, and
        logged, when a feature is no finite number; empty for no candidates. Candidates are taken as they
        are, whatever their size. Raises ValueError for another d, and for a time as ``learn`` does.
        """
        ...

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Learn that ``x`` (d,), shown at ``at``, earned ``reward``. What is outside ±16 counts as that,
        and is logged. Time only goes forward: after a later ``at``, everything earlier counts less.

        Features that are all 0, as those of silence, teach nothing: their expected reward is 0 by definition.
        Counted, they would make rewards look less noisy than they are.

        Raises ValueError for what is no finite number, for another d, and for an ``at`` of more than 400
        half-lives: nothing is learned then.
        """
        ...

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Forget one ``learn`` with the same arguments, exactly. Raises ValueError if nothing was learned
        about the person; whether it was just this, the sums can't tell.
        """
        ...

    def state(self, person: str) -> bytes:
        """What was learned about ``person``, as bytes: 4,500 for d = 32, if there is a model."""
        ...

    def restore(self, person: str, state: bytes) -> None:
        """Know about ``person`` what ``state`` says, and nothing else. Raises ValueError for damaged
        bytes.
        """
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class _Known:
    """What is known about one person, and what follows from it when it is needed: ``part``, and as of that
    ``version`` of the common mean ``mean`` and ``covariance``.
    """

    statistics: Statistics
    part: Part | None = None
    mean: Vector = field(default_factory=lambda: np.empty(0))
    covariance: Matrix = field(default_factory=lambda: np.empty((0, 0)))
    version: int = -1


@dataclass(slots=True, kw_only=True, eq=False)
class Learner:
    """A mixed-effects linear model (``mixed.py``) and a rule to explore by (``rules.py``).

    Raises ValueError for a ``half_life`` (days) or ``refresh_every`` (rewards) that is not above 0.
    """

    dimension: int
    rule: Rule
    variances: Variances = field(default_factory=Variances)
    half_life: float = HALF_LIFE
    refresh_every: int = REFRESH_EVERY

    _people: dict[str, _Known] = field(default_factory=dict, init=False)
    _population: Population = field(init=False)
    _mean: Vector = field(init=False)
    _pull: Vector = field(init=False)  # the mean over τ²: what everybody is drawn to
    _pull_spread: Matrix = field(init=False)  # the covariance of that
    _newcomer: Matrix = field(init=False)
    _version: int = field(default=0, init=False)  # of the mean
    _changed: dict[str, Part | None] = field(default_factory=dict, init=False)
    """Whose statistics changed since the mean was computed, and their part in it."""

    def __post_init__(self) -> None:
        if self.dimension < 1:
            raise ValueError("a policy needs at least one feature")
        if not (0 < self.half_life < math.inf and self.refresh_every > 0):
            raise ValueError("half_life and refresh_every must be above 0")
        self._population = Population.empty(np.zeros(self.dimension), self.variances)
        self._settle()
        self._spread_out()

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        rows = np.asarray(features, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"candidates of shape {rows.shape}, not (k, {self.dimension})")
        if not len(rows):
            return np.zeros(0)
        self._turn_to(at)
        if self._changed:
            self._join()
        known = self._people.get(person)
        if known is None or known.part is None:
            mean, covariance = self._mean, self._newcomer
        else:
            if known.version != self._version:
                self._renew(known, known.part)
            mean, covariance = known.mean, known.covariance
        scores = rows.dot(mean)  # for small matrices half the overhead of @
        if math.isfinite(scores.dot(scores)):  # a feature that is no number would show
            probabilities = self.rule.probabilities(rows, scores, covariance)
            if abs(sum(probabilities.tolist()) - 1.0) <= 1e-9:  # nor is NaN
                return probabilities
        log.warning("no sound distribution of %d candidates: every one is as likely as the others", len(rows))
        return np.full(len(rows), 1.0 / len(rows))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._checked(x, reward)
        step = self._turn_to(at)
        if not np.count_nonzero(row):
            return
        known = self._people.get(person)
        before = known.statistics if known else Statistics.empty(self.dimension)
        self._replace(person, known, before.moved(row, value, weight_of(step)))
        if self._population.count >= self._population.due:
            self._refresh(self._population.step)

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._checked(x, reward)
        known = self._people.get(person)
        if known is None:
            raise ValueError("nothing was learned about this person")
        weight = weight_of(step_at(at, self.half_life))
        if np.count_nonzero(row):
            self._replace(person, known, known.statistics.moved(row, value, -weight))

    def state(self, person: str) -> bytes:
        known = self._people.get(person)
        return (known.statistics if known else Statistics.empty(self.dimension)).to_bytes()

    def restore(self, person: str, state: bytes) -> None:
        statistics = Statistics.from_bytes(state, self.dimension)
        if not is_possible(statistics):
            raise ValueError("statistics are damaged: no rewards can have made them")
        if statistics.count:
            self._turn(step_of(statistics.weight / statistics.count))
        self._replace(person, self._people.get(person), statistics)
        if self._population.count >= self._population.due:
            self._refresh(self._population.step)

    def _turn_to(self, at: float) -> int:
        """Let the clock go on to ``at``; returns its step."""
        step = step_at(at, self.half_life)
        if step != self._population.step:
            self._turn(step)
        return step

    def _turn(self, step: int) -> None:
        """The first reward sets the clock; later it only goes forward."""
        if not self._population.count:
            self._population = replace(self._population, step=step)
        elif step > self._population.step:
            self._refresh(step)

    def _refresh(self, step: int) -> None:
        """Fit the variances to what everybody taught, and bring all that follows up to date."""
        names = sorted(self._people)
        everybody: Sequence[Statistics] = [self._people[name].statistics for name in names]
        population = self._population.refitted(everybody, step, every=self.refresh_every)
        self.variances = population.variances
        parts: dict[str, Part] = {}
        for name, statistics in zip(names, everybody, strict=True):
            if part := population.part(statistics):
                parts[name] = part
                population = population.replaced(None, part, statistics.count)
        self._population = population
        self._changed.clear()
        self._settle()
        self._spread_out()
        for name, part in parts.items():
            self._people[name] = _Known(statistics=self._people[name].statistics, part=part)

    def _checked(self, x: Vector, reward: float) -> tuple[Vector, float]:
        """Both on the grid, and within its bounds."""
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        largest = np.maximum.reduce(np.abs(row))
        if not (largest <= BOUND and abs(reward) <= BOUND):  # nor is NaN
            if not (math.isfinite(largest) and math.isfinite(reward)):
                raise ValueError("features and rewards must be finite numbers")
            log.warning("a feature or reward is outside ±%g and counts as that", BOUND)
            row, reward = row.clip(-BOUND, BOUND), min(max(reward, -BOUND), BOUND)
        steps = row * STEPS
        np.rint(steps, out=steps)
        steps /= STEPS
        return steps, round(reward * STEPS) / STEPS

    def _replace(self, person: str, known: _Known | None, statistics: Statistics) -> None:
        """Put ``statistics`` in the place of what is ``known``."""
        more = statistics.count - (known.statistics.count if known else 0)
        self._changed.setdefault(person, known.part if known else None)
        self._population = self._population.replaced(None, None, more)
        if statistics.count:
            self._people[person] = _Known(statistics=statistics)
        else:
            self._people.pop(person, None)

    def _join(self) -> None:
        """Put the parts of those whose statistics changed in the place of their old ones."""
        population = self._population
        for person, before in self._changed.items():
            known = self._people.get(person)
            after = population.part(known.statistics) if known else None
            if known:
                known.part = after
            population = population.replaced(before, after, 0)
        self._population = population
        self._changed.clear()
        self._settle()

    def _settle(self) -> None:
        """The mean of what is common changed."""
        self._mean = self._population.mean()
        self._pull = self._mean * (1.0 / self.variances.person)
        self._version += 1

    def _spread_out(self) -> None:
        """The covariance of what is common, which is brought up to date with the variances only, changed."""
        self._newcomer = self._population.covariance()
        self._pull_spread = self._newcomer * (1.0 / self.variances.person**2)
        add_to_diagonal(self._newcomer, self.variances.person)

    def _renew(self, known: _Known, part: Part) -> None:
        """Bring what is believed of a person up to date."""
        spread = part.spread
        known.mean = spread.dot(self._pull)
        known.mean += part.shift
        if not known.covariance.size:
            known.covariance = spread.dot(self._pull_spread).dot(spread)  # which is symmetric
            known.covariance += spread
        known.version = self._version
