"""Scores of candidates that a program describes by their features, by the policy that serves now.

Tests: tests/bot/api/test_tips.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.deciding.active_policy import active_policies
from core.dependencies import Dependencies
from core.learning.model_state import posterior_now
from core.policies.choose import distribution_or_fallback, posterior_to_vector, take_snapshot
from core.policies.features import FEATURE_VERSION, vectors_of
from core.records import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What a policy makes of some candidates."""

    scores: tuple[float, ...]
    """Expected rewards, as far as the policy estimates them; one for each candidate, in their order."""
    probabilities: tuple[float, ...]
    """With which the policy would draw each."""
    policy_id: str
    model_version: str
    """Names the parameters that were used, as in decisions."""
    feature_version: str = FEATURE_VERSION


async def score(person: Person, deps: Dependencies, rows: Sequence[Mapping[str, float]]) -> Scores:
    """Score candidates with these features (by name; others are 0) for ``person`` now. Nothing is drawn or
    stored.

    ``rows`` is not empty and its values are finite. Raises ``KeyError`` for an unknown feature.
    """
    matrix = np.array(vectors_of(rows))
    async with deps.store.read() as unit:
        posterior = await posterior_now(unit, person.person_id, deps.clock.now())
        policies = await active_policies(unit, deps)
    output = distribution_or_fallback(policies.policy, matrix, posterior)
    snapshot = take_snapshot(output.policy.policy_id, posterior_to_vector(posterior))
    return Scores(
        scores=tuple(output.distribution.scores.tolist()),
        probabilities=tuple(output.distribution.probabilities.tolist()),
        policy_id=snapshot.policy_id,
        model_version=snapshot.model_version,
    )
