"""Whatever people set, wherever they are: the schedule against the minutes, and against itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.records import DayTimes, Pause, Preferences, QuietWindow, Slot
from core.scheduling.quiet_hours import (
    DEFAULT_GUARD,
    covers_whole_week,
    instant,
    is_quiet,
    quiet_starts_within,
    quiet_until,
)
from core.scheduling.slots import next_slot, plan, slots
from tests.core.minutes import DAY, MINUTE, expected_slots, film, next_loud, quiet_week

# Zones, and days on which their clocks change: by half an hour, by two, by a day; at midnight and across it.
CHANGES = {
    "Africa/Cairo": ["2027-04-30", "2027-10-28"],
    "Africa/Casablanca": ["2027-02-07", "2027-03-14"],
    "America/Havana": ["2026-03-08", "2027-11-07"],
    "America/Nuuk": ["2027-03-27", "2027-10-30"],
    "America/Santiago": ["2027-04-03", "2027-09-05"],
    "America/St_Johns": ["2010-03-14", "2010-11-06"],
    "Antarctica/Troll": ["2027-03-28", "2027-10-31"],
    "Asia/Beirut": ["2027-03-28", "2027-10-30"],
    "Asia/Kathmandu": ["2027-01-01"],
    "Atlantic/Azores": ["2027-03-28", "2027-10-31"],
    "Australia/Lord_Howe": ["2027-04-04", "2027-10-03"],
    "Europe/Berlin": ["2027-03-28", "2027-10-31"],
    "Pacific/Apia": ["2011-12-30", "2010-09-26"],
    "Pacific/Chatham": ["2027-04-04", "2027-09-26"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is, and a day there; most are near a change of the clocks."""

    zone: ZoneInfo
    day: date


PLACES = st.sampled_from([(name, day) for name, days in CHANGES.items() for day in days]).flatmap(
    lambda change: st.builds(
        lambda ahead: Place(zone=ZoneInfo(change[0]), day=date.fromisoformat(change[1]) + ahead * DAY),
        st.integers(-2, 1) | st.integers(-400, 400),
    )
)
CLOCKS = st.builds(time, st.sampled_from([0, 1, 2, 3, 22, 23]), st.sampled_from([0, 15, 30, 45])) | st.builds(
    time, st.integers(0, 23), st.integers(0, 59)
)
WEEKDAYS = st.just(tuple(range(7))) | st.sets(st.integers(0, 6), min_size=1).map(
    lambda days: tuple(sorted(days))
)
WINDOW = st.builds(QuietWindow, start=CLOCKS, end=CLOCKS, days=WEEKDAYS)
WINDOWS = st.lists(WINDOW, max_size=4).filter(lambda windows: not covers_whole_week(windows))
TIMES = st.lists(
    st.builds(DayTimes, days=WEEKDAYS, times=st.lists(CLOCKS, min_size=1, max_size=5).map(tuple)), max_size=3
)
WISHES = st.builds(Preferences, times=TIMES.map(tuple), quiet=WINDOWS.map(tuple))
MINUTES = st.integers(-1, 24 * 60)


