"""The evaluation as records and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np

from bot.evaluate.gather import Gathered, Outcome, Shadowed
from core.bandit.evaluation.evaluate import Average, Evaluation, average, days_to_wait, evaluate
from core.model import TipKind

_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A shadow policy against what was served. ``wait_days``: until something can be said, None where that
    can't be foreseen.
    """

    policy_id: str
    evaluation: Evaluation
    wait_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What served tips with one thing in common earned; ``of`` says what they share."""

    of: str
    name: str
    average: Average
    wait_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole evaluation; without decisions there is neither ``first`` nor ``last``."""

    decisions: int
    waiting: int
    invalid: int
    first: datetime | None
    last: datetime | None
    compared: tuple[Compared, ...]
    groups: tuple[Group, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        times = {name: at and at.isoformat() for name, at in (("first", self.first), ("last", self.last))}
        return asdict(self) | times


def report(log: Gathered, *, seed: int) -> Report:
    """Evaluate what was gathered; ``seed`` deals the folds of the reward model."""
    outcomes = log.outcomes
    first, last = (outcomes[0].decided_at, outcomes[-1].decided_at) if outcomes else (None, None)
    days = (last - first).total_seconds() / _DAY if first and last else 0.0
    return Report(
        decisions=len(outcomes),
        waiting=log.waiting,
        invalid=log.invalid,
        first=first,
        last=last,
        compared=tuple(_compared(shadowed, seed) for shadowed in log.shadowed),
        groups=tuple(_groups(outcomes, days)),
    )


def _compared(shadowed: Shadowed, seed: int) -> Compared:
    evaluation = evaluate(shadowed.decisions.sample(seed=seed))
    days = float(shadowed.decided_at[-1] - shadowed.since) / _DAY
    return Compared(
        policy_id=shadowed.policy_id,
        evaluation=evaluation,
        wait_days=days_to_wait(evaluation.weights.effective, days),
    )


_SHARED: dict[str, Callable[[Outcome], str | None]] = {
    "served policy": lambda one: one.policy_id,
    "kind of tip": lambda one: None if one.kind is TipKind.SILENCE else one.kind.value,
    "prompt version": lambda one: one.prompt_version,
    "language model": lambda one: one.llm_model,
}


def _groups(outcomes: Iterable[Outcome], days: float) -> Iterable[Group]:
    everything = list(outcomes)
    for of, shared in _SHARED.items():
        rewards = defaultdict[str, list[float]](list)
        for one in everything:
            name = shared(one)
            if name is not None:
                rewards[name].append(one.reward)
        for name in sorted(rewards):
            earned = average(np.array(rewards[name]))
            wait = days_to_wait(earned.decisions, days)
            yield Group(of=of, name=name, average=earned, wait_days=wait)
