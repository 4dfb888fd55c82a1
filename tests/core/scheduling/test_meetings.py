"""What meetings mean for slots, and for the time that there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.records import CalendarEvent, Moved, Slot
from core.scheduling.meetings import Meetings, after_meetings, busy_until, minutes_free

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
