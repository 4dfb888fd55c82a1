"""Meetings: the times at which a person is busy, and what that means for slots.

Silenced notifications move a slot as quiet hours do: to their end, however late that is.

Events are sorted by their start, as the store returns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.records import CalendarEvent, Moved, NotificationState, Pause, Preferences, Slot
from core.scheduling.quiet_hours import wall_clock
from core.scheduling.silenced import silenced_until
from core.scheduling.slots import next_slot

BREAK = timedelta(minutes=5)
"""Meetings that follow each other within this time count as one: nobody reads a tip on the way."""

LOOK_AHEAD = timedelta(hours=4)
"""How far ahead the next meeting limits the time that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """What is known about meetings and silenced notifications, for saying when a slot is expected."""

    events: Sequence[CalendarEvent] = ()
    freshness: timedelta = timedelta()
    """Maximum age of a slot. One that is older at the end of its meeting is lost."""
    silenced: NotificationState | None = None
    """Of the account that is written to; None if nothing is known."""
    guard: timedelta = timedelta()
    """Nothing starts this long before silenced notifications."""


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


def after_meetings(slots: Iterable[Slot], meetings: Meetings, zone: ZoneInfo) -> list[Slot]:
    """The slots as they are expected: one in a meeting comes at its end, unless it is too old then; one while
    notifications are silenced comes at their end.
    """
    return [_expected(slot, meetings, zone) for slot in slots]


def still_ahead(slots: Iterable[Slot], meetings: Meetings, zone: ZoneInfo, now: datetime) -> list[Slot]:
    """The slots that come after ``now``, as they are expected; see ``after_meetings``."""
    recent = (slot for slot in slots if slot.at > now - _reach(meetings))
    moved = after_meetings(recent, meetings, zone)
    return [slot for slot in moved if slot.at > now]


def next_expected(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    now: datetime,
    guard: timedelta,
    pauses: Sequence[Pause],
    meetings: Meetings,
) -> datetime | None:
    """When the next slot comes, at the end of its meeting if it is in one. None: never, see ``next_slot``."""
    after = now - _reach(meetings)
    while slot := next_slot(preferences, zone, after=after, guard=guard, pauses=pauses):
        expected = _expected(slot, meetings, zone)
        if expected.at > now and Moved.LOST_TO_MEETING not in expected.moved:
            return expected.at
        after = slot.at
    return None


def _reach(meetings: Meetings) -> timedelta:
    """How old a slot may be that is still to come."""
    known = meetings.silenced
    if known is None or known.silenced_from is None or known.silenced_until is None:
        return meetings.freshness
    return max(meetings.freshness, known.silenced_until - known.silenced_from)


def _expected(slot: Slot, meetings: Meetings, zone: ZoneInfo) -> Slot:
    if Moved.PAUSED in slot.moved:
        return slot
    until = silenced_until(meetings.silenced, slot.at, meetings.guard)
    if until:
        moved = (*slot.moved, Moved.SILENCED)
        return replace(slot, at=until, local=wall_clock(until, zone), moved=moved)
    return _after_meeting(slot, meetings, zone)


def _after_meeting(slot: Slot, meetings: Meetings, zone: ZoneInfo) -> Slot:
    until = busy_until(meetings.events, slot.at)
    if until is None:
        return slot
    moved = Moved.LOST_TO_MEETING if until - slot.at > meetings.freshness else Moved.MEETING
    return replace(slot, at=until, local=wall_clock(until, zone), moved=(*slot.moved, moved))
