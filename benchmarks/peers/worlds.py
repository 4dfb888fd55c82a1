"""Seeded simulated worlds in which policies are compared: heterogeneous people, sleeping and recovering
candidates.

No random number depends on the picks of a policy: with one seed all policies get the same candidates, delays
and random numbers (common random numbers), so differences between policies are paired.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.bandit.arrays import FloatArray, Indices

DIMENSION = 32
CANDIDATES = 20
ROUNDS = 500
ROUNDS_PER_DAY = 3

_ITEMS_PER_CANDIDATE = 3  # a third of a person's items is available in any round
_KINDS = 4
_HOURS = 3
_EMBEDDING = 5
_RECENCY = slice(DIMENSION - 6, DIMENSION)
_SHORT, _LONG = 6.0, 60.0  # half-lives of the recency features, in rounds; people's true ones differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Parameters of a world. The effects sum to a utility, whose logistic is the expected reward."""

    people: int
    spread: float  # standard deviation of a person's effects around the common ones
    rounds: int = ROUNDS
    common: float = 0.4  # standard deviation of the common effects
    base: float = -1.7  # utility of an average candidate
    hidden: float = 0.45  # standard deviation of a person's preference for an item, which no feature shows
    recovery: float = 1.5  # utility lost right after the same item was shown
    fatigue: float = 0.3  # utility lost per recent tip that did not help
    drift: float = 0.02  # share of a person's effects that is replaced in each round
    missing: float = 0.15  # share of rewards that never arrive
    delay: float = 4.0  # mean number of rounds until a reward arrives, its own round included
    late: float = 0.0  # share of rewards that take ten times as long
    turning: float = 0.0  # share of people whose effects change sign halfway through
    candidates: int = CANDIDATES
    useless: int = 0  # number of kinds, of four, that hardly ever help
    silence: bool = False  # whether showing nothing is a further candidate, with features and reward 0
    burden: float = 0.0  # cost of a tip: its reward is 1 or 0, minus this


WORLDS = {
    "differing": Setting(people=100, spread=0.6),
    "alike": Setting(people=100, spread=0.06),
    "five": Setting(people=5, spread=0.6),
    "strangers": Setting(people=20, spread=1.0),
    "turning": Setting(people=20, spread=0.8, turning=0.5, late=0.3),
    "silence": Setting(people=20, spread=0.7, common=0.2, useless=2, silence=True, burden=0.3),
    "few": Setting(people=8, spread=0.8),
    "drifting": Setting(people=20, spread=0.8, drift=0.1),
    "many": Setting(people=10, spread=0.6, candidates=60),
}
"""oO's settings were tuned in these worlds on seeds from 100 on, which the table does not use."""

_LATE_FACTOR = 10
_USELESS = 4.0  # utility lost by a useless kind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """One round of p people with k candidates each; silence, if it is one, is the last."""

    at: float
    """Days."""
    items: Indices
    """Of the candidates, (p, k); -1 for silence."""
    features: FloatArray
    """(p, k, d)"""
    means: FloatArray
    """Expected rewards, (p, k)."""
    reward_point: FloatArray
    """Uniform numbers in [0, 1) that decide the rewards, (p,)."""
    draw_point: FloatArray
    """Uniform numbers in [0, 1) that decide the draws, (p,)."""
    delays: Indices
    """Rounds until the reward arrives, (p,); negative for never."""


