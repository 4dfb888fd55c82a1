"""How well oO did: its reward compared with an oracle, how often it wrote, what it learned.

The oracle takes the candidate with the largest true mean reward at each of oO's decisions. It does not look
ahead, so it ignores the fatigue that a message causes. It does not follow its own choices either: it decides
in the situations that oO's choices led to. With a judge there is no oracle, as a judge's response to another
tip is unknown.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean

import numpy as np

from bot.simulate.judge import Judge, JudgeSummary
from bot.simulate.people import Persona
from bot.simulate.situations import KnowledgeStep, Situation, Situations
from core.bandit.arrays import Vector
from core.bandit.evaluation.evaluate import Weights, describe_weights
from core.dependencies import Dependencies
from core.learning.model_state import POPULATION, deserialize_population, posterior_now
from core.policies.features import FEATURES, PRIOR
from core.records import Decision, Reward, TipKind, Trigger

MAX_WEIGHTS = 8
PAGE_SIZE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanRewards:
    """Mean true rewards over decisions."""

    decisions: int
    served: float
    """Of the served candidate."""
    uniform: float
    """Of all candidates, equally weighted."""
    oracle: float
    """Of the best candidate."""

    @property
    def percent(self) -> float:
        """``served`` in percent of ``oracle``; 0 if that is 0."""
        return 100 * self.served / self.oracle if self.oracle else 0.0

    @property
    def percent_uniform(self) -> float:
        """``uniform`` in percent of ``oracle``; 0 if that is 0."""
        return 100 * self.uniform / self.oracle if self.oracle else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TipGroup:
    """Tips with something in common, and their mean learned reward."""

    name: str
    tips: int
    mean_reward: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureWeight:
    """A feature's weight for a new person."""

    feature: str
    weight: float
    change: float
    """From the prior weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationReport:
    """The result of a simulation. With a judge, true rewards are unknown: ``reward`` is None, ``weeks`` and
    ``knowledge`` are empty.
    """

    people: int
    days: int
    policies: dict[str, int]
    """Draws by the policy that made the distribution."""
    messages: int
    messages_per_person_and_day: float
    silences: dict[str, int]
    """Decisions without a message, by reason."""
    reward: MeanRewards | None
    weeks: tuple[MeanRewards, ...]
    knowledge: tuple[KnowledgeStep, ...]
    """The knowledge after each week, applied to the situations of all weeks."""
    kinds: tuple[TipGroup, ...]
    rewards: tuple[TipGroup, ...]
    """Tips by the source of their reward; ``waiting`` without one."""
    importance: Weights
    learned: tuple[FeatureWeight, ...]
    judged: JudgeSummary | None

    def as_json(self) -> str:
        """JSON; the same bytes for the same simulation, unless a judge played the people."""
        mean_rewards = {
            "reward": _with_shares(self.reward),
            "weeks": [_with_shares(week) for week in self.weeks],
        }
        return json.dumps(asdict(self) | mean_rewards, indent=2)


def _with_shares(mean_rewards: MeanRewards | None) -> dict[str, float] | None:
    if mean_rewards is None:
        return None
    return asdict(mean_rewards) | {
        "percent": mean_rewards.percent,
        "percent_uniform": mean_rewards.percent_uniform,
    }


@dataclass(slots=True)
class _RewardSums:
    """True rewards of decisions."""

    served: list[float] = field(default_factory=list)
    uniform: list[float] = field(default_factory=list)
    oracle: list[float] = field(default_factory=list)

    def add(self, expected: Sequence[float], served: float) -> None:
        self.served.append(served)
        self.uniform.append(fmean(expected))
        self.oracle.append(max(expected))

    def mean_rewards(self) -> MeanRewards:
        return MeanRewards(
            decisions=len(self.served),
            served=_mean(self.served),
            uniform=_mean(self.uniform),
            oracle=_mean(self.oracle),
        )


def _mean(figures: Sequence[float]) -> float:
    return fmean(figures) if figures else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rewarded:
    """A sent tip and its reward, if any."""

    kind: TipKind
    reward: Reward | None


def _grouped(tips: Sequence[_Rewarded], name: Callable[[_Rewarded], str]) -> tuple[TipGroup, ...]:
    groups: defaultdict[str, list[_Rewarded]] = defaultdict(list)
    for tip in tips:
        groups[name(tip)].append(tip)
    return tuple(
        TipGroup(
            name=label,
            tips=len(group),
            mean_reward=_mean([tip.reward.value for tip in group if tip.reward]),
        )
        for label, group in sorted(groups.items())
    )


class Tally:
    """Collects the figures of a running simulation."""

    def __init__(self, deps: Dependencies, judge: Judge | None) -> None:
        self._deps = deps
        self._judge = judge
        self._start = deps.clock.now()
        self._all = _RewardSums()
        self._weeks: defaultdict[int, _RewardSums] = defaultdict(_RewardSums)
        self._situations = Situations()
        self._weights: list[float] = []
        self._sent: defaultdict[TipKind, list[str]] = defaultdict(list)
        self._silences: Counter[str] = Counter()
        self._policies: Counter[str] = Counter()

    def count(self, decision: Decision, persona: Persona, *, sent: bool) -> None:
        """Count a decision. ``sent``: its tip arrived. ``persona``: the person's state at the decision."""
        if sent and decision.tip:
            self._sent[decision.tip.kind].append(decision.decision_id)
        else:
            self._silences[decision.silence or "not_sent"] += 1
        self._count_choice(decision, persona)

    def _count_choice(self, decision: Decision, persona: Persona) -> None:
        """Count the true rewards of a draw and its alternatives; a returning snooze is no draw."""
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
        self._situations.add(
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
        """Store each person's present posterior mean; not with a judge, as true rewards are unknown then."""
        if self._judge:
            return
        now, believed = self._deps.clock.now(), dict[str, Vector]()
        async with self._deps.store.read() as unit:
            for person_id in people:
                posterior = await posterior_now(unit, person_id, now)
                if posterior:
                    believed[person_id] = posterior.mean
        self._situations.week_over(believed)

    async def report(self, *, people: int, days: int) -> SimulationReport:
        """The report, with the rewards that are stored by now."""
        messages = sum(map(len, self._sent.values()))
        rewards = await self._rewards()
        return SimulationReport(
            people=people,
            days=days,
            policies=dict(sorted(self._policies.items())),
            messages=messages,
            messages_per_person_and_day=messages / people / days,
            silences=dict(sorted(self._silences.items())),
            reward=None if self._judge else self._all.mean_rewards(),
            weeks=tuple(self._weeks[week].mean_rewards() for week in sorted(self._weeks)),
            knowledge=self._situations.steps(np.array(PRIOR)),
            kinds=_grouped(rewards, lambda one: one.kind.value),
            rewards=_grouped(rewards, lambda one: one.reward.source if one.reward else "waiting"),
            importance=describe_weights(np.array(self._weights)),
            learned=await self._learned(),
            judged=self._judge.summary() if self._judge else None,
        )

    async def _rewards(self) -> list[_Rewarded]:
        """Every sent tip with its reward."""
        given: dict[str, Reward] = {}
        async with self._deps.store.read() as unit:
            while page := await unit.reactions.rewards(max(given, default=""), PAGE_SIZE):
                given |= {one.decision_id: one for one in page}
        return [
            _Rewarded(kind=kind, reward=given.get(decision_id))
            for kind, sent in self._sent.items()
            for decision_id in sent
        ]

    async def _learned(self) -> tuple[FeatureWeight, ...]:
        """The largest weights of the model for a new person."""
        async with self._deps.store.read() as unit:
            stored = await unit.learning.read(POPULATION)
        population = deserialize_population(stored.get(POPULATION), self._deps.clock.now())
        weights = population.prior + population.mean()
        found = [
            FeatureWeight(feature=feature.name, weight=weight, change=weight - feature.prior)
            for feature, weight in zip(FEATURES, weights.tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda one: -abs(one.weight))[:MAX_WEIGHTS])
