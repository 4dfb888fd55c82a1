"""How well oO did: what it earned against what an oracle would have, how often it wrote, what it learned.

The oracle knows the true mean reward of every candidate of every decision, as it was when it was made, and
takes the best. It does not look ahead: that a message wearies is no reason to it for keeping silent now. Nor
does it live with its choices: it finds the tasks undone that oO did not see done. What a judge would say to
another tip, it does not know.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean

import numpy as np

from bot.simulate.judge import Judge, Judged
from bot.simulate.people import Persona
from bot.simulate.situations import Situation, Situations, Step
from core.bandit.arrays import Vector
from core.bandit.evaluation.evaluate import Weights, weigh
from core.dependencies import Dependencies
from core.learning.model_state import POPULATION, deserialize_population, posterior_now
from core.model import Decision, Reward, TipKind, Trigger
from core.policies.features import FEATURES, PRIOR

WEIGHTS_SHOWN = 8
PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """Mean true rewards of decisions: of the candidate that was served, of all on average, of the best."""

    decisions: int
    served: float
    uniform: float
    oracle: float

    @property
    def percent(self) -> float:
        """What was served as a share of the oracle; 0 where there was nothing to earn."""
        return 100 * self.served / self.oracle if self.oracle else 0.0

    @property
    def percent_uniform(self) -> float:
        """What an even choice would have earned, likewise."""
        return 100 * self.uniform / self.oracle if self.oracle else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tips that have something in common, and the mean of the rewards that oO learned from."""

    name: str
    tips: int
    mean_reward: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a feature is worth for a person who is new, and how far that is from what was assumed at first."""

    feature: str
    weight: float
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A simulation, summed up. ``policies`` counts drawn decisions by who made their distribution;
    ``silences`` counts why nothing was sent. Tips by their kind, and by what became of them (the source of
    their reward; ``waiting`` for those that have none yet). Where a judge played the people, nobody knows
    what another tip would have earned: no ``reward``, ``weeks`` or ``knowledge``, as these rest on true
    rewards. ``knowledge``: what each week's would have earned in the situations of all weeks.
    """

    people: int
    days: int
    policies: dict[str, int]
    messages: int
    messages_per_person_and_day: float
    silences: dict[str, int]
    reward: Earned | None
    weeks: tuple[Earned, ...]
    knowledge: tuple[Step, ...]
    kinds: tuple[Group, ...]
    rewards: tuple[Group, ...]
    importance: Weights
    learned: tuple[Weight, ...]
    judged: Judged | None

    def as_json(self) -> str:
        """The same bytes for the same simulation, unless a judge played the people."""
        earned = {"reward": _with_shares(self.reward), "weeks": [_with_shares(week) for week in self.weeks]}
        return json.dumps(asdict(self) | earned, indent=2)


def _with_shares(earned: Earned | None) -> dict[str, float] | None:
    if earned is None:
        return None
    return asdict(earned) | {"percent": earned.percent, "percent_uniform": earned.percent_uniform}


@dataclass(slots=True)
class _Sums:
    """Sums over decisions."""

    served: list[float] = field(default_factory=list)
    uniform: list[float] = field(default_factory=list)
    oracle: list[float] = field(default_factory=list)

    def add(self, expected: Sequence[float], served: float) -> None:
        self.served.append(served)
        self.uniform.append(fmean(expected))
        self.oracle.append(max(expected))

    def earned(self) -> Earned:
        return Earned(
            decisions=len(self.served),
            served=_mean(self.served),
            uniform=_mean(self.uniform),
            oracle=_mean(self.oracle),
        )


def _mean(figures: Sequence[float]) -> float:
    return fmean(figures) if figures else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rewarded:
    """A tip that was sent, and its reward, if it has one."""

    kind: TipKind
    reward: Reward | None


def _grouped(tips: Sequence[_Rewarded], name: Callable[[_Rewarded], str]) -> tuple[Group, ...]:
    groups: defaultdict[str, list[_Rewarded]] = defaultdict(list)
    for tip in tips:
        groups[name(tip)].append(tip)
    return tuple(
        Group(
            name=label,
            tips=len(group),
            mean_reward=_mean([tip.reward.value for tip in group if tip.reward]),
        )
        for label, group in sorted(groups.items())
    )


