"""Off-policy evaluation of one policy on a log, with a refusal where the log has too little information.

``evaluate`` compares a policy with the behaviour policy; ``average`` is the mean reward of some decisions.
Every value comes with its intervals, and every clipped estimate with the unclipped one. There is none below
an effective sample size of ``MIN_EFFECTIVE_SAMPLE``. Decisions are treated as independent and identically
distributed: the results hold for these people at such times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Vector
from core.bandit.evaluation.estimators import FROM_MODEL, FROM_WEIGHTS, Estimator, Terms
from core.bandit.evaluation.guarantees import confidence_sequence, empirical_bernstein
from core.bandit.evaluation.intervals import Interval, Moments, Pairs, moments
from core.bandit.evaluation.logged import DEFAULT_CLIP, Sample

MIN_EFFECTIVE_SAMPLE = 200.0
"""Effective sample size below which no estimate is given."""

MEAN_WEIGHT_RANGE = Interval(low=0.9, high=1.1)
"""Plausible range of the mean importance weight: outside, propensities are wrong or the log is short."""

REWARD_RANGE = Interval(low=-1.0, high=1.0)
"""The default range of rewards, that of ``core/policies/rewards.py``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Summary of the importance weights: how far the evaluated policy is from the behaviour policy."""

    decisions: int
    effective: float
    """Effective sample size (Σw)² / Σw² (Kish, "Survey Sampling", 1965)."""
    mean: float
    largest: float
    clipped: float
    """Share of the decisions whose weight exceeds the clip."""

    @property
    def enough(self) -> bool:
        """Whether the effective sample size suffices for estimates."""
        return self.effective >= MIN_EFFECTIVE_SAMPLE

    @property
    def sound(self) -> bool:
        """Whether the mean weight is near 1, its expectation under correct propensities."""
        return self.mean in MEAN_WEIGHT_RANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value with its intervals; ``core/bandit/evaluation/intervals.py`` states what each guarantees."""

    value: float
    interval: Interval
    """Confidence interval for a single look."""
    sequence: Interval
    """Confidence sequence, valid at every look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The results of one estimator."""

    name: str
    plain: Figure
    clipped: Figure
    """With clipped weights: lower variance, but biased."""
    lift: Figure
    """``plain`` minus the mean logged reward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The guaranteed confidence sequence after the first ``decisions``."""

    decisions: int
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The evaluation of one policy. Unless ``weights.enough``, all other fields are empty."""

    weights: Weights
    served: Figure | None = None
    """The mean logged reward: the value of the behaviour policy."""
    estimates: tuple[Estimate, ...] = ()
    guaranteed: Interval | None = None
    """Interval for the policy's value that is valid for every sample size, for one look."""
    looks: tuple[Look, ...] = ()
    """Guaranteed confidence sequence, simultaneously valid; the last one covers the whole log."""

    def estimate(self, name: str) -> Estimate:
        """The result of the estimator ``name``. Raises KeyError if there is none."""
        return {estimate.name: estimate for estimate in self.estimates}[name]


def evaluate(
    sample: Sample, *, rewards_in: Interval = REWARD_RANGE, confidence: float = 0.95, looks: int = 50
) -> Evaluation:
    """Estimate the mean reward of the policy that ``sample`` was weighted for.

    ``looks``: number of points of the guaranteed confidence sequence. Raises ValueError for bad settings and
    for rewards outside ``rewards_in``.
    """
    if not 0 < confidence < 1 or looks < 1:
        raise ValueError("confidence must lie between 0 and 1, and looks must be at least 1")
    if sample.rewards.min() < rewards_in.low or sample.rewards.max() > rewards_in.high:
        raise ValueError(f"rewards must lie between {rewards_in.low} and {rewards_in.high}")
    weights = describe_weights(sample.weights, sample.clip)
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
        estimates=tuple(_estimate_one(one, sample, served.value, confidence) for one in estimators),
        guaranteed=empirical_bernstein(
            sample.weights, sample.rewards, clip=sample.clip, rewards_in=rewards_in, confidence=confidence
        ),
        looks=tuple(Look(decisions=n, interval=bound) for n, bound in zip(at, bounds, strict=True)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """The mean reward of some decisions."""

    decisions: int
    figure: Figure | None
    """None for fewer than ``MIN_EFFECTIVE_SAMPLE`` decisions."""


def average(rewards: Vector, *, confidence: float = 0.95) -> Average:
    """The unweighted mean of ``rewards`` (n,)."""
    enough = rewards.size >= MIN_EFFECTIVE_SAMPLE
    return Average(decisions=rewards.size, figure=_figure(_mean(rewards), confidence) if enough else None)


def describe_weights(weights: Vector, clip: float = DEFAULT_CLIP) -> Weights:
    """Summarise importance ``weights`` (n,); all numbers are 0 for n = 0."""
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
    """Days until the effective sample size reaches ``MIN_EFFECTIVE_SAMPLE``, if it keeps the average growth
    of the ``days`` so far; None if it does not grow.
    """
    if effective >= MIN_EFFECTIVE_SAMPLE:
        return 0.0
    return days * (MIN_EFFECTIVE_SAMPLE / effective - 1) if effective > 0 and days > 0 else None


def _estimate_one(estimator: Estimator, sample: Sample, served: float, confidence: float) -> Estimate:
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
