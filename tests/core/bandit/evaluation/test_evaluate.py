"""Off-policy evaluation: unbiased, with nominal coverage, and no estimate where the log says too little."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Self

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.evaluation.estimators import FROM_MODEL, Estimator, Terms
from core.bandit.evaluation.evaluate import (
    MIN_EFFECTIVE_SAMPLE,
    Evaluation,
    average,
    days_to_wait,
    describe_weights,
    evaluate,
)
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.logged import Sample
from tests.core.bandit.logs import SERVED, TRUTH, log

NAMES = ("IPS", "SNIPS", "DM", "DR", "SNDR", "Switch-DR")
LOGS = 60


def sample(n: int, seed: int, *, blind: bool = False) -> Sample:
    return log(n, seed, blind=blind).compact().sample(seed=seed)


of_many_logs = pytest.mark.xdist_group("evaluations of many logs")
"""One worker makes them for all."""


@pytest.fixture(scope="module")
def evaluations() -> list[Evaluation]:
    """Evaluations of many logs with the same true value."""
    return [evaluate(sample(900, seed)) for seed in range(LOGS)]


@of_many_logs
@pytest.mark.parametrize("name", NAMES)
def test_each_estimator_is_right_on_average(evaluations: list[Evaluation], name: str) -> None:
    values = np.array([one.estimate(name).plain.value for one in evaluations])
    lifts = np.array([one.estimate(name).lift.value for one in evaluations])
    assert abs(values.mean() - TRUTH) < 4 * values.std() / math.sqrt(LOGS)
    assert abs(lifts.mean() - (TRUTH - SERVED)) < 4 * lifts.std() / math.sqrt(LOGS)


@of_many_logs
@pytest.mark.parametrize("name", NAMES)
def test_each_interval_holds_the_truth_about_as_often_as_it_says(
    evaluations: list[Evaluation], name: str
) -> None:
    """Of 60 logs, 51 or fewer would happen once in a thousand; ``benchmarks/coverage.py`` looks closer."""
    assert sum(TRUTH in one.estimate(name).plain.interval for one in evaluations) >= 52


def test_a_model_that_learns_nothing_does_not_lead_the_doubly_robust_astray() -> None:
    values = [
        [evaluate(sample(900, seed, blind=True)).estimate(name).plain.value for name in ("DM", "DR", "SNDR")]
        for seed in range(20)
    ]
    direct, robust, normalised = np.mean(values, axis=0)
    assert direct == pytest.approx(SERVED, abs=0.01)
    assert robust == pytest.approx(TRUTH, abs=0.03)
    assert normalised == pytest.approx(TRUTH, abs=0.03)


def test_a_policy_evaluated_on_its_own_log_earned_what_it_earned() -> None:
    rewards = np.random.default_rng(1).choice(np.array([-0.25, 0.0, 1.0]), size=500)
    found = evaluate(Sample(weights=np.ones(500), rewards=rewards))
    assert found.weights.effective == pytest.approx(500)
    assert found.served is not None
    for one in found.estimates:
        assert one.plain.value == pytest.approx(rewards.mean())
        assert one.clipped.value == one.plain.value
        assert one.lift.value == pytest.approx(0, abs=1e-12)
        assert one.lift.interval.high - one.lift.interval.low < 1e-6
        assert one.plain.interval.low == pytest.approx(found.served.interval.low)


def test_the_lift_is_surer_than_two_intervals_side_by_side() -> None:
    found = evaluate(sample(2000, 3))
    assert found.served is not None
    sndr = found.estimate("SNDR")
    apart = sndr.plain.interval.high - sndr.plain.interval.low
    apart += found.served.interval.high - found.served.interval.low
    assert sndr.lift.interval.high - sndr.lift.interval.low < apart


def test_the_wider_a_promise_the_wider_its_interval() -> None:
    found = evaluate(sample(2000, 5))
    assert found.guaranteed is not None
    ips = found.estimate("IPS").plain
    for wider, inner in ((ips.sequence, ips.interval), (found.guaranteed, ips.interval)):
        assert wider.low <= inner.low <= inner.high <= wider.high
    narrow = evaluate(sample(2000, 5), confidence=0.5).estimate("IPS").plain.interval
    assert ips.interval.low < narrow.low < narrow.high < ips.interval.high


def test_clipping_is_shown_beside_and_said_how_often() -> None:
    weights = np.tile([0.5, 0.5, 0.5, 15.0], 2000)
    found = evaluate(Sample(weights=weights, rewards=np.tile([0.0, 0.0, 0.0, 1.0], 2000), clip=6.0))
    ips = found.estimate("IPS")
    assert (ips.plain.value, ips.clipped.value) == (15 / 4, 6 / 4)
    assert (found.weights.clipped, found.weights.largest) == (0.25, 15.0)
    assert not found.weights.sound


@pytest.mark.parametrize("name", ["DM", "Switch-DR"])
def test_where_no_large_weight_counts_clipping_changes_nothing_and_is_not_computed(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made: list[tuple[str, bool]] = []

    class Noted(Terms):
        @classmethod
        def of(cls, sample: Sample, estimator: Estimator, *, clipped: bool) -> Self:
            made.append((estimator.name, clipped))
            return super().of(sample, estimator, clipped=clipped)

    drawn = replace(sample(900, 3), clip=1.5)
    [row] = [one for one in FROM_MODEL if one.name == name]
    assert (
        Terms.of(drawn, row, clipped=True).estimate().value
        == Terms.of(drawn, row, clipped=False).estimate().value
    )
    monkeypatch.setattr("core.bandit.evaluation.evaluate.Terms", Noted)

    found = evaluate(drawn).estimate(name)

    assert found.clipped == found.plain
    assert [one for one in made if one[0] == name] == [(name, False)]
    assert evaluate(drawn).estimate("DR").clipped != evaluate(drawn).estimate("DR").plain


def test_nothing_is_claimed_under_an_effective_sample_of_two_hundred() -> None:
    few = Sample(weights=np.ones(199), rewards=np.ones(199))
    found = evaluate(few)
    assert not found.weights.enough
    assert (found.served, found.estimates, found.guaranteed, found.looks) == (None, (), None, ())
    assert evaluate(Sample(weights=np.ones(200), rewards=np.ones(200))).estimates


def test_many_decisions_are_few_when_one_has_all_the_weight() -> None:
    weights = np.full(10_000, 0.001)
    weights[7] = 10_000.0
    assert describe_weights(weights).effective == pytest.approx(1, rel=0.01)
    assert evaluate(Sample(weights=weights, rewards=np.ones(10_000))).estimates == ()


def test_a_policy_that_never_does_what_was_done_has_no_sample() -> None:
    found = evaluate(Sample(weights=np.zeros(1000), rewards=np.ones(1000)))
    assert found.weights.effective == 0
    assert found.estimates == ()


def test_how_long_to_wait_follows_from_the_rate_so_far() -> None:
    assert days_to_wait(50, days=10) == pytest.approx(30)
    assert days_to_wait(MIN_EFFECTIVE_SAMPLE, days=10) == 0
    assert days_to_wait(0, days=10) is None
    assert days_to_wait(50, days=0) is None


def test_an_average_of_few_is_no_average() -> None:
    assert average(np.ones(199)).figure is None
    many = average(np.tile([0.0, 1.0], 200))
    assert many.decisions == 400
    assert many.figure is not None
    assert many.figure.value == 0.5
    assert many.figure.interval.low == pytest.approx(0.451, abs=0.001)
    assert average(np.zeros(0)).figure is None


@pytest.mark.parametrize("settings", [{"confidence": 0.0}, {"confidence": 1.0}, {"looks": 0}])
def test_bad_settings_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="confidence"):
        evaluate(sample(300, 1), **settings)  # type: ignore[arg-type]  # settings by name


def test_rewards_out_of_range_are_refused() -> None:
    off = replace(sample(900, 1), rewards=np.full(900, 1.5), model=None)
    with pytest.raises(ValueError, match="rewards must lie between"):
        evaluate(off)
    assert evaluate(off, rewards_in=Interval(low=0, high=2)).estimates


@given(st.integers(1, 2000), st.integers(1, 60))
def test_the_last_look_is_at_all_decisions(n: int, looks: int) -> None:
    found = evaluate(Sample(weights=np.ones(n), rewards=np.zeros(n)), looks=looks)
    counts = [look.decisions for look in found.looks]
    assert counts == sorted(set(counts))
    assert counts[-1:] == ([n] if n >= MIN_EFFECTIVE_SAMPLE else [])


def test_what_is_worked_on_in_parts_is_the_same_as_at_once() -> None:
    """More decisions than one chunk holds; the formulas, spelt out on whole arrays."""
    rng = np.random.default_rng(8)
    n = 150_000
    w, r = rng.exponential(size=n), rng.uniform(-1, 1, size=n)
    whole = log(10, 1).compact().sample().model
    assert whole is not None
    q, q_policy = rng.uniform(size=n), rng.uniform(size=n)
    found = evaluate(Sample(weights=w, rewards=r, model=type(whole)(q_logged=q, q_policy=q_policy)))
    expected = {
        "IPS": (w * r).mean(),
        "SNIPS": (w * r).sum() / w.sum(),
        "DM": q_policy.mean(),
        "DR": (q_policy + w * (r - q)).mean(),
        "SNDR": q_policy.mean() + (w * (r - q)).sum() / w.sum(),
        "Switch-DR": (q_policy + np.where(w > 10, 0, w) * (r - q)).mean(),
    }
    assert {one.name: one.plain.value for one in found.estimates} == pytest.approx(expected)


@pytest.mark.parametrize("estimator", FROM_MODEL, ids=lambda one: one.name)
def test_an_estimator_that_needs_a_reward_model_says_so(estimator: Estimator) -> None:
    sample = Sample(weights=np.ones(200), rewards=np.ones(200))
    with pytest.raises(ValueError, match=f"{estimator.name} needs a reward model"):
        list(Terms.of(sample, estimator, clipped=False).pairs())
