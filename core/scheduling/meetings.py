"""Meetings: the times at which a person is busy, and what that means for slots.

Events are sorted by their start, as the store returns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.records import CalendarEvent, Moved, Slot
from core.scheduling.quiet_hours import wall_clock

BREAK = timedelta(minutes=5)
"""Meetings that follow each other within this time count as one: nobody reads a tip on the way."""

LOOK_AHEAD = timedelta(hours=4)
"""How far ahead the next meeting limits the time that there is."""


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


def _after_meeting(slot: Slot, events: Sequence[CalendarEvent], zone: ZoneInfo, freshness: timedelta) -> Slot:
    until = busy_until(events, slot.at)
    if until is None or Moved.PAUSED in slot.moved:
        return slot
    moved = Moved.LOST_TO_MEETING if until - slot.at > freshness else Moved.MEETING
    return replace(slot, at=until, local=wall_clock(until, zone), moved=(*slot.moved, moved))
