"""Sufficient statistics: exact, retractable in any order, and safe as bytes (G5, L3)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.forgetting import weight_of
from core.bandit.statistics import Statistics

D = 3
VALUES = st.integers(-4096, 4096).map(lambda steps: steps / 1024)
ROWS = st.lists(VALUES, min_size=D, max_size=D)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Features and the reward they earned."""

    x: list[float]
    reward: float
    weight: float


WEIGHTS = st.integers(-80, 80).map(weight_of)
LESSONS = st.lists(st.builds(Observation, x=ROWS, reward=VALUES, weight=WEIGHTS), max_size=20)


def statistics_of(observations: Iterable[Observation], start: Statistics | None = None) -> Statistics:
    """The statistics of ``observations``."""
    begin = start or Statistics.empty(D)
    return reduce(
        lambda statistics, observation: statistics.plus(
            observation.x, observation.reward, observation.weight
        ),
        observations,
        begin,
    )


def test_the_sums_by_hand() -> None:
    statistics = Statistics.empty(2).plus([1.0, 2.0], 0.5).plus([0.0, 1.0], -1.0, weight=2.0)
    assert (statistics.count, statistics.weight, statistics.c) == (2, 3.0, 2.25)
    assert statistics.a.tolist() == [[1, 2], [2, 6]]
    assert statistics.b.tolist() == [0.5, -1]


@given(LESSONS, LESSONS, st.randoms(use_true_random=False))
def test_g5_retraction_in_any_order_leaves_the_bytes_of_a_model_that_never_saw_it(
    learned: list[Observation], undone: list[Observation], rng: Random
) -> None:
    steps = [(1, observation) for observation in learned + undone]
    rng.shuffle(steps)
    statistics = reduce(
        lambda now, step: now.plus(step[1].x, step[1].reward, step[1].weight), steps, Statistics.empty(D)
    )
    rng.shuffle(undone)
    for observation in undone:
        statistics = statistics.minus(observation.x, observation.reward, observation.weight)
    assert statistics.to_bytes() == statistics_of(learned).to_bytes()


@given(LESSONS, ROWS, VALUES, VALUES)
def test_g5_a_late_tap_replaces_the_default_reward_exactly(
    before: list[Observation], x: list[float], default: float, real: float
) -> None:
    replaced = statistics_of(before).plus(x, default).minus(x, default).plus(x, real)
    assert replaced.to_bytes() == statistics_of(before).plus(x, real).to_bytes()


@given(LESSONS)
def test_bytes_bring_back_the_same_statistics(observations: list[Observation]) -> None:
    statistics = statistics_of(observations)
    again = Statistics.from_bytes(statistics.to_bytes(), D)
    assert (again.count, again.weight, again.c) == (statistics.count, statistics.weight, statistics.c)
    assert (again.a.tolist(), again.b.tolist()) == (statistics.a.tolist(), statistics.b.tolist())
    assert again.to_bytes() == statistics.to_bytes()


def test_the_bytes_are_little_endian_and_hold_the_upper_triangle() -> None:
    data = Statistics.empty(2).plus([1.0, 2.0], 0.5).to_bytes()
    assert data == struct.pack("<I7d", 1, 1.0, 2.0, 4.0, 0.5, 1.0, 0.25, 1.0)


def test_a_person_takes_little_room() -> None:
    assert len(Statistics.empty(32).to_bytes()) <= 4500


def test_no_bytes_are_nothing_learned_yet() -> None:
    assert Statistics.from_bytes(None, D).to_bytes() == Statistics.empty(D).to_bytes()


def test_learning_leaves_the_earlier_record_alone() -> None:
    before = Statistics.empty(D)
    before.plus([1.0] * D, 1.0)
    assert before.to_bytes() == Statistics.empty(D).to_bytes()


@pytest.mark.parametrize(
    ("x", "reward"),
    [
        ([0.1, 0, 0], 0.5),
        ([0, 0, 0], 0.3),
        ([16.5, 0, 0], 0.5),
        ([math.nan, 0, 0], 0.5),
        ([0, 0, 0], math.inf),
    ],
)
def test_what_would_not_be_exact_is_refused(x: list[float], reward: float) -> None:
    with pytest.raises(ValueError, match="multiples"):
        Statistics.empty(D).plus(x, reward)


@pytest.mark.parametrize("x", [[1.0], [1.0] * 4])
def test_features_of_another_length_are_refused(x: list[float]) -> None:
    with pytest.raises(ValueError, match="features"):
        Statistics.empty(D).plus(x, 1.0)


def test_nothing_can_be_retracted_from_nothing() -> None:
    with pytest.raises(ValueError, match="retract"):
        Statistics.empty(D).minus([1.0, 0, 0], 1.0)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "bytes"),
        (Statistics.empty(D).to_bytes()[:-1], "bytes"),
        (Statistics.empty(2).to_bytes(), "bytes"),
        (Statistics.empty(D).to_bytes()[:-8] + struct.pack("<d", math.nan), "damaged"),
    ],
)
def test_other_or_damaged_statistics_are_refused(data: bytes, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Statistics.from_bytes(data, D)


def test_sums_are_exact_at_the_promised_size() -> None:
    big = 2.0**33 - 2.0**-20
    statistics = Statistics(count=1, weight=1.0, a=np.array([[big]]), b=np.array([big]), c=big)
    step = 1 / 1024
    assert statistics.minus([step], step).plus([step], step).to_bytes() == statistics.to_bytes()
