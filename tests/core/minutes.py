"""The clocks read minute by minute: the slow and obvious way to say what a schedule has to give.

Shares no idea with ``core.scheduling.slots``: it looks at the wall clock each minute and writes down what it
sees.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from core.records import DayTimes, Preferences, QuietWindow, Slot

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What the wall clock showed from ``start`` (UTC, a whole minute) on, a picture a minute.

    ``wall`` is naive, ``of_week`` the same as minutes since Monday 00:00, ``highest`` the latest time shown
    so far, ``highest_of_week`` the same as minutes since Monday, ``dates`` the days that were.
    """

    start: datetime
    wall: list[datetime]
    of_week: list[int]
    highest: list[datetime]
    highest_of_week: list[int]
    dates: frozenset[date]

    def at(self, minute: int) -> datetime:
        """When picture number ``minute`` was taken."""
        return self.start + minute * MINUTE

    def minute(self, at: datetime) -> int:
        """The number of the picture taken at that instant."""
        return (at - self.start) // MINUTE


def film(zone: ZoneInfo, start: datetime, end: datetime) -> Film:
    """A picture of the wall clock for each minute from ``start`` to ``end``."""
    instants = (start + minute * MINUTE for minute in range((end - start) // MINUTE))
    pictures = (at.astimezone(zone) for at in instants)
    wall = [datetime.combine(local.date(), local.time()) for local in pictures]
    highest = list(accumulate(wall, max))
    return Film(
        start=start,
        wall=wall,
        of_week=list(map(minute_of_week, wall)),
        highest=highest,
        highest_of_week=list(map(minute_of_week, highest)),
        dates=frozenset(local.date() for local in wall),
    )


def minute_of_week(local: datetime) -> int:
    """Minutes since Monday 00:00."""
    return local.weekday() * 1440 + local.hour * 60 + local.minute


def quiet_week(windows: Iterable[QuietWindow]) -> list[bool]:
    """Every minute of the week, painted by walking each window from its start until its end."""
    painted = [False] * (WEEK // MINUTE)
    for window in windows:
        for day in window.days:
            minute = day * 1440 + window.start.hour * 60 + window.start.minute
            while minute % 1440 != window.end.hour * 60 + window.end.minute:
                painted[minute % len(painted)] = True
                minute += 1
    return painted


def next_loud(film: Film, windows: Iterable[QuietWindow], guard: int = 0) -> list[int]:
    """For every picture the first one from it on that is not quiet, nor will be in ``guard`` minutes; past
    the end of the film if none is.

    What the clocks have shown inside a window stays quiet while they show it, or less, again: a film that is
    to know of that begins before they go back.
    """
    quiet = quiet_week(windows)
    loud: list[int] = []
    found = len(film.wall)
    next_quiet = found + guard
    for minute in reversed(range(len(film.wall))):
        if quiet[film.of_week[minute]] or quiet[film.highest_of_week[minute]]:
            next_quiet = minute
        if next_quiet - minute > guard:
            found = minute
        loud.append(found)
    return loud[::-1]


def expected_slots(
    film: Film, preferences: Preferences, days: Iterable[date], loud: Sequence[int]
) -> list[Slot]:
    """The slots planned on ``days``, without ``moved``: first shown, then the quiet's end, then merged.

    A time has come once the clock has shown it or a later one. ``loud`` is ``next_loud`` of the quiet hours.
    """
    keys: dict[int, list[str]] = {}
    for day in days:
        clocks = {clock for rule in preferences.times if day.weekday() in rule.days for clock in rule.times}
        for planned in (datetime.combine(day, clock) for clock in sorted(clocks) if day in film.dates):
            keys.setdefault(loud[bisect_left(film.highest, planned)], []).append(f"{planned:%Y-%m-%dT%H:%M}")
    return [
        Slot(key=first, at=film.at(minute), local=film.wall[minute], merged=tuple(others))
        for minute, (first, *others) in keys.items()
    ]


def daily(times: Iterable[time], *quiet: QuietWindow) -> Preferences:
    """The same times every day."""
    return Preferences(times=(DayTimes(days=tuple(range(7)), times=tuple(times)),), quiet=quiet)


def window(start: str, end: str, *days: int) -> QuietWindow:
    """``window("22:00", "07:00")``, every day unless ``days`` are named."""
    first, last = clocks(start, end)
    return QuietWindow(start=first, end=last, days=days or tuple(range(7)))


def clocks(*texts: str) -> list[time]:
    """Wall-clock times as people write them."""
    return [time.fromisoformat(text) for text in texts]


def utc(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
