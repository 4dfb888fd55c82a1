"""The lower bound that is valid at every look."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.evaluation.evaluate import REWARD_RANGE
from core.bandit.evaluation.paired import (
    STAKES,
    WEIGHT_CAPS,
    PairedLog,
    _bets,
    _mixture_log_wealth,
    estimate_difference,
    excess,
    lower_bound,
)

CHANCES = st.lists(st.integers(1, 100), min_size=2, max_size=5)


def paired(weights: list[float], rewards: list[float], beyond: list[float] | None = None) -> PairedLog:
    """``beyond``: the expected excess over each cap, the same in every decision."""
    n = len(weights)
    return PairedLog(
        weights=np.array(weights),
        rewards=np.array(rewards),
        excess=np.tile(beyond or [0.0] * len(WEIGHT_CAPS), (n, 1)),
        known_before=np.arange(n),
    )


def test_what_is_expected_beyond_a_cap_is_summed_over_the_candidates_of_each_decision() -> None:
    served = np.array([0.9, 0.1, 0.5, 0.4, 0.1])
    other = np.array([0.1, 0.9, 0.3, 0.3, 0.4])
    found = excess(served, other, np.array([0, 2]))
    assert found[:, WEIGHT_CAPS.index(2.0)] == pytest.approx([0.9 - 2 * 0.1, 0.4 - 2 * 0.1])
    assert found[:, WEIGHT_CAPS.index(8.0)] == pytest.approx([0.9 - 8 * 0.1, 0.0])


def test_the_difference_is_what_the_weights_say_beyond_the_mean() -> None:
    assert estimate_difference(paired([1.5, 0.5], [1.0, 0.0])) == pytest.approx(1.5 / 2 - 0.5)
    assert estimate_difference(paired([1.0, 1.0], [1.0, -1.0])) == 0.0


@given(CHANCES, st.data())
def test_a_bet_is_fair_when_nobody_is_better_and_never_loses_more_than_is_staked(
    served: list[int], data: st.DataObject
) -> None:
    """All candidates earn the same, so whatever is drawn, on average nothing is won; under the first guess
    and, after a first decision, under another.
    """
    k = len(served)
    other = data.draw(st.lists(st.integers(0, 100), min_size=k, max_size=k).filter(any))
    earned = data.draw(st.floats(-1, 1))
    p, q = np.array(served) / sum(served), np.array(other) / sum(other)
    starts = np.array([0])
    beyond = excess(p, q, starts)[0].tolist()
    first = data.draw(st.floats(-1, 1))
    expected = np.zeros(len(WEIGHT_CAPS))
    for place in range(k):
        log = paired([1.0, q[place] / p[place]], [first, earned], beyond)
        bets = _bets(log, (log.rewards + 1) / 2)
        pays = np.array([bet.pays[1] for bet in bets])
        assert pays.min() >= -1 - 1e-9
        expected += p[place] * pays
    assert expected == pytest.approx(np.zeros(len(WEIGHT_CAPS)), abs=1e-9)


def test_wealth_is_that_of_gamblers_with_even_shares() -> None:
    log = paired([2.0], [1.0])
    bets = _bets(log, np.array([1.0]))
    won = [0.5 * bet.scale[0] for bet in bets]  # (2 - 1)(1 - 0.5) and nothing beyond a cap of 2
    assert won == pytest.approx([0.5, 0.5 / 4])
    owned = [1 + stake * one for one in won for stake in STAKES]
    assert math.exp(_mixture_log_wealth(bets, 0.0)) == pytest.approx(sum(owned) / len(owned))


def test_the_bound_nears_a_clear_difference_and_falls_with_the_error_allowed() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.uniform(size=4000) < 0.5
    log = paired(np.where(drawn, 1.5, 0.5).tolist(), np.where(drawn, 0.4, 0.0).tolist())
    least, sure = (lower_bound(log, rewards_in=REWARD_RANGE, error=error) for error in (0.05, 0.001))
    assert 0.05 < sure < least < estimate_difference(log) == pytest.approx(0.1, abs=0.01)


def test_a_log_without_evidence_has_no_bound_above_zero() -> None:
    same = paired([1.0] * 500, [1.0, -1.0] * 250)
    assert lower_bound(same, rewards_in=REWARD_RANGE, error=0.05) <= 0
    one = paired([1.0], [0.5])
    assert lower_bound(one, rewards_in=REWARD_RANGE, error=0.05) == -2.0


def test_an_earlier_look_is_the_beginning_of_the_log() -> None:
    log = paired([1.5, 0.5, 1.0], [1.0, 0.0, 0.5])
    early = log.first(2)
    assert (early.weights.tolist(), early.rewards.tolist(), early.excess.shape) == (
        [1.5, 0.5],
        [1.0, 0.0],
        (2, 2),
    )
    assert early.known_before.tolist() == [0, 1]


def test_what_a_decision_pays_does_not_depend_on_rewards_that_were_not_settled_when_it_was_drawn() -> None:
    waiting = [
        replace(paired([1.0, 2.0], [first, 1.0]), known_before=np.array([0, 0])) for first in (0.0, 1.0)
    ]
    one, other = (_bets(log, log.rewards) for log in waiting)
    assert [bet.pays[1] for bet in one] == [bet.pays[1] for bet in other]
