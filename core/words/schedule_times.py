"""The times and days that a wish about the schedule names: "weekdays at 9", "9 and 5", "half past 8".

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from core.errors import BadInput
from core.records import WEEKDAYS, DayTimes, QuietWindow
from core.words.dates import vocabulary
from core.words.dates.clock import format_time
from core.words.dates.normal_form import normalize
from core.words.phrasebooks.books import schedules
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.settings import format_quiet, format_times, number_of, parse_cap, parse_quiet, parse_times

MIDNIGHT, NOON = time(), time(12)
PARTS = (
    (one_of(schedules.MORNINGS), time(9), "0:00-12:00"),
    (one_of(schedules.AFTERNOONS), time(15), "12:00-18:00"),
    (one_of(schedules.EVENINGS), time(19), "18:00-24:00"),
)
"""A part of the day, its usual time, and its hours."""

_SAID_TWICE = lazy_pattern(rf"^(?:{one_of(schedules.COUNTED)})")
_ROUGHLY = lazy_pattern(rf"(?:{one_of(schedules.ROUGHLY)}) ?")
_EVERY = lazy_pattern(rf"^(?:{one_of(schedules.EVERY)})")
_ONCE = lazy_pattern(rf"\b(?:{one_of(schedules.ONCE)})\b")
_SHORT_SPAN = re.compile(r"\b[^\W\d_]{2,3}\.? ?[-–—] ?[^\W\d_]{2,3}\b")
_HABIT = lazy_pattern(rf"\b(?:{one_of(schedules.HABIT)})\b")
_ON_DAYS = lazy_phrase(*schedules.ON_DAYS)
_HALF_PAST = lazy_pattern(rf"\b(?:{one_of(schedules.HALF_PAST)})(?!\w)")
_HALF_BEFORE = lazy_pattern(rf"\b(?:{one_of(schedules.HALF_BEFORE)})(?!\w)")
_AND = lazy_pattern(rf"(?:, | )(?:{one_of(schedules.OR)}) ")
_NUMBER_NAME = re.compile(r"[^\W\d_]{3,}")
_MORNING = 7
"""O'clock: before, people are asleep, and would say so if they meant it."""
_EXACT = re.compile(r"\d[:.]\d|\d ?h\b|\d ?[ap]\.?m\b|\b0\d\b")
"""A time that says which half of the day it is in."""


_HALF_SAID = re.compile(r"\d ?[ap]\.?m\b|\b0\d")
_DEEP_NIGHT, _NIGHT_HOURS = time(2), (3, 12)
_FIRST_WORK, _WORK_HOURS = time(6), 14


def first_group(found: re.Match[str] | None) -> str:
    """The group that matched; empty if none did."""
    return next((group for group in found.groups() if group), "").strip() if found else ""


def times_in(text: str) -> tuple[DayTimes, ...]:
    """The times that the text names, perhaps by a part of the day; empty if it is no schedule."""
    bare = _ROUGHLY.sub("", _SAID_TWICE.sub("", text)).strip()
    for part, usual, _ in PARTS:
        rest, count = re.subn(rf"(?<!\w)(?:{part})(?!\w)", " ", bare)
        if count:
            times = _parsed(" ".join(rest.split())) if rest.strip() else _parsed(format_time(usual))
            times = _later(times, before=usual) if usual > NOON else times
            return times or _joined(bare)
    return _rising(_parsed(bare), bare) or _joined(bare)


def _joined(text: str) -> tuple[DayTimes, ...]:
    """The times of "in the morning at 8 and in the evening at 7"."""
    pieces = _AND.split(text)
    found = [times_in(piece) for piece in pieces] if len(pieces) > 1 else []
    return _parsed("; ".join(map(format_times, found))) if all(found) else ()


def is_habit(text: str) -> bool:
    """Whether the days of the text come again and again: "text me on friday at 9" is about one friday."""
    named = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if _is_one_day(word)]
    return _ONCE.search(text) is None and (len(named) != 1 or _HABIT.search(text) is not None)


