"""The linear model, small enough to do by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.linear import LinearModel, linear_scores
from core.bandit.statistics import Statistics
from core.features import DIMENSION, PRIOR

ONE = Statistics.empty(1)


def model(prior: float = 0.0) -> LinearModel:
    """One feature; prior and everybody count as one reward each."""
    return LinearModel(prior=(prior,), ridge=1, person_ridge=1)


def test_before_the_first_reward_the_weights_are_exactly_the_prior() -> None:
    assert tuple(LinearModel().weights(Statistics.empty(DIMENSION), Statistics.empty(DIMENSION))) == PRIOR


def test_everybody_pulls_away_from_the_prior() -> None:
    # (r - w)² + (w - 0.5)² with r = 1 is least at w = 0.75.
    assert model(0.5).weights(ONE.plus([1.0], 1.0), ONE).tolist() == [0.75]


def test_a_person_pulls_away_from_everybody() -> None:
    everybody = ONE.plus([1.0], 1.0).plus([1.0], 0.0)  # w = 1/3 from prior 0
    weights = model().weights(everybody, ONE.plus([1.0], 1.0))
    assert weights.tolist() == pytest.approx([1 / 3 + (1 - 1 / 3) / 2])


def test_two_features_share_what_they_cannot_tell_apart() -> None:
    both = Statistics.empty(2).plus([1.0, 1.0], 1.0)
    weights = LinearModel(prior=(0.0, 0.0), ridge=1, person_ridge=1).weights(both, Statistics.empty(2))
    assert weights.tolist() == pytest.approx([1 / 3, 1 / 3])


def test_many_rewards_outweigh_the_prior() -> None:
    known = ONE
    for _ in range(1000):
        known = known.plus([1.0], -0.5)
    assert model(1.0).weights(known, ONE).tolist() == pytest.approx([-0.5], abs=0.002)


def test_damaged_statistics_give_no_number_rather_than_a_wrong_one() -> None:
    damaged = Statistics(
        count=1, weight=1.0, a=-np.eye(1), b=np.ones(1), c=1.0
    )  # cancels the ridge: no minimum
    assert np.isnan(model().weights(damaged, ONE)).all()


def test_scores_by_hand() -> None:
    scores = linear_scores(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([0.5, -0.25]))
    assert scores.tolist() == [0.0, 0.0]


@given(st.lists(st.floats(-4, 4), min_size=5, max_size=5), st.permutations(range(5)))
def test_a_score_does_not_depend_on_the_order_of_the_sum(weights: list[float], order: list[int]) -> None:
    row = np.array([0.5, 3.0, -2.25, 1 / 1024, 4.0])
    shuffled = linear_scores(row[order][None], np.array(weights)[order])
    assert shuffled.tolist() == linear_scores(row[None], np.array(weights)).tolist()


def test_nothing_is_lost_between_large_terms() -> None:
    assert linear_scores(np.ones((1, 3)), np.array([1e16, 1.0, -1e16])).tolist() == [1.0]


@pytest.mark.parametrize("weights", [[1e308, 1e308], [math.inf, -math.inf], [math.nan, 0]])
def test_sums_without_a_value_are_nan(weights: list[float]) -> None:
    assert np.isnan(linear_scores(np.array([[1.0, 1.0]]), np.array(weights))).all()


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="3 weights"):
        linear_scores(np.zeros((1, 2)), np.zeros(3))
