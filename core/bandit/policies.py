"""Policies by name, so that a log row alone is enough to build the policy that wrote it."""

from __future__ import annotations

from core.bandit.epsilon_greedy import EpsilonGreedy
from core.bandit.policy import Policy
from core.bandit.uniform import FALLBACK, PROMISE, PROMISE_QUIET, YARDSTICK
from core.bandit.unlearned import Unlearned

_FIXED = {policy.policy_id: policy for policy in (YARDSTICK, FALLBACK, PROMISE, PROMISE_QUIET)}


def policy_of(policy_id: str) -> Policy:
    """The policy that goes by ``policy_id`` (``epsilon-greedy:0.1``). Raises ValueError if there is none."""
    if policy_id in _FIXED:
        return _FIXED[policy_id]
    name, _, setting = policy_id.partition(":")
    if name == "epsilon-greedy":
        return EpsilonGreedy(epsilon=float(setting))
    if name == "unlearned":
        return Unlearned(epsilon=float(setting))
    raise ValueError(f"no policy goes by {policy_id!r}")
