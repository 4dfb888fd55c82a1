"""Wall-clock plans and the instants they fall on: zones, quiet hours, slots.

What a person plans is a rule (``02:30 on Sundays, in Europe/Berlin``), worked out anew whenever it is
needed; an instant computed earlier is never trusted, since people travel and governments change their
clocks.

Two ideas carry everything here. *The clocks decide*: it is quiet exactly while the wall clock shows a time
inside a window, so an hour that the clocks repeat may be quiet twice, and one that they skip never is.
*Order is kept*: neither a skipped hour nor a quiet window lets a later planned time overtake an earlier
one, so slots that end up at the same instant are neighbours and become one.

Instants near the years 1 and 9999 overflow (``OverflowError``); whoever reads dates from people refuses
those.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from core.model import Moved, Preferences, QuietWindow, Slot

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A pause that ends here or later lasts until the person says otherwise."""

DAY = timedelta(days=1)
LONGEST_SILENCE = timedelta(weeks=2)  # every week leaves a way out; the clocks can skip one week's only way
HORIZON = LONGEST_SILENCE + timedelta(weeks=2)  # every plan repeats weekly; one week may be served already


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


def _midnight(day: date, zone: ZoneInfo) -> datetime:
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


def is_quiet(at: datetime, zone: ZoneInfo, windows: Iterable[QuietWindow]) -> bool:
    """Whether the wall clock shows a time inside a window that began on one of its days."""
    return _silent_until(wall_clock(at, zone), windows) is not None


