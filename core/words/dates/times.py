"""Times of day in a sentence: ``half past 4``, ``halb acht``, ``Viertel vor neun``, ``8 Uhr 30``, ``midi``.

Patterns are in the normal form. ``core/words/dates/clock.py`` reads times of day in settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from core.words.dates.patterns import (
    HOUR_12,
    HOUR_24,
    MINUTE,
    Groups,
    PhrasePattern,
    any_of,
    match_any,
    search_pattern,
)

END_OF_DAY = time(23, 59)
"""Midnight is the end of the named day: "friday midnight" is not on Saturday."""

NIGHT_END_HOUR = 6  # before it, "at night" means after midnight
_WAKING_HOURS = range(7, 23)  # preferred where neither am nor pm is given
_LAST_HOUR_OF_SLEEP = 4
_PM_PARTS = ("afternoon", "evening", "night")
NIGHT_PARTS = ("evening", "night")
_NOON = 12
_SOON_IN_THE_NIGHT = 3 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day as said."""

    at: time
    ambiguous: bool = False
    """Whether it may be twelve hours later: "half past 4" is 4:30 or 16:30."""

    is_noon: bool = False
    """Whether noon is named, and no number."""

    def resolve(self, *, part: str | None, now: time | None) -> time:
        """The time in this ``part`` of the day. ``now``: the current time, if the time may be today.

        ``at 5`` is in the afternoon; ``at 9`` is in the morning, or in the evening if 9:00 is past. ``12`` in
        the evening or at night is midnight. In the night, what comes within ``_SOON_IN_THE_NIGHT`` is meant.
        """
        later = self.at.replace(hour=(self.at.hour + _NOON) % 24)
        if part in NIGHT_PARTS and self.at.hour == _NOON and not self.is_noon:
            return later  # "tonight at 12"
        if part:
            is_late = part in _PM_PARTS and 0 < self.at.hour < _NOON and not _is_after_midnight(self.at, part)
            return later if is_late else self.at
        if not self.ambiguous:
            return self.at
        soon = [one for one in (self.at, later) if now and _is_soon_in_the_night(one, now)]
        candidates = [one for one in sorted((self.at, later)) if one.hour in _WAKING_HOURS] or [self.at]
        candidates = soon or candidates
        return next((one for one in candidates if now is None or one > now), candidates[0])


def _is_after_midnight(at: time, part: str) -> bool:
    """``3 Uhr nachts``; the night includes hours before and after midnight."""
    return part == "night" and at.hour < NIGHT_END_HOUR


def _is_soon_in_the_night(at: time, now: time) -> bool:
    return now.hour < NIGHT_END_HOUR and now < at and _distance(now, at) <= _SOON_IN_THE_NIGHT


# --- Patterns ----------------------------------------------------------------------------------------------

_LEADS_OF_TIMES = ("at", "by", "before", "vor", "until", "around", "dici")
_AM_PM = " ?(?P<half>[ap])m"
_MINUTES_PAST = {"quarter": 15, "a quarter": 15, "le quarter": 15, "half": 30}
_PAST = any_of("a quarter", "le quarter", "quarter", "half", "5", "10", "20", "25")
_BEFORE = ("to", "before", "vor", "of", "til", "till", "minus")


def _exact_time(groups: Groups) -> Clock:
    """Hour and minute; ``half`` is the first letter of am or pm, ``past`` a word for the minutes."""
    hour, past = int(groups["hour"] or 0), groups.get("past")
    minute = _MINUTES_PAST[past] if past in _MINUTES_PAST else int(past or groups.get("minute") or 0)
    if half := groups.get("half"):
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return Clock(at=time(hour, minute))


def _exact_hours(groups: Groups) -> Clock:
    """*14 heures*; with a word for the minutes, as *trois heures et demie*, twelve hours are counted, and at
    *à 3h* nobody is up either.
    """
    clock, hour = _exact_time(groups), int(groups["hour"] or 0)
    return replace(clock, ambiguous=0 < hour <= (_NOON if groups.get("past") else _LAST_HOUR_OF_SLEEP))


