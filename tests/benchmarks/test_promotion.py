"""A small run of the benchmark of false promotions."""

from __future__ import annotations

import math

import pytest

from benchmarks.promotion import ENVIRONMENTS, meets_promise, promotion_rate, runs, wilson_interval

USUAL, FADING, IGNORED = ENVIRONMENTS


def test_the_better_shadow_is_promoted_and_no_other() -> None:
    found = runs(FADING, number=10, days=60, seed=1)
    assert {name: meets_promise(FADING, name, days) for name, days in found.items()} == {
        "equal": True,
        "worse": True,
        "better": True,
    }


def test_where_nobody_reacts_nobody_is_better() -> None:
    """Trap: nearly all rewards are equal and rare ones are low; asymptotic intervals fail here."""
    found = runs(IGNORED, number=10, days=30, seed=1)
    assert [promotion_rate(days) for days in found.values()] == [0.0, 0.0, 0.0]


def test_a_rate_that_is_too_high_or_too_low_is_a_promise_broken() -> None:
    often, never = [3.0] * 2 + [math.inf] * 18, [math.inf] * 20
    assert not meets_promise(USUAL, "equal", often)
    assert not meets_promise(USUAL, "better", never)
    assert not meets_promise(IGNORED, "better", often)
    assert meets_promise(IGNORED, "better", never)


def test_the_interval_of_a_rate_is_wilsons() -> None:
    found = wilson_interval(2, 200)
    assert (found.low, found.high) == pytest.approx((0.00275, 0.03572), abs=1e-5)
    assert wilson_interval(0, 200).low == 0.0
