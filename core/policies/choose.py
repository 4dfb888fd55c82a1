"""One choice: candidates -> features -> a probability for each -> one of them, drawn.

The ``Draw`` and ``Snapshot`` of a ``Choice`` go into the decision log and are all that ``replay`` needs.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy, draw
from core.bandit.statistics import Matrix, Vector, upper
from core.model import Context, Draw, ScoredCandidate, Shadow, Snapshot, TipCandidate
from core.policies.catalog import FALLBACK, PROMISE, PROMISE_QUIET
from core.policies.features import FEATURE_VERSION, features

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A draw and the parameters that it used."""

    draw: Draw
    snapshot: Snapshot


def choose(
    context: Context,
    candidates: Sequence[TipCandidate],
    *,
    posterior: Posterior | None,
    policy: Policy,
    shadows: Sequence[Policy],
    seed: int,
) -> Choice:
    """Draw one candidate by ``policy`` from what is believed of this person; None: nothing sound is known.

    Raises ValueError when every candidate is dropped: that is a reason for silence, not a choice.
    """
    allowed = [candidate for candidate in candidates if candidate.dropped is None]
    if not allowed:
        raise ValueError("there is no candidate to choose from")
    rows = features(context, allowed)
    matrix = np.array(rows)
    numbers = numbers_of(posterior)
    posterior = posterior_of(numbers, matrix.shape[1])  # what a replay will read, to the last bit
    served = ask(policy, matrix, posterior)
    probabilities = served.distribution.probabilities
    index = draw(probabilities, seed)
    snapshot = take_snapshot(served.policy.policy_id, numbers)
    made = Draw(
        context=context,
        candidates=_scored(candidates, rows, served.distribution),
        action=allowed[index].candidate_id,
        propensity=allowed[index].inclusion * float(probabilities[index]),
        floor=float(probabilities.min()),
        seed=seed,
        policy_id=snapshot.policy_id,
        model_version=snapshot.model_version,
        feature_version=snapshot.feature_version,
        shadows=tuple(_shadow(ask(shadow, matrix, posterior), snapshot) for shadow in shadows),
    )
    return Choice(draw=made, snapshot=snapshot)


def choose_redelivery(context: Context, tip: TipCandidate, *, even_if_quiet: bool) -> Choice:
    """Choose a snoozed tip that comes back: it is the only candidate, so its propensity is 1.

    ``even_if_quiet``: the person chose a time inside their quiet hours. The log stores that as a policy id.
    """
    policy = PROMISE_QUIET if even_if_quiet else PROMISE
    return choose(context, [tip], posterior=None, policy=policy, shadows=(), seed=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """Who gave a distribution, and the distribution."""

    policy: Policy
    distribution: Distribution


def ask(policy: Policy, matrix: Matrix, posterior: Posterior | None) -> Answer:
    """The distribution of a policy over candidates (k, d); if it is unsound, that of the uniform
    fallback.
    """
    distribution = policy.distribution(matrix, posterior)
    if distribution.is_valid(policy.floor):
        return Answer(policy=policy, distribution=distribution)
    log.warning("%s gave no sound distribution of %d candidates", policy.policy_id, len(matrix))
    return Answer(policy=FALLBACK, distribution=FALLBACK.distribution(matrix, None))


def numbers_of(posterior: Posterior | None) -> Vector:
    """A posterior as numbers: its mean (d,) and the upper triangle of its covariance, row by row; none
    (0,) for None.
    """
    if posterior is None:
        return np.zeros(0)
    return np.concatenate((posterior.mean, posterior.covariance[upper(len(posterior.mean))]))


def posterior_of(numbers: Vector, dimension: int) -> Posterior | None:
    """The inverse of ``numbers_of``. Raises ValueError for another number of numbers."""
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
    """All candidates in their order; ``rows`` and ``distribution`` are of those that were not dropped."""
    figures = zip(rows, distribution.scores.tolist(), distribution.probabilities.tolist(), strict=True)

    def scored(candidate: TipCandidate) -> ScoredCandidate:
        if candidate.dropped is not None:
            return ScoredCandidate(candidate=candidate)
        row, score, probability = next(figures)
        return ScoredCandidate(candidate=candidate, features=row, score=score, probability=probability)

    return tuple(scored(candidate) for candidate in candidates)


def _shadow(answer: Answer, snapshot: Snapshot) -> Shadow:
    return Shadow(
        policy_id=answer.policy.policy_id,
        model_version=snapshot.model_version,
        probabilities=tuple(answer.distribution.probabilities.tolist()),
    )


def take_snapshot(policy_id: str, weights: Vector, feature_version: str = FEATURE_VERSION) -> Snapshot:
    """Keep ``weights`` (p,) under a name made from all that is kept: equal content, equal name."""
    header = f"{policy_id}\n{feature_version}\n".encode()
    digest = hashlib.sha256(header + weights.astype("<f8").tobytes()).hexdigest()
    return Snapshot(
        model_version=digest[:16],
        policy_id=policy_id,
        feature_version=feature_version,
        weights=tuple(weights.tolist()),
    )
