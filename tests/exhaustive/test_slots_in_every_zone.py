"""G6, G7 and T6: every zone of the database, every change of its clocks from 2024 to 2030.

The zones come from the tzdata package, whatever the machine has installed. Names that share a change (same
instant, same offsets) share the minute-by-minute reference, yet every name's slots are checked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.records import Preferences, QuietWindow, Slot
from core.scheduling.availability import local_day
from core.scheduling.quiet_hours import DEFAULT_GUARD, is_quiet, quiet_starts_within, quiet_until
from core.scheduling.slots import next_slot, plan
from tests.core.minutes import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Film,
    daily,
    expected_slots,
    film,
    next_loud,
)

pytestmark = pytest.mark.xdist_group("every zone")  # one worker films the clocks for all

NAMES = files("tzdata").joinpath("zones").read_text().split()
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The clocks of a zone go from one offset to another at an instant."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def edges(self) -> list[datetime]:
        """Where the skipped or repeated hour begins and ends on the wall clock."""
        return sorted(self.at.replace(tzinfo=None) + offset for offset in (self.before, self.after))

    @property
    def days(self) -> list[date]:
        """The local date on which it begins, and the one after."""
        return [self.edges[0].date(), self.edges[0].date() + DAY]


@cache
def zone(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def offset(at: datetime, name: str) -> timedelta:
    return at.astimezone(zone(name)).utcoffset() or timedelta()


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Found by looking each week, then each hour, then each minute; no clocks change twice in a week."""
    found: list[Change] = []
    at = FIRST
    while at < LAST:
        before = offset(at, name)
        if offset(at + WEEK, name) == before:
            at += WEEK
            continue
        for step in (HOUR, MINUTE):
            while offset(at + step, name) == before:
                at += step
        at += MINUTE
        found.append(Change(at=at, before=before, after=offset(at, name)))
    return tuple(found)


@cache
def names_by_change() -> dict[Change, list[str]]:
    """Every change there is, with all names that have it."""
    names: dict[Change, list[str]] = {}
    for name in NAMES:
        for change in changes(name):
            names.setdefault(change, []).append(name)
    return names


