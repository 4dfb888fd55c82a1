"""Forgotten rewards stay forgotten, whatever is tapped and undone later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.learning.corrections import undo_correction
from core.learning.model_state import deserialize, serialize
from core.learning.update import retract_reward, reward_ignored_tips
from core.records import Correction, CorrectionState, Decision, Signal
from core.store import Store
from tests.core.taps import tapped, tip, undone
from tests.core.worlds import DONE, Scene, scene
from tests.decisions import draw_of


@pytest.mark.parametrize("reward_before", ["silence", "done"])
async def test_a_tap_on_a_forgotten_tip_that_is_undone_leaves_it_forgotten(
    either: Store, reward_before: str
) -> None:
    here = scene(either)
    decision = await tip(here)
    if reward_before == "done":
        await tapped(here, decision, DONE)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    said = await forgotten(here, decision)
    before = await here.model_of("ada"), await here.reward(decision)

    if reward_before == "silence":
        await tapped(here, decision, DONE)
    await undone(here, decision)

    given = await here.reward(decision)
    assert given is not None
    assert (given.source, given.learned) == (Signal.SILENCE, False)
    assert await here.model_of("ada") == before[0] == serialize(deserialize(None))
    if reward_before == "silence":
        assert given == before[1]
    await undo_correction(await here.stored(), here.deps, said.correction_id)
    assert await here.model_of("ada") == await here.replayed("ada") != before[0]


async def test_silence_that_comes_after_the_word_on_a_tip_is_learned(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await tapped(here, decision, DONE)
    await forgotten(here, decision)
    await undone(here, decision)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    given = await here.reward(decision)
    assert given is not None
    assert (given.source, given.learned) == (Signal.SILENCE, True)


async def forgotten(here: Scene, decision: Decision) -> Correction:
    """Ada's *forget* for a belief that rests on one tip."""
    said = Correction(
        correction_id="k1",
        person_id="ada",
        belief="task",
        state=CorrectionState.FORGOTTEN,
        decisions=(decision.decision_id,),
        feature_version=draw_of(decision).feature_version,
        given_at=here.clock.now(),
    )
    reward = await here.reward(decision)
    assert reward is not None
    async with here.deps.store.begin() as unit:
        await retract_reward(unit, decision, await unit.people.get("ada"), here.deps, reward)
        await unit.reactions.put_reward(replace(reward, learned=False))
        await unit.corrections.put(said)
    return said
