"""Distributions: they sum to 1, keep their floor, and the draw follows them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.arrays import Vector
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy, draw
from core.bandit.rules import RULES, EpsilonGreedy, InverseGap, Thompson, rule_of
from core.bandit.statistics import Statistics
from core.policies.catalog import policy_of
from core.policies.features import DIMENSION, FEATURES, PRIOR
from tests.core.bandit.moments import FIRST_DAY, posterior

POLICIES: tuple[Policy, ...] = tuple(
    policy_of(name)
    for name in (
        *sorted(RULES),
        "inverse-gap:floor=0.25,scale=4",
        "inverse-gap:floor=0.05,scale=30.0",
        "epsilon-greedy:epsilon=1e-05",
        "thompson:draws=16",
        "unlearned:epsilon=0.25",
        "uniform-fallback",
        "promise",
        "promise_quiet",
    )
)
NAMES = [policy.policy_id for policy in POLICIES]


def greedy(scores: Vector, epsilon: float) -> Vector:
    """The probabilities of ε-greedy for these scores."""
    one = np.zeros((scores.size, 1))
    return EpsilonGreedy(epsilon=epsilon).probabilities(one, scores, np.zeros((1, 1)))


def test_epsilon_greedy_by_hand() -> None:
    made = greedy(np.array([0.2, 0.5, -1.0, 0.0]), 0.2)
    assert made.tolist() == pytest.approx([0.05, 0.85, 0.05, 0.05])


def test_the_best_share_equally() -> None:
    made = greedy(np.array([0.5, 0.1, 0.5]), 0.3)
    assert made.tolist() == pytest.approx([0.45, 0.1, 0.45])


def test_a_single_candidate_is_certain() -> None:
    assert greedy(np.array([-3.0]), 0.1).tolist() == [1.0]


def test_uniform_by_hand() -> None:
    assert policy_of("uniform").distribution(np.zeros((4, 2)), None).probabilities.tolist() == [0.25] * 4


def test_the_unlearned_shadow_stays_as_it_was_on_the_first_day() -> None:
    learned = posterior(Statistics.empty(DIMENSION).plus([1.0] * DIMENSION, -1.0))
    rows = np.eye(DIMENSION)
    assert policy_of("unlearned").distribution(rows, learned).scores.tolist() == list(PRIOR)
    assert policy_of("epsilon-greedy").distribution(rows, learned).scores.tolist() != list(PRIOR)


def test_an_unlearned_shadow_of_an_old_log_goes_by_the_prior_of_its_time() -> None:
    rows = np.eye(DIMENSION)
    names = [feature.name for feature in FEATURES]
    old, new = (
        policy_of(name).distribution(rows, None).scores for name in ("unlearned:epsilon=0.1", "unlearned")
    )
    assert [name for name, one, other in zip(names, old, new, strict=True) if one != other] == [
        "long_overdue"
    ]
    assert policy_of("unlearned").policy_id == "unlearned:epsilon=0.1,prior=2"
    for policy_id in ("unlearned", "unlearned:epsilon=0.1", "unlearned:epsilon=0.1,prior=1"):
        assert policy_of(policy_of(policy_id).policy_id) == policy_of(policy_id)
    with pytest.raises(ValueError, match="there is no prior 9"):
        policy_of("unlearned:prior=9")


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
@given(k=st.integers(1, 60), levels=st.integers(1, 5), seed=st.integers(0, 2**32))
def test_every_policy_sums_to_one_and_keeps_its_floor(policy: Policy, k: int, levels: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-levels, levels, (k, DIMENSION)) / 1.0
    made = policy.distribution(matrix, FIRST_DAY)
    assert made.scores.shape == made.probabilities.shape == (k,)
    assert abs(math.fsum(made.probabilities.tolist()) - 1) <= 1e-9
    assert made.probabilities.min() >= policy.floor / k * (1 - 1e-9)
    assert made.is_valid(policy.floor)


@pytest.mark.parametrize(
    ("scores", "probabilities"),
    [
        ([0.0, 0.0], [0.5, 0.6]),
        ([0.0, 0.0], [1.0, 0.0]),
        ([0.0, 0.0], [0.96, 0.04]),
        ([0.0, 0.0], [math.nan, 0.5]),
        ([math.inf, 0.0], [0.9, 0.1]),
        ([math.nan, 0.0], [0.5, 0.5]),
    ],
)
def test_a_broken_distribution_is_not_sound(scores: list[float], probabilities: list[float]) -> None:
    made = Distribution(scores=np.array(scores), probabilities=np.array(probabilities))
    assert not made.is_valid(0.1)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("un", "promise"))])
def test_a_policy_that_knows_nothing_sound_says_so(name: str) -> None:
    assert not policy_of(name).distribution(np.eye(DIMENSION), None).is_valid(0.0)


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
def test_the_id_alone_builds_the_policy_again(policy: Policy) -> None:
    assert policy_of(policy.policy_id) == policy


@pytest.mark.parametrize("draws", ["64.0", "6.4e1"])
def test_a_whole_number_may_be_written_as_any_number(draws: str) -> None:
    policy = policy_of(f"thompson:draws={draws}")
    assert policy.policy_id == policy_of("thompson:draws=64").policy_id
    made = policy.distribution(np.eye(DIMENSION), FIRST_DAY)
    assert made.is_valid(policy.floor)


def test_a_rule_takes_no_fraction_for_a_number_of_draws() -> None:
    with pytest.raises(ValueError, match="an even number"):
        Thompson(draws=64.0)  # type: ignore[arg-type]  # as a caller without types


FORMER = [
    0.01954981134462727,
    0.9473430311293108,
    0.010670658633253768,
    0.010863209463718555,
    0.011573289429089566,
]


def test_a_decision_of_the_former_default_is_made_again_to_the_last_bit() -> None:
    """Distributions logged under this id: the arithmetic of the rule must not change."""
    rows = np.random.default_rng(9).integers(-4, 5, (5, DIMENSION)) / 8
    former = policy_of("inverse-gap:floor=0.05,scale=30.0")
    learned = Posterior(mean=np.arange(DIMENSION) / 64, covariance=np.eye(DIMENSION) / 32)
    assert former.distribution(rows, learned).probabilities.tolist() == FORMER


def test_an_id_names_all_settings() -> None:
    assert policy_of("inverse-gap").policy_id == "inverse-gap:floor=0.02,scale=100.0"
    assert policy_of("uniform").policy_id == "uniform"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "no policy is called ''"),
        ("thomson", "no policy is called 'thomson'; there are .*thompson, uniform, unlearned$"),
        ("epsilon-greedy:0.1", "name=number, not '0.1'"),
        ("epsilon-greedy:epsilon=x", "name=number"),
        ("epsilon-greedy:epsilon=0", "above 0"),
        ("epsilon-greedy:floor=0.1", "no setting floor; there are: epsilon"),
        ("unlearned:scale=2", "no setting scale"),
        ("uniform:floor=1", "no setting floor; there are: none"),
        ("thompson:draws=64.5", "an even number"),
        ("thompson:draws=63.0", "an even number"),
        ("thompson:draws=inf", "an even number"),
        ("thompson:draws=nan", "an even number"),
    ],
)
def test_an_unknown_policy_is_refused(name: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        policy_of(name)


@pytest.mark.parametrize("name", [name for name in RULES if name != "uniform"])
@pytest.mark.parametrize("floor", [0, -0.1, 1.5, math.nan])
def test_a_rule_without_a_floor_is_refused(name: str, floor: float) -> None:
    setting = "epsilon" if name == "epsilon-greedy" else "floor"
    with pytest.raises(ValueError, match=setting):
        rule_of(name, **{setting: floor})


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("inverse-gap", {"scale": 0.0}),
        ("thompson", {"draws": 3}),
        ("thompson", {"draws": 0}),
        ("thompson", {"width": math.inf}),
        ("softmax", {"temperature": -1.0}),
        ("linucb", {"width": math.nan}),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        rule_of(name, **settings)


def test_over_many_seeds_each_candidate_comes_as_often_as_its_propensity_says() -> None:
    probabilities = greedy(np.array([0.1, 0.9, 0.9, 0.0, 0.3]), 0.2)
    n = 20_000
    drawn = np.bincount([draw(probabilities, seed) for seed in range(n)], minlength=5)
    spread = np.sqrt(n * probabilities * (1 - probabilities))
    assert (np.abs(drawn - n * probabilities) < 4 * spread).all()


@pytest.mark.parametrize("k", [2, 3, 20, 226, 2000])
@pytest.mark.parametrize("z", [0.5, 1.0, 3.0])
def test_inverse_gap_leaves_the_best_its_share_however_many_candidates_there_are(k: int, z: float) -> None:
    rule = InverseGap(scale=100.0, floor=0.02)
    features = np.eye(k)
    scores = np.full(k, -z)
    scores[0] = 0.0
    made = rule.probabilities(features, scores, np.eye(k) / 2)  # each gap has a variance of 1
    others = 0.98 * (k - 1) / k / (1 + 100 * z * z) + 0.02 * (k - 1) / k
    assert made[0] == pytest.approx(1 - others)
    assert made[1:] == pytest.approx(others / (k - 1))


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_mean_importance_weight_of_another_policy_is_one(name: str) -> None:
    rows = np.random.default_rng(3).integers(-2, 3, (6, DIMENSION)) / 4
    served = policy_of(name).distribution(rows, FIRST_DAY).probabilities
    weights = [1 / 6 / served[index] for index in (draw(served, seed) for seed in range(20_000))]
    spread = math.sqrt(max(float((1 / 36 / served).sum()) - 1, 0) / 20_000)
    assert abs(float(np.mean(weights)) - 1) < max(4 * spread, 1e-9)


@given(st.integers(0, 2**63 - 1))
def test_what_has_no_probability_is_never_drawn(seed: int) -> None:
    assert draw(np.array([0.0, 0.5, 0.0, 0.5, 0.0]), seed) in (1, 3)


def test_a_seed_draws_the_same_on_every_machine() -> None:
    assert [draw(np.full(4, 0.25), seed) for seed in (0, 1, 2, 3, 2**63 - 1)] == [3, 0, 3, 0, 1]


def test_what_rounding_leaves_over_goes_to_the_last_candidate_that_is_possible() -> None:
    assert draw(np.array([0.0, 1e-300, 1e-300, 0.0]), 0) == 2


def test_a_covariance_that_is_none_gives_no_distribution_and_no_exception() -> None:
    rule = rule_of("thompson")
    assert np.isnan(rule.probabilities(np.eye(2), np.zeros(2), -np.eye(2))).all()
