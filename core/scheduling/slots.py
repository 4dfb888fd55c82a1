"""Slots: the instants of a person's planned local times.

A plan is a rule (``02:30 on Sundays, in Europe/Berlin``). Its instants are computed when they are needed and
never stored as truth, since people travel and governments change time zones.

Planned times keep their order: neither a skipped hour nor a quiet window lets a later one overtake an earlier
one. So slots at the same instant are neighbours, and are merged into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from core.records import Moved, Pause, Preferences, QuietWindow, Slot
from core.scheduling.pauses import resumes
from core.scheduling.quiet_hours import (
    DAY,
    DEFAULT_GUARD,
    FOREVER,
    MAX_QUIET_SPAN,
    instant,
    midnight,
    opening,
    quiet_days,
    wall_clock,
)

HORIZON = MAX_QUIET_SPAN + timedelta(weeks=2)
"""Where the next slot is searched. Plans repeat weekly, and the slots of one week may be served already."""


def slots(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    until: datetime,
    pauses: Sequence[Pause] = (),
    served: frozenset[str] = frozenset(),
    guard: timedelta = DEFAULT_GUARD,
) -> Iterator[Slot]:
    """The slots with ``after < at <= until``, in order, computed lazily.

    Each planned time gives one slot on each local date. A skipped local time moves to the end of the gap.
    A slot in a quiet window, or within ``guard`` before one, moves to the window's end. Slots at one instant
    are merged. A date that the zone skips, or that is quiet all day, has no slots. Slots in a pause are left
    out (``plan`` lists them). ``served``: keys (``key`` and ``merged``) of slots that were
    served, in any zone.
    """
    if (resumed := resumes(after, pauses)) > after:
        after = resumed - datetime.resolution
    if after >= until:
        return
    first = _earliest(after, zone, preferences.quiet, guard)
    last = wall_clock(until, zone).date() + DAY  # midnight may come twice: tomorrow has begun by then
    for slot in _slots(preferences, zone, first, last, guard=guard, served=served):
        if slot.at > until:
            return
        if slot.at > after and resumes(slot.at, pauses) == slot.at:
            yield slot


def next_slot(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    guard: timedelta,
    pauses: Sequence[Pause] = (),
    served: frozenset[str] = frozenset(),
) -> Slot | None:
    """The first slot strictly after ``after``; None without planned times, or in a pause without end."""
    if resumes(after, pauses) >= FOREVER:
        return None
    ends = (pause.until for pause in pauses if pause.until < FOREVER)
    until = max([after, *ends]) + HORIZON
    found = slots(preferences, zone, after=after, until=until, pauses=pauses, served=served, guard=guard)
    return next(found, None)


def plan(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    start: date,
    days: int,
    pauses: Sequence[Pause] = (),
    guard: timedelta = DEFAULT_GUARD,
) -> list[Slot]:
    """All slots planned for the ``days`` local dates from ``start`` on, for display.

    A slot that a pause leaves out is listed with ``Moved.PAUSED``; its ``at`` is when it would have been.
    """
    first, last = datetime.combine(start, time()), start + (days - 1) * DAY
    return [
        slot if resumes(slot.at, pauses) == slot.at else replace(slot, moved=(*slot.moved, Moved.PAUSED))
        for slot in _slots(preferences, zone, first, last, guard=guard)
    ]


def next_decision_point(
    preferences: Preferences,
    zone: ZoneInfo,
    *,
    after: datetime,
    pauses: Sequence[Pause] = (),
    served: frozenset[str] = frozenset(),
    waiting: Iterable[datetime] = (),
    guard: timedelta = DEFAULT_GUARD,
) -> datetime | None:
    """The next decision point: the next slot after ``after``, or the first of ``waiting`` if that is sooner.

    ``waiting``: instants at which snoozed tips return, and slots that were held back may be served. An
    overdue one counts as ``after``; during a pause all wait for its end.
    """
    slot = next_slot(preferences, zone, after=after, pauses=pauses, served=served, guard=guard)
    moments = [resumes(max(due, after), pauses) for due in waiting]
    found = [*([slot.at] if slot else []), *(at for at in moments if at < FOREVER)]
    return min(found, default=None)


def is_stale(slot_at: datetime, now: datetime, limit: timedelta) -> bool:
    """Whether a slot is later than ``limit``, and no longer served."""
    return now - slot_at > limit


def _earliest(after: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow], guard: timedelta) -> datetime:
    """The earliest planned local time (naive) whose slot can be after ``after``.

    Only quiet hours around ``after`` move a slot past it; in them, a midnight before they began.
    """
    local = wall_clock(after, zone)
    if opening(after, guard, zone, windows) == after:
        return local
    day = local.date()
    while opening(midnight(day, zone), guard, zone, windows) > after:
        day -= DAY
    return datetime.combine(day, time())


def _planned(preferences: Preferences, first: datetime, last: date) -> Iterator[datetime]:
    """The planned local times (naive) from ``first`` to the end of ``last``, in order, without duplicates."""
    for ahead in range((last - first.date()).days + 1):
        day = first.date() + ahead * DAY
        rules = [rule for rule in preferences.times if day.weekday() in rule.days]
        for clock in sorted({clock for rule in rules for clock in rule.times}):
            planned = datetime.combine(day, clock)
            if planned >= first:
                yield planned


def _single(
    planned: datetime, zone: ZoneInfo, windows: Sequence[QuietWindow], guard: timedelta
) -> Slot | None:
    """The slot of one planned local time (naive).

    None on a date that the zone skips (Pacific/Apia, 30 December 2011), on a quiet day, and if a quiet day
    lies between the planned time and the end of its quiet hours.
    """
    at = instant(planned, zone)
    local = wall_clock(at, zone)
    moved: tuple[Moved, ...] = ()
    if local != planned:
        if wall_clock(midnight(planned.date(), zone), zone).date() != planned.date():
            return None
        moved += (Moved.CLOCKS_FORWARD,)
    opens = opening(at, guard, zone, windows)
    if opens > at:
        at, local = opens, wall_clock(opens, zone)
        moved += (Moved.QUIET,)
    if _passes_quiet_day(planned, local, windows):
        return None
    return Slot(key=planned.isoformat(timespec="minutes"), at=at, local=local, moved=moved)


def _passes_quiet_day(planned: datetime, local: datetime, windows: Sequence[QuietWindow]) -> bool:
    """Whether one of the days from ``planned`` to ``local`` is quiet from midnight to midnight."""
    days = quiet_days(windows)
    span = range(max((local.date() - planned.date()).days, 0) + 1)
    return any((planned.date() + ahead * DAY).weekday() in days for ahead in span)


def _slots(
    preferences: Preferences,
    zone: ZoneInfo,
    first: datetime,
    last: date,
    *,
    guard: timedelta,
    served: frozenset[str] = frozenset(),
) -> Iterator[Slot]:
    """The slots planned from ``first`` to the end of ``last``, in order; those at one instant are merged."""
    windows = preferences.quiet
    singles = (_single(planned, zone, windows, guard) for planned in _planned(preferences, first, last))
    waiting = (single for single in singles if single and single.key not in served)
    for _, group in groupby(waiting, key=lambda slot: slot.at):
        head, *others = group
        yield replace(head, merged=tuple(other.key for other in others)) if others else head
