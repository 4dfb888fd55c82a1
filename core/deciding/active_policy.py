"""Which policy serves: the one in the configuration, or a shadow that was promoted over it
(``core/deciding/promotion.py``).

What was promoted is kept in a note, which every process reads with each decision; each policy that was
replaced goes on as a shadow.
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

NOTE = "policy"
"""The key of the note that says what was promoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotions:
    """What was promoted over the ``configured`` policy, one upon the other; the last one serves."""

    configured: str
    policies: tuple[str, ...]

    def as_text(self) -> str:
        """For the note."""
        return json.dumps({"configured": self.configured, "policies": self.policies})

    @classmethod
    def from_text(cls, text: str) -> Promotions:
        """Raises ValueError for anything but what ``as_text`` made."""
        try:
            stored = json.loads(text)
            configured, policies = stored["configured"], tuple(stored["policies"])
        except (KeyError, TypeError) as fault:
            raise ValueError("it has not what a promotion has") from fault
        if not policies or not all(isinstance(one, str) for one in (configured, *policies)):
            raise ValueError("it names no policy")
        return cls(configured=configured, policies=policies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Who serves and who is a shadow. ``promotions``: on what that rests; None: on the configuration."""

    policy: Policy
    shadows: tuple[Policy, ...]
    promotions: Promotions | None = None


def serving(deps: Dependencies, stored: str | None) -> Serving:
    """Who serves by the ``stored`` note; whoever else is configured is a shadow.

    The configuration has the last word: when it names another policy than the one over which something
    was promoted, that is what somebody wants now. It holds as well when the note can't be read or names a
    policy that this program does not know. Each is logged once; nothing is raised.
    """
    beside = tuple(one for one in deps.shadows if one.policy_id != deps.policy.policy_id)
    configured = Serving(policy=deps.policy, shadows=beside)
    if stored is None:
        return configured
    try:
        promotions = Promotions.from_text(stored)
        if promotions.configured != deps.policy.policy_id:
            warn_once("what was promoted no longer holds: the configuration names another policy")
            return configured
        *replaced, chosen = (_policy(one, (deps.policy, *deps.shadows)) for one in promotions.policies)
    except ValueError as fault:
        warn_once(f"what was promoted can't be served: {fault}")
        return configured
    others = {one.policy_id: one for one in (deps.policy, *replaced, *deps.shadows)}
    others.pop(chosen.policy_id, None)
    return Serving(policy=chosen, shadows=tuple(others.values()), promotions=promotions)


@cache
def warn_once(text: str) -> None:
    """Log a warning, the first time in this process: every decision comes by here."""
    log.warning("%s", text)


def _policy(policy_id: str, configured: Iterable[Policy]) -> Policy:
    found = (one for one in configured if one.policy_id == policy_id)
    return next(found, None) or policy_of(policy_id)


async def serving_now(unit: Unit, deps: Dependencies) -> Serving:
    """Who serves by what is stored."""
    return serving(deps, await unit.notes.get(None, NOTE))
