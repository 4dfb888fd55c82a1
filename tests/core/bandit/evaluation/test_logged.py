"""Valid logs, and the reasons for which others are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.bandit.evaluation.logged import LoggedDecisions, Sample
from core.bandit.evaluation.reward_model import ModelPredictions
from tests.core.bandit.logs import log

TWO = LoggedDecisions(
    features=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0], [4.0, 0.0], [0.0, 8.0]]),
    offsets=np.array([0, 2, 5]),
    action=np.array([1, 0]),
    pscore=np.array([0.5, 0.25]),
    reward=np.array([1.0, -0.25]),
    action_dist=np.array([0.75, 0.25, 0.5, 0.25, 0.25]),
)


def test_a_ragged_log_becomes_one_row_for_each_decision() -> None:
    compact = TWO.compact()
    assert compact.weights.tolist() == [0.5, 2.0]
    assert compact.rewards.tolist() == [1.0, -0.25]
    assert compact.drawn.tolist() == [[0.0, 1.0], [2.0, 2.0]]
    assert compact.expected.tolist() == [[0.75, 0.25], [2.0, 3.0]]


def test_the_mean_weight_of_a_true_log_is_near_one() -> None:
    weights = log(20_000, 4).compact().weights
    assert weights.mean() == pytest.approx(1, abs=0.02)


NONE: dict[str, Any] = {
    "features": np.zeros((0, 2)),
    "offsets": np.array([0]),
    "action": np.zeros(0, dtype=np.int64),
    "pscore": np.zeros(0),
    "reward": np.zeros(0),
    "action_dist": np.zeros(0),
}
BAD: list[tuple[dict[str, Any], str]] = [
    (NONE, "no decisions"),
    ({"features": np.zeros(5)}, "do not fit together"),
    ({"offsets": np.array([0, 5])}, "do not fit together"),
    ({"action": np.array([0])}, "do not fit together"),
    ({"offsets": np.array([0, 5, 5])}, "one at least for each decision"),
    ({"offsets": np.array([0, 2, 4])}, "lead from 0 to the last"),
    ({"offsets": np.array([1, 2, 5])}, "lead from 0 to the last"),
    ({"action": np.array([2, 0])}, "not among its decision's candidates"),
    ({"action": np.array([-1, 0])}, "not among its decision's candidates"),
    ({"features": np.full((5, 2), np.nan)}, "features must be finite"),
    ({"pscore": np.array([0.5])}, "pscore must hold 2 numbers"),
    ({"pscore": np.array([0.5, 0.0])}, "above 0 and at most 1"),
    ({"pscore": np.array([0.5, -0.5])}, "above 0 and at most 1"),
    ({"pscore": np.array([0.5, 1.5])}, "above 0 and at most 1"),
    ({"pscore": np.array([0.5, np.nan])}, "pscore must be finite"),
    ({"reward": np.array([1.0, np.inf])}, "reward must be finite"),
    ({"action_dist": np.array([0.75, 0.25])}, "action_dist must hold 5 numbers"),
    ({"action_dist": np.array([0.75, 0.25, 0.5, 0.25, np.nan])}, "action_dist must be finite"),
    ({"action_dist": np.array([0.75, 0.25, 0.5, 0.25, 0.5])}, "sum to 1 for each decision"),
    ({"action_dist": np.array([1.25, -0.25, 0.5, 0.25, 0.25])}, "sum to 1 for each decision"),
]


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_a_log_that_can_not_be_true_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(TWO, **change)


BAD_SAMPLES: list[tuple[dict[str, Any], str]] = [
    ({"weights": np.zeros(0), "rewards": np.zeros(0)}, "no decisions"),
    ({"weights": np.ones(3)}, "weights must hold 2 numbers"),
    ({"weights": np.array([1.0, -0.1])}, "can't be negative"),
    ({"weights": np.array([1.0, np.inf])}, "weights must be finite"),
    ({"rewards": np.array([np.nan, 1.0])}, "rewards must be finite"),
    ({"rewards": np.array([-np.inf, np.inf])}, "rewards must be finite"),
    ({"clip": 0.0}, "clip"),
    ({"clip": float("nan")}, "clip"),
    ({"model": ModelPredictions(q_logged=np.ones(2), q_policy=np.ones(1))}, "q_policy must hold 2 numbers"),
    (
        {"model": ModelPredictions(q_logged=np.array([1.0, np.nan]), q_policy=np.ones(2))},
        "q_logged must be finite",
    ),
]


@pytest.mark.parametrize(("change", "reason"), BAD_SAMPLES)
def test_a_sample_that_can_not_be_true_is_refused(change: dict[str, Any], reason: str) -> None:
    sound = Sample(weights=np.ones(2), rewards=np.ones(2))
    with pytest.raises(ValueError, match=reason):
        replace(sound, **change)
