"""How well oO did: what it earned against what an oracle would have, how often it wrote, what it learned.

The oracle knows the true mean reward of every candidate of every decision, as it was when it was made, and
takes the best. It does not look ahead: that a message wearies is no reason to it for keeping silent now.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.simulate.people import Persona
from core.bandit.evaluate import Weights, weigh
from core.features import FEATURES
from core.learn import POPULATION, recalled
from core.model import Decision, Reward, TipKind, Trigger
from core.world import World

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
    their reward; ``waiting`` for those that have none yet).
    """

    people: int
    days: int
    policies: dict[str, int]
    messages: int
    messages_per_person_and_day: float
    silences: dict[str, int]
    reward: Earned
    weeks: tuple[Earned, ...]
    kinds: tuple[Group, ...]
    rewards: tuple[Group, ...]
    importance: Weights
    learned: tuple[Weight, ...]

    def as_json(self) -> str:
        """The same bytes for the same simulation."""
        figures = asdict(self)
        for earned, shown in zip(
            (self.reward, *self.weeks), (figures["reward"], *figures["weeks"]), strict=True
        ):
            shown |= {"percent": earned.percent, "percent_uniform": earned.percent_uniform}
        return json.dumps(figures, indent=2)


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
    """Counts while a simulation runs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._start = world.clock.now()
        self._all = _Sums()
        self._weeks: defaultdict[int, _Sums] = defaultdict(_Sums)
        self._weights: list[float] = []
        self._sent: defaultdict[TipKind, list[str]] = defaultdict(list)
        self._silences: Counter[str] = Counter()
        self._policies: Counter[str] = Counter()

    def decided(self, decision: Decision, persona: Persona, *, sent: bool) -> None:
        """Count a decision; ``sent``: its tip is on the phone. ``persona`` as they were when it was made."""
        if sent and decision.tip:
            self._sent[decision.tip.kind].append(decision.decision_id)
        else:
            self._silences[decision.unavailable or ("not_sent" if decision.tip else "chose_silence")] += 1
        self._judge(decision, persona)

    def _judge(self, decision: Decision, persona: Persona) -> None:
        """What a choice was worth, and the others that there were. A promise is no choice."""
        context, chosen = decision.context, decision.chosen
        if context is None or chosen is None or decision.trigger is not Trigger.SCHEDULED:
            return
        rules = self._world.rules.rewards
        allowed = [one for one in decision.candidates if one.candidate.dropped is None]
        expected = [persona.expected(one.candidate, context, rules) for one in allowed]
        served = expected[allowed.index(chosen)]
        week = (decision.decided_at - self._start).days // 7
        for sums in (self._all, self._weeks[week]):
            sums.add(expected, served)
        self._weights.append(1 / len(allowed) / chosen.probability)
        self._policies[decision.policy_id] += 1

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
            reward=self._all.earned(),
            weeks=tuple(self._weeks[week].earned() for week in sorted(self._weeks)),
            kinds=_grouped(rewards, lambda one: one.kind.value),
            rewards=_grouped(rewards, lambda one: one.reward.source if one.reward else "waiting"),
            importance=weigh(np.array(self._weights)),
            learned=await self._learned(),
        )

    async def _rewards(self) -> list[_Rewarded]:
        """What became of every tip that was sent."""
        given: dict[str, Reward] = {}
        async with self._world.store.read() as unit:
            while page := await unit.reactions.rewards(max(given, default=""), PAGE):
                given |= {one.decision_id: one for one in page}
        return [
            _Rewarded(kind=kind, reward=given.get(decision_id))
            for kind, sent in self._sent.items()
            for decision_id in sent
        ]

    async def _learned(self) -> tuple[Weight, ...]:
        """The largest weights of the model for somebody new."""
        async with self._world.store.read() as unit:
            stored = await unit.learning.read(POPULATION)
        weights = self._world.policy.weights(recalled(stored.get(POPULATION)), recalled(None))
        found = [
            Weight(feature=feature.name, weight=weight, change=weight - feature.prior)
            for feature, weight in zip(FEATURES, weights.tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda one: -abs(one.weight))[:WEIGHTS_SHOWN])


# --- For people --------------------------------------------------------------------------------------------


def print_report(report: Report) -> None:
    """Tables on stdout."""
    console = Console(soft_wrap=True)
    kinds, rewards = _groups("By kind", report.kinds), _groups("By reward", report.rewards)
    for table in (_summary(report), _weeks(report), kinds, rewards, _weights(report)):
        console.print(table)


def _summary(report: Report) -> Table:
    table = Table("", "", title=f"{report.people} people, {report.days} days", show_header=False)
    reward, importance = report.reward, report.importance
    table.add_row("drawn by", ", ".join(f"{name} ({count})" for name, count in report.policies.items()))
    table.add_row(
        "reward, of an oracle", f"{reward.percent:.1f} % (an even choice {reward.percent_uniform:.1f} %)"
    )
    table.add_row("reward per decision", f"{reward.served:.4f} of {reward.oracle:.4f}")
    table.add_row(
        "messages", f"{report.messages}, {report.messages_per_person_and_day:.2f} per person and day"
    )
    table.add_row("silent", ", ".join(f"{name} {count}" for name, count in report.silences.items()))
    table.add_row(
        "importance weight",
        f"mean {importance.mean:.4f}, largest {importance.largest:.1f}, effective sample"
        f" {importance.effective:.0f} of {importance.decisions}",
    )
    return table


def _weeks(report: Report) -> Table:
    table = Table("week", "decisions", "reward", "of the oracle", "even choice", title="Week by week")
    for number, week in enumerate(report.weeks, start=1):
        shares = (f"{week.percent:.1f} %", f"{week.percent_uniform:.1f} %")
        table.add_row(str(number), str(week.decisions), f"{week.served:.4f}", *shares)
    return table


def _groups(title: str, groups: Sequence[Group]) -> Table:
    table = Table("", "tips", "mean reward", title=title)
    for group in groups:
        table.add_row(group.name, str(group.tips), f"{group.mean_reward:+.4f}")
    return table


def _weights(report: Report) -> Table:
    table = Table("feature", "weight", "learned", title="Largest weights")
    for one in report.learned:
        table.add_row(one.feature, f"{one.weight:+.3f}", f"{one.change:+.3f}")
    return table
