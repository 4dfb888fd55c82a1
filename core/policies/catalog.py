"""The policies that oO serves or keeps as shadows, by names from which they can be built again: a log row
alone is enough to build the policy that wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy, linear_scores
from core.bandit.rules import RULES, Rule, rule_of, settings_of
from core.bandit.statistics import Matrix
from core.policies.features import PRIOR_VERSION, prior_of

PRIOR_ONLY = "unlearned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A rule to explore by, on what is believed of the person (``mixed.py``)."""

    name: str
    rule: Rule

    @property
    def policy_id(self) -> str:
        """``inverse-gap:floor=0.02,scale=100.0``."""
        return _named(self.name, self.rule)

    @property
    def floor(self) -> float:
        """That of the rule."""
        return self.rule.floor

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """What the rule makes of the expected rewards, and of how sure they are."""
        if posterior is None:
            return Distribution.invalid(len(features))
        scores = linear_scores(features, posterior.mean)
        if not np.isfinite(scores).all():
            return Distribution.invalid(len(features))
        return Distribution(
            scores=scores, probabilities=self.rule.probabilities(features, scores, posterior.covariance)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorOnly:
    """A rule on what is assumed on the first day (``core/policies/features.py``): overdue and urgent first,
    for everybody. Beside the served policy in the log, it shows what learning is worth. ``prior``: the
    version of what is assumed.
    """

    rule: Rule
    prior: int

    @property
    def policy_id(self) -> str:
        """``unlearned:epsilon=0.1,prior=2``; the first prior is not named."""
        first = _named(PRIOR_ONLY, self.rule)
        return first if self.prior == 1 else f"{first},prior={self.prior}"

    @property
    def floor(self) -> float:
        """That of the rule."""
        return self.rule.floor

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """As ``Ruled``, whatever was learned."""
        prior = np.array(prior_of(self.prior))
        nothing = Posterior(mean=prior, covariance=np.zeros((len(prior), len(prior))))
        return Ruled(name=PRIOR_ONLY, rule=self.rule).distribution(features, nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformPolicy:
    """1/k each, whatever the features and whatever is believed. ``policy_id`` says what for."""

    policy_id: str = "uniform"

    @property
    def floor(self) -> float:
        """All of it."""
        return 1.0

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """Scores of 0, probabilities of 1/k."""
        k = len(features)
        return Distribution(scores=np.zeros(k), probabilities=np.full(k, 1 / k))


BASELINE = UniformPolicy()
"""Every candidate alike."""

FALLBACK = UniformPolicy(policy_id="uniform-fallback")
"""What stands in for a policy that fails."""

PROMISE = UniformPolicy(policy_id="promise")
PROMISE_QUIET = UniformPolicy(policy_id="promise_quiet")
"""The certainty of a promise, which is a choice among one."""

EVEN_IF_QUIET = {PROMISE.policy_id: False, PROMISE_QUIET.policy_id: True}
"""Re-deliveries by policy id: whether the person chose a time inside their quiet hours. The log stores that
as the policy id.
"""

_FIXED = {policy.policy_id: policy for policy in (BASELINE, FALLBACK, PROMISE, PROMISE_QUIET)}


def policy_of(policy_id: str) -> Policy:
    """The policy that goes by ``policy_id``: ``name`` or ``name:setting=value,…``; settings that are left out
    have their defaults. Raises ValueError if there is none.
    """
    if policy_id in _FIXED:
        return _FIXED[policy_id]
    name, _, settings = policy_id.partition(":")
    if name not in (names := sorted((*RULES, PRIOR_ONLY))):
        raise ValueError(f"no policy is called {name!r}; there are {', '.join(names)}")
    given = _settings(settings)
    return _unlearned(given) if name == PRIOR_ONLY else Ruled(name=name, rule=rule_of(name, **given))


def _unlearned(given: dict[str, float]) -> Policy:
    """On the prior of today if nothing is said; a log that names settings but no prior is of the first."""
    version = int(given.pop("prior", 1 if given else PRIOR_VERSION))
    prior_of(version)
    return PriorOnly(rule=rule_of("epsilon-greedy", **given), prior=version)


def _settings(text: str) -> dict[str, float]:
    pairs = (pair.partition("=") for pair in text.split(",") if pair)
    return {name.strip(): _number(value.strip(), pair=f"{name}{_}{value}") for name, _, value in pairs}


def _number(text: str, pair: str) -> float:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError as fault:
        raise ValueError(f"a policy's setting reads name=number, not {pair!r}") from fault


def _named(name: str, rule: Rule) -> str:
    settings = ",".join(f"{key}={getattr(rule, key)!r}" for key in sorted(settings_of(rule)))
    return f"{name}:{settings}"
