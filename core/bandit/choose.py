"""One choice: candidates -> features -> a probability for each -> one of them, drawn.

What ``Choice`` holds goes into the decision log and is all that ``replay`` needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bandit.policy import Distribution, Policy, draw
from core.bandit.statistics import Matrix, Statistics, Vector
from core.bandit.uniform import FALLBACK, PROMISE, PROMISE_QUIET
from core.features import FEATURE_VERSION, features
from core.model import Context, ScoredCandidate, Shadow, Snapshot, TipCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, how likely that was, and what else could have been; names as in ``Decision``.

    ``policy_id`` is the policy that truly made the distribution: the fallback when the one that was asked
    failed. ``candidates`` are all that were given, in their order, the dropped ones without features and with
    probability 0.
    """

    candidates: tuple[ScoredCandidate, ...]
    action: str
    propensity: float
    floor: float
    seed: int
    policy_id: str
    model_version: str
    feature_version: str
    shadows: tuple[Shadow, ...]
    snapshot: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parametrised:
    """A policy with the weights it reads in one decision."""

    policy: Policy
    weights: Vector


def choose(
    context: Context,
    candidates: Sequence[TipCandidate],
    *,
    population: Statistics,
    person: Statistics,
    policy: Policy,
    shadows: Sequence[Policy],
    seed: int,
) -> Choice:
    """Draw one candidate by ``policy`` from what everybody's and this person's rewards taught it.

    Raises ValueError when every candidate is dropped: that is a reason for silence, not a choice.
    """
    asked = [Parametrised(policy=one, weights=one.weights(population, person)) for one in (policy, *shadows)]
    return serve(context, candidates, served=asked[0], shadows=asked[1:], seed=seed)


def choose_promised(context: Context, tip: TipCandidate, *, even_if_quiet: bool) -> Choice:
    """Serve a tip that was promised: nothing is drawn, its propensity is 1.

    ``even_if_quiet``: the person chose a time inside their quiet hours; the policy's id then says so.
    """
    policy = PROMISE_QUIET if even_if_quiet else PROMISE
    return serve(context, [tip], served=Parametrised(policy=policy, weights=np.zeros(0)), shadows=(), seed=0)


def serve(
    context: Context,
    candidates: Sequence[TipCandidate],
    *,
    served: Parametrised,
    shadows: Sequence[Parametrised],
    seed: int,
) -> Choice:
    """As ``choose``, with weights that are known already."""
    allowed = [candidate for candidate in candidates if candidate.dropped is None]
    if not allowed:
        raise ValueError("there is no candidate to choose from")
    rows = features(context, allowed)
    matrix = np.array(rows)
    answer = ask(served, matrix)
    probabilities = answer.distribution.probabilities
    index = draw(probabilities, seed)
    snapshot = take_snapshot(answer.policy.policy_id, answer.weights)
    return Choice(
        candidates=_scored(candidates, rows, answer.distribution),
        action=allowed[index].candidate_id,
        propensity=float(probabilities[index]),
        floor=float(probabilities.min()),
        seed=seed,
        policy_id=snapshot.policy_id,
        model_version=snapshot.model_version,
        feature_version=snapshot.feature_version,
        shadows=tuple(_shadow(ask(shadow, matrix)) for shadow in shadows),
        snapshot=snapshot,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer(Parametrised):
    """Who gave a distribution, with which weights, and the distribution."""

    distribution: Distribution


def ask(one: Parametrised, matrix: Matrix) -> Answer:
    """The distribution of a policy over candidates (k, d); if it is unsound, that of the uniform fallback."""
    distribution = one.policy.distribution(matrix, one.weights)
    if np.isfinite(one.weights).all() and distribution.is_sound(one.policy.floor):
        return Answer(policy=one.policy, weights=one.weights, distribution=distribution)
    none = np.zeros(0)
    return Answer(policy=FALLBACK, weights=none, distribution=FALLBACK.distribution(matrix, none))


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


def _shadow(answer: Answer) -> Shadow:
    return Shadow(
        policy_id=answer.policy.policy_id,
        model_version=take_snapshot(answer.policy.policy_id, answer.weights).model_version,
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
