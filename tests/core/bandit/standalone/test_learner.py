"""``make_policy``: every policy, on any data, with exact retraction."""

from __future__ import annotations

import logging
import math
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core.bandit
from core.bandit import make_policy
from core.bandit.arrays import Matrix, Vector
from core.bandit.forgetting import STEPS_PER_HALF_LIFE, step_at, step_of, weight_of
from core.bandit.rules import RULES, rule_of
from core.bandit.standalone.learner import BanditPolicy, Learner

D = 4
PEOPLE = ("ann", "bob", "cem")


def candidates(seed: int, k: int = 6) -> Matrix:
    return np.random.default_rng(seed).uniform(-1, 1, size=(k, D))


def observations(seed: int, count: int, *, since: float = 0.0) -> list[dict[str, Any]]:
    """Random observations of several people, at times after ``since``."""
    rng = np.random.default_rng(seed)
    return [
        {
            "x": rng.uniform(-1, 1, size=D),
            "reward": float(rng.uniform(-1, 1)),
            "person": PEOPLE[rng.integers(len(PEOPLE))],
            "at": since + float(rng.uniform(0, 20)),
        }
        for _ in range(count)
    ]


def trained_policy(given: list[dict[str, Any]], name: str = "inverse-gap", **settings: Any) -> BanditPolicy:
    policy = make_policy(name, D, **settings)
    for observation in given:
        policy.learn(**observation)
    return policy


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize("k", [1, 2, 20, 1000])
def test_every_policy_gives_every_candidate_its_share(name: str, k: int) -> None:
    policy = trained_policy(observations(1, 60), name)

    probabilities = policy.distribution(candidates(2, k), person="ann", at=21.0)

    assert probabilities.shape == (k,)
    assert probabilities.dtype == np.float64
    assert math.fsum(probabilities.tolist()) == pytest.approx(1, abs=1e-12)
    assert probabilities.min() >= RULES[name]().floor / k - 1e-15
    again = policy.distribution(candidates(2, k), person="ann", at=21.0)
    assert probabilities.tobytes() == again.tobytes()


@pytest.mark.parametrize("name", sorted(RULES))
def test_equal_candidates_are_treated_as_good_ones_or_bad_ones_together(name: str) -> None:
    policy = trained_policy(observations(1, 30), name)
    rows = np.repeat(candidates(3, 1), 5, axis=0)

    probabilities = policy.distribution(rows, person="ann", at=1.0)

    assert probabilities.min() >= 0.01
    assert probabilities.sum() == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(set(RULES) - {"uniform"}))
def test_what_earns_rewards_becomes_likely(name: str) -> None:
    policy = make_policy(name, 2)
    for day in range(200):
        policy.learn(np.array([1.0, 0.0]), 1.0, person="ann", at=day / 10)
        policy.learn(np.array([0.0, 1.0]), 0.0, person="ann", at=day / 10)

    good, bad = policy.distribution(np.eye(2), person="ann", at=20.0)

    assert good > 0.9 > 0.1 > bad


def test_people_are_told_apart_and_newcomers_meet_what_is_common() -> None:
    policy = make_policy("epsilon-greedy", 2, epsilon=0.1)
    for day in range(300):
        for number in range(8):  # most like the first kind, ann the second
            likes = 1.0 if number else 0.0
            policy.learn(np.array([1.0, 0.0]), likes, person=f"p{number}", at=day / 10)
            policy.learn(np.array([0.0, 1.0]), 1.0 - likes, person=f"p{number}", at=day / 10)

    assert policy.distribution(np.eye(2), person="p0", at=31.0).argmax() == 1
    assert policy.distribution(np.eye(2), person="p1", at=31.0).argmax() == 0
    assert policy.distribution(np.eye(2), person="nobody knows", at=31.0).argmax() == 0


@given(st.integers(0, 40), st.integers(1, 12), st.randoms(use_true_random=False))
def test_undone_rewards_leave_the_state_that_never_saw_them(learned: int, undone: int, rng: Random) -> None:
    stays, goes = observations(4, learned), observations(5, undone)
    mixed = stays + goes
    rng.shuffle(mixed)
    policy = trained_policy(mixed)
    rng.shuffle(goes)
    for observation in goes:
        policy.retract(**observation)

    never = trained_policy(stays)
    assert [policy.state(one) for one in PEOPLE] == [never.state(one) for one in PEOPLE]


@pytest.mark.parametrize("name", sorted(RULES))
def test_an_undone_reward_leaves_every_probability_as_it_was(name: str) -> None:
    policy, (late,) = trained_policy(observations(6, 30), name), observations(7, 1)
    before = policy.distribution(candidates(8), person="ann", at=20.0)

    policy.learn(**late)
    policy.retract(**late)

    assert policy.distribution(candidates(8), person="ann", at=20.0).tobytes() == before.tobytes()


def test_a_late_tap_replaces_silence_exactly() -> None:
    (silence,) = observations(9, 1)
    tap = {**silence, "reward": 1.0}
    policy = trained_policy([*observations(10, 20), silence])
    policy.retract(**silence)
    policy.learn(**tap)

    assert policy.state(tap["person"]) == trained_policy([*observations(10, 20), tap]).state(tap["person"])


