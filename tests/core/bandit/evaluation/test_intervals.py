"""Intervals: compared with values by hand, and with simulations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.evaluation.guarantees import confidence_sequence, empirical_bernstein
from core.bandit.evaluation.intervals import Interval, Moments, Pairs, moments

UNIT = Interval(low=0.0, high=1.0)


def mean_of(values: np.ndarray) -> Moments:
    return moments(lambda: [Pairs(a=values, b=np.ones_like(values))])


def test_a_symmetric_sample_has_the_interval_of_the_textbook() -> None:
    found = mean_of(np.tile([-1.0, 1.0], 50))
    width = 1.959964 / math.sqrt(99)
    assert found.value == 0
    assert found.interval().low == pytest.approx(-width, rel=1e-6)
    assert found.interval().high == pytest.approx(width, rel=1e-6)


def test_a_long_tail_moves_the_interval_toward_it() -> None:
    found = mean_of(np.random.default_rng(3).exponential(size=300))
    interval = found.interval()
    assert interval.high - found.value > 1.1 * (found.value - interval.low)


def test_a_long_tail_is_covered_where_the_usual_interval_is_not() -> None:
    rng = np.random.default_rng(11)
    logs = [rng.exponential(size=40) ** 2 for _ in range(1500)]
    truth = 2.0
    found = [mean_of(one) for one in logs]
    corrected = np.mean([truth in one.interval() for one in found])
    usual = np.mean([abs(one.value - truth) <= 1.96 * one.standard_error for one in found])
    assert usual < 0.87
    assert corrected > usual + 0.02


def test_a_ratio_is_the_ratio_of_means() -> None:
    a, b = np.array([1.0, 2.0, 6.0]), np.array([1.0, 1.0, 4.0])
    found = moments(lambda: [Pairs(a=a[:2], b=b[:2]), Pairs(a=a[2:], b=b[2:])])
    assert (found.count, found.value) == (3, 1.5)


@given(
    st.lists(st.floats(-1, 1), min_size=2, max_size=40),
    st.floats(0.1, 10),
    st.floats(-5, 5),
)
def test_an_interval_holds_its_value_and_follows_shift_and_scale(
    values: list[float], scale: float, shift: float
) -> None:
    array = np.round(np.array(values), 3)
    found, moved = mean_of(array), mean_of(array * scale + shift)
    for one, other in ((found.interval(), moved.interval()), (found.sequence(), moved.sequence())):
        assert one.low <= found.value <= one.high
        assert other.low == pytest.approx(one.low * scale + shift, abs=1e-6)
        assert other.high == pytest.approx(one.high * scale + shift, abs=1e-6)


def test_what_never_varies_has_an_interval_without_width() -> None:
    found = mean_of(np.full(300, 0.25))
    assert (found.interval(), found.sequence()) == (Interval(low=0.25, high=0.25),) * 2


def test_an_unknown_denominator_has_no_bounds() -> None:
    """Its mean may be 0, so the ratio is unbounded."""
    b = np.tile([-1.0, 1.0], 50) + 0.001
    interval = moments(lambda: [Pairs(a=b + 1, b=b)]).interval()
    assert math.inf in (interval.high, -interval.low)


@pytest.mark.parametrize("b", [np.zeros(3), -np.ones(3)])
def test_a_ratio_needs_a_positive_denominator(b: np.ndarray) -> None:
    with pytest.raises(ValueError, match="positive denominator"):
        moments(lambda: [Pairs(a=np.ones(3), b=b)])


def test_the_sequence_is_that_of_the_paper() -> None:
    found = mean_of(np.tile([-1.0, 1.0], 50))
    rho2 = (-2 * math.log(0.05) + math.log(1 - 2 * math.log(0.05))) / 2000
    spread = 100 * rho2 + 1
    width = math.sqrt(2 * spread / (100**2 * rho2) * math.log(math.sqrt(spread) / 0.05))
    assert found.sequence().high == pytest.approx(width * math.sqrt(100 / 99))


def test_the_sequence_holds_at_every_look() -> None:
    """Of 200 walks, looked at every 50 steps, where an interval for looking once fails far more often."""
    rng = np.random.default_rng(5)
    strayed = strayed_once = 0
    for _ in range(200):
        walk = rng.normal(size=4000)
        found = [mean_of(walk[:n]) for n in range(200, 4001, 100)]
        strayed += any(0.0 not in one.sequence() for one in found)
        strayed_once += any(0.0 not in one.interval() for one in found)
    assert strayed <= 15
    assert strayed_once >= 30


# --- What holds for every sample size ----------------------------------------------------------------------


def test_bernstein_is_the_theorem() -> None:
    """Weights of 1, clip 1, rewards half 0, half 1."""
    n, log = 1000, math.log(80)
    rewards = np.tile([0.0, 1.0], n // 2)
    slack = math.sqrt(2 * rewards.var(ddof=1) * log / n) + 7 * log / (3 * (n - 1))
    found = empirical_bernstein(np.ones(n), rewards, clip=1.0, rewards_in=UNIT)
    assert found.low == pytest.approx(0.5 - slack)
    assert found.high == pytest.approx(0.5 + slack)


def test_guaranteed_intervals_stay_within_the_range_of_rewards() -> None:
    for n in (1, 2, 5):
        weights, rewards = np.ones(n), np.ones(n)
        (last,) = confidence_sequence(weights, rewards, [n], rewards_in=UNIT)
        assert empirical_bernstein(weights, rewards, clip=10.0, rewards_in=UNIT) == last == UNIT


def heavy(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights of 9 or 0, for a policy that agrees with one in nine logged actions; its value is 0.5."""
    taken = rng.uniform(size=n) < 1 / 9
    return np.where(taken, 9.0, 0.0), (rng.uniform(size=n) < np.where(taken, 0.5, 0.1)).astype(np.float64)


