"""Off-policy estimators of a policy's mean reward: one formula with six choices of its terms.

Each decision has an importance weight w and a reward r; a reward model predicts q for the logged action and
q_π for the evaluated policy. With a = q_π + ω (r − q) and b = 1, the estimate is mean(a) / mean(b):

| name | obp | ω | q | self-normalised |
|---|---|---|---|---|
| IPS | ipw | w | 0 | no |
| SNIPS | snipw | w | 0 | yes |
| DM | dm | 0 | the model's | no |
| DR | dr | w | the model's | no |
| SNDR | sndr | w | the model's | yes |
| Switch-DR | switch-dr | w, but 0 where w > clip | the model's | no |

Self-normalised: mean(q_π) + Σ ω (r − q) / Σ ω, which is the ratio of a = ω (r − q + Q) + (q_π − Q) W and
b = ω, with Q and W the means of q_π and ω. Clipped: min(w, clip) for w.

If the model was fitted to the same decisions, a has one more term: h (r − q) minus its mean, with h the
leverage. It does not change the estimate; it adds the variance due to fitting to the interval (sandwich
estimator).

Sources: Horvitz & Thompson 1952 (IPS), Swaminathan & Joachims 2015 (SNIPS), Dudík, Langford & Li 2011 (DM,
DR), Thomas & Brunskill 2016 (SNDR), Wang, Agarwal & Dudík 2017 (Switch-DR).

Tests: tests/core/bandit/evaluation/test_evaluate.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from core.bandit.arrays import Vector
from core.bandit.evaluation.intervals import Moments, Pairs, moments
from core.bandit.evaluation.logged import Sample
from core.bandit.evaluation.reward_model import Fit, ModelPredictions


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """A row of the table in the module's docstring."""

    name: str
    has_model: bool = False
    """Whether q and q_π are a reward model's; 0 otherwise."""
    self_normalised: bool = False
    drops_weights: bool = False
    """ω = 0."""
    drops_large_weights: bool = False
    """ω = 0 where w > clip."""

    @property
    def can_be_clipped(self) -> bool:
        """Whether large weights enter the estimate."""
        return not (self.drops_weights or self.drops_large_weights)

    def weigh(self, weights: Vector, clip: float, *, clipped: bool) -> Vector:
        """ω (n,) from importance weights (n,)."""
        if self.drops_weights:
            return np.zeros_like(weights)
        if self.drops_large_weights:
            return np.where(weights > clip, 0.0, weights)
        return np.minimum(weights, clip) if clipped else weights


FROM_WEIGHTS = (Estimator(name="IPS"), Estimator(name="SNIPS", self_normalised=True))
"""Estimators that need weights and rewards only."""

FROM_MODEL = (
    Estimator(name="DM", has_model=True, drops_weights=True),
    Estimator(name="DR", has_model=True),
    Estimator(name="SNDR", has_model=True, self_normalised=True),
    Estimator(name="Switch-DR", has_model=True, drops_large_weights=True),
)
"""Estimators that also need a reward model."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of the formula for one sample and estimator."""

    sample: Sample
    estimator: Estimator
    clipped: bool
    mean_weight: float
    """Mean of ω."""
    mean_q: float = 0.0
    """Mean of q_π."""
    mean_correction: float = 0.0
    """Mean of h (r − q)."""
    leverage: Vector | None = None
    """h (n,); None if no model was fitted to the sample."""

    @classmethod
    def of(cls, sample: Sample, estimator: Estimator, *, clipped: bool) -> Self:
        """Compute the means in one pass over the sample."""
        model = sample.model if estimator.has_model else None
        total = sum(
            float(estimator.weigh(sample.weights[which], sample.clip, clipped=clipped).sum())
            for which in sample.slices()
        )
        terms = cls(sample=sample, estimator=estimator, clipped=clipped, mean_weight=total / len(sample))
        if model is None:
            return terms
        terms = replace(terms, mean_q=float(model.q_policy.mean()))
        return terms if model.fit is None else terms._with_fit(model, model.fit)

    def _with_fit(self, model: ModelPredictions, fit: Fit) -> Self:
        weights = self.estimator.weigh(self.sample.weights, self.sample.clip, clipped=self.clipped)
        leverage = fit.leverage(weights / self.mean_weight if self.estimator.self_normalised else weights)
        correction = float((leverage * (self.sample.rewards - model.q_logged)).mean())
        return replace(self, leverage=leverage, mean_correction=correction)

    def pairs(self) -> Iterator[Pairs]:
        """a and b, one chunk of decisions at a time."""
        for which in self.sample.slices():
            subset = self.sample.subset(which)
            weights = self.estimator.weigh(subset.weights, subset.clip, clipped=self.clipped)
            a = (
                self._model_terms(subset, which, weights)
                if self.estimator.has_model
                else weights * subset.rewards
            )
            yield Pairs(a=a, b=weights if self.estimator.self_normalised else np.ones_like(weights))

    def _model_terms(self, subset: Sample, which: slice, weights: Vector) -> Vector:
        if subset.model is None:
            raise ValueError(f"{self.estimator.name} needs a reward model")
        shift, scale = (self.mean_q, self.mean_weight) if self.estimator.self_normalised else (0.0, 1.0)
        error = subset.rewards - subset.model.q_logged
        a = weights * (error + shift) + (subset.model.q_policy - shift) * scale
        return (
            a if self.leverage is None else a + (self.leverage[which] * error - self.mean_correction) * scale
        )

    def estimate(self) -> Moments:
        """The estimate, with the moments that its intervals need."""
        return moments(self.pairs)

    def lift(self, estimate: Moments, behaviour_value: float) -> Moments:
        """``estimate`` minus the mean logged reward R, ``behaviour_value``.

        A ratio of means over a − R b − (r − R) B and b, with B the mean of b. The difference is taken
        decision by decision, so variance that both values share cancels.
        """
        scale = float(estimate.means[0, 1])

        def pairs() -> Iterator[Pairs]:
            for pair, which in zip(self.pairs(), self.sample.slices(), strict=True):
                shared = (self.sample.rewards[which] - behaviour_value) * scale
                yield Pairs(a=pair.a - behaviour_value * pair.b - shared, b=pair.b)

        return moments(pairs)
