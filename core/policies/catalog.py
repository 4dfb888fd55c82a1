"""The policies that oO can serve or run as shadows. A policy id holds the name and all settings, so a policy
can be rebuilt from a row of the decision log alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Matrix
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy, linear_scores
from core.bandit.rules import RULES, Rule, rule_of, settings_of
from core.policies.features import PRIOR_VERSION, prior_of

PRIOR_ONLY = "unlearned"
"""Stored name of ``PriorOnly`` in policy ids."""

CONFIGURABLE = (*RULES, PRIOR_ONLY)
"""Names of the policies that an operator may serve or run as shadows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePolicy:
    """An exploration rule on the person's posterior (``core/bandit/mixed.py``)."""

    name: str
    rule: Rule

    @property
    def policy_id(self) -> str:
        """For example ``inverse-gap:floor=0.02,scale=100.0``."""
        return _format_policy_id(self.name, self.rule)

    @property
    def floor(self) -> float:
        """The floor of the rule."""
        return self.rule.floor

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """The rule's probabilities, with expected rewards as scores; invalid without a posterior and for
        scores that are not finite.
        """
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
    """A rule on the prior weights alone (``core/policies/features.py``), the same for all people. As a
    shadow in the log it measures the value of learning.
    """

    rule: Rule
    prior: int
    """Version of the prior weights."""

    @property
    def policy_id(self) -> str:
        """For example ``unlearned:epsilon=0.1,prior=2``; version 1 is left out."""
        without_version = _format_policy_id(PRIOR_ONLY, self.rule)
        return without_version if self.prior == 1 else f"{without_version},prior={self.prior}"

    @property
    def floor(self) -> float:
        """The floor of the rule."""
        return self.rule.floor

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """As ``RulePolicy``, with the prior weights as the mean and covariance 0; ignores ``posterior``."""
        weights = np.array(prior_of(self.prior))
        prior = Posterior(mean=weights, covariance=np.zeros((len(weights), len(weights))))
        return RulePolicy(name=PRIOR_ONLY, rule=self.rule).distribution(features, prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformPolicy:
    """1/k for each candidate. ``policy_id`` tells its uses in the log apart."""

    policy_id: str = "uniform"

    @property
    def floor(self) -> float:
        """1: all probability mass is shared evenly."""
        return 1.0

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """Scores of 0, probabilities of 1/k."""
        k = len(features)
        return Distribution(scores=np.zeros(k), probabilities=np.full(k, 1 / k))


BASELINE = UniformPolicy()
"""The uniform choice, as a policy to compare with."""

FALLBACK = UniformPolicy(policy_id="uniform-fallback")
"""Replaces a policy whose distribution is invalid."""

REDELIVERY = UniformPolicy(policy_id="promise")
"""Deterministic re-delivery of a snoozed tip: a choice among one candidate, with propensity 1."""

REDELIVERY_IN_QUIET_HOURS = UniformPolicy(policy_id="promise_quiet")
"""The same, for a time within quiet hours that the person chose."""

REMINDER = UniformPolicy(policy_id="reminder")
"""A reminder that rings: the person asked for it, so its propensity is 1."""

REMINDER_IN_QUIET_HOURS = UniformPolicy(policy_id="reminder_quiet")
"""The same, for a time within quiet hours that the person chose."""

EVEN_IF_QUIET = {
    REDELIVERY.policy_id: False,
    REDELIVERY_IN_QUIET_HOURS.policy_id: True,
    REMINDER.policy_id: False,
    REMINDER_IN_QUIET_HOURS.policy_id: True,
}
"""What was promised, by policy id: whether the person chose a time inside their quiet hours. The log stores
that as the policy id.
"""

_DETERMINISTIC = (REDELIVERY, REDELIVERY_IN_QUIET_HOURS, REMINDER, REMINDER_IN_QUIET_HOURS)
_FIXED = {policy.policy_id: policy for policy in (BASELINE, FALLBACK, *_DETERMINISTIC)}


def policy_of(policy_id: str) -> Policy:
    """The policy with this id: ``name`` or ``name:setting=value,…``; omitted settings have their defaults.
    Raises ValueError for an unknown name or setting.
    """
    if policy_id in _FIXED:
        return _FIXED[policy_id]
    name, _, text = policy_id.partition(":")
    _require_configurable(name)
    settings = _parse_settings(text)
    return (
        _prior_only(settings) if name == PRIOR_ONLY else RulePolicy(name=name, rule=rule_of(name, **settings))
    )


def configured_policy(policy_id: str) -> Policy:
    """As ``policy_of``, for an id that an operator wrote. Raises ValueError also for ids that only the log
    uses: a tip that ``promise`` chose would be read as a re-delivery.
    """
    _require_configurable(policy_id.partition(":")[0])
    return policy_of(policy_id)


def _require_configurable(name: str) -> None:
    if name not in CONFIGURABLE:
        raise ValueError(f"no policy is called {name!r}; there are {', '.join(sorted(CONFIGURABLE))}")


def _prior_only(settings: dict[str, float]) -> Policy:
    """On today's prior weights; on version 1 for old ids, which have settings but no version."""
    version = int(settings.pop("prior", 1 if settings else PRIOR_VERSION))
    prior_of(version)  # raises ValueError for an unknown version
    return PriorOnly(rule=rule_of("epsilon-greedy", **settings), prior=version)


def _parse_settings(text: str) -> dict[str, float]:
    pairs = (pair.partition("=") for pair in text.split(",") if pair)
    return {name.strip(): _parse_number(value.strip(), pair=f"{name}{_}{value}") for name, _, value in pairs}


def _parse_number(text: str, pair: str) -> float:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError as fault:
        raise ValueError(f"a policy's setting reads name=number, not {pair!r}") from fault


def _format_policy_id(name: str, rule: Rule) -> str:
    settings = ",".join(f"{key}={getattr(rule, key)!r}" for key in sorted(settings_of(rule)))
    return f"{name}:{settings}"