class World:
    """People, their preferences and exposures. Its state depends on the seed and on what is shown."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting = setting
        self._rng = np.random.default_rng(seed)
        self._round = 0
        self._draw_people()
        self._draw_items()

    def _draw_people(self) -> None:
        rng, setting, people = self._rng, self.setting, self.setting.people
        self._rows = np.arange(people)[:, None]
        self._common = rng.normal(size=DIMENSION) * setting.common
        self._common[0] = 0.0  # the base utility is ``setting.base``
        self._common[1 + _KINDS - setting.useless : 1 + _KINDS] -= _USELESS
        self.own = rng.normal(size=(people, DIMENSION)) * setting.spread
        self._pace = rng.uniform(4.0, 16.0, size=(people, 1))  # half-life of recovery, in rounds
        self._fatigue = np.zeros((people, 1))

    def _draw_items(self) -> None:
        rng, people = self._rng, self.setting.people
        items = _ITEMS_PER_CANDIDATE * self.setting.candidates
        self._kind = rng.integers(_KINDS, size=(people, items))
        self._embedding = rng.normal(size=(people, items, _EMBEDDING)) / np.sqrt(_EMBEDDING)
        self._priority = rng.random((people, items))
        self._liking = rng.normal(size=(people, items)) * self.setting.hidden
        self._wakefulness = rng.normal(size=(people, items))
        self._born = rng.uniform(-90, 0, size=(people, items))
        self._shown_at = np.full((people, items), -np.inf)
        self._kind_shown_at = np.full((people, _KINDS), -np.inf)
        self._count = np.zeros((people, items))

    def next_round(self) -> Round:
        """The candidates of this round for all people."""
        rng, people = self._rng, self.setting.people
        self._wakefulness = 0.9 * self._wakefulness + 0.436 * rng.normal(size=self._wakefulness.shape)
        awake = self.setting.candidates
        items = np.argpartition(self._wakefulness, -awake, axis=1)[:, -awake:]
        features = self._features(items, hour=self._round % _HOURS, energy=rng.random((people, 1)))
        waits = rng.geometric(1 / self.setting.delay, size=people) - 1
        current = Round(
            at=self._round / ROUNDS_PER_DAY,
            items=items,
            features=features,
            means=self._means(items, features) - self.setting.burden,
            reward_point=rng.random(people),
            draw_point=rng.random(people),
            delays=np.where(rng.random(people) < self.setting.missing, -1, waits),
        )
        if self.setting.late:
            current.delays[rng.random(people) < self.setting.late] *= _LATE_FACTOR  # -1 is still below 0
        return _with_silence(current) if self.setting.silence else current

    def show(self, current: Round, picks: Indices) -> FloatArray:
        """Show each person their pick (p,), an index into the candidates. Returns the rewards (p,): 1 or 0
        minus the burden, or 0 for silence.
        """
        everybody = self._rows[:, 0]
        rows = np.flatnonzero(current.items[everybody, picks] >= 0)
        items = current.items[rows, picks[rows]]
        helped = current.reward_point[rows] < current.means[rows, picks[rows]] + self.setting.burden
        rewards = np.zeros(len(everybody))
        rewards[rows] = helped - self.setting.burden
        self._shown_at[rows, items] = self._round
        self._kind_shown_at[rows, self._kind[rows, items]] = self._round
        self._count[rows, items] += 1
        self._fatigue *= 0.8
        self._fatigue[rows, 0] += 0.2 * ~helped
        self._change_people()
        return rewards

    def _change_people(self) -> None:
        """Let people's effects drift; halfway through, some change sign."""
        setting = self.setting
        old_share, new_share = np.sqrt(1 - setting.drift**2), setting.drift * setting.spread
        self.own = old_share * self.own + new_share * self._rng.normal(size=self.own.shape)
        self._round += 1
        if self._round == setting.rounds // 2:
            self.own[: round(setting.turning * setting.people)] *= -1

    def _features(self, items: Indices, *, hour: int, energy: FloatArray) -> FloatArray:
        """(p, k, d): bias, kind, priority, age, overdue, energy, kind by time of day, embedding, recency."""
        rows = self._rows
        kind = np.eye(_KINDS)[self._kind[rows, items]]
        priority = self._priority[rows, items]
        age = np.minimum((self._round - self._born[rows, items]) / 300, 1.0)
        by_hour = np.zeros((*items.shape, _HOURS, _KINDS))
        by_hour[:, :, hour] = kind
        columns = np.empty((*items.shape, DIMENSION))
        columns[..., 0] = 1.0
        columns[..., 1:5] = kind
        columns[..., 5] = priority
        columns[..., 6] = age
        columns[..., 7] = age * priority
        columns[..., 8] = energy * priority
        columns[..., 9:21] = by_hour.reshape(*items.shape, _HOURS * _KINDS)
        columns[..., 21:26] = self._embedding[rows, items]
        columns[..., _RECENCY] = self._recency(items, kind[..., 0])
        return columns

    def _recency(self, items: Indices, is_task: FloatArray) -> FloatArray:
        rows = self._rows
        ago = self._round - self._shown_at[rows, items]
        kind_ago = self._round - self._kind_shown_at[rows, self._kind[rows, items]]
        count = self._count[rows, items]
        short = 0.5 ** (ago / _SHORT)
        columns = (short, 0.5 ** (ago / _LONG), 0.5 ** (kind_ago / _SHORT), count == 0, np.log1p(count) / 4)
        return np.stack((*columns, short * is_task), axis=-1)

    def _means(self, items: Indices, features: FloatArray) -> FloatArray:
        """Expected rewards (p, k), known to the oracle only."""
        rows, setting = self._rows, self.setting
        utility = np.einsum("pkd,pd->pk", features, self._common + self.own) + self._liking[rows, items]
        utility -= setting.recovery * 0.5 ** ((self._round - self._shown_at[rows, items]) / self._pace)
        means: FloatArray = 1 / (1 + np.exp(-(setting.base + utility - setting.fatigue * self._fatigue)))
        return means


def _with_silence(current: Round) -> Round:
    """The round with silence as a further candidate."""
    people, _, dimension = current.features.shape
    return replace(
        current,
        items=np.concatenate((current.items, np.full((people, 1), -1)), axis=1),
        features=np.concatenate((current.features, np.zeros((people, 1, dimension))), axis=1),
        means=np.concatenate((current.means, np.zeros((people, 1))), axis=1),
    )
