"""Distributions: they sum to 1, keep their floor, and the draw follows them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.epsilon_greedy import EpsilonGreedy, greedy
from core.bandit.policies import policy_of
from core.bandit.policy import Distribution, Policy, draw
from core.bandit.statistics import Statistics
from core.bandit.uniform import FALLBACK, PROMISE, PROMISE_QUIET, Uniform
from core.bandit.unlearned import Unlearned
from core.features import DIMENSION, PRIOR

POLICIES: tuple[Policy, ...] = (
    EpsilonGreedy(epsilon=0.1),
    EpsilonGreedy(epsilon=1e-5),
    Unlearned(epsilon=0.25),
    Uniform(),
    FALLBACK,
    PROMISE,
    PROMISE_QUIET,
)
NAMES = [policy.policy_id for policy in POLICIES]


def test_epsilon_greedy_by_hand() -> None:
    made = greedy(np.array([0.2, 0.5, -1.0, 0.0]), 0.2)
    assert made.probabilities.tolist() == pytest.approx([0.05, 0.85, 0.05, 0.05])


def test_the_best_share_equally() -> None:
    made = greedy(np.array([0.5, 0.1, 0.5]), 0.3)
    assert made.probabilities.tolist() == pytest.approx([0.45, 0.1, 0.45])


def test_a_single_candidate_is_certain() -> None:
    assert greedy(np.array([-3.0]), 0.1).probabilities.tolist() == [1.0]


def test_uniform_by_hand() -> None:
    assert Uniform().distribution(np.zeros((4, 2)), np.zeros(0)).probabilities.tolist() == [0.25] * 4


def test_the_unlearned_shadow_stays_as_it_was_on_the_first_day() -> None:
    learned = Statistics.empty(DIMENSION).plus([1.0] * DIMENSION, -1.0)
    assert tuple(Unlearned().weights(learned, learned)) == PRIOR
    assert tuple(EpsilonGreedy().weights(learned, learned)) != PRIOR


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
@given(k=st.integers(1, 60), levels=st.integers(1, 5), seed=st.integers(0, 2**32))
def test_every_policy_sums_to_one_and_keeps_its_floor(policy: Policy, k: int, levels: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-levels, levels, (k, DIMENSION)) / 1.0
    weights = policy.weights(Statistics.empty(DIMENSION), Statistics.empty(DIMENSION))
    made = policy.distribution(matrix, weights)
    assert made.scores.shape == made.probabilities.shape == (k,)
    assert abs(math.fsum(made.probabilities.tolist()) - 1) <= 1e-9
    assert made.probabilities.min() >= policy.floor / k
    assert made.is_sound(policy.floor)


@pytest.mark.parametrize(
    ("scores", "probabilities"),
    [
        ([0.0, 0.0], [0.5, 0.6]),
        ([0.0, 0.0], [1.0, 0.0]),
        ([0.0, 0.0], [0.96, 0.04]),
        ([0.0, 0.0], [math.nan, 0.5]),
        ([math.inf, 0.0], [0.9, 0.1]),
        ([math.nan, 0.0], [0.5, 0.5]),
    ],
)
def test_a_broken_distribution_is_not_sound(scores: list[float], probabilities: list[float]) -> None:
    made = Distribution(scores=np.array(scores), probabilities=np.array(probabilities))
    assert not made.is_sound(0.1)


@pytest.mark.parametrize("scores", [[math.nan, 1.0], [math.inf, 1.0], [-math.inf, 1.0], [math.nan] * 2])
def test_epsilon_greedy_answers_bad_numbers_with_an_unsound_distribution(scores: list[float]) -> None:
    assert not greedy(np.array(scores), 0.1).is_sound(0.1)


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
def test_the_id_alone_builds_the_policy_again(policy: Policy) -> None:
    assert policy_of(policy.policy_id) == policy


@pytest.mark.parametrize("name", ["", "thompson", "epsilon-greedy", "epsilon-greedy:x", "epsilon-greedy:0"])
def test_an_unknown_policy_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"policy|float|epsilon"):
        policy_of(name)


@pytest.mark.parametrize("epsilon", [0, -0.1, 1.5, math.nan])
def test_an_epsilon_without_a_floor_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="epsilon"):
        EpsilonGreedy(epsilon=epsilon)


def test_over_many_seeds_each_candidate_comes_as_often_as_its_propensity_says() -> None:
    probabilities = greedy(np.array([0.1, 0.9, 0.9, 0.0, 0.3]), 0.2).probabilities
    n = 20_000
    drawn = np.bincount([draw(probabilities, seed) for seed in range(n)], minlength=5)
    spread = np.sqrt(n * probabilities * (1 - probabilities))
    assert (np.abs(drawn - n * probabilities) < 4 * spread).all()


def test_the_mean_importance_weight_of_another_policy_is_one() -> None:
    served = greedy(np.array([0.1, 0.9, 0.2, 0.0]), 0.2).probabilities
    other = np.array([0.7, 0.1, 0.1, 0.1])
    weights = [other[index] / served[index] for index in (draw(served, seed) for seed in range(20_000))]
    assert float(np.mean(weights)) == pytest.approx(1, abs=0.06)


@given(st.integers(0, 2**63 - 1))
def test_what_has_no_probability_is_never_drawn(seed: int) -> None:
    assert draw(np.array([0.0, 0.5, 0.0, 0.5, 0.0]), seed) in (1, 3)


def test_a_seed_draws_the_same_on_every_machine() -> None:
    assert [draw(np.full(4, 0.25), seed) for seed in (0, 1, 2, 3, 2**63 - 1)] == [3, 0, 3, 0, 1]