@pytest.mark.parametrize("name", sorted(RULES))
def test_silence_that_is_chosen_again_and_again_changes_no_belief(name: str) -> None:
    """Its features and its reward are 0 by definition: it is no evidence of less noise."""
    given = observations(15, 20)
    silent = [{"x": np.zeros(D), "reward": 0.0, "person": "ann", "at": 19.0} for _ in range(400)]
    rows = np.concatenate((candidates(4), np.zeros((1, D))))

    before = trained_policy(given, name, refresh_every=20)
    after = trained_policy([*given, *silent], name, refresh_every=20)

    same = before.distribution(rows, person="bob", at=20.0)
    assert after.distribution(rows, person="bob", at=20.0) == pytest.approx(same)


def test_silence_leaves_no_trace_and_can_be_taken_back() -> None:
    silent: dict[str, Any] = {"x": np.full(D, 1e-4), "reward": 0.0, "person": "ann", "at": 19.0}
    policy, without = trained_policy([*observations(16, 20), silent]), trained_policy(observations(16, 20))
    assert policy.state("ann") == without.state("ann")

    policy.retract(**silent)
    assert policy.state("ann") == without.state("ann")


def test_order_does_not_matter() -> None:
    some = observations(11, 40)
    one, other = trained_policy(some), trained_policy(some[::-1])
    assert [one.state(each) for each in PEOPLE] == [other.state(each) for each in PEOPLE]


def test_a_state_brings_a_person_back_and_replaces_what_was_known() -> None:
    policy, fresh = trained_policy(observations(12, 25)), trained_policy(observations(13, 3))
    for person in PEOPLE:
        fresh.restore(person, policy.state(person))

    assert [fresh.state(one) for one in PEOPLE] == [policy.state(one) for one in PEOPLE]
    assert len(make_policy("inverse-gap", 32).state("ann")) == 4500


@pytest.mark.parametrize("since", [0.0, 20_011.0], ids=["day zero", "days since 1970"])
def test_a_state_brings_back_what_is_believed(since: float) -> None:
    policy, fresh = trained_policy(observations(12, 25, since=since)), make_policy("inverse-gap", D)
    for person in PEOPLE:
        fresh.restore(person, policy.state(person))

    for person in (*PEOPLE, "nobody knows"):
        before = policy.distribution(candidates(1), person=person, at=since + 20)
        assert fresh.distribution(candidates(1), person=person, at=since + 20) == pytest.approx(before)


def test_an_empty_state_forgets_a_person() -> None:
    policy = trained_policy(observations(14, 30))
    policy.restore("ann", make_policy("uniform", D).state("anybody"))

    without = trained_policy([one for one in observations(14, 30) if one["person"] != "ann"])
    assert policy.distribution(candidates(1), person="ann", at=20.0) == pytest.approx(
        without.distribution(candidates(1), person="ann", at=20.0), abs=1e-9
    )


def test_old_rewards_count_less_than_new_ones() -> None:
    policy = make_policy("epsilon-greedy", 2, half_life=1.0)
    for _ in range(40):
        policy.learn(np.array([1.0, 0.0]), 1.0, person="ann", at=0.0)
        policy.learn(np.array([0.0, 1.0]), 0.0, person="ann", at=0.0)
    for _ in range(8):
        policy.learn(np.array([1.0, 0.0]), 0.0, person="ann", at=8.0)
        policy.learn(np.array([0.0, 1.0]), 1.0, person="ann", at=8.0)

    assert policy.distribution(np.eye(2), person="ann", at=8.0).argmax() == 1


