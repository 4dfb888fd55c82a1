"""Taps: the first terminal reaction wins, and each is learned from once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import TapResult, topic_of
from core.errors import NotFound
from core.records import Decision, Due, TaskSource, TaskState
from core.store import Store
from core.tasks.changes import remove_task
from core.tips.candidates import SILENCE
from tests.core.outsiders import BERLIN, NOW
from tests.core.reminders import asked, rings_at, rung
from tests.core.taps import rent, snoozed, tapped, tip, undone, value
from tests.core.worlds import DAY, DISMISS, DONE, NEVER_TOPIC, NOT_NOW, NOT_THIS, Scene, scene

RENT = "oo-Pay the rent"


async def everything(here: Scene) -> Mapping[str, Any]:
    """All rows about Ada, and what was learned from her."""
    async with here.deps.store.read() as unit:
        return {**await unit.people.everything("ada"), "model": await here.model_of()}


async def ring(here: Scene) -> Decision:
    """A reminder, on the screen."""
    await here.person()
    await asked(here, "call Ann", "2027-06-14 15:00")
    await rings_at(here, "2027-06-14 15:00")
    [decision] = await rung(here)
    return decision


async def test_done_completes_the_task_and_is_rewarded_once(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    here.clock.move(minutes=5)

    outcome = await tapped(here, decision, DONE)

    assert outcome.result is TapResult.ACCEPTED
    assert outcome.task == await rent(here)
    assert (outcome.task.state, outcome.task.done_at) == (TaskState.DONE, here.clock.now())
    assert outcome.moved_to is None
    given = await here.reward(decision)
    assert given is not None
    assert (given.value, given.source, given.learned) == (1.0, "done", True)
    assert await here.kinds() == [
        "decision.made",
        "delivery.sent",
        "task.completed",
        "reward.given",
        "reaction.taken",
    ]
    assert await here.model_of() == await here.replayed("ada") == await here.model_of("ada")


async def test_a_second_tap_changes_nothing_and_returns_the_first_reaction(here: Scene) -> None:
    decision = await tip(here)
    first = await tapped(here, decision, DONE)
    before = await here.events(), await here.reward(decision), await here.model_of()
    here.clock.move(minutes=2)

    second = await tapped(here, decision, DONE)
    other = await tapped(here, decision, DISMISS)
    with_reason = await tapped(here, decision, DISMISS, NEVER_TOPIC)
    asleep = await snoozed(here, decision, hours=1)

    for late in (second, other, with_reason, asleep):
        assert (late.result, late.reaction) == (TapResult.ALREADY_REACTED, first.reaction)
    assert (await here.events(), await here.reward(decision), await here.model_of()) == before
    assert (await here.stored()).preferences.muted == ()


async def test_taps_at_the_same_moment_make_one_reaction(on_disk: Store) -> None:
    here = scene(on_disk)
    decision = await tip(here)

    outcomes = await asyncio.gather(
        *(tapped(here, decision, kind) for kind in (DONE, DISMISS, DONE, DISMISS))
    )

    verdicts = [one.result for one in outcomes]
    assert sorted(verdicts) == [TapResult.ALREADY_REACTED] * 3 + [TapResult.ACCEPTED]
    assert len({one.reaction.reaction_id for one in outcomes if one.reaction}) == 1
    assert await here.model_of() == await here.replayed("ada")
    assert (await here.kinds()).count("reaction.taken") == 1


async def test_a_dismissal_may_be_given_its_reason_once(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    await tapped(here, decision, DISMISS)
    assert await value(here, decision) == -0.375

    here.clock.move(minutes=1)
    reasoned = await tapped(here, decision, DISMISS, NOT_NOW)
    again = await tapped(here, decision, DISMISS, NOT_THIS)

    assert (reasoned.result, again.result) == (TapResult.ACCEPTED, TapResult.ALREADY_REACTED)
    assert again.reaction == reasoned.reaction
    assert await value(here, decision) == -0.25
    assert await here.model_of() == await here.replayed("ada")


async def test_an_old_tip_never_completes_the_next_date_of_a_repeating_task(here: Scene) -> None:
    first = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    second = await here.slot("2027-06-15 09:00")
    await tapped(here, second, DONE)
    moved = await rent(here)
    assert moved.due == Due(on=NOW.date() + 2 * DAY)

    assert (await tapped(here, first, DONE)).result is TapResult.GONE
    assert await rent(here) == moved


async def test_a_tip_whose_repeating_task_moved_on_elsewhere_is_gone(here: Scene) -> None:
    decision = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    async with here.deps.store.begin() as unit:
        moved = replace(await unit.tasks.get(RENT), due=Due(on=NOW.date() + DAY))
        await unit.tasks.put(moved)

    assert (await tapped(here, decision, DONE)).result is TapResult.GONE
    assert await rent(here) == moved


async def test_a_tip_whose_task_is_gone_takes_no_reaction(here: Scene) -> None:
    decision = await tip(here)
    await remove_task(RENT, await here.stored(), here.deps)
    events = await here.events()

    for outcome in (
        await tapped(here, decision, DONE),
        await tapped(here, decision, DISMISS, NEVER_TOPIC),
        await snoozed(here, decision, hours=1),
    ):
        assert (outcome.result, outcome.reaction) == (TapResult.GONE, None)
    assert await here.events() == events
    assert await here.reward(decision) is None


@pytest.mark.parametrize(
    ("seconds", "source", "worth"), [(0, "done", 1.0), (1, "done_late", 0.75), (90_000, "done_late", 0.75)]
)
async def test_done_that_does_not_come_soon_is_late_and_worth_less(
    here: Scene, seconds: int, source: str, worth: float
) -> None:
    decision = await tip(here)
    here.clock.move(hours=2, seconds=seconds)
    outcome = await tapped(here, decision, DONE)
    assert outcome.reaction is not None
    assert outcome.reaction.late is (source == "done_late")
    assert (await here.events())[-1].data["late"] is outcome.reaction.late
    given = await here.reward(decision)
    assert given is not None
    assert (given.source, given.value) == (source, worth)


async def test_done_after_a_snooze_is_late_too(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    await tapped(here, decision, DONE)
    given = await here.reward(decision)
    assert given is not None
    assert (given.source, given.value) == ("done_late", 0.75)


@pytest.mark.parametrize("make", [tip, ring])
async def test_the_same_snooze_twice_is_one(
    either: Store, make: Callable[[Scene], Awaitable[Decision]]
) -> None:
    """A tap is handled again if the process died just after it."""
    here = scene(either)
    decision = await make(here)
    until = here.clock.now() + timedelta(hours=1)
    first = await snooze(decision.decision_id, await here.stored(), here.deps, until=until)
    before = await everything(here)
    here.clock.move(minutes=1)

    again = await snooze(decision.decision_id, await here.stored(), here.deps, until=until)

    assert (again.result, again.reaction) == (TapResult.ACCEPTED, first.reaction)
    assert await everything(here) == before


@pytest.mark.parametrize("make", [tip, ring])
async def test_another_snooze_replaces_the_first(
    here: Scene, make: Callable[[Scene], Awaitable[Decision]]
) -> None:
    decision = await make(here)
    until = here.clock.now() + timedelta(hours=1)

    async def sleep(until: datetime, *, even_if_quiet: bool = False) -> None:
        person = await here.stored()
        await snooze(decision.decision_id, person, here.deps, until=until, even_if_quiet=even_if_quiet)

    await sleep(until)
    await sleep(until + timedelta(hours=1))
    await sleep(until, even_if_quiet=True)
    await sleep(until)
    assert (await here.kinds()).count("reaction.taken") == 4
    await undone(here, decision)
    await sleep(until)
    assert (await here.kinds()).count("reaction.taken") == 5


async def test_a_foreign_person_gets_nowhere(here: Scene) -> None:
    decision = await tip(here)
    stranger = await here.person("eve")
    events = await here.events()
    until = NOW + DAY
    with pytest.raises(NotFound):
        await react(decision.decision_id, stranger, here.deps, kind=DONE, message_id="m1")
    with pytest.raises(NotFound):
        await undo(decision.decision_id, stranger, here.deps)
    with pytest.raises(NotFound):
        await snooze(decision.decision_id, stranger, here.deps, until=until)
    with pytest.raises(NotFound):
        await react("no such decision", stranger, here.deps, kind=DONE)
    assert await here.events() == events


async def test_a_decision_for_silence_takes_no_reaction(here: Scene) -> None:
    person = await here.person()
    decision = await here.slot()
    with pytest.raises(NotFound):
        await react(decision.decision_id, person, here.deps, kind=DONE)


async def test_an_outside_task_is_marked_here_and_completed_there_later(here: Scene) -> None:
    outside = scene(here.deps.store, todoist=True)
    await outside.person()
    await outside.connect()
    task = await outside.outside_task("Call Ann")
    decision = await outside.slot()

    await tapped(outside, decision, DONE)

    assert (await outside.stored_task(task)).state is TaskState.DONE
    event = next(one for one in await outside.events() if one.kind == "task.completed")
    assert event.data == {"task_id": task.task_id, "source": TaskSource.TODOIST.value}
    assert outside.todoist.told == []


@pytest.mark.parametrize(
    ("topic", "content", "expected"),
    [
        ("Self-Care", "Go out", "self care"),
        (None, "  Pay the RENT!", "pay the rent"),
        ("…", "Breathe", "breathe"),
        (None, "🎉", ""),
    ],
)
def test_a_topic_is_plain_words(topic: str | None, content: str, expected: str) -> None:
    assert topic_of(replace(SILENCE, topic=topic, content=content)) == expected


async def test_the_zone_of_the_person_dates_the_next_repeat(here: Scene) -> None:
    decision = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    here.clock.berlin("2027-06-15 00:30")  # still the 14th in UTC
    outcome = await tapped(here, decision, DONE)
    assert outcome.moved_to == Due(on=here.clock.now().astimezone(BERLIN).date() + DAY)
