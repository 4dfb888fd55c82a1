"""A task that is done without a tap: the tip about it helped all the same, and an undo takes that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.delivery.reactions import react
from core.delivery.tip_status import TapResult, latest_unanswered
from core.errors import SendUnknown
from core.learning.model_state import deserialize, serialize
from core.learning.update import reward_ignored_tips
from core.records import Decision, DismissReason, Due, ReactionKind, TaskState
from core.store import Store
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.taps import RENT, snoozed, tapped, tip, undone
from tests.core.worlds import DID_IT, DISMISS, DONE, HOUR, NOT_NOW, Scene, scene

NOTHING = serialize(deserialize(None))


async def listed_as_done(here: Scene, task_id: str = RENT) -> None:
    """The task is ticked off in the list, a moment later."""
    here.clock.move(minutes=1)
    async with here.deps.store.begin() as unit:
        await complete_task(unit, await unit.tasks.get(task_id), here.deps, zone=BERLIN)


async def opened_again(here: Scene, task_id: str = RENT) -> None:
    async with here.deps.store.begin() as unit:
        await reopen_task(unit, await unit.tasks.get(task_id), here.deps, due=None)


async def given(here: Scene, decision: Decision) -> tuple[str, float] | None:
    """Source and value of the reward."""
    found = await here.reward(decision)
    return (found.source, found.value) if found else None


async def test_a_task_that_is_ticked_off_in_the_list_rewards_its_tip(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await listed_as_done(here)
    assert await given(here, decision) == ("done_elsewhere", 0.5)
    assert (await here.kinds())[-2:] == ["reward.given", "tip.followed"]
    assert await here.model_of() == await here.replayed("ada") != NOTHING

    assert (await tapped(here, decision, DONE)).result is TapResult.GONE
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0


async def test_a_task_that_is_done_in_its_own_source_rewards_its_tip(either: Store) -> None:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    await here.outside_task("Call Ann", due=Due(on=NOW.date()))
    decision = await here.slot()
    here.todoist.open.clear()
    here.clock.move(minutes=5)
    await refresh(await here.stored(), here.deps)
    assert await given(here, decision) == ("done_elsewhere", 0.5)
    assert await here.model_of() == await here.replayed("ada") != NOTHING


async def test_a_repeating_task_that_moved_on_in_its_own_source_rewards_its_tip(either: Store) -> None:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    task = await here.outside_task("Water the plants", due=Due(on=NOW.date()), repeats="every week")
    decision = await here.slot()
    here.todoist.open[task.task_id] = replace(task, due=Due(on=NOW.date() + timedelta(weeks=1)))
    here.clock.move(minutes=5)
    await refresh(await here.stored(), here.deps)
    assert await given(here, decision) == ("done_elsewhere", 0.5)
    assert await here.model_of() == await here.replayed("ada") != NOTHING


async def test_a_task_that_is_opened_again_in_its_own_source_takes_the_reward_back(either: Store) -> None:
    here = scene(either, todoist=True)
    await here.person()
    await here.connect()
    task = await here.outside_task("Call Ann", due=Due(on=NOW.date()))
    decision = await here.slot()
    del here.todoist.open[task.task_id]
    here.clock.move(minutes=5)
    await refresh(await here.stored(), here.deps)
    assert await given(here, decision) == ("done_elsewhere", 0.5)
    here.todoist.open[task.task_id] = task
    here.clock.move(minutes=5)
    await refresh(await here.stored(), here.deps)
    assert await given(here, decision) is None
    assert await here.model_of() == NOTHING


async def test_opening_it_again_takes_the_reward_back(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await listed_as_done(here)
    await opened_again(here)
    assert await given(here, decision) is None
    assert await here.model_of() == await here.model_of("ada") == NOTHING
    assert (await tapped(here, decision, DONE)).result is TapResult.ACCEPTED
    assert await given(here, decision) == ("done", 1.0)


async def test_opening_it_again_days_later_does_so_too(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await listed_as_done(here)
    here.clock.move(days=9)
    await opened_again(here)
    assert await given(here, decision) is None
    assert await here.model_of() == await here.model_of("ada") == NOTHING


async def test_opening_it_again_leaves_a_later_tip_alone(either: Store) -> None:
    here = scene(either)
    first = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    await listed_as_done(here)
    second = await here.slot("2027-06-15 09:00")
    assert second.tip is not None
    await opened_again(here)
    assert (await given(here, first), await given(here, second)) == (None, None)
    assert await here.model_of() == NOTHING


@pytest.mark.parametrize("reason", [None, NOT_NOW])
async def test_a_reaction_counts_for_more_than_the_outcome(here: Scene, reason: None) -> None:
    decision = await tip(here)
    await tapped(here, decision, DISMISS, reason)
    before = await given(here, decision)
    await listed_as_done(here)
    assert await given(here, decision) == before
    await opened_again(here)
    assert await given(here, decision) == before


async def test_a_snoozed_tip_keeps_its_reward(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    await listed_as_done(here)
    assert await given(here, decision) == ("snooze", 0.125)


async def test_a_tip_that_may_not_have_arrived_did_not_help(here: Scene) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here)
    await listed_as_done(here)
    assert await given(here, decision) is None
    assert await here.model_of() == NOTHING


@pytest.mark.parametrize("repeats", [None, "FREQ=DAILY"])
async def test_a_tap_that_proves_it_arrived_lets_it_have_helped(here: Scene, repeats: str | None) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here, due=Due(on=NOW.date()), repeats=repeats)
    await listed_as_done(here)
    here.clock.move(days=1)

    outcome = await react(decision.decision_id, await here.stored(), here.deps, kind=DONE, message_id="m1")

    assert outcome.result is TapResult.GONE
    assert await given(here, decision) == ("done_elsewhere", 0.5)
    assert await here.model_of() == await here.replayed("ada") != NOTHING
    assert await reward_ignored_tips(here.deps) == 0
    await opened_again(here)
    assert await here.model_of() == NOTHING


async def test_such_a_tap_proves_nothing_about_a_task_that_was_done_too_late(here: Scene) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here)
    here.clock.move(hours=9)
    await listed_as_done(here)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE, message_id="m1")
    assert await given(here, decision) is None
    assert await reward_ignored_tips(here.deps) == 1
    assert await given(here, decision) == ("silence", -0.0625)


async def test_after_the_wait_time_it_was_not_the_tip(here: Scene) -> None:
    decision = await tip(here)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    await listed_as_done(here)
    assert await given(here, decision) == ("silence", -0.0625)


async def test_a_task_without_a_tip_rewards_nothing(here: Scene) -> None:
    decision = await tip(here)
    await here.task("Call Ann")
    await listed_as_done(here, "oo-Call Ann")
    assert await given(here, decision) is None


# --- By a tap on another tip about it ----------------------------------------------------------------------


async def returned(here: Scene) -> list[Decision]:
    """The tip about the rent was snoozed and came back: the first and the second decision."""
    first = await tip(here)
    await snoozed(here, first, hours=1)
    here.clock.move(hours=1)
    await here.tick()
    second = await here.latest()
    assert second.decision_id != first.decision_id
    here.clock.move(minutes=1)
    return [first, second]


@pytest.mark.parametrize(("kind", "reason"), [(DONE, None), (DISMISS, DID_IT)])
async def test_done_on_the_older_tip_rewards_the_newer_and_undo_takes_that_back(
    either: Store, kind: ReactionKind, reason: DismissReason | None
) -> None:
    here = scene(either)
    first, second = await returned(here)

    await tapped(here, first, kind, reason)

    assert await given(here, second) == ("done_elsewhere", 0.5)
    assert "tip.followed" in await here.kinds()
    assert await here.model_of() == await here.replayed("ada") != NOTHING
    await undone(here, first)
    assert (await given(here, first), await given(here, second)) == (None, None)
    assert await here.model_of() == await here.model_of("ada") == NOTHING


@pytest.mark.parametrize("again", [None, NOW + timedelta(hours=20)])
async def test_such_a_reward_is_retracted_whatever_happened_to_the_task_since(
    here: Scene, again: datetime | None
) -> None:
    first, second = await returned(here)
    await tapped(here, first, DONE)
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(replace(await unit.tasks.get(RENT), state=TaskState.OPEN, done_at=again))
    here.clock.move(days=1)
    await undone(here, first)
    assert await given(here, second) is None


async def test_done_on_the_newer_tip_says_nothing_of_the_older(here: Scene) -> None:
    first, second = await returned(here)
    before = await given(here, first)
    await tapped(here, second, DONE)
    assert (await given(here, first), await given(here, second)) == (before, ("done_late", 0.75))


async def test_a_dismissal_of_the_older_tip_says_nothing_of_the_newer(here: Scene) -> None:
    first, second = await returned(here)
    await tapped(here, first, DISMISS)
    assert await given(here, second) is None


async def test_a_newer_tip_that_was_ignored_by_then_stays_ignored(here: Scene) -> None:
    first, second = await returned(here)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    for act in (tapped(here, first, DONE), undone(here, first)):
        await act
        assert await given(here, second) == ("silence", -0.0625)


# --- The latest tip ----------------------------------------------------------------------------------------


async def test_the_latest_tip_is_asked_about_until_it_is_answered_or_too_old(here: Scene) -> None:
    decision = await tip(here)
    ada, shown = await here.stored(), here.clock.now()
    found = await latest_unanswered(ada, here.deps, since=shown)
    assert found is not None
    assert found.decision.decision_id == decision.decision_id
    assert await latest_unanswered(ada, here.deps, since=shown + HOUR) is None
    await react(decision.decision_id, ada, here.deps, kind=DISMISS)
    assert await latest_unanswered(ada, here.deps, since=shown) is None


async def test_a_tip_whose_task_is_done_is_not_asked_about(here: Scene) -> None:
    await tip(here)
    shown = here.clock.now()
    await listed_as_done(here)
    assert await latest_unanswered(await here.stored(), here.deps, since=shown) is None
