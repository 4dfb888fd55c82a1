"""The mixed model, compared with the dense equations of all people."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from core.bandit.arrays import Matrix, Vector
from core.bandit.empirical_bayes import fit_variances
from core.bandit.grid import on_grid
from core.bandit.mixed import Variances, is_feasible, part_of
from core.bandit.population import Population
from core.bandit.statistics import Statistics

D = 3
VARIANCES = Variances(noise=0.25, person=0.5, common=2.0)
NO_PRIOR = np.zeros(D)


def rewards_of(
    seed: int, theta: Vector, *, people: int, each: int, noise: float, spread: float
) -> list[Statistics]:
    """Statistics of simulated people whose weights scatter around ``theta``."""
    rng = np.random.default_rng(seed)
    statistics = []
    for _ in range(people):
        weights = theta + rng.normal(size=theta.size) * spread
        rows = on_grid(rng.normal(size=(each, theta.size)))
        values = on_grid(rows @ weights + rng.normal(size=each) * noise)
        one = Statistics.empty(theta.size)
        for x, value in zip(rows, values.tolist(), strict=True):
            one = one.plus(x, value)
        statistics.append(one)
    return statistics


def dense(people: list[Statistics], prior: Vector) -> tuple[Vector, Matrix]:
    """Posterior mean and covariance of (θ, b₁, b₂, …) by one big system (Henderson's equations)."""
    size = prior.size * (1 + len(people))
    precision, information = np.zeros((size, size)), np.zeros(size)
    common = slice(0, prior.size)
    precision[common, common] += np.eye(prior.size) / VARIANCES.common
    for number, one in enumerate(people, start=1):
        own = slice(number * prior.size, (number + 1) * prior.size)
        a, v = one.a / VARIANCES.noise, (one.b - one.a @ prior) / VARIANCES.noise
        precision[own, own] += a + np.eye(prior.size) / VARIANCES.person
        precision[common, common] += a
        precision[own, common] += a
        precision[common, own] += a
        information[common] += v
        information[own] += v
    covariance = np.asarray(np.linalg.inv(precision), dtype=np.float64)
    return covariance @ information, covariance


@pytest.mark.parametrize("prior", [NO_PRIOR, np.array([0.5, -0.25, 1.0])])
def test_parts_add_up_to_the_posterior_of_the_whole_system(prior: Vector) -> None:
    people = rewards_of(1, np.array([0.5, 0.0, -0.5]), people=4, each=6, noise=0.5, spread=0.7)
    everybody = Population.empty(prior, VARIANCES).joined(people)
    mean, covariance = dense(people, prior)

    assert everybody.mean() == pytest.approx(mean[:D], abs=1e-5)
    assert everybody.covariance() == pytest.approx(covariance[:D, :D], abs=1e-5)
    for number, one in enumerate(people, start=1):
        joint = np.concatenate((np.eye(D), np.zeros((D, D * len(people)))), axis=1)
        joint[:, number * D : (number + 1) * D] = np.eye(D)
        believed = everybody.posterior(everybody.part(one))
        assert believed.mean == pytest.approx(prior + joint @ mean, abs=1e-5)
        assert believed.covariance == pytest.approx(joint @ covariance @ joint.T, abs=1e-5)


def test_of_a_newcomer_what_is_common_is_believed() -> None:
    people = rewards_of(1, np.array([0.5, 0.0, -0.5]), people=4, each=6, noise=0.5, spread=0.7)
    everybody = Population.empty(NO_PRIOR, VARIANCES).joined(people)
    newcomer, nothing_said = (
        everybody.posterior(None),
        everybody.posterior(everybody.part(Statistics.empty(D))),
    )

    assert newcomer.mean.tobytes() == everybody.mean().tobytes() == nothing_said.mean.tobytes()
    assert newcomer.covariance == pytest.approx(everybody.covariance() + VARIANCES.person * np.eye(D))


def test_a_part_that_is_taken_away_leaves_no_trace() -> None:
    people = rewards_of(2, np.zeros(D), people=3, each=5, noise=0.5, spread=0.5)
    first, second, third = people
    none = Population.empty(NO_PRIOR, VARIANCES)

    one_way = (
        none.joined((first, second))
        .with_statistics_replaced(first, third)
        .with_statistics_replaced(second, Statistics.empty(D))
    )

    assert one_way.to_bytes() == none.joined((third,)).to_bytes()


def test_what_everybody_taught_comes_back_from_its_bytes() -> None:
    people = rewards_of(2, np.zeros(D), people=3, each=5, noise=0.5, spread=0.5)
    everybody = Population.empty(NO_PRIOR, VARIANCES, step=-3).joined(people)
    again = Population.from_bytes(everybody.to_bytes(), NO_PRIOR)

    assert again.to_bytes() == everybody.to_bytes()
    assert again.posterior(None).covariance.tobytes() == everybody.posterior(None).covariance.tobytes()
    assert len(Population.empty(np.zeros(32), VARIANCES).to_bytes()) == 4516
    for damaged in (b"", everybody.to_bytes()[:-1], everybody.to_bytes()[:-8] + np.float64(np.nan).tobytes()):
        with pytest.raises(ValueError, match="population"):
            Population.from_bytes(damaged, NO_PRIOR)


def test_the_variances_are_looked_at_early_then_seldom() -> None:
    people = rewards_of(2, np.zeros(D), people=8, each=5, noise=0.5, spread=0.5)
    early = Population.empty(NO_PRIOR, VARIANCES)
    assert not early.joined(people[:6]).is_refit_due(0)
    assert early.joined(people[:7]).is_refit_due(0)

    fitted_to = early.refit_variances(people, 0).joined(people)
    assert (fitted_to.count, fitted_to.refit_at) == (40, 80)
    assert not fitted_to.is_refit_due(0)
    assert fitted_to.is_refit_due(1), "time went on"
    assert fitted_to.marked_for_refit().is_refit_due(0)
    assert fitted_to.refit_variances(people, -5).step == 0, "time does not go back"


def test_what_was_learned_long_ago_counts_as_much_less_as_the_scale_says() -> None:
    (old,) = rewards_of(3, np.zeros(D), people=1, each=8, noise=0.5, spread=0.5)
    halved = Statistics(count=8, weight=4.0, a=old.a / 2, b=old.b / 2, c=old.c / 2)

    assert part_of(old, VARIANCES, 2.0, NO_PRIOR).conditional_mean == pytest.approx(
        part_of(halved, VARIANCES, 1.0, NO_PRIOR).conditional_mean
    )


@pytest.mark.parametrize(("spread", "noise"), [(0.5, 0.5), (0.05, 1.0), (1.0, 0.2)])
def test_the_variances_are_found_in_the_data(spread: float, noise: float) -> None:
    theta = np.random.default_rng(5).normal(size=8)
    people = rewards_of(4, theta, people=60, each=60, noise=noise, spread=spread)
    variances = Variances()
    for _ in range(10):
        variances = fit_variances(people, variances, 1.0, np.zeros(8))

    assert variances.noise == pytest.approx(noise**2, rel=0.2)
    assert spread**2 / 2.2 <= variances.person <= spread**2 * 2.2
    assert 0.2 <= variances.common <= 4.0


@pytest.mark.parametrize("value", [-0.3, 0.0, 1.0])
@pytest.mark.parametrize("each", [1, 8])
def test_a_few_rewards_that_are_all_alike_do_not_make_the_model_sure(value: float, each: int) -> None:
    """The maximum-likelihood noise and variance between people are 0."""
    value = float(on_grid(value))
    rows = on_grid(np.random.default_rng(7).normal(size=(4, each, D)))
    rows[..., 0] = 1.0
    people = [Statistics.empty(D) for _ in rows]
    for number, shown in enumerate(rows):
        for x in shown:
            people[number] = people[number].plus(x, value)

    found = fit_variances(people, Variances(), 1.0, NO_PRIOR)

    assert found.noise >= Variances().noise / 2.5
    assert found.person >= Variances().person / 2
    assert found.common >= Variances().common / 2


@pytest.mark.parametrize("scale", [1 / 64, 1.0, 8.0])
def test_looks_get_to_the_noise_in_the_data_whatever_the_size_of_rewards(scale: float) -> None:
    people = rewards_of(8, np.zeros(D), people=30, each=30, noise=scale, spread=0.1 * scale)
    variances = Variances()
    for _ in range(12):
        variances = fit_variances(people, variances, 1.0, NO_PRIOR)

    bounded = min(max(scale**2, 1e-4), 4.0)
    assert variances.noise == pytest.approx(bounded, rel=0.25)


@pytest.mark.parametrize("common", [1e-9, 100.0])
def test_variances_out_of_bounds_are_brought_within(common: float) -> None:
    people = rewards_of(4, np.zeros(D), people=5, each=9, noise=0.5, spread=0.5)
    assert 1e-3 <= fit_variances(people, Variances(common=common), 1.0, NO_PRIOR).common <= 10.0


def test_nothing_learned_says_nothing_about_variances() -> None:
    assert fit_variances([], VARIANCES, 1.0, NO_PRIOR) == VARIANCES
    assert fit_variances([Statistics.empty(D)], VARIANCES, 1.0, NO_PRIOR) == VARIANCES


def test_impossible_statistics_are_told_from_possible_ones() -> None:
    (statistics,) = rewards_of(6, np.zeros(D), people=1, each=2, noise=0.5, spread=0.5)
    assert is_feasible(statistics)
    assert is_feasible(Statistics.empty(D))
    assert not is_feasible(Statistics(count=2, weight=2.0, a=-statistics.a, b=statistics.b, c=statistics.c))


def test_variances_stay_as_they_are_where_nothing_fits() -> None:
    """Sums that overflow have no likelihood."""
    (one,) = rewards_of(3, np.zeros(D), people=1, each=8, noise=0.5, spread=0.5)
    damaged = replace(one, c=math.inf)
    assert fit_variances([damaged], VARIANCES, 1.0, NO_PRIOR) == VARIANCES
