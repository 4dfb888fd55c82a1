"""Which policy serves: what a shadow must prove, the note, and what changes it."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.evaluation.paired import WEIGHT_CAPS, PairedLog
from core.bandit.policy import Policy
from core.deciding.active_policy import (
    PROMOTIONS_NOTE,
    ActivePolicies,
    Promotions,
    active_policies,
    policies_by,
    warn_once,
)
from core.deciding.decide import decide
from core.deciding.promotion import (
    ERROR_RATE,
    PromotionRefusal,
    PromotionVerdict,
    ShadowCohorts,
    examine,
    history,
    promote,
    roll_back,
    shadow_named,
    significance_level,
    update_cohorts,
    with_new_cohorts,
)
from core.errors import BadInput
from core.policies.catalog import policy_of
from core.records import Decision, Trigger
from core.store import Store
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore

GREEDY = policy_of("epsilon-greedy:epsilon=0.2")
SOFT = policy_of("softmax")
UNIFORM = policy_of("uniform")


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    """As in a process that has just begun."""
    warn_once.cache_clear()


def log(n: int, *, better: float, spread: float = 0.5) -> PairedLog:
    """n decisions of a shadow that does more often what earns 0.5 + ``better``, less often what earns 0.5."""
    rng = np.random.default_rng(0)
    good = rng.uniform(size=n) < 0.5
    return PairedLog(
        weights=np.where(good, 1 + spread, 1 - spread),
        rewards=(rng.uniform(size=n) < np.where(good, 0.5 + better, 0.5)).astype(float),
        excess=np.zeros((n, len(WEIGHT_CAPS))),
        known_before=np.arange(n),
    )


def here(store: Store | None = None) -> Scene:
    """GREEDY is configured, the others are shadows."""
    found = scene(store or FakeStore())
    return replace(found, deps=replace(found.deps, policy=GREEDY, shadows=(SOFT, UNIFORM)))


def ids(found: ActivePolicies) -> tuple[str, list[str]]:
    return found.policy.policy_id, [one.policy_id for one in found.shadows]


CONFIGURED = (GREEDY.policy_id, [SOFT.policy_id, UNIFORM.policy_id])


def noted(*policies: Policy, configured: Policy = GREEDY) -> str:
    names = tuple(policy.policy_id for policy in policies)
    return Promotions(configured=configured.policy_id, policies=names).as_text()


async def now(place: Scene) -> ActivePolicies:
    async with place.deps.store.read() as unit:
        return await active_policies(unit, place.deps)


async def put(place: Scene, note: str) -> None:
    async with place.deps.store.begin() as unit:
        await unit.notes.put(None, PROMOTIONS_NOTE, note)


# --- The proof ---------------------------------------------------------------------------------------------


def test_a_small_log_is_refused_without_a_figure() -> None:
    verdict = examine(log(150, better=0.5), error=ERROR_RATE)
    assert (verdict.refusal, verdict.figures, verdict.promotes) == (PromotionRefusal.TOO_FEW, None, False)
    assert verdict.weights.effective < 200


def test_an_empty_log_is_refused() -> None:
    nothing = PairedLog(
        weights=np.zeros(0),
        rewards=np.zeros(0),
        excess=np.zeros((0, len(WEIGHT_CAPS))),
        known_before=np.arange(0),
    )
    assert examine(nothing, error=ERROR_RATE).refusal is PromotionRefusal.TOO_FEW


def test_a_shadow_that_is_clearly_better_is_let_through_with_its_figures() -> None:
    verdict = examine(log(3000, better=0.3), error=ERROR_RATE)
    assert verdict.promotes
    assert verdict.figures is not None
    assert verdict.figures.earns == pytest.approx(0.65, abs=0.03)
    assert 0 < verdict.figures.least < verdict.figures.more == pytest.approx(0.075, abs=0.02)


@pytest.mark.parametrize("better", [0.0, -0.3])
def test_an_equal_or_worse_shadow_is_refused_with_its_figures(better: float) -> None:
    verdict = examine(log(3000, better=better), error=ERROR_RATE)
    assert verdict.refusal is PromotionRefusal.NOT_BETTER
    assert verdict.figures is not None
    assert verdict.figures.least <= 0


def test_a_shadow_that_does_the_same_is_never_better() -> None:
    verdict = examine(log(3000, better=0.3, spread=0.0), error=ERROR_RATE)
    assert verdict.refusal is PromotionRefusal.NOT_BETTER
    assert verdict.figures is not None
    assert verdict.figures.more == pytest.approx(0, abs=1e-12)


def test_probabilities_that_can_not_be_true_are_no_evidence() -> None:
    found = log(3000, better=0.3)
    assert (
        examine(replace(found, weights=found.weights * 1.3), error=ERROR_RATE).refusal
        is PromotionRefusal.UNSOUND
    )


def test_the_less_error_is_allowed_the_less_is_proved() -> None:
    found = log(3000, better=0.3)
    lax, strict = examine(found, error=ERROR_RATE), examine(found, error=ERROR_RATE / 4)
    assert (lax.error, strict.error) == (ERROR_RATE, ERROR_RATE / 4)
    assert lax.figures is not None
    assert strict.figures is not None
    assert strict.figures.least < lax.figures.least


def test_shadows_that_come_at_once_share_alike() -> None:
    assert significance_level("a", (("a",),)) == pytest.approx(0.8 * ERROR_RATE)
    assert significance_level("a", (("b", "a", "c"),)) == pytest.approx(0.8 * ERROR_RATE / 3)


def test_who_comes_later_takes_nothing_from_those_that_are_there() -> None:
    first = with_new_cohorts({"a": 3.0, "b": 3.0})
    later = with_new_cohorts({"a": 3.0, "c": 9.0, "b": 3.0, "d": 4.0, "e": 9.0})
    assert later == (("a", "b"), ("d",), ("c", "e"))
    assert significance_level("a", later) == significance_level("a", first)


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), min_size=1, max_size=8))
def test_however_many_shadows_come_and_whenever_all_stay_within_the_error_together(
    asked: list[list[int]],
) -> None:
    """Each time it is asked, the log says something else of when the first ones came."""
    cohorts: ShadowCohorts = ()
    given_out: dict[str, float] = {}
    for log_says in asked:
        since = {f"shadow {number}": float(at) for number, at in enumerate(log_says)}
        cohorts = with_new_cohorts(since, cohorts)
        for shadow in since:
            share = significance_level(shadow, cohorts)
            assert given_out.setdefault(shadow, share) == share
    assert math.fsum(given_out.values()) < ERROR_RATE


async def test_what_leaves_the_log_changes_no_order_that_was_asked_for(either: Store) -> None:
    """A joins on day 0, B on day 5; then the person with all decisions before day 5 is forgotten."""
    async with either.begin() as unit:
        before = await update_cohorts(unit, "x", {"a": 0.0, "b": 5.0})
        other = await update_cohorts(unit, "y", {"b": 5.0, "a": 5.0})
    async with either.begin() as unit:
        after = await update_cohorts(unit, "x", {"b": 5.0, "a": 5.0, "c": 0.0})
        again = await update_cohorts(unit, "y", {})
    assert before == (("a",), ("b",))
    assert after == (*before, ("c",))
    assert other == again == (("b", "a"),)


# --- Who serves --------------------------------------------------------------------------------------------


def test_without_a_note_the_configuration_holds() -> None:
    assert ids(policies_by(None, here().deps)) == CONFIGURED


def test_a_shadow_that_does_what_the_serving_policy_does_is_none() -> None:
    deps = replace(here().deps, policy=SOFT, shadows=(SOFT, UNIFORM))
    assert ids(policies_by(None, deps)) == (SOFT.policy_id, [UNIFORM.policy_id])


def test_who_was_replaced_is_a_shadow_from_then_on() -> None:
    assert ids(policies_by(noted(SOFT), here().deps)) == (
        SOFT.policy_id,
        [GREEDY.policy_id, UNIFORM.policy_id],
    )


def test_what_was_promoted_serves_on_when_it_is_no_longer_among_the_shadows() -> None:
    deps = replace(here().deps, shadows=(UNIFORM,))
    assert ids(policies_by(noted(SOFT), deps)) == (SOFT.policy_id, [GREEDY.policy_id, UNIFORM.policy_id])


def test_who_was_replaced_is_a_shadow_even_if_no_configuration_names_it() -> None:
    deps = replace(here().deps, shadows=())
    assert ids(policies_by(noted(SOFT, UNIFORM), deps)) == (
        UNIFORM.policy_id,
        [GREEDY.policy_id, SOFT.policy_id],
    )
    again = noted(SOFT, UNIFORM, SOFT)
    assert ids(policies_by(again, deps)) == (SOFT.policy_id, [GREEDY.policy_id, UNIFORM.policy_id])


def test_another_policy_in_the_configuration_has_the_last_word(caplog: pytest.LogCaptureFixture) -> None:
    deps = replace(here().deps, policy=UNIFORM, shadows=(SOFT,))
    with caplog.at_level(logging.WARNING):
        assert ids(policies_by(noted(SOFT), deps)) == (UNIFORM.policy_id, [SOFT.policy_id])
        policies_by(noted(SOFT), deps)
    assert caplog.text.count("the configuration names another policy") == 1


BAD_NOTES = [
    "",
    "softmax",
    "null",
    "[]",
    "{}",
    "\x00",
    '{"configured": 1, "policies": ["softmax"]}',
    *(
        json.dumps({"configured": GREEDY.policy_id, "policies": policies})
        for policies in ([], [7], None, "softmax", ["no-such-policy"], ["softmax:heat=1"], ["softmax:x"])
    ),
]


@pytest.mark.parametrize("note", BAD_NOTES)
async def test_a_note_that_makes_no_sense_is_logged_and_the_configured_policy_serves(
    note: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = here()
    await put(place, note)
    with caplog.at_level(logging.WARNING):
        decision = await decided(place)
        await now(place)
    assert draw_of(decision).policy_id == GREEDY.policy_id
    assert caplog.text.count("what was promoted can't be served") == 1


async def decided(place: Scene) -> Decision:
    person = await place.person(f"p{len(await place.events())}")
    await place.task("Pay the rent", person.person_id)
    return (await decide(person, place.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)).decision


# --- Promotion and roll-back -------------------------------------------------------------------------------


async def promoted(place: Scene, shadow: Policy, *, over: Policy = GREEDY) -> PromotionVerdict:
    verdict = examine(log(3000, better=0.3), error=ERROR_RATE)
    await promote(place.deps, shadow, verdict, over=over)
    return verdict


async def test_a_running_program_serves_what_was_promoted_in_its_next_decision(either: Store) -> None:
    running, operator = here(either), here(either)
    before = await decided(running)
    await promoted(operator, SOFT)
    after = await decided(running)

    assert draw_of(before).policy_id == GREEDY.policy_id
    assert draw_of(after).policy_id == SOFT.policy_id
    assert [one.policy_id for one in draw_of(after).shadows] == [GREEDY.policy_id, UNIFORM.policy_id]


async def test_a_promotion_is_an_event_with_what_it_rested_on(either: Store) -> None:
    place = here(either)
    verdict = await promoted(place, SOFT)
    async with either.read() as unit:
        (event,) = await history(unit)
    assert verdict.figures is not None
    assert (event.kind, event.person_id, event.happened_at) == ("policy.promoted", None, place.clock.now())
    assert event.data == {
        "policy_id": SOFT.policy_id,
        "over": GREEDY.policy_id,
        "decisions": 3000,
        "effective": verdict.weights.effective,
        "mean_weight": verdict.weights.mean,
        "error": ERROR_RATE,
        "earns": verdict.figures.earns,
        "more": verdict.figures.more,
        "least": verdict.figures.least,
    }


async def test_promotions_are_rolled_back_one_by_one(either: Store) -> None:
    place = here(either)
    await promoted(place, SOFT)
    await promoted(place, UNIFORM, over=SOFT)
    assert ids(await now(place)) == (UNIFORM.policy_id, [GREEDY.policy_id, SOFT.policy_id])
    assert (await roll_back(place.deps)).policy == SOFT
    assert ids(await roll_back(place.deps)) == CONFIGURED
    assert ids(await now(place)) == CONFIGURED
    with pytest.raises(BadInput, match="nothing_promoted"):
        await roll_back(place.deps)
    async with either.read() as unit:
        events = await history(unit)
    assert [(one.kind, one.data["policy_id"]) for one in events] == [
        ("policy.rolled_back", GREEDY.policy_id),
        ("policy.rolled_back", SOFT.policy_id),
        ("policy.promoted", UNIFORM.policy_id),
        ("policy.promoted", SOFT.policy_id),
    ]


@pytest.mark.parametrize("stale", [noted(SOFT, configured=UNIFORM), "{"])
async def test_going_back_clears_a_note_that_no_longer_holds(either: Store, stale: str) -> None:
    place = here(either)
    await put(place, stale)
    assert ids(await roll_back(place.deps)) == CONFIGURED
    async with either.read() as unit:
        assert await unit.notes.get(None, PROMOTIONS_NOTE) is None
        assert await history(unit) == ()  # nobody else serves than before
    with pytest.raises(BadInput, match="nothing_promoted"):
        await roll_back(place.deps)


async def test_a_refusal_can_not_be_overridden() -> None:
    place = here()
    with pytest.raises(ValueError, match="not proved"):
        await promote(place.deps, SOFT, examine(log(3000, better=0.0), error=ERROR_RATE), over=GREEDY)
    assert ids(await now(place)) == CONFIGURED


async def test_what_was_compared_with_a_policy_that_no_longer_serves_is_refused() -> None:
    place = here()
    await promoted(place, UNIFORM)
    with pytest.raises(BadInput, match="another_serves"):
        await promoted(place, SOFT)
    assert (await now(place)).policy == UNIFORM


async def test_a_promotion_after_the_configuration_changed_starts_again() -> None:
    place = here()
    await promoted(place, SOFT)
    changed = replace(place, deps=replace(place.deps, policy=UNIFORM, shadows=(GREEDY,)))
    await promoted(changed, GREEDY, over=UNIFORM)
    assert (await now(changed)).policy == GREEDY
    assert (await roll_back(changed.deps)).policy == UNIFORM


# --- Names -------------------------------------------------------------------------------------------------

SHARP, FLAT = policy_of("softmax:temperature=0.1"), policy_of("softmax:temperature=0.4")


@pytest.mark.parametrize("name", ["uniform", SHARP.policy_id])
def test_a_shadow_goes_by_its_id_or_by_a_name_that_it_has_alone(name: str) -> None:
    found = ActivePolicies(policy=GREEDY, shadows=(SHARP, FLAT, UNIFORM))
    assert shadow_named(name, found) in (UNIFORM, SHARP)


@pytest.mark.parametrize(
    ("name", "hint", "names"),
    [
        ("softmax", "which_shadow", (SHARP, FLAT)),
        ("softmux", "unknown_shadow", (SHARP, FLAT, UNIFORM)),
        ("", "unknown_shadow", (SHARP, FLAT, UNIFORM)),
        ("epsilon-greedy", "serves_already", (SHARP, FLAT, UNIFORM)),
        (GREEDY.policy_id, "serves_already", (SHARP, FLAT, UNIFORM)),
    ],
)
def test_other_names_are_answered_with_those_there_are(
    name: str, hint: str, names: tuple[Policy, ...]
) -> None:
    with pytest.raises(BadInput) as refused:
        shadow_named(name, ActivePolicies(policy=GREEDY, shadows=(SHARP, FLAT, UNIFORM)))
    assert refused.value.hint == hint
    assert refused.value.values["names"] == "\n".join(one.policy_id for one in names)


@pytest.mark.parametrize("name", ["softmax", GREEDY.policy_id])
def test_without_shadows_there_is_nobody_to_name(name: str) -> None:
    with pytest.raises(BadInput, match="no_shadows"):
        shadow_named(name, ActivePolicies(policy=GREEDY, shadows=()))
