"""Local time and quiet hours, across changes of the clocks.

Two rules define when it is quiet:

1. It is quiet while local time is inside a window: a repeated hour may be quiet twice, a skipped one never.
2. A window that has begun lasts until its end, even if the clocks go back to before its start.

Conversions overflow (``OverflowError``) near the years 1 and 9999; callers accept only dates in ``YEARS``.

Tests: tests/core/scheduling/test_slots_quiet.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import QuietWindow

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A pause that ends at this instant or later has no end."""

YEARS = range(1900, 2200)
"""Years of valid dates; sums with them stay inside the calendar."""

DAY = timedelta(days=1)
NOON = time(12)
DEFAULT_GUARD = timedelta(minutes=1)
"""No push starts this close before quiet hours; the default of the operator's setting."""

MAX_QUIET_SPAN = timedelta(weeks=2)
"""Longest time that is quiet throughout: each week has a gap, and the clocks can skip that of one week."""


# --- Clocks ------------------------------------------------------------------------------------------------


def wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """Local time (naive) at the instant ``at``."""
    local = at.astimezone(zone)
    return datetime.combine(local.date(), local.time())  # five times as fast as replace(tzinfo=None)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) whose local time is ``local`` (naive).

    A skipped local time gives the first instant after the gap: 02:30 gives 03:00 if 03:00 follows 02:00.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_clock(first, zone) == local:
        return first
    # In a gap, PEP 495 reads fold=1 as an instant before it and fold=0 as one after it.
    return _clock_change(local.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _clock_change(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first instant in (start, end] with another UTC offset than ``start``; ``end`` if there is none.

    Only for spans of about a day: two changes that cancel each other are not found.
    """
    before = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return end
    origin = start.replace(microsecond=0)  # clocks change on whole seconds
    span = range((end - origin) // timedelta(seconds=1))

    def changed(second: int) -> bool:
        return (origin + timedelta(seconds=second)).astimezone(zone).utcoffset() != before

    return origin + timedelta(seconds=bisect_left(span, True, key=changed))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the local date begins."""
    return instant(datetime.combine(day, time()), zone)


# --- Quiet hours -------------------------------------------------------------------------------------------


def _window_end(local: datetime, windows: Iterable[QuietWindow]) -> datetime | None:
    """Local end of the latest window around ``local``; None if no window contains it."""
    return max(filter(None, (_occurrence_end(local, window) for window in windows)), default=None)


def _occurrence_end(local: datetime, window: QuietWindow) -> datetime | None:
    """Local end of the window's occurrence that contains ``local``; it began today or yesterday."""
    today, clock = local.date(), local.time()
    overnight = window.end < window.start
    if overnight and clock < window.end and (today - DAY).weekday() in window.days:
        return datetime.combine(today, window.end)
    if clock >= window.start and (overnight or clock < window.end) and today.weekday() in window.days:
        return datetime.combine(today + DAY if overnight else today, window.end)
    return None


def _interrupted_window_end(at: datetime, zone: ZoneInfo, windows: Iterable[QuietWindow]) -> datetime | None:
    """The end of windows that have begun, also if the clocks went back to before their start; else None.

    Only in the second pass of a repeated hour (``fold`` is 1): at other times ``_window_end`` knows all.
    """
    if not at.astimezone(zone).fold:
        return None
    today = wall_clock(at, zone).date()
    ends = [
        instant(datetime.combine(day + (window.end < window.start) * DAY, window.end), zone)
        for window in windows
        for day in (today, today + DAY)
        if day.weekday() in window.days and instant(datetime.combine(day, window.start), zone) <= at
    ]
    return max((end for end in ends if end > at), default=None)


def is_quiet(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> bool:
    """Whether ``at`` lies in quiet hours, by the two rules above."""
    return (
        _window_end(wall_clock(at, zone), windows) is not None
        or _interrupted_window_end(at, zone, windows) is not None
    )


def quiet_until(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime | None:
    """The first instant after ``at`` that is not quiet; None if ``at`` is not quiet itself.

    Raises ``ValueError`` for windows that never end; ``covers_whole_week`` detects them beforehand.
    """
    moment = at
    while end := _quiet_at_least_until(moment, zone, windows):
        moment = end
        if moment - at > MAX_QUIET_SPAN:
            raise ValueError("these quiet hours never end")
    return moment if moment > at else None


def _quiet_at_least_until(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime | None:
    """An instant up to which it stays quiet; the caller repeats from there. None if ``at`` is not quiet."""
    local = wall_clock(at, zone)
    if local_end := _window_end(local, windows):
        # Local time runs evenly only up to the next change of the clocks.
        return _clock_change(at, at + (local_end - local), zone)
    return _interrupted_window_end(at, zone, windows)


def quiet_starts_within(
    at: datetime, span: timedelta, zone: ZoneInfo, windows: Sequence[QuietWindow]
) -> datetime | None:
    """The first quiet instant from ``at`` to ``at + span``, both included: ``at`` if it is quiet already."""
    end = at + span
    while not is_quiet(at, zone, windows):
        if at >= end:
            return None
        local, change = wall_clock(at, zone), _clock_change(at, end, zone)
        starts = _starts_between(local, local + (change - at), windows)
        at = min((at + (start - local) for start in starts), default=change)
    return at


def opening(at: datetime, guard: timedelta, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime:
    """The first instant from ``at`` on that is neither quiet nor within ``guard`` before quiet hours.

    If every gap between windows is shorter than ``guard``: the end of a window ``MAX_QUIET_SPAN`` later.
    """
    moment = at
    while moment - at < MAX_QUIET_SPAN:
        start = quiet_starts_within(moment, guard, zone, windows)
        end = start and quiet_until(start, zone, windows)
        if end is None:
            return moment
        moment = end
    return moment


def _starts_between(
    local: datetime, local_end: datetime, windows: Iterable[QuietWindow]
) -> Iterator[datetime]:
    """Local starts of windows after ``local`` and before ``local_end``."""
    days = [local.date() + ahead * DAY for ahead in range((local_end.date() - local.date()).days + 1)]
    for window in windows:
        starts = (datetime.combine(day, window.start) for day in days if day.weekday() in window.days)
        yield from (start for start in starts if local < start < local_end)


def whole_day(days: tuple[int, ...]) -> tuple[QuietWindow, QuietWindow]:
    """Two windows for whole quiet days (0 is Monday); one from midnight to midnight would be empty."""
    return (
        QuietWindow(start=time(), end=NOON, days=days),
        QuietWindow(start=NOON, end=time(), days=days),
    )


def quiet_days(windows: Iterable[QuietWindow]) -> frozenset[int]:
    """The weekdays (0 is Monday) that ``whole_day`` made quiet."""
    halves: dict[time, set[int]] = {time(): set(), NOON: set()}
    for window in windows:
        if (window.start, window.end) in ((time(), NOON), (NOON, time())):
            halves[window.start].update(window.days)
    return frozenset(halves[time()] & halves[NOON])


def covers_whole_week(windows: Sequence[QuietWindow]) -> bool:
    """Whether a week without changes of the clocks has no gap; such windows are refused when parsed.

    There is no gap if every window ends inside another one.
    """
    monday = date(2001, 1, 1)
    ends = [
        datetime.combine(monday + (day + (window.end < window.start)) * DAY, window.end)
        for window in windows
        for day in window.days
    ]
    return bool(ends) and all(_window_end(end, windows) for end in ends)
