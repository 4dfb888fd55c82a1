"""Which policy serves: the configured one, or a shadow that was promoted over it
(``core/deciding/promotion.py``).

Promotions are stored in a note that every process reads with each decision. A policy that was replaced goes
on as a shadow.

Tests: tests/core/deciding/test_promotion.py.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from core.bandit.policy import Policy
from core.dependencies import Dependencies
from core.policies.catalog import policy_of
from core.store import Unit

log = logging.getLogger(__name__)

PROMOTIONS_NOTE = "policy"
"""Key of the note that stores the promotions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotions:
    """The promotions that are in effect."""

    configured: str
    """Id of the configured policy, over which the first one was promoted."""
    policies: tuple[str, ...]
    """Ids of the promoted policies, each over the one before it. The last one serves."""

    def as_text(self) -> str:
        """JSON for the note."""
        return json.dumps({"configured": self.configured, "policies": self.policies})

    @classmethod
    def from_text(cls, text: str) -> Promotions:
        """The inverse of ``as_text``. Raises ValueError for any other text."""
        try:
            stored = json.loads(text)
            configured, policies = stored["configured"], tuple(stored["policies"])
        except (KeyError, TypeError) as fault:
            raise ValueError("fields are missing") from fault
        if not policies or not all(isinstance(one, str) for one in (configured, *policies)):
            raise ValueError("it names no policy")
        return cls(configured=configured, policies=policies)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivePolicies:
    """The policy that serves, and the shadows beside it."""

    policy: Policy
    shadows: tuple[Policy, ...]
    promotions: Promotions | None = None
    """What made the policy serve; None for the configured one."""


def policies_by(note: str | None, deps: Dependencies) -> ActivePolicies:
    """The policy that serves according to the stored note; all others are shadows.

    The configuration has the last word. If it names another policy than the one over which something was
    promoted, that policy serves. The configured policy also serves if the note can't be read or names an
    unknown policy. Each such case is logged once; nothing is raised.
    """
    shadows = tuple(one for one in deps.shadows if one.policy_id != deps.policy.policy_id)
    configured = ActivePolicies(policy=deps.policy, shadows=shadows)
    if note is None:
        return configured
    try:
        promotions = Promotions.from_text(note)
        if promotions.configured != deps.policy.policy_id:
            warn_once("what was promoted no longer holds: the configuration names another policy")
            return configured
        *replaced, chosen = (_policy(one, (deps.policy, *deps.shadows)) for one in promotions.policies)
    except ValueError as fault:
        warn_once(f"what was promoted can't be served: {fault}")
        return configured
    others = {one.policy_id: one for one in (deps.policy, *replaced, *deps.shadows)}
    others.pop(chosen.policy_id, None)
    return ActivePolicies(policy=chosen, shadows=tuple(others.values()), promotions=promotions)


@cache
def warn_once(text: str) -> None:
    """Log a warning only the first time in this process, as every decision reads the note."""
    log.warning("%s", text)


def _policy(policy_id: str, configured: Iterable[Policy]) -> Policy:
    found = (one for one in configured if one.policy_id == policy_id)
    return next(found, None) or policy_of(policy_id)


async def active_policies(unit: Unit, deps: Dependencies) -> ActivePolicies:
    """The policy that serves according to what is stored now."""
    return policies_by(await unit.notes.get(None, PROMOTIONS_NOTE), deps)
