"""Recovering difference softmax: scores are differences, and arms recover after they are shown."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit import make_policy
from core.bandit.standalone.learner import BanditPolicy
from core.bandit.standalone.recovering import RecoveringSoftmax

ARMS = np.eye(3)
DAMAGED = (
    b"",
    b"1",
    b"[1]",
    b'{"a": {"b": 1}}',
    b'[{"at": NaN, "chosen": "a", "reward": 1.0, "passed": []}]',
    b'[{"at": 1.0, "chosen": 1, "reward": 1.0, "passed": []}]',
    b'[{"at": 1.0, "chosen": "a", "reward": "much", "passed": []}]',
    b'[{"at": 1.0, "chosen": "a", "reward": 1.0, "passed": 3}]',
)
FIRST, SECOND = ARMS[0], ARMS[1]


def policy(**settings: float) -> BanditPolicy:
    return make_policy("recovering-softmax", 3, **settings)


def played(days: int, **settings: float) -> BanditPolicy:
    """The first arm earns 1 and the others 0; every arm has its turn."""
    made = policy(**settings)
    for day in range(days):
        made.distribution(ARMS, person="ann", at=float(day))
        made.learn(ARMS[day % 3], float(day % 3 == 0), person="ann", at=float(day))
    return made


def test_at_first_all_arms_are_alike() -> None:
    assert policy().distribution(ARMS, person="ann", at=0.0).tolist() == pytest.approx([1 / 3] * 3)


def test_what_earns_more_than_what_is_shown_instead_becomes_likely() -> None:
    good, *bad = played(30).distribution(ARMS, person="bob", at=30.0)
    assert good > 0.9
    assert max(bad) < 0.05


def test_the_score_is_the_difference_by_hand() -> None:
    made = policy(temperature=1.0, floor=1e-9)
    for at, (arm, reward) in enumerate([(0, 1.0), (0, 0.5), (1, 0.25)]):
        made.distribution(ARMS[:2], person="ann", at=float(at))
        made.learn(ARMS[arm], reward, person="ann", at=float(at))
    first, second = made.distribution(ARMS[:2], person="bob", at=9.0)
    assert math.log(first / second) == pytest.approx((0.75 - 0.25) - (0.25 - 0.75))


def test_an_arm_tires_and_recovers() -> None:
    made = policy(penalty=0.2, half_life=10.0, temperature=0.2, floor=1e-9)
    made.learn(FIRST, 0.0, person="ann", at=0.0)
    for days, halves in ((0.0, 1.0), (10.0, 0.5), (30.0, 0.125)):
        first, second = made.distribution(ARMS[:2], person="ann", at=days)
        assert math.log(second / first) == pytest.approx(halves)
    assert made.distribution(ARMS[:2], person="bob", at=0.0).tolist() == [0.5, 0.5]


def test_columns_say_which_rows_are_one_arm() -> None:
    made = make_policy("recovering-softmax", 3, columns=(0,), penalty=5.0)
    made.learn(np.array([1.0, 0.3, 0.0]), 1.0, person="ann", at=0.0)
    same, other = made.distribution(np.array([[1.0, 9.0, 9.0], [0.0, 0.3, 0.0]]), person="ann", at=0.0)
    assert same < other


@given(st.lists(st.integers(0, 2), max_size=12), st.integers(1, 6), st.randoms(use_true_random=False))
def test_undone_rewards_leave_the_state_that_never_saw_them(stay: list[int], go: int, rng: Random) -> None:
    learned = [(arm, at / 7) for at, arm in enumerate(stay)]
    undone = [(rng.randrange(3), 100 + at / 7) for at in range(go)]
    made, never = policy(), policy()
    for each in (made, never):
        for _, at in learned:
            each.distribution(ARMS, person="ann", at=at)
    for arm, at in sorted(learned + undone, key=lambda one: rng.random()):
        made.learn(ARMS[arm], 0.3, person="ann", at=at)
    for arm, at in learned:
        never.learn(ARMS[arm], 0.3, person="ann", at=at)
    for arm, at in undone:
        made.retract(ARMS[arm], 0.3, person="ann", at=at)
    assert made.state("ann") == never.state("ann")


def test_a_state_brings_a_person_back() -> None:
    fresh, made = policy(), played(9)
    fresh.restore("ann", made.state("ann"))
    for person in ("ann", "bob"):
        after = fresh.distribution(ARMS, person=person, at=9.5)
        assert after.tolist() == made.distribution(ARMS, person=person, at=9.5).tolist()


def likelihoods(made: BanditPolicy) -> list[float]:
    """Of a new person: from everybody's rewards."""
    return [float(one) for one in made.distribution(ARMS, person="new", at=0.0)]


