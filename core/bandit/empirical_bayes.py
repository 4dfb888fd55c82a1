"""Empirical Bayes: variances that maximise the marginal likelihood of the rewards seen so far.

With θ and every bᵤ of the mixed model (``mixed.py``) integrated out, the deviance is

    −2 log L = Σᵤ log|I + τ²A| + log|I + ω²P| + n log σ² + c/σ² − Σᵤ vᵀC v − qᵀ(I/ω² + P)⁻¹q + const

where P and q are the sums of the people's precisions and informations (Laird & Ware, "Random-effects models
for longitudinal data", Biometrics 38, 1982). A fit moves τ² and ω² by at most one factor of 2, to the best
neighbour: they change rarely and seldom depend on the last bit of a sum. σ² is the mean squared residual,
rounded to a quarter of a power of two.

Few rewards say little about variances. After thirty equal rewards the maximum-likelihood noise is 0 and
people do not differ. A model that believes this is overconfident: where silence is an action, it stays
silent and never learns otherwise. Therefore the previous variances count as evidence: a change of τ² or ω²
must improve the deviance by a penalty, and σ² is averaged with its previous value. The first fits follow
each other at doubling numbers of rewards, so the variances still reach what the data support.

Tests: tests/core/bandit/test_mixed.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.bandit.arrays import FloatArray, Matrix, Vector
from core.bandit.mixed import Variances
from core.bandit.statistics import Statistics

MAX_PEOPLE = 128
"""More people are subsampled: this many suffice to estimate how people differ."""

_STEP_FACTOR = 2.0
_PRIOR_REWARDS = 32  # weight of the previous noise estimate, in rewards
_STEP_PENALTY = 0.25  # added to the deviance for each of τ² and ω² that changes
_PERSON_BOUNDS = (1e-5, 4.0)  # τ²
_COMMON_BOUNDS = (1e-3, 10.0)  # ω²
_NOISE_BOUNDS = (1e-4, 4.0)  # σ²


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """Discounted statistics of p people, with rewards measured from the prior mean: r − xᵀθ₀."""

    a: FloatArray
    """Σ w x xᵀ of each person, (p, d, d)."""
    b: Matrix
    """Σ w (r − xᵀθ₀) x of each person, (p, d)."""
    c: float
    """Σ w (r − xᵀθ₀)² over all people."""
    n: float
    """Σ w over all people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """How well variances fit."""

    variances: Variances
    deviance: float
    """−2 log L up to a constant."""
    residual: float
    """Residual sum of squares, divided by σ²."""


def fit_variances(
    people: Sequence[Statistics], variances: Variances, scale: float, prior: Vector
) -> Variances:
    """One step of the fit from ``variances``; unchanged without rewards or where no finite fit exists.

    ``scale``: the factor by which the stored sums exceed today's weights; ``prior`` (d,): θ₀.
    """
    chosen = people[:: math.ceil(len(people) / MAX_PEOPLE)] if people else ()
    if sum(one.count for one in chosen) == 0:
        return variances
    sums = _sum_people(chosen, scale, prior)
    best = _best_around(sums, variances)
    if not math.isfinite(best.deviance):
        return variances
    squares = variances.noise * (max(best.residual, 1e-9) + _PRIOR_REWARDS)
    noise = _clamp(squares / (sums.n + _PRIOR_REWARDS), _NOISE_BOUNDS)
    return replace(best.variances, noise=2.0 ** (round(4 * math.log2(noise)) / 4))


def _best_around(sums: _Sums, variances: Variances) -> _Fit:
    """The fit with the least penalised deviance among these variances and their neighbours."""
    fits = (
        fit
        for person in _neighbours(variances.person, _PERSON_BOUNDS)
        for fit in _fits_for_person_variance(sums, variances, person)
    )
    return min(fits, key=lambda fit: fit.deviance + _STEP_PENALTY * _steps(fit.variances, variances))


def _steps(now: Variances, last: Variances) -> int:
    return (now.person != last.person) + (now.common != last.common)


def _neighbours(value: float, bounds: tuple[float, float]) -> list[float]:
    """The value, its half and its double, as far as within the bounds."""
    centre = _clamp(value, bounds)
    return [
        one for one in (centre, centre / _STEP_FACTOR, centre * _STEP_FACTOR) if one == _clamp(one, bounds)
    ]


def _clamp(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def _sum_people(people: Sequence[Statistics], scale: float, prior: Vector) -> _Sums:
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


def _fits_for_person_variance(sums: _Sums, variances: Variances, person: float) -> list[_Fit]:
    """One fit for this τ² and each neighbouring ω².

    C = (A/σ² + I/τ²)⁻¹ of each person; P = Σᵤ (I − C/τ²)/τ²; q = Σᵤ C v/τ² with v = b/σ²;
    residual = c/σ² − Σᵤ vᵀC v − qᵀ(I/ω² + P)⁻¹q; −log|C/τ²| = log|I + τ²A/σ²|.
    """
    eye, noise = np.eye(sums.b.shape[1]), variances.noise
    covariances = np.linalg.inv(sums.a / noise + eye / person)
    gain, own = covariances / person, sums.b / noise
    precision = ((eye - gain) / person).sum(axis=0)
    information = np.einsum("pij,pj->i", gain, own)
    deviance = -np.linalg.slogdet(gain)[1].sum()
    residual = sums.c / noise - np.einsum("pi,pij,pj->", own, covariances, own)
    found = []
    for common in _neighbours(variances.common, _COMMON_BOUNDS):
        total = eye / common + precision
        remaining = residual - information @ np.linalg.solve(total, information)
        complexity = np.linalg.slogdet(total)[1] + eye.shape[0] * math.log(common)
        found.append(
            _Fit(
                variances=replace(variances, person=person, common=common),
                deviance=float(deviance + complexity + remaining),
                residual=float(remaining),
            )
        )
    return found
