"""Estimators of what a policy would have earned: one formula, six ways to fill it in.

With importance weight w, reward r, and a reward model's q of the logged action and q_π of the evaluated
policy, a decision counts a = q_π + ω (r − q) against b = 1, and the estimate is mean(a) / mean(b):

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

Where the model was fitted to the same decisions, a has one more term: h (r − q) less its mean. It leaves the
estimate as it is and brings what fitting adds to the variance into the interval (the sandwich estimator).

Sources: Horvitz & Thompson 1952 (IPS), Swaminathan & Joachims 2015 (SNIPS), Dudík, Langford & Li 2011 (DM,
DR), Thomas & Brunskill 2016 (SNDR), Wang, Agarwal & Dudík 2017 (Switch-DR).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from core.bandit.evaluation.intervals import Moments, Pairs, moments
from core.bandit.evaluation.logged import Sample, Vector
from core.bandit.evaluation.reward_model import Fit, Modelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """A row of the table."""

    name: str
    has_model: bool = False
    self_normalised: bool = False
    drops_weights: bool = False
    drops_large_weights: bool = False

    @property
    def can_be_clipped(self) -> bool:
        """Whether large weights are in it at all."""
        return not (self.drops_weights or self.drops_large_weights)

    def weigh(self, weights: Vector, clip: float, *, clipped: bool) -> Vector:
        """ω (n,) from importance weights (n,)."""
        if self.drops_weights:
            return np.zeros_like(weights)
        if self.drops_large_weights:
            return np.where(weights > clip, 0.0, weights)
        return np.minimum(weights, clip) if clipped else weights


FROM_WEIGHTS = (Estimator(name="IPS"), Estimator(name="SNIPS", self_normalised=True))
"""What weights and rewards are enough for."""

FROM_MODEL = (
    Estimator(name="DM", has_model=True, drops_weights=True),
    Estimator(name="DR", has_model=True),
    Estimator(name="SNDR", has_model=True, self_normalised=True),
    Estimator(name="Switch-DR", has_model=True, drops_large_weights=True),
)
"""What needs a reward model as well."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The formula, filled in with a sample. Means over all decisions: ``weight`` of ω, ``q`` of q_π,
    ``fitted`` of h (r − q); ``leverage`` is h, None where nothing was fitted.
    """

    sample: Sample
    estimator: Estimator
    clipped: bool
    weight: float
    q: float = 0.0
    fitted: float = 0.0
    leverage: Vector | None = None

    @classmethod
    def of(cls, sample: Sample, estimator: Estimator, *, clipped: bool) -> Self:
        """Go through the sample once for the means."""
        model = sample.model if estimator.has_model else None
        total = sum(
            float(estimator.weigh(sample.weights[which], sample.clip, clipped=clipped).sum())
            for which in sample.slices()
        )
        terms = cls(sample=sample, estimator=estimator, clipped=clipped, weight=total / len(sample))
        if model is None:
            return terms
        terms = replace(terms, q=float(model.q_policy.mean()))
        return terms if model.fit is None else terms._with_fit(model, model.fit)

    def _with_fit(self, model: Modelled, fit: Fit) -> Self:
        weights = self.estimator.weigh(self.sample.weights, self.sample.clip, clipped=self.clipped)
        leverage = fit.leverage(weights / self.weight if self.estimator.self_normalised else weights)
        fitted = float((leverage * (self.sample.rewards - model.q_logged)).mean())
        return replace(self, leverage=leverage, fitted=fitted)

    def pairs(self) -> Iterator[Pairs]:
        """a and b, some decisions at a time."""
        for which in self.sample.slices():
            part = self.sample.part(which)
            weights = self.estimator.weigh(part.weights, part.clip, clipped=self.clipped)
            a = self._modelled(part, which, weights) if self.estimator.has_model else weights * part.rewards
            yield Pairs(a=a, b=weights if self.estimator.self_normalised else np.ones_like(weights))

    def _modelled(self, part: Sample, which: slice, weights: Vector) -> Vector:
        if part.model is None:
            raise ValueError(f"{self.estimator.name} needs a reward model")
        shift, scale = (self.q, self.weight) if self.estimator.self_normalised else (0.0, 1.0)
        error = part.rewards - part.model.q_logged
        a = weights * (error + shift) + (part.model.q_policy - shift) * scale
        return a if self.leverage is None else a + (self.leverage[which] * error - self.fitted) * scale

    def estimate(self) -> Moments:
        """The estimate, with all that its intervals need."""
        return moments(self.pairs)

    def lift(self, estimate: Moments, served: float) -> Moments:
        """How much more the ``estimate`` is than the mean logged reward R, ``served``; decision by decision,
        as what both owe to the same luck cancels: a − R b − (r − R) B against b, B the mean of b.
        """
        scale = float(estimate.means[0, 1])

        def pairs() -> Iterator[Pairs]:
            for pair, which in zip(self.pairs(), self.sample.slices(), strict=True):
                luck = (self.sample.rewards[which] - served) * scale
                yield Pairs(a=pair.a - served * pair.b - luck, b=pair.b)

        return moments(pairs)
