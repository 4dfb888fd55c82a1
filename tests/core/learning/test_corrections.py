"""Right, wrong, forget: how each changes the model, and that undo restores every bit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bandit.grid import on_grid
from core.delivery.reactions import react, undo
from core.errors import NotFound
from core.learning.beliefs import Beliefs, beliefs, evidence_of
from core.learning.corrections import (
    MAX_PSEUDO_OBSERVATIONS,
    forget_belief,
    mark_right,
    mark_wrong,
    observations_of,
    undo_correction,
)
from core.learning.model_state import POPULATION, deserialize
from core.learning.refit import refresh_if_due
from core.people.privacy import export, forget
from core.policies.features import mask_wording
from core.records import Correction, CorrectionState, Purpose, Signal, TipKind
from core.store import Store
from tests.core.histories import EVENING, Past, days, lived, two_sided
from tests.core.worlds import DID_IT, DISMISS, DONE, Scene, scene
from tests.fakes.store import FakeStore

SAY = {"right": mark_right, "wrong": mark_wrong, "forget": forget_belief}


async def had(here: Scene, past: Iterable[Past], person_id: str = "ada") -> None:
    await lived(here.deps.store, here.clock.now(), past, person_id)


async def scene_with_beliefs(store: Store) -> Scene:
    """Ada, with beliefs about her, and Bob, without."""
    here = scene(store)
    await here.person()
    await here.person("bob")
    await had(here, two_sided())
    await had(here, days(1, *[Signal.DONE] * 3), "bob")
    return here


async def model(here: Scene) -> tuple[bytes, bytes, bytes]:
    """The stored model: the population and both people."""
    return await here.model_of(POPULATION), await here.model_of("ada"), await here.model_of("bob")


async def held(here: Scene) -> Beliefs:
    return await beliefs(await here.stored(), here.deps)


async def say(here: Scene, what: str, code: str = "task") -> Correction:
    correction = await SAY[what](await here.stored(), here.deps, code)
    assert correction is not None
    return correction


async def corrections(here: Scene) -> tuple[Correction, ...]:
    async with here.deps.store.read() as unit:
        return await unit.corrections.of("ada")


# --- Right -------------------------------------------------------------------------------------------------


async def test_right_is_remembered_and_teaches_nothing(either: Store) -> None:
    here = await scene_with_beliefs(either)
    before = await model(here)

    correction = await say(here, "right")

    assert await model(here) == before
    belief = (await held(here)).named("task")
    assert belief is not None
    assert belief.correction == correction
    assert (correction.state, correction.count) == (CorrectionState.RIGHT, 0)


# --- Wrong -------------------------------------------------------------------------------------------------


async def test_wrong_teaches_that_the_mean_tip_behind_it_is_like_the_others(either: Store) -> None:
    here = await scene_with_beliefs(either)
    async with here.deps.store.read() as unit:
        evidence = await evidence_of(unit, await here.stored(), here.clock.now())
    behind = [tip for tip in evidence if tip.kind is TipKind.TASK]
    others = [tip for tip in evidence if tip.kind is TipKind.ADVICE]
    before = deserialize(await here.model_of("ada"))

    correction = await say(here, "wrong")

    assert correction.features == mask_wording(
        tuple(on_grid(np.mean([tip.features for tip in behind], axis=0)))
    )
    assert correction.value == on_grid(np.mean([tip.value for tip in others]))
    assert correction.count == 9  # half of 18
    assert deserialize(await here.model_of("ada")).count == before.count + 9
    assert (await held(here)).named("task") is None
    assert (await held(here)).wrong == (correction,)


async def test_wrong_teaches_ten_times_at_most(here: Scene) -> None:
    await here.person()
    await had(here, days(1, *[Signal.DONE] * 30))
    await had(here, days(1, *[Signal.SILENCE] * 9, hour=EVENING, kind=TipKind.ADVICE))
    assert (await say(here, "wrong")).count == MAX_PSEUDO_OBSERVATIONS


async def test_who_does_not_want_to_teach_is_heard_all_the_same(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    await here.allow(Purpose.LEARNING, granted=False)
    before = await here.model_of("ada")

    correction = await say(here, "wrong")

    assert correction.count == 0
    assert await here.model_of("ada") == before
    assert (await held(here)).named("task") is None


async def test_relearning_from_the_log_includes_what_was_corrected(either: Store) -> None:
    here = await scene_with_beliefs(either)
    await say(here, "wrong")
    await say(here, "forget", "advice")
    before = await model(here)
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: b"damaged", "ada": b"damaged"})

    assert await refresh_if_due(here.deps)

    assert await model(here) == before


async def test_a_correction_under_older_features_teaches_the_same_by_todays(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    correction = await say(here, "wrong")
    old = replace(correction, feature_version="0", features=(1.0, 0.5))
    async with here.deps.store.read() as unit:
        assert await observations_of(unit, old) == await observations_of(unit, correction)


# --- Forget ------------------------------------------------------------------------------------------------


async def test_forget_leaves_a_model_that_never_saw_those_rewards(either: Store) -> None:
    here = await scene_with_beliefs(either)
    elsewhere = scene(FakeStore())
    await elsewhere.person()
    await elsewhere.person("bob")
    await had(elsewhere, [past for past in two_sided() if past.kind is not TipKind.TASK])
    await had(elsewhere, days(1, *[Signal.DONE] * 3), "bob")

    correction = await say(here, "forget")

    assert await model(here) == await model(elsewhere)
    assert len(correction.decisions) == 18
    async with here.deps.store.read() as unit:
        rewards = [await unit.reactions.reward(decision_id) for decision_id in correction.decisions]
    assert [reward.learned for reward in rewards if reward] == [False] * 18


async def test_what_is_forgotten_is_no_evidence_any_more_and_new_tips_are(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    await say(here, "forget")
    assert ((await held(here)).shown, (await held(here)).held) == (9, ())

    await had(here, days(30, *[Signal.DONE] * 12))

    belief = (await held(here)).named("task")
    assert belief is not None
    assert (belief.done, belief.shown, belief.correction) == (12, 12, None)


async def test_a_tap_that_is_undone_after_its_reward_was_forgotten_changes_nothing_more(here: Scene) -> None:
    await here.person()
    await had(here, two_sided())
    correction = await say(here, "forget")
    before = await here.model_of("ada")
    async with here.deps.store.begin() as unit:
        await unit.reactions.drop_reward(correction.decisions[0])

    await undo_correction(await here.stored(), here.deps, correction.correction_id)

    assert deserialize(await here.model_of("ada")).count == deserialize(before).count + 17


async def test_what_becomes_of_a_forgotten_tip_later_counts_and_every_step_can_be_undone(
    either: Store,
) -> None:
    here = await scene_with_beliefs(either)
    before = await model(here)
    correction = await say(here, "forget")
    forgotten = await model(here)
    decision_id = correction.decisions[0]
    ada = await here.stored()

    await react(decision_id, ada, here.deps, kind=DONE)

    async with here.deps.store.read() as unit:
        given = await unit.reactions.reward(decision_id)
    assert given is not None
    assert (given.learned, given.source) == (True, Signal.DONE_LATE)
    assert (await held(here)).shown == 9 + 1
    assert await model(here) != forgotten
    await undo(decision_id, ada, here.deps)
    assert await model(here) == forgotten

    await react(decision_id, ada, here.deps, kind=DONE)
    await undo_correction(ada, here.deps, correction.correction_id)
    assert (await held(here)).shown == 9 + 18
    elsewhere = await scene_with_beliefs(FakeStore())
    await react(decision_id, await elsewhere.stored(), elsewhere.deps, kind=DONE)
    assert await model(here) == await model(elsewhere) != before


# --- Taking back -------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    words=st.lists(
        st.tuples(st.sampled_from(["right", "wrong", "forget"]), st.sampled_from(["task", "advice"])),
        min_size=1,
        max_size=4,
    ),
    order=st.randoms(use_true_random=False),
)
def test_whatever_was_said_and_taken_back_leaves_the_very_same_bytes(
    words: list[tuple[str, str]], order: Random
) -> None:
    async def play() -> None:
        here = await scene_with_beliefs(FakeStore())
        before, believed = await model(here), await held(here)
        for what, code in words:
            await SAY[what](await here.stored(), here.deps, code)
        active = list(await corrections(here))
        order.shuffle(active)
        for correction in active:
            assert (
                await undo_correction(await here.stored(), here.deps, correction.correction_id) == correction
            )
        assert await model(here) == before
        assert await held(here) == believed

    asyncio.run(play())


@pytest.mark.parametrize("what", SAY)
async def test_learn_then_say_then_undo_leaves_the_very_same_bytes(either: Store, what: str) -> None:
    here = await scene_with_beliefs(either)
    before, believed = await model(here), await held(here)
    correction = await say(here, what)
    here.clock.move(hours=3)
    await undo_correction(await here.stored(), here.deps, correction.correction_id)
    assert await model(here) == before
    assert await held(here) == believed
    again = await undo_correction(await here.stored(), here.deps, correction.correction_id)
    assert again
    assert again.state is CorrectionState.WITHDRAWN, "undone once more, it stays so"
    assert await model(here) == before


@pytest.mark.parametrize("what", SAY)
async def test_the_same_word_again_is_the_first(either: Store, what: str) -> None:
    """A tap is handled again if the process died just after it."""
    here = await scene_with_beliefs(either)
    first = await say(here, what)
    before = await model(here), await corrections(here)
    assert await say(here, what) == first
    assert (await model(here), await corrections(here)) == before


async def test_a_second_word_takes_the_place_of_the_first(either: Store) -> None:
    here = await scene_with_beliefs(either)
    before = await model(here)
    await say(here, "right")
    wrong = await say(here, "wrong")
    assert await corrections(here) == (wrong,)
    await undo_correction(await here.stored(), here.deps, wrong.correction_id)
    assert await model(here) == before


async def test_nobody_takes_back_what_another_said(here: Scene) -> None:
    await here.person()
    bob = await here.person("bob")
    await had(here, two_sided())
    correction = await say(here, "wrong")
    assert await undo_correction(bob, here.deps, correction.correction_id) is None
    with pytest.raises(NotFound):
        await undo_correction(bob, here.deps, "no such")
    assert await corrections(here) == (correction,)


@pytest.mark.parametrize("what", SAY)
async def test_what_is_not_believed_can_not_be_corrected(here: Scene, what: str) -> None:
    await here.person()
    await had(here, two_sided())
    before = await here.model_of("ada")
    for code in ("topic:rent", "weekend", ""):
        assert await SAY[what](await here.stored(), here.deps, code) is None
    assert await here.model_of("ada") == before


# --- Privacy -----------------------------------------------------------------------------------------------


async def test_who_leaves_takes_their_corrections_along(either: Store) -> None:
    here = await scene_with_beliefs(either)
    await say(here, "wrong")
    assert b'"corrections"' in await export(await here.stored(), here.deps)
    assert b'"belief": "task"' in await export(await here.stored(), here.deps)

    await forget(await here.stored(), here.deps)

    assert await here.model_of(POPULATION) == await here.model_of("bob")
    assert await corrections(here) == ()


async def test_events_of_corrections_hold_no_personal_word(here: Scene) -> None:
    await here.person()
    tips = [Past(days=day, topic="divorce", kind=TipKind.ADVICE) for day in range(1, 9)]
    await had(here, [*tips, *days(1, *[Signal.SILENCE] * 9, hour=EVENING)])
    await say(here, "wrong", "topic:divorce" if (await held(here)).named("topic:divorce") else "advice")
    event = (await here.events())[-1]
    assert event.kind == "belief.corrected"
    assert "divorce" not in str(event.data)


async def test_a_forgotten_tip_that_was_done_already_teaches_nothing_when_the_word_is_taken_back(
    here: Scene,
) -> None:
    await here.person()
    await had(here, two_sided())
    correction = await say(here, "forget")
    before = deserialize(await here.model_of("ada")).count
    await react(correction.decisions[0], await here.stored(), here.deps, kind=DISMISS, reason=DID_IT)
    await undo_correction(await here.stored(), here.deps, correction.correction_id)
    assert deserialize(await here.model_of("ada")).count == before + 17
