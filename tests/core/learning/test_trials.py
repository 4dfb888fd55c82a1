"""Outcomes of trials: tasks whose tip was sent or held out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.delivery.reactions import undo
from core.dependencies import HoldoutRules
from core.errors import SendRejected, SendUnknown
from core.learning.holdout import estimate_effect
from core.records import Due, Trial
from core.store import Store
from core.tasks.changes import remove_task
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.taps import RENT, changed, tapped
from tests.core.trials import ALWAYS, NEVER, RULES, TESTED, TODAY
from tests.core.worlds import DAY, DID_IT, DISMISS, DONE, Scene, scene


async def drawn(here: Scene, slot: str = "2027-06-14 09:00", **fields: Any) -> None:
    """A tip about the rent is assigned to an arm."""
    await here.person(allowed=TESTED)
    await here.task("Pay the rent", **{"due": TODAY, "priority": 1, **fields})
    await here.slot(slot)


async def trial(here: Scene) -> Trial:
    async with here.deps.store.read() as unit:
        [found] = await unit.trials.of("ada")
    return found


async def ticked_off(here: Scene, task_id: str = RENT) -> None:
    async with here.deps.store.begin() as unit:
        await complete_task(unit, await unit.tasks.get(task_id), here.deps, zone=BERLIN)


async def opened_again(here: Scene, task_id: str = RENT) -> None:
    async with here.deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        await reopen_task(unit, task, here.deps, due=TODAY, done_at=task.done_at)


@pytest.mark.parametrize("rules", [ALWAYS, NEVER], ids=["held out", "sent"])
@pytest.mark.parametrize(("local", "counts"), [("2027-06-14 23:59", True), ("2027-06-15 00:00", False)])
async def test_done_counts_until_the_persons_day_ends(
    either: Store, rules: HoldoutRules, local: str, counts: bool
) -> None:
    here = scene(either, helping=rules)
    await drawn(here)
    here.clock.berlin(local)
    await ticked_off(here)
    assert ((await trial(here)).done_at is not None) is counts


@pytest.mark.parametrize(
    ("day", "length"), [("2027-03-28", timedelta(hours=23)), ("2027-10-31", timedelta(hours=25))]
)
async def test_a_day_on_which_the_clocks_change_ends_at_midnight(
    here: Scene, day: str, length: timedelta
) -> None:
    tested = scene(here.deps.store, helping=ALWAYS)
    here.clock.berlin(f"{day} 00:00")
    start = here.clock.now()
    tested.clock.time = start - DAY
    await drawn(tested, f"{day} 09:00", due=Due(on=date.fromisoformat(day)))
    assert (await trial(tested)).ends_at - start == length


async def test_the_zone_is_that_of_the_decision(here: Scene) -> None:
    tested = scene(here.deps.store, helping=ALWAYS)
    await drawn(tested)
    await changed(tested, lambda person: replace(person, zone="Asia/Tokyo"))
    assert f"{(await trial(tested)).ends_at.astimezone(BERLIN):%F %H:%M}" == "2027-06-15 00:00"


async def test_a_tap_counts_and_its_undo_takes_it_back(either: Store) -> None:
    here = scene(either, helping=NEVER)
    await drawn(here)
    decision = await here.latest()
    await tapped(here, decision, DONE)
    assert (await trial(here)).done_at == here.clock.now()
    await undo(decision.decision_id, await here.stored(), here.deps)
    assert (await trial(here)).done_at is None
    here.clock.move(hours=1)
    await ticked_off(here)
    assert (await trial(here)).done_at == here.clock.now()


async def test_did_it_already_is_ticked_off_like_any_other_and_its_undo_takes_it_back(either: Store) -> None:
    """In the hold-out arm nobody can tap it: the outcome must be defined equally in both arms."""
    here = scene(either, helping=NEVER)
    await drawn(here)
    decision = await here.latest()
    await tapped(here, decision, DISMISS, DID_IT)
    assert (await trial(here)).done_at == here.clock.now()
    await undo(decision.decision_id, await here.stored(), here.deps)
    assert (await trial(here)).done_at is None


async def test_a_repeating_task_that_moves_on_was_done(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await drawn(here, repeats="FREQ=DAILY")
    here.clock.move(hours=1)
    first = here.clock.now()
    await ticked_off(here)
    here.clock.move(hours=1)
    await ticked_off(here)
    assert (await trial(here)).done_at == first
    here.clock.move(hours=1)
    await opened_again(here)  # only the second time
    assert (await trial(here)).done_at == first


async def test_a_task_that_is_removed_was_not_done_and_the_trial_stays(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await drawn(here)
    await remove_task(RENT, await here.stored(), here.deps)
    assert (await trial(here)).done_at is None


@pytest.mark.parametrize("rules", [ALWAYS, NEVER], ids=["held out", "sent"])
async def test_a_task_that_is_done_where_it_lives_was_done(either: Store, rules: HoldoutRules) -> None:
    here = scene(either, todoist=True, helping=rules)
    await here.person(allowed=TESTED)
    await here.connect()
    task = await here.outside_task("Call Ann", due=TODAY, priority=1)
    await here.slot()
    del here.todoist.open[task.task_id]
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.deps)
    assert (await trial(here)).done_at == here.clock.now()

    here.todoist.open[task.task_id] = task
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.deps)
    assert (await trial(here)).done_at is None


@pytest.mark.parametrize(("days", "counts"), [(7, True), (-1, False)])
async def test_a_repeating_task_that_moved_on_where_it_lives_was_done(
    either: Store, days: int, counts: bool
) -> None:
    here = scene(either, todoist=True, helping=ALWAYS)
    await here.person(allowed=TESTED)
    await here.connect()
    task = await here.outside_task("Water the plants", due=TODAY, priority=1, repeats="every week")
    await here.slot()
    moved = Due(on=NOW.date() + timedelta(days=days))
    here.todoist.open[task.task_id] = replace(task, due=moved)
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.deps)
    assert ((await trial(here)).done_at is not None) is counts


async def test_a_repeating_task_that_is_done_here_stays_done_when_its_source_moves_it(here: Scene) -> None:
    tested = scene(here.deps.store, todoist=True, helping=ALWAYS)
    await tested.person(allowed=TESTED)
    await tested.connect()
    task = await tested.outside_task("Water the plants", due=TODAY, priority=1, repeats="every week")
    await tested.slot()
    await ticked_off(tested, task.task_id)
    done_at = tested.clock.now()
    for event in await tested.events():
        async with tested.deps.store.begin() as unit:
            await unit.events.dispatched(event.event_id, tested.clock.now())
    tested.todoist.open[task.task_id] = replace(task, due=Due(on=NOW.date() + 7 * DAY))
    tested.clock.move(hours=1)
    await refresh(await tested.stored(), tested.deps)
    assert (await trial(tested)).done_at == done_at


@pytest.mark.parametrize("fault", [SendRejected("no"), SendUnknown("timeout")])
async def test_what_could_not_be_sent_counts_where_its_coin_fell(
    either: Store, fault: SendRejected | SendUnknown
) -> None:
    here = scene(either, helping=NEVER)
    here.phone.faults = [fault]
    await drawn(here)
    here.clock.move(days=1)
    found = estimate_effect([await trial(here)], here.clock.now(), RULES)
    assert (found.with_tip.decisions, found.without.decisions) == (1, 0)