@given(st.floats(-400, 400), st.floats(0.1, 1e4))
def test_weights_grow_by_half_lives_and_are_dyadic(halves: float, half_life: float) -> None:
    step = step_at(halves * half_life * 0.999, half_life)
    assert weight_of(step + STEPS_PER_HALF_LIFE) == 2 * weight_of(step)
    assert weight_of(step + 1) > weight_of(step)
    assert (weight_of(step) / 2.0 ** (step // STEPS_PER_HALF_LIFE) * STEPS_PER_HALF_LIFE).is_integer()
    assert step_of(weight_of(step)) == step


# --- Bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", sorted(RULES))
def test_a_bad_feature_makes_a_logged_uniform_choice(
    name: str, bad: float, caplog: pytest.LogCaptureFixture
) -> None:
    policy, rows = trained_policy(observations(1, 30), name), candidates(2)
    rows[3, 1] = bad
    with caplog.at_level(logging.WARNING):
        probabilities = policy.distribution(rows, person="ann", at=1.0)

    assert probabilities.tolist() == [1 / 6] * 6
    assert "every one is as likely" in caplog.text


def test_no_candidates_have_no_probabilities() -> None:
    assert trained_policy(observations(1, 9)).distribution(np.empty((0, D)), person="ann", at=1.0).shape == (
        0,
    )


def test_candidates_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"not \(k, 4\)"):
        make_policy("inverse-gap", D).distribution(np.zeros((2, 3)), person="ann", at=1.0)


@pytest.mark.parametrize(
    ("x", "reward", "at"),
    [
        (np.full(D, math.nan), 1.0, 0.0),
        (np.zeros(D), math.inf, 0.0),
        (np.zeros(D), 1.0, math.nan),
        (np.zeros(D), 1.0, 1.7e9),  # seconds, not days
        (np.zeros(D + 1), 1.0, 0.0),
    ],
)
def test_what_is_no_number_is_not_learned(x: Vector, reward: float, at: float) -> None:
    policy = trained_policy(observations(1, 9))
    before = policy.state("ann")
    with pytest.raises(ValueError, match=r"number|shape"):
        policy.learn(x, reward, person="ann", at=at)
    assert policy.state("ann") == before


@pytest.mark.parametrize("large", [16.1, 100.0, 1e200])
def test_what_is_too_large_counts_as_the_largest(large: float, caplog: pytest.LogCaptureFixture) -> None:
    policy, bounded = make_policy("inverse-gap", 1), make_policy("inverse-gap", 1)
    policy.learn(np.array([large]), -large, person="ann", at=0.0)
    bounded.learn(np.array([16.0]), -16.0, person="ann", at=0.0)
    assert policy.state("ann") == bounded.state("ann")
    assert "counts as that" in caplog.text


def test_nothing_is_retracted_from_a_stranger() -> None:
    with pytest.raises(ValueError, match="nothing"):
        make_policy("inverse-gap", D).retract(np.zeros(D), 0.0, person="ann", at=0.0)


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_state_is_refused_and_changes_nothing(damage: bytes | None) -> None:
    policy = trained_policy(observations(1, 9))
    before = policy.state("ann")
    negative = before[:4] + np.negative(np.frombuffer(before[4:], dtype="<f8")).tobytes()
    with pytest.raises(ValueError, match="statistics"):
        policy.restore("ann", negative if damage is None else damage)
    assert policy.state("ann") == before


@pytest.mark.parametrize(
    ("name", "settings", "fault"),
    [
        ("magic", {}, "no policy is called 'magic'"),
        ("thompson", {"epsilon": 0.1}, "thompson has no setting epsilon"),
        ("inverse-gap", {"common": 0.0}, "variances must be above 0"),
        ("inverse-gap", {"noise": math.nan}, "variances must be above 0"),
        ("inverse-gap", {"half_life": -1.0}, "half_life"),
        ("inverse-gap", {"refresh_every": 0}, "refresh_every"),
    ],
)
def test_unknown_names_and_settings_are_told(name: str, settings: dict[str, float], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        make_policy(name, D, **settings)


def test_a_policy_needs_a_feature() -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_policy("uniform", 0)


def test_the_public_names_are_there_and_no_others() -> None:
    assert core.bandit.BanditPolicy is BanditPolicy
    with pytest.raises(AttributeError, match="no attribute 'magic'"):
        _ = core.bandit.magic


class Broken:
    """A rule whose probabilities are none."""

    floor = 0.0

    def probabilities(self, features: Matrix, scores: Vector, covariance: Matrix) -> Vector:
        return np.full(len(features), np.nan)


def test_a_rule_that_fails_makes_a_logged_uniform_choice(caplog: pytest.LogCaptureFixture) -> None:
    policy = Learner(dimension=D, rule=Broken())
    assert policy.distribution(candidates(1, 4), person="ann", at=0.0).tolist() == [0.25] * 4
    assert "no sound distribution of 4 candidates" in caplog.text


def test_variances_are_fitted_again_after_so_many_rewards_whoever_took_theirs_back() -> None:
    policy = Learner(dimension=D, rule=rule_of("inverse-gap"), refresh_every=20)
    before, first = policy.variances, observations(3, 1)[0]
    policy.learn(**{**first, "person": "dan"})
    policy.retract(**{**first, "person": "dan"})
    for observation in observations(1, 200):
        policy.learn(**observation)
    assert policy.variances != before
    newcomer = policy.distribution(candidates(2), person="eve", at=30.0)
    assert policy.distribution(candidates(2), person="dan", at=30.0).tolist() == newcomer.tolist()


def test_a_restored_person_brings_enough_rewards_to_fit_the_variances() -> None:
    trained = trained_policy(observations(1, 200), refresh_every=20)
    assert isinstance(trained, Learner)
    restored = Learner(dimension=D, rule=rule_of("inverse-gap"), refresh_every=20)
    before = restored.variances
    for person in PEOPLE:
        restored.restore(person, trained.state(person))
    assert restored.variances != before
    for person in PEOPLE:
        assert restored.state(person) == trained.state(person)


def test_what_somebody_else_earns_is_expected_of_a_known_person_too() -> None:
    given = observations(4, 30)
    known, afresh = trained_policy(given), trained_policy(given)
    for policy in (known, afresh):
        if policy is known:
            policy.distribution(candidates(5), person="ann", at=20.0)  # derives her posterior
        policy.learn(np.ones(D), 1.0, person="bob", at=20.0)
    found = known.distribution(candidates(5), person="ann", at=20.0)
    assert found == pytest.approx(afresh.distribution(candidates(5), person="ann", at=20.0))
