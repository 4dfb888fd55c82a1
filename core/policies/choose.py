"""One choice: candidates → features → a probability for each → one draw.

The ``Draw`` and ``Snapshot`` of a ``Choice`` go into the decision log and are all that ``replay`` needs.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Matrix, Vector
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy, draw
from core.bandit.statistics import upper
from core.policies.catalog import (
    FALLBACK,
    REDELIVERY,
    REDELIVERY_IN_QUIET_HOURS,
    REMINDER,
    REMINDER_IN_QUIET_HOURS,
)
from core.policies.features import FEATURE_VERSION, features
from core.records import Context, Draw, ScoredCandidate, Shadow, Snapshot, TipCandidate

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A draw and the parameters that it used."""

    draw: Draw
    snapshot: Snapshot
    """The posterior that was used."""


def choose(
    context: Context,
    candidates: Sequence[TipCandidate],
    *,
    posterior: Posterior | None,
    policy: Policy,
    shadows: Sequence[Policy],
    seed: int,
) -> Choice:
    """Draw one candidate with ``policy``, given the person's ``posterior``; None: there is no usable
    posterior.

    Raises ValueError if all candidates are dropped: the caller must refuse then.
    """
    allowed = [candidate for candidate in candidates if candidate.dropped is None]
    if not allowed:
        raise ValueError("there is no candidate to choose from")
    rows = features(context, allowed)
    matrix = np.array(rows)
    weights = posterior_to_vector(posterior)
    posterior = posterior_from_vector(weights, matrix.shape[1])  # bit for bit what a replay will read
    output = distribution_or_fallback(policy, matrix, posterior)
    probabilities = output.distribution.probabilities
    index = draw(probabilities, seed)
    snapshot = take_snapshot(output.policy.policy_id, weights)
    made = Draw(
        context=context,
        candidates=_scored(candidates, rows, output.distribution),
        action=allowed[index].candidate_id,
        propensity=allowed[index].inclusion * float(probabilities[index]),
        floor=float(probabilities.min()),
        seed=seed,
        policy_id=snapshot.policy_id,
        model_version=snapshot.model_version,
        feature_version=snapshot.feature_version,
        shadows=tuple(
            _logged_shadow(distribution_or_fallback(shadow, matrix, posterior), snapshot)
            for shadow in shadows
        ),
    )
    return Choice(draw=made, snapshot=snapshot)


def choose_redelivery(context: Context, tip: TipCandidate, *, even_if_quiet: bool) -> Choice:
    """The deterministic choice of a snoozed ``tip``, with propensity 1.

    ``even_if_quiet``: the person chose a time within their quiet hours. The log stores that as a policy id.
    """
    policy = REDELIVERY_IN_QUIET_HOURS if even_if_quiet else REDELIVERY
    return choose(context, [tip], posterior=None, policy=policy, shadows=(), seed=0)


def choose_reminder(context: Context, candidates: Sequence[TipCandidate], *, even_if_quiet: bool) -> Choice:
    """The deterministic choice of the reminder that rings, with propensity 1: the only candidate that is not
    dropped. ``even_if_quiet`` as in ``choose_redelivery``.
    """
    policy = REMINDER_IN_QUIET_HOURS if even_if_quiet else REMINDER
    return choose(context, candidates, posterior=None, policy=policy, shadows=(), seed=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicyOutput:
    """A valid distribution and the policy that made it."""

    policy: Policy
    distribution: Distribution


def distribution_or_fallback(policy: Policy, matrix: Matrix, posterior: Posterior | None) -> PolicyOutput:
    """The distribution of ``policy`` over candidates (k, d); the uniform fallback if it is invalid."""
    distribution = policy.distribution(matrix, posterior)
    if distribution.is_valid(policy.floor):
        return PolicyOutput(policy=policy, distribution=distribution)
    log.warning("%s gave an invalid distribution of %d candidates", policy.policy_id, len(matrix))
    return PolicyOutput(policy=FALLBACK, distribution=FALLBACK.distribution(matrix, None))


def posterior_to_vector(posterior: Posterior | None) -> Vector:
    """Mean (d,) and upper triangle of the covariance, row by row: (d + d (d + 1) / 2,); empty for None."""
    if posterior is None:
        return np.zeros(0)
    return np.concatenate((posterior.mean, posterior.covariance[upper(len(posterior.mean))]))


def posterior_from_vector(numbers: Vector, dimension: int) -> Posterior | None:
    """The inverse of ``posterior_to_vector``. Raises ValueError for another length."""
    if not numbers.size:
        return None
    rows, columns = upper(dimension)
    if numbers.size != dimension + rows.size:
        raise ValueError(f"{numbers.size} numbers are no posterior about {dimension} features")
    covariance = np.empty((dimension, dimension))
    covariance[rows, columns] = covariance[columns, rows] = numbers[dimension:]
    return Posterior(mean=numbers[:dimension], covariance=covariance)


def _scored(
    candidates: Sequence[TipCandidate], rows: Sequence[tuple[float, ...]], distribution: Distribution
) -> tuple[ScoredCandidate, ...]:
    """All candidates in their order; ``rows`` and ``distribution`` hold those that were not dropped."""
    figures = zip(rows, distribution.scores.tolist(), distribution.probabilities.tolist(), strict=True)

    def scored(candidate: TipCandidate) -> ScoredCandidate:
        if candidate.dropped is not None:
            return ScoredCandidate(candidate=candidate)
        row, score, probability = next(figures)
        return ScoredCandidate(candidate=candidate, features=row, score=score, probability=probability)

    return tuple(scored(candidate) for candidate in candidates)


def _logged_shadow(output: PolicyOutput, snapshot: Snapshot) -> Shadow:
    return Shadow(
        policy_id=output.policy.policy_id,
        model_version=snapshot.model_version,
        probabilities=tuple(output.distribution.probabilities.tolist()),
    )


def take_snapshot(policy_id: str, weights: Vector, feature_version: str = FEATURE_VERSION) -> Snapshot:
    """A snapshot of ``weights`` (p,). Its ``model_version`` is a hash of the content: the first 16
    hexadecimal digits of SHA-256.
    """
    header = f"{policy_id}\n{feature_version}\n".encode()
    digest = hashlib.sha256(header + weights.astype("<f8").tobytes()).hexdigest()
    return Snapshot(
        model_version=digest[:16],
        policy_id=policy_id,
        feature_version=feature_version,
        weights=tuple(weights.tolist()),
    )