def utc_day(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@settings(deadline=None, max_examples=100)
@given(place=PLACES, wish=WISHES, guard=st.sampled_from([0, 1, 60]))
def test_a_plan_is_what_the_minutes_show(place: Place, wish: Preferences, guard: int) -> None:
    shown = film(place.zone, utc_day(place.day - DAY), utc_day(place.day + 9 * DAY))
    loud = next_loud(shown, wish.quiet, guard)
    assume(loud[shown.minute(utc_day(place.day + 4 * DAY))] < len(shown.wall))
    expected = expected_slots(shown, wish, [place.day, place.day + DAY], loud)
    planned = plan(wish, place.zone, start=place.day, days=2, guard=guard * MINUTE)
    assert [replace(slot, moved=()) for slot in planned] == expected


@settings(deadline=None, max_examples=100)
@given(place=PLACES, minute=MINUTES, windows=WINDOWS, span=st.integers(0, 180))
def test_quiet_and_its_guard_are_what_the_minutes_show(
    place: Place, minute: int, windows: list[QuietWindow], span: int
) -> None:
    at = utc_day(place.day) + minute * MINUTE
    shown = film(place.zone, at - DAY, at + 2 * DAY)
    loud, now = next_loud(shown, windows), shown.minute(at)
    assume(loud[now] < len(loud))
    assert quiet_until(at, place.zone, windows) == (shown.at(loud[now]) if loud[now] > now else None)
    assert is_quiet(at, place.zone, windows) == (loud[now] > now)
    coming = next((shown.at(later) for later in range(now, now + span + 1) if loud[later] > later), None)
    assert quiet_starts_within(at, span * MINUTE, place.zone, windows) == coming


@settings(deadline=None, max_examples=200)
@given(place=PLACES, window=WINDOW, second=st.integers(0, 25 * 3600))
def test_from_its_first_beginning_to_its_end_a_window_is_quiet(
    place: Place, window: QuietWindow, second: int
) -> None:
    assume(place.day.weekday() in window.days and not covers_whole_week([window]))
    last = place.day + DAY if window.end < window.start else place.day
    begins = instant(datetime.combine(place.day, window.start), place.zone)
    ends = instant(datetime.combine(last, window.end), place.zone)
    assume(begins < ends)
    at = begins + timedelta(seconds=second) % (ends - begins)
    until = quiet_until(at, place.zone, [window])
    assert is_quiet(at, place.zone, [window])
    assert until is not None
    assert until >= ends


@settings(deadline=None, max_examples=100)
@given(
    place=PLACES,
    wish=WISHES,
    wait=st.integers(0, 4 * 24 * 60),
    guard=st.sampled_from([0, 1, 60]).map(lambda span: span * MINUTE),
)
def test_wherever_one_starts_the_same_slots_lie_ahead(
    place: Place, wish: Preferences, wait: int, guard: timedelta
) -> None:
    zone, early = place.zone, utc_day(place.day - DAY)
    late, until = early + wait * MINUTE, early + 8 * DAY
    all_slots = list(slots(wish, zone, after=early, until=until, guard=guard))
    ahead = [slot for slot in all_slots if slot.at > late]
    assert list(slots(wish, zone, after=late, until=until, guard=guard)) == ahead
    assert list(slots(wish, zone, after=early, until=until, pauses=(Pause(late),), guard=guard)) == [
        slot for slot in all_slots if slot.at >= late
    ]
    following = next_slot(wish, zone, after=late, guard=guard)
    assert not ahead or following == ahead[0]
    assert following is None or following.at > late
    assert (following is None) == (not wish.times)


@settings(deadline=None, max_examples=100)
@given(place=PLACES, minute=MINUTES, wish=WISHES)
def test_slots_are_ordered_never_quiet_and_hold_every_key_once(
    place: Place, minute: int, wish: Preferences
) -> None:
    early = utc_day(place.day) + minute * MINUTE
    found = list(slots(wish, place.zone, after=early, until=early + 8 * DAY))
    instants = [slot.at for slot in found]
    held = keys(found)
    assert instants == sorted(set(instants))
    assert held == sorted(set(held))
    assert not any(quiet_starts_within(at, DEFAULT_GUARD, place.zone, wish.quiet) for at in instants)


@settings(deadline=None, max_examples=100)
@given(place=PLACES, minute=MINUTES, there=st.sampled_from(sorted(CHANGES)).map(ZoneInfo), wish=WISHES)
def test_a_journey_brings_no_served_slot_again_and_loses_no_other(
    place: Place, minute: int, there: ZoneInfo, wish: Preferences
) -> None:
    at = utc_day(place.day) + minute * MINUTE
    served = keys(slots(wish, place.zone, after=at - DAY, until=at))
    in_any_case = keys(slots(wish, there, after=at - DAY, until=at + DAY))
    ahead = keys(slots(wish, there, after=at - DAY, until=at + DAY, served=frozenset(served)))
    assert ahead == [key for key in in_any_case if key not in served]


def keys(found: Iterable[Slot]) -> list[str]:
    return [key for slot in found for key in (slot.key, *slot.merged)]


@given(windows=st.lists(st.builds(QuietWindow, start=CLOCKS, end=CLOCKS, days=WEEKDAYS), max_size=5))
def test_a_week_is_covered_if_every_minute_of_it_is(windows: list[QuietWindow]) -> None:
    assert covers_whole_week(windows) == all(quiet_week(windows))
