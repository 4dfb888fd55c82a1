"""The in-memory contextual bandit that ``core.bandit.make_policy`` returns.

A reward updates one person's statistics at once. The quantities derived from them (the person's part, the
mean of the common weights, the person's posterior) are updated at the next decision, once for all rewards in
between. The variances and the covariance of the common weights are updated every ``refresh_every`` rewards.
Every observation can be retracted exactly.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.forgetting import HALF_LIFE_DAYS, step_at, step_of, weight_of
from core.bandit.grid import MAX_MAGNITUDE, STEPS_PER_UNIT
from core.bandit.mixed import Part, Variances, add_to_diagonal, is_feasible
from core.bandit.population import REFRESH_EVERY, Population
from core.bandit.rules import Rule
from core.bandit.statistics import Statistics

log = logging.getLogger(__name__)


class BanditPolicy(Protocol):
    """What ``make_policy`` returns. ``person`` is any name; ``at`` is a time in days since any fixed day."""

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        """Probabilities (k,) float64 of candidates ``features`` (k, d); the caller draws one.

        Uniform, with a warning in the log, if a feature is not finite; empty for no candidates. Features are
        neither clipped nor rounded. Raises ValueError for another d, and for a bad ``at`` as ``learn`` does.
        """
        ...

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Add the observation that features ``x`` (d,), shown at ``at``, earned ``reward``.

        Values outside ±16 are clipped, with a warning in the log. Time only moves forward: a later ``at``
        discounts all earlier observations. All-zero features, as those of silence, are ignored: their
        expected reward is 0 by definition, and counting them would bias the noise variance downwards.

        Raises ValueError, and learns nothing, for numbers that are not finite, for another d, and for an
        ``at`` more than 400 half-lives from day zero.
        """
        ...

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        """Remove exactly one observation that ``learn`` added with the same arguments.

        Raises ValueError if there is no observation of the person. Sums cannot tell whether it was this one.
        """
        ...

    def state(self, person: str) -> bytes:
        """What was learned about ``person``: 4,500 bytes at d = 32 for a policy with a model."""
        ...

    def restore(self, person: str, state: bytes) -> None:
        """Replace what was learned about ``person`` with ``state``. Raises ValueError for damaged bytes."""
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class _PersonState:
    """One person's statistics, and what is derived from them on demand."""

    statistics: Statistics
    part: Part | None = None
    """As last added to the population; None before that."""
    mean: Vector = field(default_factory=lambda: np.empty(0))
    """Posterior mean (d,); empty before its first use."""
    covariance: Matrix = field(default_factory=lambda: np.empty((0, 0)))
    """Posterior covariance (d, d); empty before its first use."""
    version: int = -1
    """The version of the common mean that ``mean`` was computed with."""