def test_guarantees_hold_under_heavy_weights_at_every_look() -> None:
    rng = np.random.default_rng(9)
    looks = list(range(50, 3001, 50))
    strayed = once = 0
    for _ in range(100):
        weights, rewards = heavy(rng, 3000)
        found = confidence_sequence(weights, rewards, looks, rewards_in=UNIT)
        strayed += any(0.5 not in one for one in found)
        once += 0.5 not in empirical_bernstein(weights, rewards, clip=10.0, rewards_in=UNIT)
    assert strayed <= 5
    assert once <= 5


def test_the_confidence_sequence_narrows_with_decisions() -> None:
    weights, rewards = heavy(np.random.default_rng(2), 40_000)
    found = confidence_sequence(weights, rewards, [100, 5000, 40_000], rewards_in=UNIT)
    widths = [one.high - one.low for one in found]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.15


def test_the_confidence_sequence_follows_a_value_that_changes() -> None:
    """Most rewards come early, as when tips weary people in time: what was earned so far is less and less."""
    rewards = np.concatenate((np.tile([1.0, 0.0], 1000), np.zeros(6000)))
    looks = [2000, 4000, 8000]
    found = confidence_sequence(np.ones(8000), rewards, looks, rewards_in=UNIT)
    assert [look for look, one in zip(looks, found, strict=True) if rewards[:look].mean() not in one] == []
    assert found[-1].high < found[0].low


def test_the_confidence_sequence_is_the_formula_step_by_step() -> None:
    weights, rewards = heavy(np.random.default_rng(4), 400)
    total, squares, earned = 0.5, 0.0, 0.0
    for t, x in enumerate((weights * rewards).tolist(), start=1):
        squares += (x - min(1.0, total / t)) ** 2
        total, earned = total + x, earned + x
    bets = [0.5**power for power in range(1, 13)]
    log = math.log(12 / 0.025)
    low = max(earned - ((-math.log(1 - bet) - bet) * squares + log) / bet for bet in bets) / 400
    (found,) = confidence_sequence(weights, rewards, [400], rewards_in=UNIT)
    assert found.low == pytest.approx(low)


def test_work_in_parts_gives_the_same_sequence() -> None:
    weights, rewards = heavy(np.random.default_rng(6), 70_000)
    apart = confidence_sequence(weights, rewards, [1, 999, 66_000, 70_000], rewards_in=UNIT)
    at_once = confidence_sequence(weights, rewards, [70_000], rewards_in=UNIT)
    assert apart[-1].low == pytest.approx(at_once[0].low)
    assert apart[-1].high == pytest.approx(at_once[0].high)
