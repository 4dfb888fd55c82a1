"""The estimated effect of tips, and the time until it is significant."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest

from core.learning.holdout import Arm, estimate_effect
from core.records import Trial
from tests.core.outsiders import NOW
from tests.core.trials import RULES, history
from tests.core.worlds import DAY


def after(trials: list[Trial]) -> datetime:
    """The end of the last trial's day."""
    return trials[-1].ends_at


def test_of_nothing_nothing_is_known() -> None:
    found = estimate_effect([], NOW, RULES)
    assert (found.decisions, found.is_significant, found.weeks) == (0, False, None)
    assert found.with_tip.share == 0


def test_only_days_that_are_over_count() -> None:
    trials = history(9, with_tip=100, without=0)
    found = estimate_effect(trials, trials[-1].ends_at - timedelta(minutes=1), RULES)
    assert found.decisions == 8
    assert (found.with_tip, found.without) == (Arm(decisions=7, done=7), Arm(decisions=1, done=0))


def test_a_large_difference_shows_after_some_months() -> None:
    trials = history(400, with_tip=60, without=20)
    found = estimate_effect(trials, after(trials), RULES)
    assert found.is_proven
    assert found.effect.low < 0.4 < found.effect.high


def test_harm_shows_as_well() -> None:
    trials = history(400, with_tip=20, without=60)
    found = estimate_effect(trials, after(trials), RULES)
    assert (found.is_significant, found.is_proven) == (True, False)


def test_no_difference_stays_unknown_and_in_the_end_should_have_shown() -> None:
    few, many = history(60, with_tip=30, without=30), history(400, with_tip=30, without=30)
    early, late = estimate_effect(few, after(few), RULES), estimate_effect(many, after(many), RULES)
    assert (early.is_significant, early.has_enough_trials) == (False, False)
    assert (late.is_significant, late.has_enough_trials) == (False, True)


def test_the_weeks_that_are_left_follow_from_the_rate_of_the_last_weeks() -> None:
    trials = history(60, with_tip=30, without=30)
    found = estimate_effect(trials, after(trials), RULES)
    assert found.weeks is not None
    assert found.weeks * 21 == pytest.approx(found.needed - 60, abs=42)
    assert estimate_effect(trials, after(trials) + 42 * DAY, RULES).weeks is None


def test_the_share_of_an_arm_is_that_of_its_trials() -> None:
    assert Arm(decisions=4, done=1).share == 0.25
    assert Arm(decisions=0, done=0).share == 0


def test_after_four_weeks_without_a_trial_nobody_knows_how_long_it_takes() -> None:
    trials = history(60, with_tip=30, without=30)
    four_weeks = trials[-1].decided_at + 28 * DAY
    assert estimate_effect(trials, four_weeks, RULES).weeks is None
    assert estimate_effect(trials, four_weeks - timedelta(minutes=1), RULES).weeks is not None


def test_the_first_trial_counts_as_that_of_a_whole_day() -> None:
    trials = history(1, with_tip=30, without=30)
    found = estimate_effect(trials, after(trials), RULES)
    assert found.weeks == math.ceil((found.needed - 1) / 7)
