"""Scores, the same in every order and on every machine."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.policy import linear_scores


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