class Tally:
    """Counts while a simulation runs; ``judge`` plays the people, if there is one."""

    def __init__(self, deps: Dependencies, judge: Judge | None) -> None:
        self._deps = deps
        self._judge = judge
        self._start = deps.clock.now()
        self._all = _Sums()
        self._weeks: defaultdict[int, _Sums] = defaultdict(_Sums)
        self._situations = Situations()
        self._weights: list[float] = []
        self._sent: defaultdict[TipKind, list[str]] = defaultdict(list)
        self._silences: Counter[str] = Counter()
        self._policies: Counter[str] = Counter()

    def decided(self, decision: Decision, persona: Persona, *, sent: bool) -> None:
        """Count a decision; ``sent``: its tip is on the phone. ``persona`` as they were when it was made."""
        if sent and decision.tip:
            self._sent[decision.tip.kind].append(decision.decision_id)
        else:
            self._silences[decision.silence or "not_sent"] += 1
        self._weigh(decision, persona)

    def _weigh(self, decision: Decision, persona: Persona) -> None:
        """What a choice was worth, and the others that there were. A promise is no choice."""
        draw = decision.draw
        if draw is None or decision.trigger is not Trigger.SCHEDULED:
            return
        allowed = [one for one in draw.candidates if one.candidate.dropped is None]
        self._weights.append(1 / len(allowed) / draw.chosen.probability)
        self._policies[draw.policy_id] += 1
        if self._judge:
            return
        rules = self._deps.rules.rewards
        expected = [persona.expected(one.candidate, draw.context, rules) for one in allowed]
        self._situations.meet(
            Situation(
                person_id=decision.person_id,
                features=np.array([one.features for one in allowed]),
                expected=np.array(expected),
            )
        )
        week = (decision.decided_at - self._start).days // 7
        for sums in (self._all, self._weeks[week]):
            sums.add(expected, expected[allowed.index(draw.chosen)])

    async def week_over(self, people: Iterable[str]) -> None:
        """Remember what is believed of each of ``people`` by now; not of those whom a judge plays: what that
        would have earned, nobody could say.
        """
        if self._judge:
            return
        now, believed = self._deps.clock.now(), dict[str, Vector]()
        async with self._deps.store.read() as unit:
            for person_id in people:
                posterior = await posterior_now(unit, person_id, now)
                if posterior:
                    believed[person_id] = posterior.mean
        self._situations.week_over(believed)

    async def report(self, *, people: int, days: int) -> Report:
        """All of it, with what is in the store by now."""
        messages = sum(map(len, self._sent.values()))
        rewards = await self._rewards()
        return Report(
            people=people,
            days=days,
            policies=dict(sorted(self._policies.items())),
            messages=messages,
            messages_per_person_and_day=messages / people / days,
            silences=dict(sorted(self._silences.items())),
            reward=None if self._judge else self._all.earned(),
            weeks=tuple(self._weeks[week].earned() for week in sorted(self._weeks)),
            knowledge=self._situations.steps(np.array(PRIOR)),
            kinds=_grouped(rewards, lambda one: one.kind.value),
            rewards=_grouped(rewards, lambda one: one.reward.source if one.reward else "waiting"),
            importance=weigh(np.array(self._weights)),
            learned=await self._learned(),
            judged=self._judge.judged() if self._judge else None,
        )

    async def _rewards(self) -> list[_Rewarded]:
        """What became of every tip that was sent."""
        given: dict[str, Reward] = {}
        async with self._deps.store.read() as unit:
            while page := await unit.reactions.rewards(max(given, default=""), PAGE):
                given |= {one.decision_id: one for one in page}
        return [
            _Rewarded(kind=kind, reward=given.get(decision_id))
            for kind, sent in self._sent.items()
            for decision_id in sent
        ]

    async def _learned(self) -> tuple[Weight, ...]:
        """The largest weights of the model for somebody new."""
        async with self._deps.store.read() as unit:
            stored = await unit.learning.read(POPULATION)
        population = deserialize_population(stored.get(POPULATION), self._deps.clock.now())
        weights = population.prior + population.mean()
        found = [
            Weight(feature=feature.name, weight=weight, change=weight - feature.prior)
            for feature, weight in zip(FEATURES, weights.tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda one: -abs(one.weight))[:WEIGHTS_SHOWN])
