"""Variances from the data (empirical Bayes): the ones under which the rewards seen so far are most
likely.

The marginal likelihood of the mixed model, with θ and every bᵤ integrated out:

−2 log L = Σᵤ log|I + τ²A| + log|I + ω²P| + n log σ² + c/σ² − Σᵤ vᵀC v − qᵀ(I/ω² + P)⁻¹q + const

where P and q are the sums of the parts. τ² and ω² take the best of their neighbours, a factor of 2 away, and
one step at a look, so that they change seldom and rarely hang on the last bit of a sum; σ² is what the
residuals leave, to the nearest quarter of a power of two.

A few rewards say little about variances: after thirty that were all alike, the most likely noise is none, and
the most likely people do not differ. A model that believes this is sure too early, and where silence is an
action it stays silent and never finds out. Hence the single step, and the variances of the last look count as
evidence: a change of τ² or ω² must gain a little in likelihood, and σ² is averaged with the last one. Looks
come with twice as many rewards each at first, so wherever the data point, the next ones get there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.bandit.mixed import Variances
from core.bandit.statistics import Matrix, Statistics, Vector

MOST_PEOPLE = 128
"""So many people say enough about how people differ."""

_STEP = 2.0
_PRIOR_REWARDS = 32  # that the noise of the last look counts for
_STEP_PENALTY = 0.25  # in −2 log L, for each of τ² and ω² that changes
_PERSON = (1e-5, 4.0)
_COMMON = (1e-3, 10.0)
_NOISE = (1e-4, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """The sums of p people as they count today: ``a`` (p, d, d), ``b`` (p, d), ``c`` and ``n`` in all."""

    a: Matrix
    b: Matrix
    c: float
    n: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """How well variances fit: ``misfit`` is −2 log L up to a constant, ``residual`` what is left times
    1/σ².
    """

    variances: Variances
    misfit: float
    residual: float


def fitted(people: Sequence[Statistics], variances: Variances, scale: float, prior: Vector) -> Variances:
    """Better variances than ``variances`` for these people; the same when there is nothing to learn from."""
    chosen = people[:: math.ceil(len(people) / MOST_PEOPLE)] if people else ()
    if sum(one.count for one in chosen) == 0:
        return variances
    sums = _summed(chosen, scale, prior)
    best = _best_around(sums, variances)
    if not math.isfinite(best.misfit):
        return variances
    left = variances.noise * (max(best.residual, 1e-9) + _PRIOR_REWARDS)
    noise = _within(left / (sums.n + _PRIOR_REWARDS), _NOISE)
    return replace(best.variances, noise=2.0 ** (round(4 * math.log2(noise)) / 4))


def _best_around(sums: _Sums, variances: Variances) -> _Fit:
    """The best of these variances and their neighbours."""
    fits = (fit for person in _near(variances.person, _PERSON) for fit in _fits(sums, variances, person))
    return min(fits, key=lambda fit: fit.misfit + _STEP_PENALTY * _steps(fit.variances, variances))


def _steps(now: Variances, last: Variances) -> int:
    return (now.person != last.person) + (now.common != last.common)


def _near(value: float, bounds: tuple[float, float]) -> list[float]:
    """The value and its neighbours, within the bounds."""
    middle = _within(value, bounds)
    return [one for one in (middle, middle / _STEP, middle * _STEP) if one == _within(one, bounds)]


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def _summed(people: Sequence[Statistics], scale: float, prior: Vector) -> _Sums:
    a = np.stack([one.a for one in people]) / scale
    b = np.stack([one.b for one in people]) / scale
    c = sum(one.c for one in people) / scale
    expected = a @ prior
    return _Sums(
        a=a,
        b=b - expected,
        c=float(c - 2 * (b @ prior).sum() + (expected @ prior).sum()),
        n=sum(one.weight for one in people) / scale,
    )


def _fits(sums: _Sums, variances: Variances, person: float) -> list[_Fit]:
    """How well it fits with this τ², for each neighbouring ω²."""
    eye, noise = np.eye(sums.b.shape[1]), variances.noise
    spread = np.linalg.inv(sums.a / noise + eye / person)
    gain, own = spread / person, sums.b / noise
    precision = ((eye - gain) / person).sum(axis=0)
    information = np.einsum("pij,pj->i", gain, own)
    misfit = -np.linalg.slogdet(gain)[1].sum()
    residual = sums.c / noise - np.einsum("pi,pij,pj->", own, spread, own)
    found = []
    for common in _near(variances.common, _COMMON):
        total = eye / common + precision
        left = residual - information @ np.linalg.solve(total, information)
        complexity = np.linalg.slogdet(total)[1] + eye.shape[0] * math.log(common)
        found.append(
            _Fit(
                variances=replace(variances, person=person, common=common),
                misfit=float(misfit + complexity + left),
                residual=float(left),
            )
        )
    return found
