"""What people say about when oO may write: times, days, quiet hours, how often, the messages of every day.

A text counts only if all of what it says of the time is understood: "write me at 8", and not "write me at 8
about the rent". What is wanted is given as the argument of the command that sets it.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from functools import cache

from core.errors import BadInput
from core.records import WEEKDAYS, QuietWindow
from core.words.dates.clock import format_time
from core.words.intents import (
    AddQuiet,
    Intent,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    TellWorkHours,
)
from core.words.phrasebooks.books import schedules
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of
from core.words.schedule_times import (
    MIDNIGHT,
    NOON,
    PARTS,
    bound_in,
    days_in,
    first_group,
    half_a_day_on,
    is_count,
    is_habit,
    is_once,
    on_days,
    sleep_in,
    times_in,
    window_in,
    windows_in,
    work_in,
)
from core.words.settings import format_times, parse_cap, parse_quiet

MAX_LENGTH = 120
"""Code points: whoever says more says more than a schedule."""

NIGHT = "22:00-7:00"
WORK, LUNCH = "weekdays 9:00-17:00", "12:00-14:00"
EVERY_SECOND_DAY = "tuesday thursday saturday sunday all day"
"""When nothing else is said of the night, work and lunch; the days that leave every second one."""

_WORKDAYS = tuple(range(5))

_EARLIEST, _LATEST = time(6), time(17)
"""Bounds of a waking day: "not before 5", alone, answers something else."""

_MORNING = time(5)
"""Hours that begin before are at night."""

_WRITE_AT, _ONLY, _NOT_AT, _NOT_ALONE, _NEVER_ON = (
    lazy_phrase(*patterns)
    for patterns in (
        schedules.WRITE_AT, schedules.ONLY, schedules.NOT_AT, schedules.NOT_ALONE, schedules.NEVER_ON
    )
)  # fmt: skip
_BEFORE, _AFTER, _STOP_AT = (
    lazy_phrase(*patterns) for patterns in (schedules.BEFORE, schedules.AFTER, schedules.STOP_AT)
)
_BETWEEN, _SECOND_DAYS = lazy_phrase(*schedules.BETWEEN), lazy_phrase(*schedules.EVERY_SECOND_DAY)
_NAMED_HOURS = (
    (lazy_phrase(*schedules.NIGHTS), NIGHT),
    (lazy_phrase(*schedules.WORKING), WORK),
    (lazy_phrase(*schedules.LUNCH), LUNCH),
)
_SLEEP_HOURS, _WORK_HOURS = lazy_phrase(*schedules.SLEEP_HOURS), lazy_phrase(*schedules.WORK_HOURS)
_DAYS_NOT, _DAYS_ONLY = lazy_phrase(*schedules.DAYS_NOT), lazy_phrase(*schedules.DAYS_ONLY)
_LIMITS, _EACH = lazy_phrase(*schedules.LIMITS), lazy_phrase(*schedules.EACH)
_AFTER_ALL = lazy_pattern(rf"(?:[ ,]+(?:{one_of(schedules.AFTER_ALL)}))+$")
_EVENING = lazy_pattern(rf"\b(?:{one_of((*schedules.EVENINGS, *schedules.NIGHTS))})\b")
_NAMES_TIPS = lazy_pattern(rf"(?<!\w)(?:{one_of(schedules.MESSAGES)})(?!\w)")
_OR = lazy_pattern(rf"(?:,| |, )(?:{one_of(schedules.OR)}) ")
_DAILY: tuple[tuple[LazyPhrase, Callable[[str], Intent], str], ...] = (
    (lazy_phrase(*schedules.BRIEF_OFF), lambda text: SetBrief(text=text), ""),
    (lazy_phrase(*schedules.REVIEW_OFF), lambda text: SetReview(text=text), ""),
    (lazy_phrase(*schedules.BRIEF_AT), lambda text: SetBrief(text=text), "8:00"),
    (lazy_phrase(*schedules.REVIEW_AT), lambda text: SetReview(text=text), "20:00"),
)
"""What switches a message of every day off or on, the setting, and its time if none is said."""


def asked_of_schedule(text: str, *, is_polite: bool = False) -> Intent | None:
    """The change of the schedule that the text asks for; None for other texts.

    ``is_polite``: it was said with *please*, so hours alone are a wish as well.
    """
    if len(text) > MAX_LENGTH:
        return None
    said = _AFTER_ALL.sub("", _reworded(text.lower().replace("’", "'")))
    found = next((found for read in _READERS if (found := read(said))), None)
    return found or (_alone(said) if is_polite or said != text.lower() else None)


@cache
def _rewordings() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (pair for book in schedules.books.values() for pair in book.REWORDED)
    return tuple((re.compile(pattern), words) for pattern, words in pairs)


def _reworded(text: str) -> str:
    """The text with formal and short forms as the patterns have them: "schreiben Sie mir", "b4"."""
    for pattern, words in _rewordings():
        text = pattern.sub(words, text)
    return text


def _group(pattern: LazyPhrase, text: str) -> str:
    return first_group(pattern.fullmatch(text))


# --- How often, and the messages of every day --------------------------------------------------------------


def _limit(text: str) -> Intent | None:
    wanted = _group(_LIMITS, text)
    counts = next((names.index(wanted) for names in _counts() if wanted in names), None)
    try:
        return SetCap(text=str(parse_cap(wanted) if counts is None else counts)) if wanted else None
    except BadInput:  # too many; the answer to that says how many may be
        return SetCap(text=wanted) if wanted.isdecimal() else None


def _counts() -> list[list[str]]:
    """For each language, the names of never, once, twice and so on."""
    return [names.split() for names in schedules.TIMES_A_DAY]


def _daily(text: str) -> Intent | None:
    for pattern, setting, usual in _DAILY:
        if not pattern.fullmatch(text):
            continue
        wanted = _group(pattern, text)
        if not usual:
            return setting("off")
        if not wanted or _EACH.fullmatch(wanted):
            return setting(usual)
        if found := times_in(wanted):
            return setting(format_time(_of_evening(found[0].times[0], text))) if is_habit(wanted) else None
    return None


def _of_evening(at: time, text: str) -> time:
    """Half a day later if the text speaks of the evening: "every evening at 8"."""
    return half_a_day_on(at) if at < NOON and _EVENING.search(text) else at


def _times(text: str) -> Intent | None:
    """The times at which oO may write."""
    return _set_times(_group(_WRITE_AT, text))


def _set_times(wanted: str) -> Intent | None:
    found = times_in(wanted) if wanted and is_habit(wanted) else ()
    return SetTimes(text=format_times(found)) if found else None


def _only(text: str) -> Intent | None:
    """The only hours, days or times."""
    if found := _on_days_only(_group(_WRITE_AT, text) or text):
        return found
    if wanted := _group(_ONLY, text):
        return _only_at(_group(_WRITE_AT, wanted) or wanted)
    wanted = _group(_WRITE_AT, text)
    return _hours(wanted) if _BETWEEN.fullmatch(wanted) or _is_window(wanted) else None


def _on_days_only(text: str) -> Intent | None:
    """The hours or times of "weekdays only between 9 and 17"."""
    days, said = _two_groups(_DAYS_ONLY, text)
    if not days_in(days) or not is_habit(days):
        return None
    wanted = f"{said} {on_days(days_in(days), '')}".strip()
    return _hours(wanted) or _set_times(wanted)


def _two_groups(pattern: LazyPhrase, text: str) -> tuple[str, str]:
    found = pattern.fullmatch(text)
    first, second = [group.strip() for group in found.groups() if group] if found else ("", "")
    return first, second


def _is_window(text: str) -> bool:
    return bool(text) and window_in(text) is not None and not times_in(text)


def _only_at(wanted: str) -> Intent | None:
    if is_count(wanted) or not is_habit(wanted):
        return None
    if found := _hours(wanted) or _set_quiet_outside(wanted):
        return found
    if days := days_in(wanted):
        return AddQuiet(text=on_days(frozenset(WEEKDAYS) - days, "all day"))
    return _set_times(wanted)


def time_to_write(text: str) -> str:
    """The words of when oO is to write, of a wish that names no tips and has no *only*: "ping me at 2"."""
    said = _reworded(text.lower().replace("’", "'"))
    return "" if _group(_ONLY, said) or _NAMES_TIPS.search(said) else _group(_WRITE_AT, said)


def _hours(text: str) -> Intent | None:
    """Silence outside the window that the text names; on other days than its own, all day."""
    window = window_in(text)
    if window is None:
        return None
    start, end, days = format_time(window.start), format_time(window.end), frozenset(window.days)
    if len(days) == len(WEEKDAYS):
        return SetQuiet(text=f"{end}-{start}")
    outside = [on_days(frozenset(WEEKDAYS) - days, "all day")]
    outside += [] if window.start == MIDNIGHT else [on_days(days, f"0:00-{start}")]
    outside += [] if window.end == MIDNIGHT else [on_days(days, f"{end}-24:00")]
    return SetQuiet(text=", ".join(outside)) if window.start < window.end or window.end == MIDNIGHT else None


def _set_quiet_outside(text: str) -> Intent | None:
    """Silence before "only after 6pm", and after "only before noon"."""
    if found := bound_in(_group(_AFTER, text)):
        (at,) = found.times
        at = half_a_day_on(at) if re.fullmatch(r"\D*[1-6]", text) else at
        return AddQuiet(text=on_days(found.days, f"0:00-{format_time(at)}"))
    found = bound_in(_group(_BEFORE, text), is_end=True)
    return AddQuiet(text=on_days(found.days, f"{format_time(found.times[0])}-24:00")) if found else None


def _alone(text: str) -> Intent | None:
    """Hours, or how often: "from 8 to 10 in the evening", "twice a day"."""
    found = _hours(text) if _BETWEEN.fullmatch(text) else None
    return found or _limit(f"max {text}")


def _silence(text: str) -> Intent | None:
    """The hours or days on which oO may not write."""
    if _SECOND_DAYS.fullmatch(text):
        return AddQuiet(text=EVERY_SECOND_DAY)
    if night := _night(_group(_NOT_AT, text) or _group(_NOT_ALONE, text)):
        return night
    hours = _on_some_days(text) or _all_of(_group(_NOT_AT, text), _silent_hours)
    hours = hours or _all_of(_group(_NOT_ALONE, text), _silent_if_habit)
    hours = hours or _all_of(_group(_NEVER_ON, text), _silent_if_habit)
    return AddQuiet(text=hours) if hours or (hours := _from(_group(_STOP_AT, text))) else None


def days_once(text: str) -> str:
    """The days of "no messages from friday to wednesday", if they need not come again; empty for others."""
    said = _AFTER_ALL.sub("", _reworded(text.lower().replace("’", "'")))
    when = _group(_NOT_AT, said)
    return when if when and days_in(when) and is_once(said) else ""


def silence_at(text: str) -> Intent | None:
    """What to be quiet at these hours means. Those of every night are in place of those that there are; what
    names no night keeps it, and is beside them. None if they are not understood.
    """
    windows = windows_in(text)
    if len(windows) > 1:
        return SetQuiet(text=text) if any(map(is_nightly, windows)) else AddQuiet(text=text)
    window = window_in(text)
    if window and is_nightly(window):
        return _set_quiet(text, window)
    hours = _between(window) or _silent_hours(text)
    return AddQuiet(text=hours) if hours else None


def _sleep(text: str) -> Intent | None:
    """When the person sleeps: oO is silent then."""
    window = sleep_in(_group(_SLEEP_HOURS, text))
    if window is None:
        return None
    hours = _between(window)
    return SetQuiet(text=hours) if is_nightly(window) else AddQuiet(text=hours)


def _work(text: str) -> Intent | None:
    """When the person works; on weekdays, if no days are said."""
    window = work_in(_group(_WORK_HOURS, text))
    if window is None:
        return None
    days = window.days if len(window.days) < len(WEEKDAYS) else _WORKDAYS
    return TellWorkHours(text=_between(replace(window, days=days)))


def is_nightly(window: QuietWindow) -> bool:
    """Whether it is at night, and on every day."""
    is_at_night = window.end < window.start or window.start < _MORNING
    return is_at_night and len(window.days) == len(WEEKDAYS)


def _night(text: str) -> Intent | None:
    """Hours of every night are in place of those that there are, and not beside them."""
    window = window_in(text) if text else None
    if window is None or window.start < window.end or len(window.days) < len(WEEKDAYS):
        return None
    return _set_quiet(text, window)


def _set_quiet(text: str, window: QuietWindow) -> SetQuiet:
    """In the person's own words, if the command reads them in the same way."""
    return SetQuiet(text=text if parse_quiet(text) == (window,) else _between(window))