def _minutes_before_hour(groups: Groups) -> Clock:
    hour = int(groups["hour"] or 0)
    return _shifted(hour, -_minutes(groups["past"]), ambiguous=0 < hour <= _NOON)


def _spoken_time(groups: Groups) -> Clock:
    """``10 to 5``, ``quarter past 5 pm``, ``5 vor halb acht``; *halb acht* is half an hour before eight."""
    hour = {"noon": 12, "midnight": 0}.get(str(groups["hour"]), groups["hour"])
    past = _minutes(groups["past"]) if groups["past"] else 0
    shift_minutes = (-past if groups["side"] in _BEFORE else past) - (30 if groups["halb"] else 0)
    half = groups.get("half")
    exact = half is not None or groups["hour"] in ("noon", "midnight")
    begun = int(str(hour)) % _NOON + (_NOON if half == "p" or groups["hour"] == "noon" else 0)
    return _shifted(begun, shift_minutes, ambiguous=not exact and int(str(hour)) <= _NOON)


def _quarter_before(groups: Groups) -> Clock:
    """*dreiviertel acht* is 7:45."""
    return _spoken_time({**groups, "past": "quarter", "side": "to", "halb": ""})


def _shifted(hour: int, minutes: int, *, ambiguous: bool) -> Clock:
    total = (60 * hour + minutes) % (24 * 60)
    return Clock(at=time(total // 60 % _NOON if ambiguous else total // 60, total % 60), ambiguous=ambiguous)


def _minutes(past: str | None) -> int:
    return _MINUTES_PAST[past] if past in _MINUTES_PAST else int(past or 0)


def _noon(groups: Groups) -> Clock:
    return Clock(at=time(12, _minutes(groups["past"])), is_noon=True)


def _midnight(groups: Groups) -> Clock:
    return Clock(at=time(0, _minutes(groups["past"])) if groups["past"] else END_OF_DAY)


def _bare_hour(groups: Groups) -> Clock:
    hour = int(groups["hour"] or 0)
    return Clock(at=time(hour, int(groups.get("minute") or 0)), ambiguous=0 < hour <= _NOON)


def _one_oclock(groups: Groups) -> Clock:
    """*um ein Uhr*, *à une heure*."""
    return Clock(at=time(1, _minutes(groups.get("past"))), ambiguous=True)


def _digits_only(groups: Groups) -> Clock:
    """``at 0645``, ``at 630``; ``at 330`` is in the afternoon, ``at 0330`` is not."""
    return replace(_exact_time(groups), ambiguous=str(groups["hour"]) in "12345")


_SPOKEN_HOUR = f"(?P<hour>{HOUR_12}|noon|midnight)(?: (?:o'clock|uhr))?(?:{_AM_PM})?"
_Reads = Callable[[Groups], Clock]
CLOCK_TIMES: tuple[PhrasePattern[_Reads], ...] = (
    PhrasePattern(pattern=f"(?P<hour>{HOUR_12})(?:[:.](?P<minute>{MINUTE}))?{_AM_PM}", read=_exact_time),
    PhrasePattern(
        pattern=f"(?P<hour>{HOUR_24})(?:[:.](?P<minute>{MINUTE}))? uhr(?: (?P<past>{MINUTE}))?",
        read=_exact_time,
    ),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24})(?:[:.](?P<minute>{MINUTE}))? o'clock", read=_bare_hour),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_12})(?::(?P<minute>{MINUTE}))? o'clock{_AM_PM}", read=_exact_time),
    PhrasePattern(pattern="a uhr", read=_one_oclock),
    PhrasePattern(pattern="a hour(?: and (?P<past>quarter|half))?", read=_one_oclock, after=("at", "around")),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24}):(?P<minute>{MINUTE})", read=_exact_time),
    PhrasePattern(
        pattern=f"(?P<hour>{HOUR_24})[.h](?P<minute>{MINUTE})", read=_exact_time, after=_LEADS_OF_TIMES
    ),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24})(?P<minute>{MINUTE})", read=_digits_only, after=("at",)),
    PhrasePattern(
        pattern=f"(?P<hour>{HOUR_24}) hours?(?: and (?P<past>quarter|half)| (?P<minute>{MINUTE}))?",
        read=_exact_hours,
        after=_LEADS_OF_TIMES,
    ),
    PhrasePattern(
        pattern=f"(?P<hour>{HOUR_24}) hours? minus (?P<past>{_PAST})",
        read=_minutes_before_hour,
        after=_LEADS_OF_TIMES,
    ),
    PhrasePattern(pattern="noon(?: and (?P<past>quarter|half))?", read=_noon),
    PhrasePattern(pattern="(?:24(?::00)? uhr|24:00)(?P<past>)", read=_midnight),
    PhrasePattern(pattern="midnight(?: and (?P<past>quarter|half))?", read=_midnight),
    PhrasePattern(
        pattern=f"(?:(?P<past>5|10) (?P<side>vor|after) )?(?P<halb>halb) (?P<hour>{HOUR_12})",
        read=_spoken_time,
    ),
    PhrasePattern(
        pattern=f"(?P<past>a quarter|quarter|half)(?P<halb>) (?P<side>to|before|vor|of|till?|past|after)"
        f" {_SPOKEN_HOUR}",
        read=_spoken_time,
    ),
    PhrasePattern(
        pattern=f"(?P<past>5|10|20|25)(?: minutes)?(?P<halb>)"
        f" (?P<side>to|before|vor|till?|past|after) {_SPOKEN_HOUR}",
        read=_spoken_time,
        after=_LEADS_OF_TIMES,
    ),
    PhrasePattern(
        # Multiples of five: in "2 vor 8" the number may count things.
        pattern=f"(?P<past>5|10|15|20|25)(?: minutes)?(?P<halb>) (?P<side>vor) {_SPOKEN_HOUR}",
        read=_spoken_time,
    ),
    PhrasePattern(pattern=f"dreiviertel (?P<hour>{HOUR_12})", read=_quarter_before),
    PhrasePattern(
        pattern=f"(?P<past>half)(?P<halb>)(?P<side>) (?P<hour>{HOUR_12})",
        read=_spoken_time,
        after=_LEADS_OF_TIMES,
    ),
)
"""Times that are unmistakable by themselves."""

