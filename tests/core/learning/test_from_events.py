"""What is learned from events alone is what serves, whatever order they come in and whatever was undone."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from adapters.clock import SystemRandomSource
from core.learning.corrections import mark_right, mark_wrong, undo_correction
from core.learning.from_events import LearnedFromEvents, Parity
from core.learning.public_events import public_events
from core.learning.update import reward_ignored_tips, wording_space_of
from core.people.consents import erase_learned
from core.people.privacy import forget
from core.policies.features import FEATURE_VERSION
from core.records import Decision, Features, PublicEvent
from core.store import Store
from tests.core.histories import lived, two_sided
from tests.core.taps import tapped, undone
from tests.core.worlds import DONE, Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore


async def world(store: Store) -> Scene:
    """Ada follows a tip, ignores one, takes one back, follows another. Ids are random, as in the product."""
    here = scene(store)
    here = replace(here, deps=replace(here.deps, random=SystemRandomSource()))
    await here.person()
    for number in range(4):
        await here.task(f"task {number}")
        decision = await here.slot(f"2027-06-{14 + number} 09:00")
        here.clock.move(minutes=5)
        if number != 1:
            await tapped(here, decision, DONE)
        if number == 2:
            await undone(here, decision)
        here.clock.move(hours=10)
        await reward_ignored_tips(here.deps)
    return here


@pytest.fixture
async def ada() -> Scene:
    return await world(FakeStore())


async def published(here: Scene) -> tuple[PublicEvent, ...]:
    async with here.deps.store.read() as unit:
        return await public_events(unit, await unit.events.after(0, 10_000))


async def parity(here: Scene, events: Iterable[PublicEvent]) -> Parity:
    learned = LearnedFromEvents()
    for event in events:
        learned.add(event)
    async with here.deps.store.read() as unit:
        return await learned.compared(unit)


async def test_events_teach_what_serves_in_any_order_and_however_often_they_come(either: Store) -> None:
    here = await world(either)
    events = [*await published(here)] * 2
    events += [replace(one, event_id=f"{one.event_id} of oO", person_id=None) for one in events]
    random.Random(7).shuffle(events)
    found = await parity(here, events)
    assert found.is_equal
    assert (found.people, found.rewards, found.other_features) == (1, 4, 0)
    assert found.as_dict() == {"people": 1, "rewards": 4, "different": [], "other_features": 0}


async def test_a_lost_reward_is_found(ada: Scene) -> None:
    events = await published(ada)
    lost = next(one for one in events if one.kind == "reward.given")
    found = await parity(ada, [one for one in events if one is not lost])
    assert (found.is_equal, found.different) == (False, ("ada",))


async def test_a_reward_of_features_that_were_lost_teaches_nothing(ada: Scene) -> None:
    events = await published(ada)
    found = await parity(ada, [one for one in events if one.kind != "decision.made"])
    assert found.different == ("ada",)


async def test_what_was_erased_or_belongs_to_nobody_any_more_is_not_rebuilt(ada: Scene) -> None:
    events = await published(ada)
    await erase_learned(await ada.stored(), ada.deps)
    erased = [one for one in await published(ada) if one.kind == "learned.erased"]
    found = await parity(ada, [*events, *erased])
    assert (found.different, found.rewards) == ((), 0)
    await forget(await ada.stored(), ada.deps)
    (last,) = erased
    deleted = replace(last, event_id="gone", kind="person.deleted", position=last.position + 1)
    assert (await parity(ada, [*events, deleted])).different == ()
    assert (await parity(ada, events)).different == ("ada",), "the events alone still hold it"


async def test_a_model_that_waits_to_be_rebuilt_is_no_match(ada: Scene) -> None:
    async with ada.deps.store.begin() as unit:
        await unit.learning.write({"ada": b"unreadable"})
    assert (await parity(ada, await published(ada))).different == ("ada",)


async def test_rewards_by_other_features_are_counted(ada: Scene) -> None:
    events = [
        replace(one, features=replace(one.features, version="f0")) if one.features else one
        for one in await published(ada)
    ]
    assert (await parity(ada, events)).other_features == 4


@pytest.mark.parametrize("is_undone", [False, True])
async def test_a_correction_teaches_its_lessons_until_it_is_undone(is_undone: bool) -> None:
    here = scene(FakeStore())
    await here.person()
    await lived(here.deps.store, here.clock.now(), two_sided())
    ada = await here.stored()
    assert await mark_right(ada, here.deps, "task")
    correction = await mark_wrong(ada, here.deps, "task")
    assert correction
    assert correction.count
    if is_undone:
        assert await undo_correction(ada, here.deps, correction.correction_id)
    events = [*await published(here), *map(decision_made, await here.decisions())]
    assert (await parity(here, events)).is_equal
    lost = [one for one in events if one.kind != "belief.corrected"]
    bare = [replace(one, features=None) if one.kind == "belief.corrected" else one for one in events]
    assert (await parity(here, lost)).is_equal == is_undone
    assert (await parity(here, bare)).is_equal == is_undone


def decision_made(decision: Decision) -> PublicEvent:
    """The event of a decision in a history that was made up without one."""
    return PublicEvent(
        position=0,
        event_id=f"made-{decision.decision_id}",
        kind="decision.made",
        happened_at=decision.decided_at,
        person_id=decision.person_id,
        data={"decision_id": decision.decision_id},
        features=Features(
            version=FEATURE_VERSION,
            space=wording_space_of(decision),
            values=tuple(draw_of(decision).chosen.features or ()),
        ),
    )


async def test_figures_of_another_kind_are_refused(ada: Scene) -> None:
    events = [
        replace(one, data={**one.data, "value": "much"}) if one.kind == "reward.given" else one
        for one in await published(ada)
    ]
    with pytest.raises(TypeError, match="no figures to learn from"):
        await parity(ada, events)
