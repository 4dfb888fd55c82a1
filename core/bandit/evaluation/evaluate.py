"""What another policy would have earned, from the log alone; and a refusal where the log can't say.

``evaluate`` compares one policy with what was served; ``average`` says what some of the decisions earned. No
figure without its intervals, no clipped one without the unclipped, and none at all under an effective sample
of ``ENOUGH``. All of it takes the decisions as alike and independent: it speaks of these people at such
times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.evaluation.estimators import FROM_MODEL, FROM_WEIGHTS, Estimator, Terms
from core.bandit.evaluation.guarantees import bernstein, confidence_sequence
from core.bandit.evaluation.intervals import Interval, Moments, Pairs, moments
from core.bandit.evaluation.logged import CLIP, Sample, Vector

ENOUGH = 200.0
"""Effective decisions, below which nothing is claimed."""

SOUND = Interval(low=0.9, high=1.1)
"""A mean importance weight outside says that propensities were logged wrongly, or that too few were."""

REWARDS = Interval(low=-1.0, high=1.0)
"""The range of rewards, as in ``core/policies/rewards.py``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How far the evaluated policy is from the one that was served.

    ``effective``: (Σw)² / Σw², the decisions that the log is worth (Kish 1965); ``mean`` and ``largest``
    importance weight; ``clipped``: the share of decisions whose weight is above the clip.
    """

    decisions: int
    effective: float
    mean: float
    largest: float
    clipped: float

    @property
    def enough(self) -> bool:
        """Whether anything may be claimed."""
        return self.effective >= ENOUGH

    @property
    def sound(self) -> bool:
        """Whether the mean weight is near 1, as true propensities make it."""
        return self.mean in SOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value with its ``interval``, for looking once, and its ``sequence``, for looking every day; what each
    promises says ``core/bandit/evaluation/intervals.py``.
    """

    value: float
    interval: Interval
    sequence: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimator's answer: the ``plain`` one, the one with ``clipped`` weights, which is lower in variance
    and biased, and the ``lift``: plain minus the mean reward of what was served.
    """

    name: str
    plain: Figure
    clipped: Figure
    lift: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the guaranteed confidence sequence said after so many decisions."""

    decisions: int
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the log says of a policy. Without ``weights.enough`` all else is empty.

    ``served``: the mean logged reward; ``guaranteed``: an interval for the policy's value that holds for
    every sample size; ``looks``: one that holds at all times at once, the last of them now.
    """

    weights: Weights
    served: Figure | None = None
    estimates: tuple[Estimate, ...] = ()
    guaranteed: Interval | None = None
    looks: tuple[Look, ...] = ()

    def estimate(self, name: str) -> Estimate:
        """By the name of its estimator. Raises KeyError if it was not made."""
        return {estimate.name: estimate for estimate in self.estimates}[name]


def evaluate(
    sample: Sample, *, rewards_in: Interval = REWARDS, confidence: float = 0.95, looks: int = 50
) -> Evaluation:
    """Estimate what the policy of ``sample`` would have earned on average.

    ``looks``: how many points of the guaranteed confidence sequence to keep. Raises ValueError for bad
    settings and for rewards outside ``rewards_in``.
    """
    if not 0 < confidence < 1 or looks < 1:
        raise ValueError("confidence must lie between 0 and 1, and there must be one look at least")
    if sample.rewards.min() < rewards_in.low or sample.rewards.max() > rewards_in.high:
        raise ValueError(f"rewards must lie between {rewards_in.low} and {rewards_in.high}")
    weights = weigh(sample.weights, sample.clip)
    if not weights.enough:
        return Evaluation(weights=weights)
    served = _mean(sample.rewards)
    estimators = FROM_WEIGHTS if sample.model is None else FROM_WEIGHTS + FROM_MODEL
    at = sorted({max(1, len(sample) * look // looks) for look in range(1, looks + 1)})
    bounds = confidence_sequence(
        sample.weights, sample.rewards, at, rewards_in=rewards_in, confidence=confidence
    )
    return Evaluation(
        weights=weights,
        served=_figure(served, confidence),
        estimates=tuple(_estimate(one, sample, served.value, confidence) for one in estimators),
        guaranteed=bernstein(
            sample.weights, sample.rewards, clip=sample.clip, rewards_in=rewards_in, confidence=confidence
        ),
        looks=tuple(Look(decisions=n, interval=bound) for n, bound in zip(at, bounds, strict=True)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """What some decisions earned; without a ``figure`` they are too few."""

    decisions: int
    figure: Figure | None


def average(rewards: Vector, *, confidence: float = 0.95) -> Average:
    """The mean of ``rewards`` (n,), each counted once."""
    enough = rewards.size >= ENOUGH
    return Average(decisions=rewards.size, figure=_figure(_mean(rewards), confidence) if enough else None)


def weigh(weights: Vector, clip: float = CLIP) -> Weights:
    """Describe importance weights (n,); all figures of none are 0."""
    if not weights.size:
        return Weights(decisions=0, effective=0.0, mean=0.0, largest=0.0, clipped=0.0)
    total, squares = float(weights.sum()), float(np.einsum("i,i->", weights, weights))
    return Weights(
        decisions=weights.size,
        effective=total**2 / squares if squares else 0.0,
        mean=total / weights.size,
        largest=float(weights.max()),
        clipped=float(np.count_nonzero(weights > clip)) / weights.size,
    )


def days_to_wait(effective: float, days: float) -> float | None:
    """How many more days until ``ENOUGH``, if the ``effective`` sample goes on growing as in the ``days`` so
    far; None where it does not grow.
    """
    if effective >= ENOUGH:
        return 0.0
    return days * (ENOUGH / effective - 1) if effective > 0 and days > 0 else None


def _estimate(estimator: Estimator, sample: Sample, served: float, confidence: float) -> Estimate:
    terms = Terms.of(sample, estimator, clipped=False)
    plain = clipped = terms.estimate()
    if estimator.can_be_clipped:
        clipped = Terms.of(sample, estimator, clipped=True).estimate()
    return Estimate(
        name=estimator.name,
        plain=_figure(plain, confidence),
        clipped=_figure(clipped, confidence),
        lift=_figure(terms.lift(plain, served), confidence),
    )


def _figure(found: Moments, confidence: float) -> Figure:
    return Figure(value=found.value, interval=found.interval(confidence), sequence=found.sequence(confidence))


def _mean(rewards: Vector) -> Moments:
    ones = np.broadcast_to(1.0, rewards.shape)
    return moments(lambda: (Pairs(a=rewards, b=ones),))
