"""Whether oO learned, told from how hard its situations were: each week's knowledge, tried on the same ones.

Who chooses well makes the next choice harder: what people like to do gets done, what they resist stays on
their lists, and what they heard lately rests. So what is earned week by week may fall while oO learns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from core.bandit.arrays import Matrix, Vector

MOST = 4000
"""So many situations are kept, spread over the whole simulation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Situation:
    """What a person could be sent at a moment: ``features`` (k, d) of the k candidates, and their true mean
    rewards ``expected`` (k,).
    """

    person_id: str
    features: Matrix
    expected: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the favourites of somebody who ``knows`` this much would earn on average, in all situations that
    were kept, and that as ``percent`` of an oracle.
    """

    knows: str
    earns: float
    percent: float


class Situations:
    """Every so-and-so-many-th situation, at most ``most``; and what was believed of people, by week."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._every = 1
        self._met = 0
        self._kept: list[Situation] = []
        self._believed: list[Mapping[str, Vector]] = []

    def meet(self, situation: Situation) -> None:
        """Hear of one more."""
        if self._met % self._every == 0:
            self._kept.append(situation)
        self._met += 1
        if len(self._kept) > self._most:
            self._kept, self._every = self._kept[::2], 2 * self._every

    def week_over(self, believed: Mapping[str, Vector]) -> None:
        """What is ``believed`` by now: weights (d,) for each person."""
        self._believed.append(believed)

    def steps(self, assumed: Vector) -> tuple[Step, ...]:
        """An even choice, the weights ``assumed`` (d,) at first, those after each week, and the best that all
        people could share, found in hindsight. Empty without situations.
        """
        if not self._kept:
            return ()
        weeks = enumerate(self._believed, start=1)
        return (
            self._step("nothing (an even choice)", [float(one.expected.mean()) for one in self._kept]),
            self._step("what is assumed at first", self._favourites({}, assumed)),
            *(
                self._step(f"what week {week} ended with", self._favourites(known, assumed))
                for week, known in weeks
            ),
            self._step("the best weights for all, in hindsight", self._favourites({}, self._best_for_all())),
        )

    def _favourites(self, known: Mapping[str, Vector], otherwise: Vector) -> list[float]:
        """What each situation's favourite is worth, by what is ``known`` of its person."""
        return [
            float(one.expected[(one.features @ known.get(one.person_id, otherwise)).argmax()])
            for one in self._kept
        ]

    def _best_for_all(self) -> Vector:
        """The weights (d,) with the least squared error."""
        features = np.concatenate([one.features for one in self._kept])
        expected = np.concatenate([one.expected for one in self._kept])
        return np.asarray(np.linalg.lstsq(features, expected)[0], dtype=np.float64)

    def _step(self, knows: str, earned: Sequence[float]) -> Step:
        oracle = fmean(float(one.expected.max()) for one in self._kept)
        earns = fmean(earned)
        return Step(knows=knows, earns=earns, percent=100 * earns / oracle if oracle else 0.0)
