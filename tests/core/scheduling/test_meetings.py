"""What meetings mean for slots, and for the time that there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.records import (
    CalendarEvent,
    DayTimes,
    Moved,
    NotificationState,
    Pause,
    Preferences,
    QuietWindow,
    Slot,
)
from core.scheduling.meetings import (
    NO_MEETINGS,
    Meetings,
    after_meetings,
    busy_until,
    minutes_free,
    next_expected,
    still_ahead,
)

NOON = datetime(2027, 6, 14, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
FRESH = timedelta(minutes=90)


def meeting(start: int, end: int, *, is_busy: bool = True) -> CalendarEvent:
    """From and to so many minutes after noon."""
    at = [NOON + timedelta(minutes=minute) for minute in (start, end)]
    return CalendarEvent(starts_at=at[0], ends_at=at[1], is_busy=is_busy)


@pytest.mark.parametrize(
    ("events", "until"),
    [
        ([], None),
        ([meeting(0, 30)], 30),
        ([meeting(-30, 0)], None),
        ([meeting(-30, 1)], 1),
        ([meeting(1, 30)], None),
        ([meeting(-10, 30, is_busy=False)], None),
        ([meeting(-10, 30), meeting(30, 60)], 60),
        ([meeting(-10, 30), meeting(35, 60)], 60),
        ([meeting(-10, 30), meeting(36, 60)], 30),
        ([meeting(-10, 30), meeting(10, 20)], 30),
        ([meeting(-10, 30), meeting(10, 90), meeting(95, 100)], 100),
        ([meeting(-60, -1), meeting(0, 5)], 5),
        ([meeting(-60, 1, is_busy=False), meeting(3, 9)], None),
        ([meeting(-60, 90, is_busy=False), meeting(-10, 30)], 30),
        ([meeting(-10, 30), meeting(0, 90, is_busy=False), meeting(30, 60)], 60),
    ],
)
def test_a_meeting_ends_when_all_that_follow_at_once_have_ended(
    events: list[CalendarEvent], until: int | None
) -> None:
    assert busy_until(events, NOON) == (None if until is None else NOON + timedelta(minutes=until))


@pytest.mark.parametrize(
    ("events", "minutes"),
    [
        ([], None),
        ([meeting(25, 60)], 25),
        ([meeting(240, 300)], 240),
        ([meeting(241, 300)], None),
        ([meeting(25, 60, is_busy=False)], None),
        ([meeting(-5, 5), meeting(25, 60)], None),  # in a meeting: there is no time before the next one
        ([meeting(0, 5)], None),
        ([meeting(90, 99), meeting(25, 60)], 25),
        ([meeting(-60, -30), meeting(25, 60)], 25),  # the first is over
        ([meeting(-60, 0), meeting(25, 60)], 25),
    ],
)
def test_the_time_there_is_ends_with_the_next_meeting(
    events: list[CalendarEvent], minutes: int | None
) -> None:
    assert minutes_free(events, NOON) == minutes


def test_a_part_of_a_minute_does_not_count() -> None:
    assert minutes_free([meeting(25, 60)], NOON + timedelta(seconds=1)) == 24


def slot(at: datetime = NOON, *moved: Moved) -> Slot:
    local = at.astimezone(BERLIN).replace(tzinfo=None)
    return Slot(key=local.isoformat(timespec="minutes"), at=at, local=local, moved=moved)


def test_a_slot_in_a_meeting_comes_at_its_end() -> None:
    (found,) = after_meetings([slot()], Meetings(events=[meeting(-10, 40)], freshness=FRESH), BERLIN)
    assert (found.at, found.local.hour, found.local.minute) == (NOON + timedelta(minutes=40), 14, 40)
    assert (found.key, found.moved) == ("2027-06-14T14:00", (Moved.MEETING,))


def test_a_slot_that_would_be_too_old_at_the_end_is_lost() -> None:
    (at_last, lost) = (
        after_meetings([slot()], Meetings(events=[meeting(-10, end)], freshness=FRESH), BERLIN)[0]
        for end in (90, 91)
    )
    assert at_last.moved == (Moved.MEETING,)
    assert lost.moved == (Moved.LOST_TO_MEETING,)


def test_other_slots_stay() -> None:
    slots = [slot(NOON - timedelta(hours=2)), slot(NOON, Moved.PAUSED), slot(NOON + timedelta(hours=2))]
    assert after_meetings(slots, Meetings(events=[meeting(-10, 40)], freshness=FRESH), BERLIN) == slots


# --- Silenced notifications --------------------------------------------------------------------------------


def silenced(start: int, end: int) -> NotificationState:
    """From and to so many minutes after noon, by a reading that is fresh all day."""
    return NotificationState(
        account_id="slack-ada",
        person_id="ada",
        read_at=NOON,
        expires_at=NOON + timedelta(days=1),
        silenced_from=NOON + timedelta(minutes=start),
        silenced_until=NOON + timedelta(minutes=end),
    )


def test_a_slot_while_notifications_are_silenced_comes_at_their_end_however_late_that_is() -> None:
    meetings = Meetings(events=[meeting(-10, 40)], freshness=FRESH, silenced=silenced(-5, 600))
    (found,) = after_meetings([slot()], meetings, BERLIN)
    assert (found.at, found.moved) == (NOON + timedelta(minutes=600), (Moved.SILENCED,))
    assert (found.local.date().day, found.local.hour) == (15, 0)
    assert found.key == slot().key


def test_a_slot_shortly_before_notifications_are_silenced_waits_as_well() -> None:
    guard = timedelta(minutes=2)
    (found,) = after_meetings([slot()], Meetings(silenced=silenced(2, 60), guard=guard), BERLIN)
    assert found.moved == (Moved.SILENCED,)
    (found,) = after_meetings([slot()], Meetings(silenced=silenced(3, 60), guard=guard), BERLIN)
    assert found == slot()


def test_how_a_slot_was_moved_before_is_still_known() -> None:
    (found,) = after_meetings([slot(NOON, Moved.QUIET)], Meetings(silenced=silenced(0, 60)), BERLIN)
    assert found.moved == (Moved.QUIET, Moved.SILENCED)


@pytest.mark.parametrize("missing", ["silenced_from", "silenced_until"])
def test_silenced_notifications_without_a_start_or_an_end_move_nothing(missing: str) -> None:
    unknown: dict[str, Any] = {missing: None}
    half = Meetings(freshness=FRESH, silenced=replace(silenced(-300, 60), **unknown))
    assert minutes_of(still_ahead(at_minutes(-60, 30), half, BERLIN, NOON)) == [30]
    assert expected(planned("13:00", "14:30"), half) == 30


# --- What lies ahead ---------------------------------------------------------------------------------------


def minutes_of(slots: list[Slot]) -> list[int]:
    """In how many minutes they come."""
    return [(one.at - NOON) // timedelta(minutes=1) for one in slots]


def at_minutes(*minutes: int) -> list[Slot]:
    return [slot(NOON + timedelta(minutes=minute)) for minute in minutes]


@pytest.mark.parametrize(
    ("meetings", "planned", "ahead"),
    [
        (NO_MEETINGS, [-1, 0, 1], [1]),
        (Meetings(freshness=FRESH), [-30, 0, 1], [1]),
        (Meetings(freshness=FRESH, events=[meeting(-60, 20)]), [-30, 0, 30], [20, 20, 30]),
        (Meetings(freshness=FRESH, events=[meeting(-200, 20)]), [-90, -89, -60], [20, 20]),
        (Meetings(freshness=FRESH, events=[meeting(-60, 0)]), [-30, 5], [5]),
        (Meetings(freshness=FRESH, silenced=silenced(-300, 60)), [-299, -10, 61], [60, 60, 61]),
        (Meetings(freshness=FRESH, silenced=silenced(-300, 60)), [-301], []),
        (Meetings(freshness=FRESH, silenced=silenced(-10, 1), events=[meeting(-60, 20)]), [-80, -50], [20]),
    ],
)
def test_what_lies_ahead_is_what_comes_after_now(
    meetings: Meetings, planned: list[int], ahead: list[int]
) -> None:
    assert minutes_of(still_ahead(at_minutes(*planned), meetings, BERLIN, NOON)) == ahead


def planned(*times: str) -> Preferences:
    """The same local times on every day."""
    clock = tuple(time.fromisoformat(one) for one in times)
    return Preferences(times=(DayTimes(days=tuple(range(7)), times=clock),), quiet=())


def expected(
    preferences: Preferences, meetings: Meetings = NO_MEETINGS, *, pauses: tuple[Pause, ...] = ()
) -> int | None:
    """In how many minutes the next slot comes. It is two in the afternoon in Berlin."""
    at = next_expected(
        preferences,
        BERLIN,
        now=NOON,
        guard=timedelta(minutes=1),
        pauses=pauses,
        meetings=meetings,
    )
    return None if at is None else (at - NOON) // timedelta(minutes=1)


def test_the_next_slot_is_the_first_after_now() -> None:
    assert expected(planned("13:59", "14:00", "14:10")) == 10
    assert expected(planned("14:00")) == 24 * 60
    assert expected(planned()) is None


def test_a_slot_that_waits_in_a_meeting_is_still_to_come() -> None:
    in_meeting = Meetings(events=[meeting(-60, 20)], freshness=FRESH)
    assert expected(planned("13:30", "14:30"), in_meeting) == 20
    assert expected(planned("13:30", "14:10"), Meetings(freshness=FRESH)) == 10


def test_a_slot_whose_meeting_ends_now_is_not_ahead_any_more() -> None:
    in_meeting = Meetings(events=[meeting(-60, 0)], freshness=FRESH)
    assert expected(planned("13:30", "14:30"), in_meeting) == 30


def test_a_slot_that_a_meeting_lets_go_is_passed_over() -> None:
    assert expected(planned("14:10", "18:00"), Meetings(events=[meeting(5, 120)], freshness=FRESH)) == 240


def test_a_slot_held_back_by_silenced_notifications_is_still_to_come() -> None:
    assert expected(planned("09:00"), Meetings(freshness=FRESH, silenced=silenced(-400, 60))) == 60


def test_a_slot_within_a_pause_does_not_come() -> None:
    end = NOON + timedelta(minutes=20)
    assert expected(planned("14:10", "14:30"), pauses=(Pause(end),)) == 30


def test_quiet_hours_that_begin_within_the_guard_are_seen() -> None:
    preferences = replace(planned("14:10"), quiet=(QuietWindow(start=time(14, 11), end=time(15)),))
    assert expected(preferences) == 60
