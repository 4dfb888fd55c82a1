"""One choice: what is logged, and the fallback for invalid numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.arrays import Matrix
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy
from core.policies.catalog import policy_of
from core.policies.choose import choose, posterior_from_vector, posterior_to_vector, take_snapshot
from core.policies.features import DIMENSION, FEATURE_VERSION
from core.records import Draw, TipSource
from tests.core.bandit.moments import (
    FIRST_DAY,
    MONDAY_9_BERLIN,
    SERVED,
    SILENCE,
    SUNDAY,
    advice,
    chosen,
    context,
    past,
    task,
    tip,
)


def test_dropped_candidates_stay_in_their_place_with_probability_0() -> None:
    choice = chosen(context(task()), tip("rent", dropped="muted"), tip(), advice(), SILENCE)
    assert [scored.candidate.dropped for scored in choice.candidates] == ["muted", None, None, None]
    assert choice.candidates[0].probability == 0
    assert choice.candidates[0].features == ()
    assert [len(scored.features) for scored in choice.candidates[1:]] == [DIMENSION] * 3
    assert all(len(shadow.probabilities) == 3 for shadow in choice.shadows)


@given(st.integers(0, 2**63 - 1))
def test_the_propensity_is_the_probability_of_what_was_drawn(seed: int) -> None:
    choice = chosen(context(task(priority=1, due=SUNDAY)), tip(), advice(), SILENCE, seed=seed)
    by_id = {scored.candidate.candidate_id: scored.probability for scored in choice.candidates}
    assert choice.propensity == by_id[choice.action]
    assert choice.floor == min(by_id.values()) == 0.1 / 3
    assert math.fsum(by_id.values()) == pytest.approx(1, abs=1e-9)
    assert choice.seed == seed


def test_shadows_log_whole_distributions_and_draw_nothing() -> None:
    choice = chosen(context(task()), tip(), SILENCE)
    alone = without_shadows(choice)
    assert [shadow.policy_id for shadow in choice.shadows] == ["uniform", "unlearned:epsilon=0.1,prior=2"]
    assert choice.shadows[0].probabilities == (0.5, 0.5)
    assert choice.shadows[1].probabilities == tuple(scored.probability for scored in choice.candidates)
    assert (alone.action, alone.propensity) == (choice.action, choice.propensity)


def without_shadows(draw: Draw) -> Draw:
    """The same draw made without shadows."""
    choice = choose(
        context(task()),
        [scored.candidate for scored in draw.candidates],
        posterior=FIRST_DAY,
        policy=SERVED,
        shadows=(),
        seed=draw.seed,
    )
    return choice.draw


def test_a_snapshot_is_named_by_its_content() -> None:
    one = take_snapshot("epsilon-greedy:0.1", np.array([0.5, 0.25]))
    same = take_snapshot("epsilon-greedy:0.1", np.array([0.5, 0.25]))
    assert one == same
    others = {
        take_snapshot("epsilon-greedy:0.1", np.array([0.5, 0.25 + 2**-54])).model_version,
        take_snapshot("epsilon-greedy:0.2", np.array([0.5, 0.25])).model_version,
        take_snapshot("epsilon-greedy:0.1", np.array([0.5, 0.25]), "other").model_version,
        take_snapshot("epsilon-greedy:0.1", np.array([0.5])).model_version,
    }
    assert len({*others, one.model_version}) == 5


def test_the_choice_names_the_belief_it_used() -> None:
    choice = choose(context(task()), [tip(), SILENCE], posterior=FIRST_DAY, policy=SERVED, shadows=(), seed=7)
    draw, numbers = choice.draw, posterior_to_vector(FIRST_DAY)
    assert choice.snapshot.weights == tuple(numbers.tolist())
    assert (draw.policy_id, draw.feature_version) == (SERVED.policy_id, FEATURE_VERSION)
    assert draw.model_version == choice.snapshot.model_version
    assert choice.snapshot == take_snapshot(draw.policy_id, numbers)


def test_a_belief_comes_back_from_its_numbers() -> None:
    again = posterior_from_vector(posterior_to_vector(FIRST_DAY), DIMENSION)
    assert again is not None
    assert (again.mean == FIRST_DAY.mean).all()
    assert (again.covariance == FIRST_DAY.covariance).all()
    assert posterior_from_vector(posterior_to_vector(None), DIMENSION) is None
    with pytest.raises(ValueError, match="3 numbers are no posterior"):
        posterior_from_vector(np.zeros(3), DIMENSION)


def test_without_a_candidate_there_is_nothing_to_choose() -> None:
    with pytest.raises(ValueError, match="no candidate"):
        chosen(context(task()), tip(dropped="muted"))


# --- When numbers go wrong ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A policy with an invalid distribution."""

    bad: tuple[float, ...]
    policy_id: str = "broken"
    floor: float = 0.2

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        """The given distribution."""
        return Distribution(scores=np.zeros(len(features)), probabilities=np.array(self.bad))


def weighing(*weights: float) -> Posterior:
    """A posterior in these weights, repeated."""
    return replace(FIRST_DAY, mean=np.array(weights * (DIMENSION // len(weights))))


UNSURE = replace(FIRST_DAY, covariance=np.full((DIMENSION, DIMENSION), math.nan))


@pytest.mark.parametrize(
    ("policy", "believed"),
    [
        (Broken(bad=(0.4, 0.5)), FIRST_DAY),
        (Broken(bad=(1.0, 0.0)), FIRST_DAY),
        (Broken(bad=(math.nan, math.nan)), FIRST_DAY),
        (SERVED, None),
        (SERVED, weighing(math.nan)),
        (SERVED, weighing(1e308)),
        (SERVED, weighing(1e308, -1e308)),
        (policy_of("inverse-gap"), UNSURE),
        (policy_of("thompson"), UNSURE),
        (policy_of("linucb"), UNSURE),
    ],
)
def test_a_policy_that_fails_is_replaced_by_a_uniform_one_that_says_so(
    policy: Policy, believed: Posterior | None
) -> None:
    choice = choose(
        context(task(priority=1, due=SUNDAY), past=(past(tip(), timedelta(hours=5)),)),
        [tip(), advice()],
        posterior=believed,
        policy=policy,
        shadows=(policy,),
        seed=3,
    ).draw
    assert (choice.policy_id, choice.propensity, choice.floor) == ("uniform-fallback", 0.5, 0.5)
    assert [scored.probability for scored in choice.candidates] == [0.5, 0.5]
    assert [(shadow.policy_id, shadow.probabilities) for shadow in choice.shadows] == [
        ("uniform-fallback", (0.5, 0.5))
    ]


@given(st.integers(1, 300))
def test_any_number_of_candidates_alike_is_chosen_from_evenly(k: int) -> None:
    alike = [replace(advice(source=TipSource.LLM), candidate_id=f"l{index}") for index in range(k)]
    choice = chosen(context(now=MONDAY_9_BERLIN), *alike)
    assert {scored.probability for scored in choice.candidates} == {choice.propensity}
    assert choice.propensity == pytest.approx(1 / k)