def _all_of(text: str, read: Callable[[str], str]) -> str:
    """The hours of all parts of the text between "or"; empty if one is not understood."""
    if not text:
        return ""
    windows = [read(text)]
    if not windows[0]:
        windows = [read(part) for part in _OR.split(text)]
    return ", ".join(windows) if all(windows) else ""


def _silent_if_habit(text: str) -> str:
    """The hours; only within bounds of a waking day, as nothing says that oO's messages are meant."""
    if not is_habit(text):
        return ""
    start, end = bound_in(_group(_BEFORE, text)), bound_in(_group(_AFTER, text), is_end=True)
    is_elsewhere = (start and not _EARLIEST <= start.times[0] <= NOON) or (end and end.times[0] < _LATEST)
    if is_elsewhere:
        return ""
    return _silent_hours(text)


def _silent_hours(text: str) -> str:
    """As an argument of /quiet; empty if it is not understood."""
    if named := next((hours for names, hours in _NAMED_HOURS if names.fullmatch(text)), ""):
        return named
    if part := next((hours for words, _, hours in PARTS if re.fullmatch(words, text)), ""):
        return part
    if end := bound_in(_group(_BEFORE, text)):
        return on_days(end.days, f"0:00-{format_time(end.times[0])}")
    if days := days_in(text):
        return on_days(days, "all day")
    return _from(_group(_AFTER, text)) or _between(window_in(text))


def _from(text: str) -> str:
    """From the end of the day that the text names: "9" is nine in the evening."""
    found = bound_in(text, is_end=True)
    return on_days(found.days, f"{format_time(found.times[0])}-24:00") if found else ""


def _between(window: QuietWindow | None) -> str:
    if window is None:
        return ""
    return on_days(window.days, f"{format_time(window.start)}-{format_time(window.end)}")


def _on_some_days(text: str) -> str:
    """The hours of "on weekends not before 10", and of "am Wochenende erst ab 10"."""
    for pattern, is_only in ((_DAYS_NOT, False), (_DAYS_ONLY, True)):
        typed, said = _two_groups(pattern, text)
        days = days_in(typed) if typed and is_habit(typed) else frozenset()
        if days and (hours := _of_only(said) if is_only else _silent_if_habit(said)):
            return "" if hours[0].isalpha() else on_days(days, hours)
    return ""


def _of_only(text: str) -> str:
    asked = _set_quiet_outside(text)
    return asked.text if isinstance(asked, AddQuiet) else ""


_READERS: tuple[Callable[[str], Intent | None], ...] = (
    _limit, _daily, _sleep, _work, _silence, _only, _times,
)  # fmt: skip
