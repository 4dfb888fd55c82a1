"""Settings: each change is an event, counts at once, and moves the next decision point."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.errors import NotFound
from core.people.muting import mute
from core.people.preferences import (
    Change,
    change,
    move_to,
    pause,
    prefer,
    replace_settings,
)
from core.records import DayTimes, Dosage, Person, QuietWindow
from core.scheduling.pauses import without_pauses
from core.scheduling.quiet_hours import FOREVER
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.worlds import DAY, HOUR, Scene, scene

NEXT = NOW + HOUR / 2  # nine o'clock in Berlin


async def changed(here: Scene, make: Change) -> Person:
    return await change(await here.stored(), here.deps, make, what="test")


async def test_a_change_is_stored_with_an_event_that_says_no_more_than_what(either: Store) -> None:
    here = scene(either)
    await here.person()
    person = await change(await here.stored(), here.deps, mute("a secret"), what="mute")
    assert await here.stored() == person
    (event,) = await here.events()
    assert (event.kind, event.person_id, event.data) == ("person.changed", "ada", {"what": "mute"})


async def test_changes_at_once_all_count(on_disk: Store) -> None:
    here = scene(on_disk)
    old = await here.person()
    makes = (prefer(cap=7), mute("sport"), mute("rent"), move_to("Asia/Tokyo"), prefer(language="de"))
    await asyncio.gather(*(change(old, here.deps, make, what="test") for make in makes))

    person = await here.stored()
    assert (person.preferences.cap, person.preferences.muted) == (7, ("rent", "sport"))
    assert (person.zone, person.preferences.language) == ("Asia/Tokyo", "de")


@pytest.mark.parametrize(
    ("make", "due"),
    [
        (prefer(times=(DayTimes(days=tuple(range(7)), times=(time(8, 45),)),)), NOW + HOUR / 4),
        (prefer(times=()), None),
        (prefer(quiet=(QuietWindow(start=time(8), end=time(12)),)), NOW + 3.5 * HOUR),
        (move_to("America/New_York"), NOW + 6.5 * HOUR),
        (move_to("Asia/Tokyo"), NOW + 3 * HOUR),
        (pause(NOW + DAY), NOW + DAY + HOUR / 2),
        (pause(FOREVER), None),
        (mute("rent"), NEXT),
    ],
)
async def test_the_next_decision_point_follows(here: Scene, make: Change, due: object) -> None:
    await here.person()
    assert (await changed(here, make)).next_due_at == due


async def test_a_pause_ends_early(here: Scene) -> None:
    await here.person()
    await changed(here, pause(FOREVER))
    resumed = await changed(here, without_pauses)
    assert (resumed.paused_until, resumed.next_due_at) == (None, NEXT)


async def test_a_slot_that_was_served_does_not_come_again_with_new_settings(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent")
    await here.slot("2027-06-14 09:00")
    quiet = (QuietWindow(start=time(8), end=time(10)),)
    assert (await changed(here, prefer(quiet=quiet))).next_due_at == NOW + timedelta(hours=4, minutes=30)


async def test_nobody_who_left_is_changed_back_into_existence(here: Scene) -> None:
    person = await here.person()
    async with here.deps.store.begin() as unit:
        await unit.people.forget("ada")
    with pytest.raises(NotFound):
        await change(person, here.deps, prefer(cap=1), what="cap")


@pytest.mark.parametrize("cap", [3, 5])
async def test_settings_can_be_given_as_a_whole_and_a_new_cap_is_an_explicit_one(
    here: Scene, cap: int
) -> None:
    before = await here.person(dosage=Dosage(since=NOW, fewer=1))
    wanted = replace(
        before,
        preferences=replace(before.preferences, cap=cap, muted=("tv",)),
        zone="Asia/Tokyo",
        paused_until=NOW + DAY,
        pause_starts=NOW + 3 * DAY,
        pause_ends=NOW + 5 * DAY,
    )
    after = await changed(here, replace_settings(wanted))
    assert (after.preferences, after.zone, after.paused_until) == (
        wanted.preferences,
        "Asia/Tokyo",
        NOW + DAY,
    )
    assert after.dosage is not None
    assert after.dosage.kept is (cap != before.preferences.cap)
    assert after.most_a_day == (2 if cap == before.preferences.cap else cap)
