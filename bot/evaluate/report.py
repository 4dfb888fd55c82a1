"""The evaluation as records and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from bot.evaluate.gather import GatheredLog, ServedDecision, ShadowLog
from core.bandit.evaluation.evaluate import Average, Evaluation, average, days_to_wait, evaluate
from core.records import TipKind

_SECONDS_PER_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowComparison:
    """A shadow policy compared with the served decisions."""

    policy_id: str
    evaluation: Evaluation
    wait_days: float | None
    """Days until there are enough decisions; None if that can't be foreseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedGroup:
    """The mean reward of served tips with something in common."""

    of: str
    """What they have in common."""
    name: str
    """Its value."""
    average: Average
    wait_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The whole evaluation."""

    decisions: int
    waiting: int
    invalid: int
    first: datetime | None
    """Time of the first decision; None without decisions."""
    last: datetime | None
    compared: tuple[ShadowComparison, ...]
    groups: tuple[ServedGroup, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        times = {name: at and at.isoformat() for name, at in (("first", self.first), ("last", self.last))}
        document = asdict(self) | times
        return {"unsound" if key == "invalid" else key: value for key, value in document.items()}


def report(log: GatheredLog, *, seed: int) -> EvaluationReport:
    """Evaluate the log. ``seed``: of the folds for cross-fitting the reward model."""
    served = log.served
    first, last = (served[0].decided_at, served[-1].decided_at) if served else (None, None)
    days = (last - first).total_seconds() / _SECONDS_PER_DAY if first and last else 0.0
    return EvaluationReport(
        decisions=len(served),
        waiting=log.waiting,
        invalid=log.invalid,
        first=first,
        last=last,
        compared=tuple(_compared(shadow_log, seed) for shadow_log in log.shadow_logs),
        groups=(*_groups(served, days), *drawn_prompts(served, days)),
    )


def _compared(shadow_log: ShadowLog, seed: int) -> ShadowComparison:
    evaluation = evaluate(shadow_log.decisions.sample(seed=seed))
    days = float(shadow_log.decided_at[-1] - shadow_log.since) / _SECONDS_PER_DAY
    return ShadowComparison(
        policy_id=shadow_log.policy_id,
        evaluation=evaluation,
        wait_days=days_to_wait(evaluation.weights.effective, days),
    )


_GROUPINGS: dict[str, Callable[[ServedDecision], str | None]] = {
    "served policy": lambda one: one.policy_id,
    "kind of tip": lambda one: None if one.kind is TipKind.SILENCE else one.kind.value,
    "prompt version": lambda one: one.prompt_version,
    "language model": lambda one: one.llm_model,
}


def _groups(served: Iterable[ServedDecision], days: float) -> Iterable[ServedGroup]:
    everything = list(served)
    for of, shared in _GROUPINGS.items():
        rewards = defaultdict[str, list[float]](list)
        for one in everything:
            name = shared(one)
            if name is not None:
                rewards[name].append(one.reward)
        for name in sorted(rewards):
            earned = average(np.array(rewards[name]))
            wait = days_to_wait(earned.decisions, days)
            yield ServedGroup(of=of, name=name, average=earned, wait_days=wait)


DRAWN_PROMPT = "drawn prompt"


def drawn_prompts(served: Iterable[ServedDecision], days: float) -> Iterable[ServedGroup]:
    """What prompts earned that were drawn at random, and how much more each earned than the one before it.

    All decisions count, whichever tip was chosen and whether one was: only the draw of the prompt is random.
    Each decision is weighted by the inverse of the probability of its prompt (Horvitz-Thompson), about the
    mean reward, which lowers the variance of the difference.
    """
    drawn = [one for one in served if one.prompt and one.prompt.chance < 1]
    versions = sorted({one.prompt.version for one in drawn if one.prompt})
    if len(versions) < 2:
        return
    rewards = np.array([one.reward for one in drawn])
    centred = rewards - rewards.mean()
    weights = {version: np.array([_weight(one, version) for one in drawn]) for version in versions}
    for version in versions:
        earned = average(rewards[weights[version] > 0])
        yield _prompt_group(version, earned, days)
    for before, after in pairwise(versions):
        more = average(centred * (weights[after] - weights[before]))
        yield _prompt_group(f"{after} more than {before}", more, days)


def _weight(one: ServedDecision, version: str) -> float:
    return 1 / one.prompt.chance if one.prompt and one.prompt.version == version else 0.0


def _prompt_group(name: str, earned: Average, days: float) -> ServedGroup:
    wait = days_to_wait(earned.decisions, days)
    return ServedGroup(of=DRAWN_PROMPT, name=name, average=earned, wait_days=wait)