def quiet_until(at: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime | None:
    """The first instant after ``at`` that is not quiet; None if ``at`` is not quiet itself.

    Raises ``ValueError`` for windows that never end: ``covers_whole_week`` tells in time to refuse them.
    """
    moment = at
    while silent_until := _silent_until(local := wall_clock(moment, zone), windows):
        # The wall clock runs evenly up to the next change of the clocks; there, look again.
        moment = _clock_change(moment, moment + (silent_until - local), zone)
        if moment - at > LONGEST_SILENCE:
            raise ValueError("these quiet hours never end")
    return moment if moment > at else None


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


def _starts_between(
    local: datetime, local_end: datetime, windows: Iterable[QuietWindow]
) -> Iterator[datetime]:
    """When windows begin on the wall clock, after ``local`` and before ``local_end``."""
    days = [local.date() + ahead * DAY for ahead in range((local_end.date() - local.date()).days + 1)]
    for window in windows:
        starts = (datetime.combine(day, window.start) for day in days if day.weekday() in window.days)
        yield from (start for start in starts if local < start < local_end)


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


# --- Slots -------------------------------------------------------------------------------------------------


def slots(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    until: datetime,
    paused_until: datetime | None = None,
    served: frozenset[str] = frozenset(),
) -> Iterator[Slot]:
    """The slots with ``after < at <= until`` in order, worked out as they are asked for.

    Each planned time gives one slot on each local date. One that the clocks skip comes right after the gap;
    one in a quiet window comes at its end; those that meet at one instant are one slot. A date that the
    zone left out has none. A pause leaves out the slots before its end (``plan`` shows them). ``skip``
    holds the keys (``key`` and ``merged``) of slots that were served, in whatever zone.
    """
    if paused_until:
        after = max(after, paused_until - datetime.resolution)
    if after >= until:
        return
    first = _earliest(after, zone, preferences.quiet)
    last = wall_clock(until, zone).date() + DAY  # where midnight comes twice, tomorrow has begun before
    for slot in _slots(preferences, zone, first, last, served):
        if slot.at > until:
            return
        if slot.at > after:
            yield slot


def next_slot(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    paused_until: datetime | None = None,
    served: frozenset[str] = frozenset(),
) -> Slot | None:
    """The first of ``slots`` strictly after ``after``; None without times, or in a pause without end."""
    resumes = paused_until or after
    if resumes >= FOREVER:
        return None
    until = max(after, resumes) + HORIZON
    found = slots(preferences, zone, after=after, until=until, paused_until=paused_until, served=served)
    return next(found, None)


def plan(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    start: date,
    days: int,
    paused_until: datetime | None = None,
) -> list[Slot]:
    """All slots planned for the local dates from ``start`` on, for ``days`` days, to be shown.

    A slot that a pause will leave out is listed with ``Moved.PAUSED``; its ``at`` is when it would have been.
    """
    first, last = datetime.combine(start, time()), start + (days - 1) * DAY
    return [
        replace(slot, moved=(*slot.moved, Moved.PAUSED)) if paused_until and slot.at < paused_until else slot
        for slot in _slots(preferences, zone, first, last)
    ]


def next_decision_point(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    paused_until: datetime | None = None,
    served: frozenset[str] = frozenset(),
    snoozes: Iterable[datetime] = (),
) -> datetime | None:
    """When to look at a person next: the next slot after ``after``, or sooner if a snoozed tip comes back.

    ``snoozes``: when the waiting ones are due; one that is overdue is due at ``after``, none during a pause.
    """
    resumes = max(after, paused_until or after)
    if resumes >= FOREVER:
        return None
    slot = next_slot(preferences, zone, after=after, paused_until=paused_until, served=served)
    moments = [max(due_back, resumes) for due_back in snoozes]
    return min([slot.at, *moments] if slot else moments, default=None)


def is_stale(slot_at: datetime, now: datetime, limit: timedelta) -> bool:
    """Whether a slot has waited longer than ``limit``: then it is let go."""
    return now - slot_at > limit


def _earliest(after: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> datetime:
    """The first wall-clock time (naive) whose slot can still lie ahead of ``after``.

    Only the silence around ``after`` can carry a slot past it: then back to a midnight before it began.
    """
    local = wall_clock(after, zone)
    if _silent_until(local, windows) is None:
        return local
    day = local.date()
    while (end := quiet_until(_midnight(day, zone), zone, windows)) and end > after:
        day -= DAY
    return datetime.combine(day, time())


def _planned(preferences: Preferences, first: datetime, last: date) -> Iterator[datetime]:
    """The planned wall-clock times (naive) from ``first`` to the end of ``last``, in order, each once."""
    for ahead in range((last - first.date()).days + 1):
        day = first.date() + ahead * DAY
        rules = [rule for rule in preferences.times if day.weekday() in rule.days]
        for clock in sorted({clock for rule in rules for clock in rule.times}):
            planned = datetime.combine(day, clock)
            if planned >= first:
                yield planned


def _single(planned: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow]) -> Slot | None:
    """The slot of one planned time; None on a date that never was (Pacific/Apia, 30 December 2011)."""
    at = instant(planned, zone)
    local = wall_clock(at, zone)
    moved: tuple[Moved, ...] = ()
    if local != planned:
        if wall_clock(_midnight(planned.date(), zone), zone).date() != planned.date():
            return None
        moved += (Moved.CLOCKS_FORWARD,)
    if quiet_end := quiet_until(at, zone, windows):
        at, local = quiet_end, wall_clock(quiet_end, zone)
        moved += (Moved.QUIET,)
    return Slot(key=planned.isoformat(timespec="minutes"), at=at, local=local, moved=moved)


def _slots(
    preferences: Preferences,
    zone: ZoneInfo,
    first: datetime,
    last: date,
    served: frozenset[str] = frozenset(),
) -> Iterator[Slot]:
    """The slots planned from ``first`` to the end of ``last``, ordered; neighbours that meet become one."""
    singles = (_single(planned, zone, preferences.quiet) for planned in _planned(preferences, first, last))
    waiting = (single for single in singles if single and single.key not in served)
    for _, group in groupby(waiting, key=lambda slot: slot.at):
        head, *others = group
        yield replace(head, merged=tuple(other.key for other in others)) if others else head
