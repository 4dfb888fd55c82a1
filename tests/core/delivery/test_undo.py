"""Undo: everything is as if the tip had never been tapped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.tip_status import TapResult
from core.learning.model_state import POPULATION
from core.learning.update import reward_ignored_tips
from core.people.muting import mute
from core.people.preferences import change
from core.records import Decision, DismissReason, Due, ReactionKind, TaskPatch, TaskState
from core.store import Store
from core.tasks.changes import change_task, remove_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.taps import rent, snoozed, standing, tapped, tip, undone, value
from tests.core.worlds import DAY, DID_IT, DISMISS, DONE, NEVER_TOPIC, NOT_NOW, NOT_THIS, Scene, scene
from tests.fakes.store import FakeStore

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
    async with here.deps.store.begin() as unit:
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
    await change(await here.stored(), here.deps, mute("Pay, the RENT"), what="mute")
    if not at_once:
        await tapped(here, decision, DISMISS)
    await tapped(here, decision, DISMISS, NEVER_TOPIC)
    await undone(here, decision)
    assert (await here.stored()).preferences.muted == ("pay the rent",)


async def test_undo_keeps_other_muted_topics(here: Scene) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS, NEVER_TOPIC)
    await change(await here.stored(), here.deps, mute("Sport!"), what="mute")
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

    assert (outcome.result, outcome.reaction, outcome.task) == (TapResult.ACCEPTED, None, before[0])
    after = await rent(here), await here.stored(), await here.model_of(), await here.model_of("ada")
    assert after == before
    assert await here.reward(decision) is None
    assert (await here.kinds())[-1] == "reaction.undone"


async def test_a_second_undo_has_nothing_to_undo(here: Scene) -> None:
    decision = await tip(here)
    assert (await undone(here, decision)).result is TapResult.NOTHING_TO_UNDO
    await tapped(here, decision, DONE)
    await undone(here, decision)
    events = await here.events()
    assert (await undone(here, decision)).result is TapResult.NOTHING_TO_UNDO
    assert await here.events() == events


async def test_after_an_undo_the_tip_can_be_tapped_again(here: Scene) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS)
    await undone(here, decision)
    assert (await tapped(here, decision, DONE)).result is TapResult.ACCEPTED
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


async def test_an_undo_keeps_the_date_to_which_a_repeating_task_was_moved_since(either: Store) -> None:
    here = scene(either)
    decision = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    await tapped(here, decision, DONE)
    friday = Due(on=NOW.date() + 4 * DAY)
    await change_task(RENT, await here.stored(), here.deps, TaskPatch(due=friday), zone=BERLIN)

    await undone(here, decision)

    assert (await rent(here)).due == friday
    assert (await rent(here)).done_at is None


# --- Whatever was tapped before ----------------------------------------------------------------------------

Act = Callable[[Scene, Decision], Awaitable[object]]


async def _time_passes(here: Scene, _: Decision) -> None:
    here.clock.move(hours=3)


async def _nobody_reacts_in_time(here: Scene, decision: Decision) -> None:
    here.clock.time = max(here.clock.now(), decision.decided_at + timedelta(hours=8, seconds=1))
    await reward_ignored_tips(here.deps)


ACTS: tuple[Act, ...] = (
    _time_passes,
    _nobody_reacts_in_time,
    undone,
    partial(snoozed, hours=1),
    partial(tapped, kind=DONE),
    partial(tapped, kind=DISMISS),
    *(partial(tapped, kind=DISMISS, reason=reason) for reason in DismissReason),
)


async def _models(acts: Sequence[Act], place: int) -> list[bytes]:
    """What is known of all, of Ada and of Bob after she did all this. Bob dismisses his own tip before, and
    says why after so many of her acts.
    """
    here = scene(FakeStore())
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Task of {name}", name)
    await here.slot()
    decision, other = await here.latest("ada"), await here.latest("bob")
    await tapped(here, other, DISMISS)
    for act in acts[:place]:
        await act(here, decision)
    await tapped(here, other, DISMISS, NOT_NOW)
    for act in acts[place:]:
        await act(here, decision)
    return [await here.model_of(scope) for scope in (POPULATION, "ada", "bob")]


async def test_undo_of_a_late_tap_brings_the_reward_of_silence_back_at_once(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await _nobody_reacts_in_time(here, decision)
    ignored = await here.model_of("ada"), await here.reward(decision)
    here.clock.move(days=40)

    await tapped(here, decision, DONE)
    assert await here.model_of("ada") != ignored[0]
    await undone(here, decision)

    assert (await here.model_of("ada"), await here.reward(decision)) == ignored


@settings(max_examples=60, deadline=None, derandomize=True)
@given(acts=st.lists(st.sampled_from(ACTS), max_size=8), place=st.integers(0, 10))
def test_what_is_taken_back_leaves_the_bytes_of_a_model_that_never_saw_it(
    acts: list[Act], place: int
) -> None:
    async def both() -> tuple[list[bytes], list[bytes]]:
        tapped_and_undone: list[Act] = [*acts, partial(tapped, kind=DONE), undone, _nobody_reacts_in_time]
        return await _models(tapped_and_undone, place), await _models((_nobody_reacts_in_time,), 0)

    seen, never_saw = asyncio.run(both())
    assert seen == never_saw


async def test_undo_of_a_late_tap_about_a_task_that_was_removed_is_no_silence(here: Scene) -> None:
    """A removed task is neither followed nor ignored."""
    decision = await tip(here)
    await tapped(here, decision, DISMISS)
    await remove_task(RENT, await here.stored(), here.deps)
    here.clock.move(days=40)
    await undone(here, decision)
    assert await here.reward(decision) is None
    assert await here.model_of() == await here.replayed("ada")
