"""Pauses, also those that begin later: what they hold back, and when oO may write again."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.records import Moved, Pause, Person
from core.scheduling.pauses import paused_until, planned_pause, resumes, without_pauses
from core.scheduling.quiet_hours import DEFAULT_GUARD, FOREVER
from core.scheduling.slots import next_decision_point, next_slot, plan, slots
from tests.core.minutes import DAY, HOUR, clocks, daily, utc

BERLIN = ZoneInfo("Europe/Berlin")
NOW = utc("2027-07-01T06:00")  # a Thursday, 8:00 in Berlin
DAILY = daily(clocks("09:00"))
HOLIDAYS = Pause(utc("2027-07-05T22:00"), utc("2027-07-01T22:00"))  # Friday to Monday
ANNA = Person(person_id="anna", created_at=NOW, zone="Europe/Berlin")


def test_a_pause_holds_from_its_start_to_before_its_end() -> None:
    assert HOLIDAYS.starts
    assert not HOLIDAYS.holds(HOLIDAYS.starts - HOUR)
    assert HOLIDAYS.holds(HOLIDAYS.starts)
    assert not HOLIDAYS.holds(HOLIDAYS.until)
    assert Pause(NOW).holds(NOW - DAY)


def test_pauses_that_follow_each_other_are_one() -> None:
    begun = Pause(utc("2027-07-02T12:00"))
    assert resumes(NOW, [HOLIDAYS, begun]) == HOLIDAYS.until
    assert resumes(NOW, [HOLIDAYS]) == NOW
    assert resumes(NOW, []) == NOW


def test_of_a_person_one_is_in_force_and_one_is_planned() -> None:
    person = Person(
        person_id="anna", created_at=NOW, paused_until=NOW + HOUR, pause_starts=HOLIDAYS.starts,
        pause_ends=HOLIDAYS.until,
    )  # fmt: skip
    assert paused_until(person, NOW) == NOW + HOUR
    assert planned_pause(person, NOW) == HOLIDAYS
    assert paused_until(person, NOW + 2 * HOUR) is None
    assert paused_until(person, NOW + 2 * DAY) == HOLIDAYS.until
    assert planned_pause(person, NOW + 2 * DAY) is None
    assert without_pauses(person).pauses == ()
    assert planned_pause(ANNA, NOW) is None


def test_slots_before_a_planned_pause_stay_and_those_in_it_are_left_out() -> None:
    found = slots(DAILY, BERLIN, after=NOW, until=NOW + 7 * DAY, pauses=(HOLIDAYS,))
    assert [slot.local.day for slot in found] == [1, 6, 7]
    listed = plan(DAILY, BERLIN, start=date(2027, 7, 1), days=7, pauses=(HOLIDAYS,))
    assert [slot.local.day for slot in listed if Moved.PAUSED in slot.moved] == [2, 3, 4, 5]


def test_the_next_slot_is_found_behind_a_planned_pause_of_any_length() -> None:
    year = Pause(NOW + 400 * DAY, NOW + DAY / 2)
    slot = next_slot(DAILY, BERLIN, after=NOW + DAY / 4, guard=DEFAULT_GUARD, pauses=(year,))
    assert slot is not None
    assert slot.at == (NOW + 400 * DAY).astimezone(BERLIN).replace(hour=9)
    endless = Pause(FOREVER, NOW + DAY / 2)
    assert next_slot(DAILY, BERLIN, after=NOW, guard=DEFAULT_GUARD, pauses=(endless,)) is not None
    assert next_slot(DAILY, BERLIN, after=NOW + DAY / 4, guard=DEFAULT_GUARD, pauses=(endless,)) is None


def test_what_would_return_in_a_planned_pause_returns_at_its_end() -> None:
    snoozed = [utc("2027-07-03T10:00")]
    after = utc("2027-07-01T12:00")
    found = next_decision_point(DAILY, BERLIN, after=after, waiting=snoozed, pauses=(HOLIDAYS,))
    assert found == HOLIDAYS.until
    endless = (Pause(FOREVER, HOLIDAYS.starts),)
    assert next_decision_point(DAILY, BERLIN, after=after, waiting=snoozed, pauses=endless) is None


@given(
    starts=st.integers(0, 200),
    hours=st.integers(1, 200),
    begun=st.integers(0, 100),
    after=st.integers(0, 200),
)
def test_pauses_leave_out_exactly_the_slots_that_they_hold(
    starts: int, hours: int, begun: int, after: int
) -> None:
    wish = daily(clocks("09:00", "13:30", "23:45"))
    pauses = (Pause(NOW + begun * HOUR), Pause(NOW + (starts + hours) * HOUR, NOW + starts * HOUR))
    since, until = NOW + after * HOUR, NOW + 20 * DAY
    every = list(slots(wish, BERLIN, after=since, until=until))
    left = list(slots(wish, BERLIN, after=since, until=until, pauses=pauses))
    assert left == [slot for slot in every if not any(pause.holds(slot.at) for pause in pauses)]
    first = next_slot(wish, BERLIN, after=since, guard=DEFAULT_GUARD, pauses=pauses)
    assert first == next(iter(left), None)


def test_the_clock_of_a_slot_is_none_of_a_pause() -> None:
    slot = next_slot(DAILY, BERLIN, after=NOW, guard=DEFAULT_GUARD, pauses=(HOLIDAYS,))
    assert slot is not None
    assert slot.local.time() == time(9)