def wishes(change: Change) -> tuple[Preferences, ...]:
    """Plans made to be hurt by this change: times and windows that begin and end in and at its edges."""

    def clock(edge: int, minutes: int) -> time:
        return (change.edges[edge] + minutes * MINUTE).time()

    inside = [clock(0, minutes) for minutes in (1, 15, 29)]
    times = {*inside, *(clock(edge, minutes) for edge in (0, 1) for minutes in (-61, -30, -1, 0, 1, 30, 60))}
    weekday = change.edges[0].weekday()
    return (
        daily(times),
        daily(times, QuietWindow(start=clock(0, -180), end=inside[1])),
        daily(times, QuietWindow(start=inside[1], end=clock(1, 180))),
        daily(times, QuietWindow(start=clock(0, 0), end=clock(1, 0))),
        daily(
            times,
            QuietWindow(start=clock(1, 0), end=clock(0, -20)),
            QuietWindow(start=inside[0], end=inside[2]),
        ),
        daily(times, QuietWindow(start=clock(1, -1), end=clock(1, -2), days=(weekday,))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What the minutes show around a change: for each of its wishes the slots, and where quiet ends."""

    change: Change
    names: list[str]
    film: Film
    wishes: tuple[Preferences, ...]
    slots: tuple[list[Slot], ...]
    loud: tuple[list[int], ...]

    @property
    def zone(self) -> ZoneInfo:
        """One zone stands for all that have the change, where every minute is compared."""
        return zone(self.names[0])

    @property
    def nearby(self) -> range:
        """The minutes around the change: more on both sides than any zone jumps."""
        return range(self.film.minute(self.change.at) - 125, self.film.minute(self.change.at) + 125)


def witness(change: Change, names: list[str]) -> Witness:
    taken = film(zone(names[0]), change.at - 26 * HOUR, change.at + 3 * DAY)
    loud = tuple(next_loud(taken, wish.quiet) for wish in wishes(change))
    slots = (
        expected_slots(taken, wish, change.days, next_loud(taken, wish.quiet, guard=1))
        for wish in wishes(change)
    )
    return Witness(
        change=change, names=names, film=taken, wishes=wishes(change), slots=tuple(slots), loud=loud
    )


@pytest.fixture(scope="module", params=range(FIRST.year, LAST.year))
def witnesses(request: pytest.FixtureRequest) -> list[Witness]:
    """One for each change of a year."""
    return [witness(*entry) for entry in names_by_change().items() if entry[0].at.year == request.param]


def planned(wish: Preferences, clocks: ZoneInfo, change: Change) -> list[Slot]:
    """The plan for the days around a change, without ``moved``, which is checked at once."""
    listed = plan(wish, clocks, start=change.days[0], days=len(change.days))
    for slot in listed:
        assert (slot.moved == ()) == (slot.local.isoformat(timespec="minutes") == slot.key), (clocks, slot)
    return [replace(slot, moved=()) for slot in listed]


def test_the_sweep_knows_the_odd_zones() -> None:
    found = {(name, change) for name in NAMES for change in changes(name)}
    jumps = {(name, (change.after - change.before) / MINUTE) for name, change in found}
    at_midnight = {name for name, change in found if time() in [edge.time() for edge in change.edges]}
    assert len(NAMES) > 590
    assert len(names_by_change()) > 350
    assert {("Antarctica/Troll", 120), ("Antarctica/Troll", -120), ("Australia/Lord_Howe", 30)} <= jumps
    assert {"America/Havana", "America/Santiago", "Asia/Beirut", "Atlantic/Azores"} <= at_midnight


def test_every_zone_gives_each_planned_time_once_at_its_first_valid_instant(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        for name in seen.names:
            for wish, slots in list(zip(seen.wishes, seen.slots, strict=True))[:2]:
                assert planned(wish, zone(name), seen.change) == slots, (name, seen.change)


def test_every_kind_of_quiet_window_moves_slots_as_the_minutes_say(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        for wish, slots in zip(seen.wishes, seen.slots, strict=True):
            assert planned(wish, seen.zone, seen.change) == slots, (seen.change, wish)


def test_walking_from_slot_to_slot_leaves_none_out(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        for earlier, later in pairwise(seen.slots[4]):
            found = next_slot(seen.wishes[4], seen.zone, after=earlier.at, guard=DEFAULT_GUARD)
            assert found is not None
            assert (found.at, found.key) == (later.at, later.key), seen.change


def test_quiet_ends_at_the_first_minute_that_is_not_quiet(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        for wish, loud in zip(seen.wishes, seen.loud, strict=True):
            for minute in seen.nearby[::5]:
                until = seen.film.at(loud[minute]) if loud[minute] > minute else None
                found = quiet_until(seen.film.at(minute), seen.zone, wish.quiet)
                assert found == until, (seen.change, minute, wish)


def test_no_push_can_start_in_or_right_before_quiet_hours(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        for wish, loud in zip(seen.wishes, seen.loud, strict=True):
            for minute in seen.nearby[::4]:
                at = seen.film.at(minute)
                quiet = next((seen.film.at(m) for m in range(minute, minute + 8) if loud[m] > m), None)
                found = quiet_starts_within(at, 7 * MINUTE, seen.zone, wish.quiet)
                assert found == quiet, (seen.change, minute, wish)
                assert is_quiet(at, seen.zone, wish.quiet) == (quiet == at), (seen.change, minute, wish)


def test_local_days_follow_each_other_without_gap_or_overlap(witnesses: list[Witness]) -> None:
    for seen in witnesses:
        moments = [seen.change.at + hour * HOUR for hour in range(-24, 25)]
        days = [local_day(moment, seen.zone) for moment in moments]
        assert all(start <= at < end for at, (start, end) in zip(moments, days, strict=True)), seen.change
        borders = sorted(set(days))
        assert all(day[1] == following[0] for day, following in pairwise(borders)), seen.change
        changed = [end - start for start, end in borders if end - start != DAY]
        assert changed == [DAY - (seen.change.after - seen.change.before)], seen.change
