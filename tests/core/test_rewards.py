"""Rewards: their order, what a reason changes, and the grid they lie on."""

from __future__ import annotations

import math
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.grid import STEPS
from core.model import DismissReason, ReactionKind
from core.rewards import RewardRules, reward, silence_reward

RULES = RewardRules()
DISMISS = ReactionKind.DISMISS


def test_better_outcomes_are_worth_more() -> None:
    ranked = [
        reward(ReactionKind.DONE, None, RULES),
        reward(ReactionKind.DONE, None, RULES, snoozed=True),
        reward(ReactionKind.SNOOZE, None, RULES),
        silence_reward(RULES),
        reward(DISMISS, None, RULES),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)


def test_an_ignored_tip_is_worth_a_little_less_than_no_tip() -> None:
    assert -0.1 < silence_reward(RULES) < 0


def test_every_reason_to_dismiss_is_a_signal_of_its_own() -> None:
    by_reason = {reason: reward(DISMISS, reason, RULES) for reason in (None, *DismissReason)}
    assert len(set(by_reason.values())) == len(by_reason)
    assert (
        by_reason[DismissReason.NOT_NOW]
        > by_reason[None]
        > by_reason[DismissReason.NOT_THIS]
        > by_reason[DismissReason.NEVER_TOPIC]
    )


def test_did_it_is_no_dislike() -> None:
    assert reward(DISMISS, DismissReason.DID_IT, RULES) == 0


def test_a_reason_does_not_change_what_done_is_worth() -> None:
    assert reward(ReactionKind.DONE, DismissReason.NOT_THIS, RULES) == RULES.done


def test_the_defaults_are_on_the_grid_already() -> None:
    assert all(value * STEPS == round(value * STEPS) for value in asdict(RULES).values())


@given(st.floats(-1, 1))
def test_any_configured_value_is_rounded_to_the_grid(value: float) -> None:
    given_reward = silence_reward(RewardRules(silence=value))
    assert given_reward * STEPS == round(given_reward * STEPS)
    assert abs(given_reward - value) <= 0.5 / STEPS


def test_impossible_rules_are_refused_all_at_once() -> None:
    with pytest.raises(ValueError, match="done, silence, not_now"):
        RewardRules(done=1.5, silence=math.nan, not_now=-math.inf)
