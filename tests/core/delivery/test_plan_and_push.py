"""What is planned is what happens: the slots that ``/plan`` lists are decided, each at its time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.records import DayTimes, Decision, Preferences, Slot
from core.scheduling.availability import AvailabilityRules
from core.scheduling.quiet_hours import opening, quiet_starts_within
from core.scheduling.slots import plan
from tests.core.minutes import DAY, window
from tests.core.scheduling.test_slots_properties import PLACES, WISHES, Place, utc_day
from tests.core.worlds import scene
from tests.fakes.store import FakeStore

LATE = timedelta(seconds=3)
"""The longest delay until a due slot is served."""

DAYS = 3
CLOSE = [time(21, 57), time(21, 58), time(21, 59), time(22), time(23, 30), time(6, 59), time(7)]
NIGHTS = st.builds(
    lambda clocks: Preferences(
        times=(DayTimes(days=tuple(range(7)), times=tuple(clocks)),), quiet=(window("22:00", "07:00"),)
    ),
    st.sets(st.sampled_from(CLOSE), min_size=1),
)


@settings(max_examples=40)
@given(place=PLACES, wish=WISHES | NIGHTS, guard=st.sampled_from([40, 60, 120, 3600]))
def test_the_plan_is_what_is_pushed(place: Place, wish: Preferences, guard: int) -> None:
    rules = AvailabilityRules(spacing=timedelta(), guard=timedelta(seconds=guard))
    begin = utc_day(place.day)
    planned = [
        slot
        for slot in plan(wish, place.zone, start=place.day - 16 * DAY, days=20 + DAYS, guard=rules.guard)
        if begin < slot.at <= begin + DAYS * DAY
    ]
    opens = opening(begin, rules.guard, place.zone, wish.quiet)
    assume(quiet_starts_within(opens, rules.guard, place.zone, wish.quiet) is None)
    assume(not any(_is_just_in_time(slot, wish, place, rules) for slot in planned))

    decided = asyncio.run(_pushed(place, wish, rules))

    assert [(one.slot, one.merged, one.decided_at - LATE) for one in decided] == [
        (slot.key, slot.merged, slot.at) for slot in planned
    ]


def _is_just_in_time(slot: Slot, wish: Preferences, place: Place, rules: AvailabilityRules) -> bool:
    """Whether the slot itself leaves enough time until quiet hours, yet looking at it late does not."""
    begins = quiet_starts_within(slot.at, rules.guard + LATE, place.zone, wish.quiet)
    return begins is not None and begins > slot.at + rules.guard


async def _pushed(place: Place, wish: Preferences, rules: AvailabilityRules) -> list[Decision]:
    """The decisions of some days, oldest first, each made a little after it was due."""
    here = scene(FakeStore(), availability=rules)
    here.clock.time = utc_day(place.day)
    await here.person(preferences=_fields(replace(wish, cap=1000)), zone=place.zone.key)
    await here.task("Pay the rent")
    end = utc_day(place.day) + DAYS * DAY
    while (due := (await here.stored()).next_due_at) and due <= end:
        here.clock.time = due + LATE
        await here.tick()
    return list(reversed(await here.decisions()))


def _fields(wish: Preferences) -> dict[str, object]:
    return {"times": wish.times, "quiet": wish.quiet, "cap": wish.cap}
