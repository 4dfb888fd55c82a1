"""Rewards: their order, the aspect that each signal updates, and the grid they lie on."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.bandit.grid import STEPS_PER_UNIT
from core.policies.rewards import ORDER, RewardRules, signal_of, updated_aspect, worth
from core.records import Aspect, DismissReason, ReactionKind, Signal

RULES = RewardRules()
DISMISSALS = [Signal.DISMISS, *map(Signal, DismissReason)]
GROUP = {signal: place for place, group in enumerate(ORDER) for signal in group}


def test_better_outcomes_are_worth_more() -> None:
    ranked = [
        Signal.DONE,
        Signal.DONE_LATE,
        Signal.DONE_ELSEWHERE,
        Signal.SNOOZE,
        Signal.SILENCE,
        Signal.NOT_NOW,
        Signal.DISMISS,
        Signal.NOT_THIS,
        Signal.NEVER_TOPIC,
    ]
    values = [worth(signal, RULES) for signal in ranked]
    assert all(better > worse for better, worse in pairwise(values))
    assert {*ranked, Signal.DID_IT} == set(Signal)


def test_an_ignored_tip_is_worth_a_little_less_than_no_tip() -> None:
    assert -0.1 < worth(Signal.SILENCE, RULES) < 0


def test_did_it_is_no_dislike() -> None:
    assert worth(Signal.DID_IT, RULES) == 0


def test_every_signal_has_a_figure_and_every_figure_a_signal() -> None:
    assert set(asdict(RULES)) == {signal.value for signal in Signal}


# --- What a reaction says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [None, *DismissReason])
@pytest.mark.parametrize("late", [True, False])
def test_a_reason_counts_for_dismissals_and_lateness_for_done(
    reason: DismissReason | None, late: bool
) -> None:
    assert signal_of(ReactionKind.DONE, reason, late=late) is (Signal.DONE_LATE if late else Signal.DONE)
    assert signal_of(ReactionKind.SNOOZE, reason, late=late) is Signal.SNOOZE
    assert signal_of(ReactionKind.DISMISS, reason, late=late) == (reason or "dismiss")


def test_reasons_teach_what_they_blame_and_rules_teach_nothing() -> None:
    partly = {
        Signal.NOT_NOW: Aspect.TIMING,
        Signal.NOT_THIS: Aspect.CONTENT,
        Signal.NEVER_TOPIC: Aspect.NOTHING,
        Signal.DID_IT: Aspect.NOTHING,
    }
    assert {signal: updated_aspect(signal) for signal in Signal} == dict.fromkeys(
        Signal, Aspect.BOTH
    ) | partly


# --- Figures -----------------------------------------------------------------------------------------------


def test_the_defaults_are_on_the_grid_already() -> None:
    assert all(value * STEPS_PER_UNIT == round(value * STEPS_PER_UNIT) for value in asdict(RULES).values())


@given(st.floats(-1, 1))
def test_any_configured_value_is_rounded_to_the_grid(value: float) -> None:
    given_reward = worth(Signal.DID_IT, RewardRules(did_it=value))
    assert given_reward * STEPS_PER_UNIT == round(given_reward * STEPS_PER_UNIT)
    assert abs(given_reward - value) <= 0.5 / STEPS_PER_UNIT


def test_impossible_rules_are_refused_all_at_once() -> None:
    with pytest.raises(ValueError, match="done, silence, not_now"):
        RewardRules(done=1.5, silence=math.nan, not_now=-math.inf)


def test_every_fault_in_the_order_is_named() -> None:
    with pytest.raises(ValueError, match="worth more than") as raised:
        RewardRules(done_late=1.0, silence=-0.375)
    assert str(raised.value).split("; ") == [
        "done must be worth more than done_late",
        "silence must be worth more than not_now",
        "silence must be worth more than dismiss",
    ]


def test_figures_that_are_alike_on_the_grid_are_alike() -> None:
    with pytest.raises(ValueError, match="snooze must be worth more than silence"):
        RewardRules(snooze=0.0001, silence=0.0)


FIGURES = st.fixed_dictionaries(
    {signal.value: st.integers(-STEPS_PER_UNIT, STEPS_PER_UNIT) for signal in Signal}
)


@given(FIGURES)
def test_rules_that_are_taken_keep_the_order(steps: dict[str, int]) -> None:
    ordered = all(
        steps[better] > steps[worse]
        for better in GROUP
        for worse in GROUP
        if GROUP[better] + 1 == GROUP[worse]
    )
    figures = {name: step / STEPS_PER_UNIT for name, step in steps.items()}
    if not ordered:
        with pytest.raises(ValueError, match="worth more than"):
            RewardRules(**figures)
        return
    rules = RewardRules(**figures)
    assert all(worth(signal, rules) == figures[signal] for signal in Signal)


@given(st.lists(st.integers(-STEPS_PER_UNIT, STEPS_PER_UNIT), min_size=9, max_size=9, unique=True))
def test_any_figures_in_the_order_are_taken(steps: list[int]) -> None:
    figures = dict(zip(GROUP, sorted((step / STEPS_PER_UNIT for step in steps), reverse=True), strict=True))
    rules = RewardRules(**figures)
    assert worth(Signal.DONE, rules) == max(figures.values())


@given(st.sampled_from(DISMISSALS), st.integers(-STEPS_PER_UNIT, STEPS_PER_UNIT))
def test_dismissals_have_no_order_among_themselves(dismissal: Signal, step: int) -> None:
    assume(step / STEPS_PER_UNIT < RULES.silence)
    rules = replace(RULES, **{dismissal.value: step / STEPS_PER_UNIT})
    assert worth(dismissal, rules) == step / STEPS_PER_UNIT