def is_once(text: str) -> bool:
    """Whether weekdays are named without a word that has them come again and again: "friday to wednesday".

    "mon-fri" is how settings are written, and "fridays" is every one.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    return not (
        _HABIT.search(text) or _EVERY.search(text) or _SHORT_SPAN.search(text) or any(map(_is_each, words))
    )


def says_once(text: str) -> bool:
    """Whether the text itself says that one certain day is meant: "this sunday"."""
    return _ONCE.search(text) is not None


def _is_each(word: str) -> bool:
    """Whether the word is a weekday with the ending of every one of them: "fridays", "freitags"."""
    return word.endswith("s") and _is_one_day(word.removesuffix("s"))


def _is_one_day(word: str) -> bool:
    return normalize(word) in vocabulary.WEEKDAYS


def is_count(text: str) -> bool:
    """Whether the text is a mere number: "only 2" are no times."""
    try:
        return parse_cap(text) >= 0
    except BadInput:
        return False


def _parsed(text: str) -> tuple[DayTimes, ...]:
    try:
        return parse_times(_with_half_hours(_NUMBER_NAME.sub(_in_digits, text)))
    except BadInput:
        return ()


def _in_digits(word: re.Match[str]) -> str:
    digits = number_of(word[0])
    return digits if digits.isdecimal() else word[0]


def _with_half_hours(text: str) -> str:
    """``8:30`` for "half past 8", "halb 9", "las ocho y media"."""
    for pattern, hours_back in ((_HALF_PAST, 0), (_HALF_BEFORE, 1)):
        found = pattern.search(text)
        hour = normalize(first_group(found)) if found else ""
        if found and hour.isdecimal() and hours_back <= int(hour) < 24:
            return f"{text[: found.start()]}{int(hour) - hours_back}:30{text[found.end() :]}"
    return text


def _later(times: tuple[DayTimes, ...], *, before: time) -> tuple[DayTimes, ...]:
    """The times, those of the morning twelve hours later: "in the evening at 8"."""
    return tuple(
        DayTimes(days=one.days, times=tuple(half_a_day_on(at) if at < NOON else at for at in one.times))
        for one in times
    )


def half_a_day_on(at: time) -> time:
    """Twelve hours after a time of the morning."""
    return at.replace(hour=at.hour + 12)


def _rising(times: tuple[DayTimes, ...], text: str) -> tuple[DayTimes, ...]:
    """``9 and 5`` are the hours of an office, ``9 and 17``: bare hours are in the order of the day."""
    hours = [int(one) for one in re.findall(r"(?<![\d:.h])\d{1,2}(?![\d:.h])(?! ?[ap]\.?m)", text)]
    is_bare = len(hours) > 1 and all(0 < one < 13 for one in hours)
    if not is_bare or len(times) != 1 or len(times[0].times) != len(hours):
        return times
    rising = [hours[0]]
    for hour in hours[1:]:
        rising.append(hour + 12 if hour < rising[-1] else hour)
    if any(one > 23 for one in rising) or rising == hours:
        return times
    return (DayTimes(days=times[0].days, times=tuple(sorted(map(time, rising)))),)


# --- A bound of the day, days, and windows -----------------------------------------------------------------


def bound_in(text: str, *, is_end: bool = False) -> DayTimes | None:
    """The one time that the text names, with its days; None if it names none or several.

    ``is_end``: a bare "9" is nine in the evening, as nobody's day ends at nine in the morning.
    """
    found = times_in(text) if text and is_habit(text) else ()
    if len(found) != 1 or len(found[0].times) != 1 or found[0].times[0] == MIDNIGHT:
        return None
    (at,) = found[0].times
    if is_end and at < NOON and _EXACT.search(text) is None:
        at = half_a_day_on(at)
    return DayTimes(days=found[0].days, times=(at,))


def on_days(days: frozenset[int] | tuple[int, ...], hours: str) -> str:
    """As an argument of /quiet: ``sunday 0:00-9:00``; of every day, the hours alone."""
    if len(days) == len(WEEKDAYS):
        return hours
    return f"{' '.join(vocabulary.WEEKDAYS[day] for day in sorted(days))} {hours}"


def days_in(text: str) -> frozenset[int]:
    """The weekdays that the text names and nothing else; empty for other texts, and for every day."""
    bare = _EVERY.sub("", first_group(_ON_DAYS.fullmatch(text)) or text)
    windows = windows_in(f"{text} all day") or windows_in(f"{bare} all day")
    found = {day for one in windows for day in one.days}
    whole = format_quiet(windows).endswith("all day")
    return frozenset(found) if whole and len(found) < len(WEEKDAYS) else frozenset()


def window_in(text: str) -> QuietWindow | None:
    """The one window that the text names, with its days; None if it names none, several, or a whole day."""
    windows = windows_in(text) if is_habit(text) else ()
    if len(windows) != 1 or windows[0].start == windows[0].end:
        return None
    return windows[0] if _EXACT.search(text) else _of_office(windows[0])


def sleep_in(text: str) -> QuietWindow | None:
    """The hours of sleep that the text names: ``10:30 to 6:30`` is at night; None if it names none.

    A nap is taken as said, and as the hours of an office.
    """
    return next(filter(_is_a_night, _readings(text)), None) or window_in(text)


def work_in(text: str) -> QuietWindow | None:
    """The hours of work that the text names: ``2 to 10`` ends in the evening; None if it names none."""
    return next(filter(_is_a_day, _readings(text)), None) or window_in(text)


def _readings(text: str) -> Iterator[QuietWindow]:
    """The one window that the text names, with its hours as they are and half a day later, if no half of the
    day was said.
    """
    windows = windows_in(text) if is_habit(text) else ()
    if len(windows) != 1:
        return
    window = windows[0]
    starts, ends = (_halves(at, text) for at in (window.start, window.end))
    yield from (replace(window, start=start, end=end) for start in starts for end in ends)


def _halves(at: time, text: str) -> tuple[time, ...]:
    """A time that may be in either half of the day, in both."""
    if len(_HALF_SAID.findall(text)) > 1:
        return (at,)
    if at.hour == NOON.hour:
        return (at, at.replace(hour=0))
    return (at, half_a_day_on(at)) if 0 < at.hour < NOON.hour else (at,)


def _hours(window: QuietWindow) -> float:
    minutes = [at.hour * 60 + at.minute for at in (window.start, window.end)]
    return (minutes[1] - minutes[0]) % (24 * 60) / 60


def _is_a_night(window: QuietWindow) -> bool:
    """Whether it is a plausible night: from 3 to 12 hours, and asleep at two."""
    shortest, longest = _NIGHT_HOURS
    begins_before = window.start <= _DEEP_NIGHT or window.end < window.start
    return shortest <= _hours(window) <= longest and begins_before and window.end > _DEEP_NIGHT


def _is_a_day(window: QuietWindow) -> bool:
    """Whether it is a plausible day at work: within one day, from six on, of 14 hours at most."""
    return _FIRST_WORK <= window.start < window.end and _hours(window) <= _WORK_HOURS


def _of_office(window: QuietWindow) -> QuietWindow:
    """Where no half of the day was said: ``9 to 5`` is 9:00 to 17:00, ``1 to 2`` in the afternoon, and
    ``10 to 7`` the night from 22:00.
    """
    start, end = window.start, window.end
    if 0 < start.hour < end.hour < _MORNING:
        return replace(window, start=half_a_day_on(start), end=half_a_day_on(end))
    if not (end < start and end.hour > 0 and start.hour <= NOON.hour):
        return window
    if 9 < start.hour < NOON.hour:
        return replace(window, start=half_a_day_on(start))
    return replace(window, end=half_a_day_on(end))


def windows_in(text: str) -> tuple[QuietWindow, ...]:
    """All windows that the text names and nothing else, as ``parse_quiet`` reads them; else none."""
    try:
        return parse_quiet(text)
    except BadInput:
        return ()
