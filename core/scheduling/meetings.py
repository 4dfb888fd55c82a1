"""Meetings: the times at which a person is busy, and what that means for slots.

Events are sorted by their start, as the store returns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.records import CalendarEvent, Moved, Preferences, Slot
from core.scheduling.quiet_hours import wall_clock
from core.scheduling.slots import next_slot

BREAK = timedelta(minutes=5)
"""Meetings that follow each other within this time count as one: nobody reads a tip on the way."""

LOOK_AHEAD = timedelta(hours=4)
"""How far ahead the next meeting limits the time that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """What is known about a person's meetings, for saying when a slot is expected."""

    events: Sequence[CalendarEvent] = ()
    freshness: timedelta = timedelta()
    """Maximum age of a slot. One that is older at the end of its meeting is lost."""


NO_MEETINGS = Meetings()


def busy_until(events: Iterable[CalendarEvent], at: datetime) -> datetime | None:
    """The end of the meeting at ``at``, and of those that follow it at once; None if there is none."""
    until: datetime | None = None
    for event in events:
        if not event.is_busy:
            continue
        reached = until or at
        if event.starts_at <= (reached + BREAK if until else at) and event.ends_at > reached:
            until = event.ends_at
    return until


def minutes_free(events: Iterable[CalendarEvent], now: datetime) -> int | None:
    """Whole minutes until the next meeting. None during one, and if none begins within ``LOOK_AHEAD``."""
    ahead = [event for event in events if event.is_busy and event.ends_at > now]
    starts = min((event.starts_at for event in ahead), default=None)
    if starts is None or not now < starts <= now + LOOK_AHEAD:
        return None
    return (starts - now) // timedelta(minutes=1)


def after_meetings(
    slots: Iterable[Slot], events: Sequence[CalendarEvent], zone: ZoneInfo, *, freshness: timedelta
) -> list[Slot]:
    """The slots as they are expected: one in a meeting comes at its end, unless it is older than
    ``freshness`` then.
    """
    return [_after_meeting(slot, events, zone, freshness) for slot in slots]


def still_ahead(slots: Iterable[Slot], meetings: Meetings, zone: ZoneInfo, now: datetime) -> list[Slot]:
    """The slots that come after ``now``, as they are expected; see ``after_meetings``."""
    recent = (slot for slot in slots if slot.at > now - meetings.freshness)
    moved = after_meetings(recent, meetings.events, zone, freshness=meetings.freshness)
    return [slot for slot in moved if slot.at > now]


def next_expected(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    now: datetime,
    guard: timedelta,
    paused_until: datetime | None,
    meetings: Meetings,
) -> datetime | None:
    """When the next slot comes, at the end of its meeting if it is in one. None: never, see ``next_slot``."""
    events, freshness = meetings.events, meetings.freshness
    after = now - freshness
    while slot := next_slot(preferences, zone, after=after, guard=guard, paused_until=paused_until):
        expected = _after_meeting(slot, events, zone, freshness)
        if expected.at > now and Moved.LOST_TO_MEETING not in expected.moved:
            return expected.at
        after = slot.at
    return None


def _after_meeting(slot: Slot, events: Sequence[CalendarEvent], zone: ZoneInfo, freshness: timedelta) -> Slot:
    until = busy_until(events, slot.at)
    if until is None or Moved.PAUSED in slot.moved:
        return slot
    moved = Moved.LOST_TO_MEETING if until - slot.at > freshness else Moved.MEETING
    return replace(slot, at=until, local=wall_clock(until, zone), moved=(*slot.moved, moved))