TIMES_AFTER_DAY: tuple[PhrasePattern[_Reads], ...] = (
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24})h(?P<minute>{MINUTE})?", read=_exact_time),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24}) hours?(?: and (?P<past>quarter|half))?", read=_exact_time),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24}) hours? minus (?P<past>{_PAST})", read=_minutes_before_hour),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_12})(?::(?P<minute>{MINUTE}))?(?P<half>[ap])", read=_exact_time),
)
"""Times only after a day: ``vendredi 14h30``, ``tomorrow 5p``; elsewhere they are amounts, or pence."""

BARE_HOURS: tuple[PhrasePattern[_Reads], ...] = (
    PhrasePattern(pattern=f"(?P<hour>{HOUR_24})", read=_bare_hour, after=_LEADS_OF_TIMES),
    PhrasePattern(pattern=f"(?P<hour>{HOUR_12}) (?P<minute>[0-5][05])", read=_bare_hour, after=("at",)),
)
"""Numbers after *at*: *at 5*, *at three thirty*."""

_ALL_TIMES = (*CLOCK_TIMES, *TIMES_AFTER_DAY, *BARE_HOURS)
_END_POINT = any_of(search_pattern(CLOCK_TIMES), f"{HOUR_24}(?: hours)?", f"{HOUR_24}h(?:{MINUTE})?")
TIME_RANGE = rf"(?:(?:from|of|between) {_END_POINT} (?:to|by|at|and|-|–)|{_END_POINT} –) {_END_POINT}"
_TIME_RANGE_PARTS = re.compile(r"(?:(?:from|of|between) )?(.+?) (?:to|by|at|and|-|–) (.+)")
_EARLY = re.compile(
    rf"(?:(?:from|of|between) )?[1-5][:.]{MINUTE}(?: (?:to|by|at|and|-|–) (?:{HOUR_12}|[1-9][:.]{MINUTE}))?"
)
OPTIONAL_END_TIME = f"(?: (?:to|–) {search_pattern(CLOCK_TIMES)})?"
"""An end after a time; it is matched and ignored."""


