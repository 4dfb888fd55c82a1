"""Clocks and quiet hours: what the wall shows, and when it is silent.

*The clocks decide*: it is quiet while the wall clock shows a time inside a window, so an hour that the clocks
repeat may be quiet twice, and one that they skip never is. *What has begun lasts*: from the first instant at
which a window begins it is quiet until the window ends, even if the clocks go back behind its start.

Near the years 1 and 9999 the calendar ends, and instants there overflow (``OverflowError``): whoever reads
dates refuses those outside ``YEARS``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.model import QuietWindow

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A pause that ends here or later lasts until the person says otherwise."""

YEARS = range(1900, 2200)
"""In these years plans can be made, with room on both sides for whatever is counted from there."""

DAY = timedelta(days=1)
NOON = time(12)
GUARD = timedelta(minutes=1)  # so close before quiet hours nothing starts, unless the operator says otherwise
LONGEST_SILENCE = timedelta(weeks=2)  # every week leaves a way out; the clocks can skip one week's only way


# --- Clocks ------------------------------------------------------------------------------------------------


def wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows at the instant ``at``: naive."""
    local = at.astimezone(zone)
    return datetime.combine(local.date(), local.time())  # five times as fast as replace(tzinfo=None)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the clocks first show ``local`` (naive).

    If they skip it, the first instant after the gap: 02:30 is 03:00 when 02:00 is followed by 03:00.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_clock(first, zone) == local:
        return first
    # In a gap, PEP 495 reads fold=1 as an instant before it and fold=0 as one after it.
    return _clock_change(local.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _clock_change(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first instant in (start, end] at which the zone's offset is new; ``end`` if it stays the same.

    For spans of about a day: two changes that cancel each other would go unseen.
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
    return instant(datetime.combine(day, time()), zone)


# --- Quiet hours -------------------------------------------------------------------------------------------


def _silent_until(local: datetime, windows: Iterable[QuietWindow]) -> datetime | None:
    """The wall-clock time at which the silence around ``local`` ends; None if there is none."""
    return max(filter(None, (_end_around(local, window) for window in windows)), default=None)


def _end_around(local: datetime, window: QuietWindow) -> datetime | None:
    """The end of the window's occurrence that holds ``local``, begun today or on the evening before."""
    today, clock = local.date(), local.time()
    overnight = window.end < window.start
    if overnight and clock < window.end and (today - DAY).weekday() in window.days:
        return datetime.combine(today, window.end)
    if clock >= window.start and (overnight or clock < window.end) and today.weekday() in window.days:
        return datetime.combine(today + DAY if overnight else today, window.end)
    return None


def _begun_until(at: datetime, zone: ZoneInfo, windows: Iterable[QuietWindow]) -> datetime | None:
    """When the windows end that the clocks have already shown the start of, though they show less now.

    That is so only while they show times for the second time.
    """
    if not at.astimezone(zone).fold:
        return None
    local = wall_clock(at, zone)
    days = (local.date(), local.date() + DAY)
    ends = [
        instant(datetime.combine(day + (window.end < window.start) * DAY, window.end), zone)
        for window in windows
        for day in days
        if day.weekday() in window.days and _has_been(datetime.combine(day, window.start), at, local, zone)
    ]
    return max((end for end in ends if end > at), default=None)


def _has_been(start: datetime, at: datetime, local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks showed ``start`` before ``at``, and show an earlier time now."""
    return local < start and instant(start, zone) <= at


def is_quiet(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> bool:
    """Whether the wall clock shows a time inside a window that began on one of its days, or has before."""
    return (
        _silent_until(wall_clock(at, zone), windows) is not None
        or _begun_until(at, zone, windows) is not None
    )


def quiet_until(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime | None:
    """The first instant after ``at`` that is not quiet; None if ``at`` is not quiet itself.

    Raises ``ValueError`` for windows that never end: ``covers_whole_week`` tells in time to refuse them.
    """
    moment = at
    while end := _next_end(moment, zone, windows):
        moment = end
        if moment - at > LONGEST_SILENCE:
            raise ValueError("these quiet hours never end")
    return moment if moment > at else None


def _next_end(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime | None:
    """Up to when it surely stays quiet; None if ``at`` is not quiet."""
    local = wall_clock(at, zone)
    if silent_until := _silent_until(local, windows):
        # The wall clock runs evenly up to the next change of the clocks; there, look again.
        return _clock_change(at, at + (silent_until - local), zone)
    return _begun_until(at, zone, windows)


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

    Where the windows leave nothing but gaps as short as that: the end of one, about two weeks later.
    """
    moment = at
    while moment - at < LONGEST_SILENCE:
        start = quiet_starts_within(moment, guard, zone, windows)
        end = start and quiet_until(start, zone, windows)
        if end is None:
            return moment
        moment = end
    return moment


def _starts_between(
    local: datetime, local_end: datetime, windows: Iterable[QuietWindow]
) -> Iterator[datetime]:
    """When windows begin on the wall clock, after ``local`` and before ``local_end``."""
    days = [local.date() + ahead * DAY for ahead in range((local_end.date() - local.date()).days + 1)]
    for window in windows:
        starts = (datetime.combine(day, window.start) for day in days if day.weekday() in window.days)
        yield from (start for start in starts if local < start < local_end)


def whole_day(days: tuple[int, ...]) -> tuple[QuietWindow, QuietWindow]:
    """The windows of days that are quiet all day: one from midnight to midnight would be empty."""
    return (
        QuietWindow(start=time(), end=NOON, days=days),
        QuietWindow(start=NOON, end=time(), days=days),
    )


def quiet_days(windows: Iterable[QuietWindow]) -> frozenset[int]:
    """The weekdays that are quiet as ``whole_day`` says it."""
    halves: dict[time, set[int]] = {time(): set(), NOON: set()}
    for window in windows:
        if (window.start, window.end) in ((time(), NOON), (NOON, time())):
            halves[window.start].update(window.days)
    return frozenset(halves[time()] & halves[NOON])


def covers_whole_week(windows: Sequence[QuietWindow]) -> bool:
    """Whether the windows leave no moment of an ordinary week: such a set is refused where it is parsed.

    It does if no window ends but inside another.
    """
    monday = date(2001, 1, 1)
    ends = [
        datetime.combine(monday + (day + (window.end < window.start)) * DAY, window.end)
        for window in windows
        for day in window.days
    ]
    return bool(ends) and all(_silent_until(end, windows) for end in ends)
