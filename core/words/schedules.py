"""What people say about when oO may write: times, days, quiet hours, how often, the messages of every day.

A text counts only if all of what it says of the time is understood: "write me at 8", and not "write me at 8
about the rent". What is wanted is given as the argument of the command that sets it.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from core.errors import BadInput
from core.records import WEEKDAYS, DayTimes, QuietWindow
from core.words.dates import vocabulary
from core.words.dates.clock import format_time
from core.words.intents import AddQuiet, Intent, SetBrief, SetCap, SetQuiet, SetReview, SetTimes
from core.words.phrasebooks.books import schedules
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of
from core.words.settings import format_quiet, format_times, parse_cap, parse_quiet, parse_times

MAX_LENGTH = 120
"""Code points: whoever says more says more than a schedule."""

NIGHT = "22:00-7:00"
"""When nothing else is said of the night."""

_NOON, _EVENING = time(12), time(18)
_WRITE_AT, _NOT_AT, _ONLY = (
    lazy_phrase(*patterns) for patterns in (schedules.WRITE_AT, schedules.NOT_AT, schedules.ONLY)
)
_BEFORE, _AFTER, _ON_DAYS = (
    lazy_phrase(*patterns) for patterns in (schedules.BEFORE, schedules.AFTER, schedules.ON_DAYS)
)
_BETWEEN, _NIGHTS = lazy_phrase(*schedules.BETWEEN), lazy_phrase(*schedules.NIGHTS)
_LIMITS = lazy_phrase(*schedules.LIMITS)
_PARTS = (
    (one_of(schedules.MORNINGS), time(9), "0:00-12:00"),
    (one_of(schedules.AFTERNOONS), time(15), "12:00-18:00"),
    (one_of(schedules.EVENINGS), time(19), "18:00-24:00"),
)
"""A part of the day, its usual time, and its hours."""

_AFTER_ALL = lazy_pattern(rf"(?:[ ,]+(?:{one_of(schedules.AFTER_ALL)}))+$")
_SAID_TWICE = lazy_pattern(rf"^(?:{one_of(schedules.COUNTED)})")
_ROUGHLY = lazy_pattern(rf"(?:{one_of(schedules.ROUGHLY)}) ?")
_EVERY = lazy_pattern(rf"^(?:{one_of(schedules.EVERY)})")
_OR = re.compile(rf"(?:,| |, )(?:{one_of(schedules.OR)}) ")
_DAILY: tuple[tuple[LazyPhrase, Callable[[str], Intent], str], ...] = (
    (lazy_phrase(*schedules.BRIEF_OFF), lambda text: SetBrief(text=text), ""),
    (lazy_phrase(*schedules.REVIEW_OFF), lambda text: SetReview(text=text), ""),
    (lazy_phrase(*schedules.BRIEF_AT), lambda text: SetBrief(text=text), "8:00"),
    (lazy_phrase(*schedules.REVIEW_AT), lambda text: SetReview(text=text), "20:00"),
)
"""What switches a message of every day off or on, the setting, and its time if none is said."""


def asked_of_schedule(text: str) -> Intent | None:
    """The change of the schedule that the text asks for; None for other texts."""
    if len(text) > MAX_LENGTH:
        return None
    said = _AFTER_ALL.sub("", text.lower())
    return next((found for read in _READERS if (found := read(said))), None)


def _group(pattern: LazyPhrase, text: str) -> str:
    """The group that matched; empty if none did."""
    found = pattern.fullmatch(text)
    return next((group for group in found.groups() if group), "").strip() if found else ""


# --- How often, and the messages of every day --------------------------------------------------------------


def _limit(text: str) -> Intent | None:
    wanted = _group(_LIMITS, text)
    counts = next((names.index(wanted) for names in _counts() if wanted in names), None)
    try:
        return SetCap(text=str(parse_cap(wanted) if counts is None else counts)) if wanted else None
    except BadInput:
        return None


def _counts() -> list[list[str]]:
    """For each language, the names of never, once, twice and so on."""
    return [names.split() for names in schedules.TIMES_A_DAY]


def _daily(text: str) -> Intent | None:
    for pattern, setting, usual in _DAILY:
        if not pattern.fullmatch(text):
            continue
        if not usual:
            return setting("off")
        found = _schedule(_group(pattern, text))
        return setting(format_time(found[0].times[0]) if found else usual)
    return None


# --- When it may write -------------------------------------------------------------------------------------


def _times(text: str) -> Intent | None:
    """The times at which oO may write."""
    wanted = _group(_WRITE_AT, text)
    found = _schedule(wanted) if wanted else ()
    return SetTimes(text=format_times(found)) if found else None


def _only(text: str) -> Intent | None:
    """The only hours, days or times."""
    if wanted := _group(_ONLY, text):
        return _only_at(wanted)
    wanted = _group(_WRITE_AT, text)
    return _only_at(wanted) if wanted and _BETWEEN.fullmatch(wanted) else None


def _only_at(wanted: str) -> Intent | None:
    if _BETWEEN.fullmatch(wanted) and (window := _windows(wanted)):
        start, _, end = window.partition("–")
        return SetQuiet(text=f"{end}-{start}") if "," not in window else None
    if days := _days(wanted):
        return AddQuiet(text=_all_day(frozenset(WEEKDAYS) - days))
    found = _schedule(wanted)
    return SetTimes(text=format_times(found)) if found else None


def _schedule(text: str) -> tuple[DayTimes, ...]:
    """The times that the text names, perhaps by a part of the day; empty if it is no schedule."""
    bare = _ROUGHLY.sub("", _SAID_TWICE.sub("", text)).strip()
    for part, usual, _ in _PARTS:
        rest, count = re.subn(rf"(?<!\w)(?:{part})(?!\w)", " ", bare)
        if count:
            times = _parsed(" ".join(rest.split())) if rest.strip() else _parsed(format_time(usual))
            return _later(times, before=usual) if usual > _NOON else times
    times = _parsed(bare)
    return _rising(times, bare)


def _parsed(text: str) -> tuple[DayTimes, ...]:
    try:
        return parse_times(text)
    except BadInput:
        return ()


def _later(times: tuple[DayTimes, ...], *, before: time) -> tuple[DayTimes, ...]:
    """The times, those of the morning twelve hours later: "in the evening at 8"."""
    return tuple(
        DayTimes(days=one.days, times=tuple(_half_a_day_on(at) if at < _NOON else at for at in one.times))
        for one in times
    )


def _half_a_day_on(at: time) -> time:
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


# --- When it may not ---------------------------------------------------------------------------------------


def _silence(text: str) -> Intent | None:
    """The hours or days on which oO may not write."""
    wanted = _group(_NOT_AT, text)
    windows = [_silent_hours(part) for part in _OR.split(wanted)] if wanted else [""]
    return AddQuiet(text=", ".join(windows)) if all(windows) else None


def _silent_hours(text: str) -> str:
    """As an argument of /quiet; empty if it is not understood."""
    if _NIGHTS.fullmatch(text):
        return NIGHT
    if part := next((hours for words, _, hours in _PARTS if re.fullmatch(words, text)), ""):
        return part
    if end := _clock(_group(_BEFORE, text)):
        return f"0:00-{end}"
    if start := _clock(_group(_AFTER, text)):
        return f"{start}-24:00"
    if days := _days(text):
        return _all_day(days)
    return ""


def _all_day(days: frozenset[int]) -> str:
    return f"{' '.join(vocabulary.WEEKDAYS[day] for day in sorted(days))} all day"


def _clock(text: str) -> str:
    """The one time of every day that the text names; empty if it names none, several, or a day."""
    times = _parsed(text) if text else ()
    is_one = len(times) == 1 and len(times[0].days) == len(WEEKDAYS) and len(times[0].times) == 1
    return format_time(times[0].times[0]) if is_one and times[0].times[0] != time() else ""


def _days(text: str) -> frozenset[int]:
    """The weekdays that the text names and nothing else."""
    windows = _quiet(f"{text} all day") or _quiet(f"{_EVERY.sub('', _group(_ON_DAYS, text) or text)} all day")
    found = {day for one in windows for day in one.days}
    whole = format_quiet(windows).endswith("all day")
    return frozenset(found) if whole and len(found) < len(WEEKDAYS) else frozenset()


def _quiet(text: str) -> tuple[QuietWindow, ...]:
    try:
        return parse_quiet(text)
    except BadInput:
        return ()


def _windows(text: str) -> str:
    """The window of every day that the text names; empty if it names none."""
    windows = _quiet(text)
    one = windows[0] if len(windows) == 1 else None
    return (
        f"{format_time(one.start)}–{format_time(one.end)}" if one and len(one.days) == len(WEEKDAYS) else ""
    )


_READERS: tuple[Callable[[str], Intent | None], ...] = (_limit, _daily, _silence, _only, _times)