def read_clock(words: str, *, twelve_hours: bool = False) -> Clock | None:
    """The time of day that ``words`` (normal form) mean; of a range, its start. None if they mean none.

    On a clock of ``twelve_hours``, "4:30" may be in the afternoon as "4" may; from six on, it is as written.
    """
    clock = _read_clock(words)
    return replace(clock, ambiguous=True) if clock and twelve_hours and _EARLY.fullmatch(words) else clock


def _read_clock(words: str) -> Clock | None:
    found = _read_single(words)
    ranged = _TIME_RANGE_PARTS.fullmatch(words) if found is None else None
    if ranged is None:
        return found
    begun, ended = _read_single(ranged[1]), _read_single(ranged[2])
    is_late = ranged[2].endswith("pm") and re.fullmatch("[0-9:]+", ranged[1]) is not None
    if begun and ended and is_late and begun.at.hour <= ended.at.hour % _NOON:  # "4:30-6pm"
        return Clock(at=begun.at.replace(hour=begun.at.hour + _NOON))
    return begun


def loose_hour(words: str) -> int | None:
    """The hour, 1 to 12, of a time (normal form) that may as well be twelve hours later; None if it is exact.

    "8:30" and *8 Uhr* are among those here: a dinner at that time is in the evening.
    """
    written = re.fullmatch(rf"([1-9]|1[0-2])(?:[:.]{MINUTE}| uhr| hours?)", words)
    clock = read_clock(words)
    if clock is None or not (written or clock.ambiguous):
        return None
    return clock.at.hour % _NOON or _NOON


def reach_of_other_half(words: str) -> int:
    """Within how many minutes of a known time the same hour of the other half of the day may be meant by
    ``words`` (normal form), which say neither am nor pm; 0 if they are exact.

    "7" and "3:30" may mean either. "9:30" rather is the morning, if the evening is not near; "14:30", "09:30"
    and *9 Uhr* are exact.
    """
    if read := _LOOSELY_WRITTEN.fullmatch(words):
        return _HALF_A_DAY // 2 if int(read["hour"] or read["oclock"]) in _UNUSUAL_HOURS else _HALF_A_DAY // 4
    clock = read_clock(words)
    return _HALF_A_DAY // 2 if clock and clock.ambiguous else 0


_HALF_A_DAY = 12 * 60
_UNUSUAL_HOURS = range(1, 7)
"""Written without am or pm, they are rather those of the afternoon."""

_LOOSELY_WRITTEN = re.compile(
    f"(?P<hour>[1-9]|1[0-2])[:.]{MINUTE}|(?P<oclock>[1-6])(?:(?: uhr| hours?| ?h)(?: ?{MINUTE})?)"
)


def in_half_of(known: time, at: time, reach: int) -> time:
    """``at``, or the same hour of the other half of the day, if that is nearer to the ``known`` time.

    It must be near enough: within ``reach`` minutes, and in waking hours unless it is very near.
    """
    other = at.replace(hour=(at.hour + _NOON) % 24)
    distance = _distance(known, other)
    is_usual = other.hour in _WAKING_HOURS[:-1] or distance <= _HALF_A_DAY // 4
    return other if is_usual and distance <= reach and distance < _distance(known, at) else at


def halves_of(words: str, clock: Clock, known: time) -> tuple[time, ...]:
    """The times that ``words`` (normal form, read as ``clock``) may mean near a ``known`` one: one or two."""
    other = clock.at.replace(hour=(clock.at.hour + _NOON) % 24)
    reach = reach_of_other_half(words)
    return (clock.at, other) if clock.ambiguous or _distance(known, other) <= reach else (clock.at,)


def _distance(one: time, other: time) -> int:
    return abs(60 * (one.hour - other.hour) + one.minute - other.minute)


def _read_single(words: str) -> Clock | None:
    found = match_any(_ALL_TIMES, words)
    return found.read(found.groups) if found else None
