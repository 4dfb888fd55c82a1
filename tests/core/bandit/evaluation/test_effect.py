"""The effect of tips under random assignment: the interval holds for any number, and at every look."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.evaluation.effect import RandomisedTrials, decisions_needed, effect_interval
from core.bandit.evaluation.intervals import Interval

CHANCE = 0.15


def trials(outcome: str, held_out: str, holdout_probability: float = CHANCE) -> RandomisedTrials:
    """``trials("110", "001")``: two that were sent and done, one that was held out and not done."""
    return RandomisedTrials(
        outcome=np.array([float(one) for one in outcome]),
        held_out=np.array([one == "1" for one in held_out], dtype=bool),
        holdout_probability=np.full(len(outcome), holdout_probability),
        known_before=np.arange(len(outcome)),
    )


def simulated_trials(
    rng: np.random.Generator, with_it: float, without: float, count: int, holdout_probability: float = CHANCE
) -> RandomisedTrials:
    held_out = rng.random(count) < holdout_probability
    outcome = rng.random(count) < np.where(held_out, without, with_it)
    return RandomisedTrials(
        outcome=outcome.astype(float),
        held_out=held_out,
        holdout_probability=np.full(count, holdout_probability),
        known_before=np.arange(count) // 3 * 3,  # three a day
    )


def first(some: RandomisedTrials, count: int) -> RandomisedTrials:
    return RandomisedTrials(
        outcome=some.outcome[:count],
        held_out=some.held_out[:count],
        holdout_probability=some.holdout_probability[:count],
        known_before=some.known_before[:count],
    )


def test_nothing_is_known_before_anything_happened() -> None:
    assert effect_interval(trials("", "")) == Interval(low=-1.0, high=1.0)


def test_two_equal_sides_leave_out_what_is_far_away() -> None:
    equal = effect_interval(trials("10" * 200, "0" * 200 + "1" * 200, holdout_probability=0.5))
    assert -0.4 < equal.low < 0 < equal.high < 0.4


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0.05, 0.5)), max_size=60))
def test_it_stays_within_what_is_possible(seen: list[tuple[bool, bool, float]]) -> None:
    found = effect_interval(
        RandomisedTrials(
            outcome=np.array([float(done) for done, _, _ in seen]),
            held_out=np.array([held_out for _, held_out, _ in seen], dtype=bool),
            holdout_probability=np.array(
                [holdout_probability for _, _, holdout_probability in seen], dtype=float
            ),
            known_before=np.arange(len(seen)),
        )
    )
    assert -1 <= found.low <= found.high <= 1


@given(st.integers(0, 2**32), st.integers(1, 150))
def test_swapping_done_and_not_done_swaps_the_effect(seed: int, count: int) -> None:
    some = simulated_trials(np.random.default_rng(seed), 0.6, 0.4, count)
    other = replace(some, outcome=1 - some.outcome)
    one, swapped = effect_interval(some), effect_interval(other)
    assert (one.low, one.high) == pytest.approx((-swapped.high, -swapped.low), abs=1e-9)


LOOKS = (1, 3, 10, 30, 60, 100, 150, 200, 300)


@pytest.mark.parametrize(
    ("with_it", "without", "holdout_probability"),
    [(0.3, 0.3, 0.15), (0.5, 0.3, 0.15), (0.05, 0.02, 0.15), (0.9, 0.4, 0.5)],
)
def test_who_looks_again_and_again_is_hardly_ever_misled(
    with_it: float, without: float, holdout_probability: float
) -> None:
    """In at most 5 % of 150 histories any look may exclude the truth; 3 more allow for chance."""
    rng = np.random.default_rng(8)
    misled = 0
    for _ in range(150):
        history = simulated_trials(rng, with_it, without, LOOKS[-1], holdout_probability)
        found = [effect_interval(first(history, look)) for look in LOOKS]
        misled += any(with_it - without not in one for one in found)
    assert misled <= 150 * 0.05 + 3 * math.sqrt(150 * 0.05 * 0.95)


def test_a_life_that_changes_does_not_look_like_an_effect() -> None:
    """Randomisation alone makes the comparison fair: habits may drift."""
    rng = np.random.default_rng(9)
    rate = 0.5 + 0.45 * np.sin(np.arange(300) / 40)
    misled = 0
    for _ in range(150):
        some = RandomisedTrials(
            outcome=(rng.random(300) < rate).astype(float),
            held_out=rng.random(300) < CHANCE,
            holdout_probability=np.full(300, CHANCE),
            known_before=np.arange(300),
        )
        misled += any(0 not in effect_interval(first(some, look)) for look in LOOKS)
    assert misled <= 150 * 0.05 + 3 * math.sqrt(150 * 0.05 * 0.95)


@pytest.mark.parametrize("effect", [0.2, 0.3, 0.45])
def test_after_the_decisions_that_are_needed_about_half_have_seen_the_effect(effect: float) -> None:
    rng = np.random.default_rng(10)
    before = simulated_trials(rng, 0.3 + effect, 0.3, 2000)
    needed = decisions_needed(before, effect, CHANCE)
    seen = [effect_interval(simulated_trials(rng, 0.3 + effect, 0.3, needed)).low > 0 for _ in range(60)]
    assert 0.25 < sum(seen) / len(seen) < 0.8


def test_a_small_effect_needs_more_decisions_and_a_rare_coin_too() -> None:
    nothing = trials("", "")
    assert decisions_needed(nothing, 0.1, CHANCE) > decisions_needed(nothing, 0.3, CHANCE) > 0
    assert decisions_needed(nothing, 0.1, 0.05) > decisions_needed(nothing, 0.1, 0.5)


def test_a_thousand_decisions_are_worked_out_at_once() -> None:
    """Trap: an assignment probability that differs between decisions, as after a change of the
    configuration.
    """
    rng = np.random.default_rng(11)
    holdout_probability = np.where(np.arange(1000) < 500, 0.1, 0.4)
    held_out = rng.random(1000) < holdout_probability
    outcome = (rng.random(1000) < np.where(held_out, 0.2, 0.6)).astype(float)
    found = effect_interval(
        RandomisedTrials(
            outcome=outcome,
            held_out=held_out,
            holdout_probability=holdout_probability,
            known_before=np.arange(1000),
        )
    )
    assert 0 < found.low < 0.4 < found.high < 0.7
