"""Undo: everything is as if the tip had never been tapped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.feedback import Verdict
from core.model import DismissReason, Due, ReactionKind, TaskState
from core.preferences import change, mute
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.taps import rent, standing, tapped, tip, undone, value
from tests.core.worlds import DAY, DID_IT, DISMISS, DONE, NEVER_TOPIC, NOT_THIS, Scene, scene

RENT = "oo-Pay the rent"


@pytest.mark.parametrize("at_once", [True, False])
async def test_did_it_completes_the_task_and_undo_opens_it(here: Scene, at_once: bool) -> None:
    decision = await tip(here)
    if not at_once:
        await tapped(here, decision, DISMISS)
    await tapped(here, decision, DISMISS, DID_IT)
    assert (await rent(here)).state is TaskState.DONE
    assert await value(here, decision) == 0.0

    await undone(here, decision)
    assert (await rent(here)).state is TaskState.OPEN


async def test_undo_of_did_it_leaves_alone_what_was_done_before(here: Scene) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS)
    here.clock.move(minutes=1)
    async with here.world.store.begin() as unit:
        elsewhere = replace(await unit.tasks.get(RENT), state=TaskState.DONE, done_at=here.clock.now())
        await unit.tasks.put(elsewhere)
    here.clock.move(minutes=1)

    await tapped(here, decision, DISMISS, DID_IT)
    await undone(here, decision)

    assert await rent(here) == elsewhere


@pytest.mark.parametrize("at_once", [True, False])
async def test_never_mutes_the_topic_and_undo_unmutes_it(here: Scene, at_once: bool) -> None:
    decision = await tip(here)
    if not at_once:
        await tapped(here, decision, DISMISS)
    await tapped(here, decision, DISMISS, NEVER_TOPIC)
    assert (await here.stored()).preferences.muted == ("pay the rent",)
    here.clock.move(days=30)
    assert (await here.slot("2027-07-14 13:00")).tip is None

    await undone(here, decision)
    assert (await here.stored()).preferences.muted == ()


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_topic_that_was_muted_before_the_tap_stays_muted_after_its_undo(
    either: Store, at_once: bool
) -> None:
    here = scene(either)
    decision = await tip(here)
    await change(await here.stored(), here.world, mute("Pay, the RENT"), what="mute")
    if not at_once:
        await tapped(here, decision, DISMISS)
    await tapped(here, decision, DISMISS, NEVER_TOPIC)
    await undone(here, decision)
    assert (await here.stored()).preferences.muted == ("pay the rent",)


async def test_undo_keeps_other_muted_topics(here: Scene) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS, NEVER_TOPIC)
    await change(await here.stored(), here.world, mute("Sport!"), what="mute")
    assert (await here.stored()).preferences.muted == ("pay the rent", "sport")
    await undone(here, decision)
    assert (await here.stored()).preferences.muted == ("sport",)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(DONE, None), (DISMISS, None), (DISMISS, NOT_THIS), (DISMISS, NEVER_TOPIC), (DISMISS, DID_IT)],
)
async def test_undo_leaves_everything_as_if_never_tapped(
    either: Store, kind: ReactionKind, reason: DismissReason | None
) -> None:
    here = scene(either)
    decision = await tip(here, due=Due(on=NOW.date()))
    before = await rent(here), await here.stored(), await here.model_of(), await here.model_of("ada")

    await tapped(here, decision, kind, reason)
    outcome = await undone(here, decision)

    assert (outcome.verdict, outcome.reaction, outcome.task) == (Verdict.TAKEN, None, before[0])
    after = await rent(here), await here.stored(), await here.model_of(), await here.model_of("ada")
    assert after == before
    assert await here.reward(decision) is None
    assert (await here.kinds())[-1] == "reaction.undone"


async def test_a_second_undo_has_nothing_to_undo(here: Scene) -> None:
    decision = await tip(here)
    assert (await undone(here, decision)).verdict is Verdict.NOTHING
    await tapped(here, decision, DONE)
    await undone(here, decision)
    events = await here.events()
    assert (await undone(here, decision)).verdict is Verdict.NOTHING
    assert await here.events() == events


async def test_after_an_undo_the_tip_can_be_tapped_anew(here: Scene) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS)
    await undone(here, decision)
    assert (await tapped(here, decision, DONE)).verdict is Verdict.TAKEN
    assert await value(here, decision) == 1.0
    assert len(await standing(here, decision)) == 1


async def test_a_repeating_task_moves_on_and_undo_brings_its_date_back(either: Store) -> None:
    here = scene(either)
    today = Due(on=NOW.date())
    decision = await tip(here, due=today, repeats="FREQ=DAILY")

    outcome = await tapped(here, decision, DONE)
    assert outcome.moved_to == Due(on=NOW.date() + DAY)
    assert (await rent(here)).state is TaskState.OPEN
    undo_outcome = await undone(here, decision)

    assert undo_outcome.moved_to is None
    assert (await rent(here)).due == today
    assert (await rent(here)).done_at is None