def test_a_round_keeps_its_arms_though_others_are_asked_about_at_the_same_time() -> None:
    made, before = played(9), played(9)
    made.distribution(ARMS, person="ann", at=20.0)
    made.learn(FIRST, 0.5, person="ann", at=20.0)
    made.distribution(ARMS[:1], person="ann", at=20.0)
    made.retract(FIRST, 0.5, person="ann", at=20.0)
    assert made.state("ann") == before.state("ann")
    assert likelihoods(made) == likelihoods(before)


def test_another_reward_for_the_same_decision_knows_its_arms() -> None:
    made, straight = played(9), played(9)
    for one in (made, straight):
        one.distribution(ARMS, person="ann", at=20.0)
    made.learn(FIRST, 0.5, person="ann", at=20.0)
    made.retract(FIRST, 0.5, person="ann", at=20.0)
    for one in (made, straight):
        one.learn(FIRST, 1.0, person="ann", at=20.0)
    assert made.state("ann") == straight.state("ann")


def test_what_a_state_brought_back_is_retracted_exactly() -> None:
    made, fresh, before = played(10), played(4), played(9)
    fresh.restore("ann", made.state("ann"))
    fresh.retract(FIRST, 1.0, person="ann", at=9.0)
    assert fresh.state("ann") == before.state("ann")
    assert likelihoods(fresh) == likelihoods(before)


def test_a_decision_is_not_kept_once_it_was_learned_from() -> None:
    made = RecoveringSoftmax(dimension=3)
    for day in range(5):
        made.distribution(ARMS, person="ann", at=float(day))
        made.learn(FIRST, 0.5, person="ann", at=float(day))
    assert made._offered == {}


def test_what_does_not_count_as_it_came_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    made = policy()
    assert made.distribution(np.full((2, 3), math.nan), person="ann", at=1.0).tolist() == [0.5, 0.5]
    made.learn(FIRST, 99.0, person="ann", at=1.0)
    assert ["no sound distribution" in line or "±16" in line for line in caplog.messages] == [True, True]


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf])
def test_a_time_must_be_a_number(at: float) -> None:
    made = policy()
    with pytest.raises(ValueError, match="time"):
        made.distribution(ARMS, person="ann", at=at)
    with pytest.raises(ValueError, match="times"):
        made.learn(FIRST, 1.0, person="ann", at=at)


def test_bad_input_has_its_answer() -> None:
    made = played(9)
    assert made.distribution(np.empty((0, 3)), person="ann", at=1.0).shape == (0,)
    with pytest.raises(ValueError, match="shape"):
        made.distribution(np.zeros((2, 2)), person="ann", at=1.0)
    with pytest.raises(ValueError, match=r"features of shape \(2,\), not \(3,\)"):
        made.learn(np.zeros(2), 1.0, person="ann", at=1.0)
    with pytest.raises(ValueError, match="finite"):
        made.learn(FIRST, math.inf, person="ann", at=1.0)
    with pytest.raises(ValueError, match="not learned"):
        made.retract(SECOND, 0.0, person="nobody", at=1.0)
    for damaged in DAMAGED:
        with pytest.raises(ValueError, match="damaged"):
            made.restore("ann", damaged)


@pytest.mark.parametrize(
    "settings", [{"penalty": -1.0}, {"half_life": 0.0}, {"temperature": 0.0}, {"scale": 1}]
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        policy(**settings)


@pytest.mark.parametrize(
    "shape", [{"dimension": 0}, {"dimension": 3, "columns": (3,)}, {"dimension": 3, "columns": (-1,)}]
)
def test_arms_are_told_apart_by_columns_that_there_are(shape: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="columns must be columns of the features"):
        RecoveringSoftmax(**shape)