@dataclass(slots=True, kw_only=True, eq=False)
class Learner:
    """A mixed-effects linear model (``mixed.py``) with an exploration rule (``rules.py``).

    The posterior of person u, with m and S those of the common weights and C and C v the person's part:

        mean = C (m/τ²) + C v,   covariance = C (S/τ⁴) C + C;   without rewards m and S + τ²I

    Raises ValueError for a ``half_life`` (days) or ``refresh_every`` (rewards) that is not above 0.
    """

    dimension: int
    rule: Rule
    variances: Variances = field(default_factory=Variances)
    half_life: float = HALF_LIFE_DAYS
    refresh_every: int = REFRESH_EVERY

    _people: dict[str, _PersonState] = field(default_factory=dict, init=False)
    _population: Population = field(init=False)
    _mean: Vector = field(init=False)  # m
    _mean_over_tau2: Vector = field(init=False)  # m/τ²
    _covariance_over_tau4: Matrix = field(init=False)  # S/τ⁴
    _newcomer_covariance: Matrix = field(init=False)  # S + τ²I
    _version: int = field(default=0, init=False)  # grows whenever m changes
    _stale_parts: dict[str, Part | None] = field(default_factory=dict, init=False)
    """People whose statistics changed since m was computed, with the part that m still contains."""

    def __post_init__(self) -> None:
        if self.dimension < 1:
            raise ValueError("a policy needs at least one feature")
        if not (0 < self.half_life < math.inf and self.refresh_every > 0):
            raise ValueError("half_life and refresh_every must be above 0")
        self._population = Population.empty(np.zeros(self.dimension), self.variances)
        self._update_common_mean()
        self._update_common_covariance()

    def distribution(self, features: Matrix, *, person: str, at: float) -> Vector:
        rows = np.asarray(features, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"candidates of shape {rows.shape}, not (k, {self.dimension})")
        if not len(rows):
            return np.zeros(0)
        self._advance_to(at)
        if self._stale_parts:
            self._replace_stale_parts()
        entry = self._people.get(person)
        if entry is None or entry.part is None:
            mean, covariance = self._mean, self._newcomer_covariance
        else:
            if entry.version != self._version:
                self._update_person_posterior(entry, entry.part)
            mean, covariance = entry.mean, entry.covariance
        scores = rows.dot(mean)  # for small matrices half the overhead of @
        if math.isfinite(scores.dot(scores)):  # false if any feature is not finite
            probabilities = self.rule.probabilities(rows, scores, covariance)
            if abs(sum(probabilities.tolist()) - 1.0) <= 1e-9:  # false for NaN
                return probabilities
        log.warning("no sound distribution of %d candidates: every one is as likely as the others", len(rows))
        return np.full(len(rows), 1.0 / len(rows))

    def learn(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._snap_to_grid(x, reward)
        step = self._advance_to(at)
        if not np.count_nonzero(row):
            return
        entry = self._people.get(person)
        before = entry.statistics if entry else Statistics.empty(self.dimension)
        self._set_statistics(person, entry, before.plus_unchecked(row, value, weight_of(step)))
        if self._population.count >= self._population.refit_at:
            self._refit(self._population.step)

    def retract(self, x: Vector, reward: float, *, person: str, at: float) -> None:
        row, value = self._snap_to_grid(x, reward)
        entry = self._people.get(person)
        if entry is None:
            raise ValueError("nothing was learned about this person")
        weight = weight_of(step_at(at, self.half_life))
        if np.count_nonzero(row):
            self._set_statistics(person, entry, entry.statistics.plus_unchecked(row, value, -weight))

    def state(self, person: str) -> bytes:
        entry = self._people.get(person)
        return (entry.statistics if entry else Statistics.empty(self.dimension)).to_bytes()

    def restore(self, person: str, state: bytes) -> None:
        statistics = Statistics.from_bytes(state, self.dimension)
        if not is_feasible(statistics):
            raise ValueError("statistics are damaged: no rewards can have produced them")
        if statistics.count:
            self._advance_to_step(step_of(statistics.weight / statistics.count))
        self._set_statistics(person, self._people.get(person), statistics)
        if self._population.count >= self._population.refit_at:
            self._refit(self._population.step)

    def _advance_to(self, at: float) -> int:
        """Advance the clock to ``at``, if that is later. Returns the step of ``at``."""
        step = step_at(at, self.half_life)
        if step != self._population.step:
            self._advance_to_step(step)
        return step

    def _advance_to_step(self, step: int) -> None:
        """Before the first reward the clock is set to ``step``; later it only moves forward."""
        if not self._population.count:
            self._population = replace(self._population, step=step)
        elif step > self._population.step:
            self._refit(step)

    def _refit(self, step: int) -> None:
        """Refit the variances at ``step`` and recompute everything derived from them."""
        names = sorted(self._people)
        everybody: Sequence[Statistics] = [self._people[name].statistics for name in names]
        population = self._population.refit_variances(everybody, step, every=self.refresh_every)
        self.variances = population.variances
        parts: dict[str, Part | None] = {}
        for name, statistics in zip(names, everybody, strict=True):
            parts[name] = part = population.part(statistics)
            population = population.with_part_replaced(None, part, statistics.count)
        self._population = population
        self._stale_parts.clear()
        self._update_common_mean()
        self._update_common_covariance()
        for name, part in parts.items():
            self._people[name] = _PersonState(statistics=self._people[name].statistics, part=part)

    def _snap_to_grid(self, x: Vector, reward: float) -> tuple[Vector, float]:
        """``x`` and ``reward``, clipped and rounded to the grid. Raises ValueError as ``learn`` does."""
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (self.dimension,):
            raise ValueError(f"features of shape {row.shape}, not ({self.dimension},)")
        largest = np.maximum.reduce(np.abs(row))
        if not (largest <= MAX_MAGNITUDE and abs(reward) <= MAX_MAGNITUDE):  # also true for NaN
            if not (math.isfinite(largest) and math.isfinite(reward)):
                raise ValueError("features and rewards must be finite numbers")
            log.warning("a feature or reward is outside ±%g and counts as that", MAX_MAGNITUDE)
            row, reward = (
                row.clip(-MAX_MAGNITUDE, MAX_MAGNITUDE),
                min(max(reward, -MAX_MAGNITUDE), MAX_MAGNITUDE),
            )
        steps = row * STEPS_PER_UNIT
        np.rint(steps, out=steps)
        steps /= STEPS_PER_UNIT
        return steps, round(reward * STEPS_PER_UNIT) / STEPS_PER_UNIT

    def _set_statistics(self, person: str, entry: _PersonState | None, statistics: Statistics) -> None:
        """Replace a person's statistics; ``entry`` is what is stored so far."""
        added = statistics.count - (entry.statistics.count if entry else 0)
        self._stale_parts.setdefault(person, entry.part if entry else None)
        self._population = self._population.with_part_replaced(None, None, added)
        if statistics.count:
            self._people[person] = _PersonState(statistics=statistics)
        else:
            self._people.pop(person, None)

    def _replace_stale_parts(self) -> None:
        """Replace the parts of all people whose statistics changed."""
        population = self._population
        for person, before in self._stale_parts.items():
            entry = self._people.get(person)
            after = population.part(entry.statistics) if entry else None
            if entry:
                entry.part = after
            population = population.with_part_replaced(before, after, 0)
        self._population = population
        self._stale_parts.clear()
        self._update_common_mean()

    def _update_common_mean(self) -> None:
        """Recompute m and what depends on it."""
        self._mean = self._population.mean()
        self._mean_over_tau2 = self._mean * (1.0 / self.variances.person)
        self._version += 1

    def _update_common_covariance(self) -> None:
        """Recompute S, which is updated with the variances only, and what depends on it."""
        self._newcomer_covariance = self._population.covariance()
        self._covariance_over_tau4 = self._newcomer_covariance * (1.0 / self.variances.person**2)
        add_to_diagonal(self._newcomer_covariance, self.variances.person)

    def _update_person_posterior(self, entry: _PersonState, part: Part) -> None:
        """Update a person's posterior; the covariance is computed once per part."""
        c = part.conditional_covariance
        entry.mean = c.dot(self._mean_over_tau2)
        entry.mean += part.conditional_mean
        if not entry.covariance.size:
            entry.covariance = c.dot(self._covariance_over_tau4).dot(c)  # c is symmetric
            entry.covariance += c
        entry.version = self._version
