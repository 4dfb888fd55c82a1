"""Settings as people type them and as they are displayed: times, quiet hours, weekdays, the cap.

``parse_x(format_x(setting)) == setting`` for every setting that ``parse_x`` can give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import time
from itertools import groupby

from core.errors import BadInput
from core.records import WEEKDAYS, DayTimes, QuietWindow
from core.scheduling.quiet_hours import covers_whole_week, whole_day
from core.text import clean, refuse
from core.words.dates import vocabulary
from core.words.dates.clock import format_time, parse_time
from core.words.dates.normal_form import normalize
from core.words.phrasebooks.books import requests, times
from core.words.phrasebooks.patterns import one_of
from core.words.schedule_words import ALL_DAY, rewrites

MAX_TIMES_PER_DAY = 24  # a day
MAX_WINDOWS = 14
MAX_CAP = 20

_MAX_LENGTH = 300  # code points
_EVERY_DAY = tuple(WEEKDAYS)
_DAY = 24 * 60  # minutes
_SHORT_DAYS = {name: day for book in times.books.values() for name, day in book.SETTING_DAYS.items()}
_NAMED_DAYS = {
    **{name: (day,) for day, name in enumerate(vocabulary.WEEKDAYS)},
    **{f"{name}s": (day,) for day, name in enumerate(vocabulary.WEEKDAYS)},
    **{name: (vocabulary.WEEKDAYS.index(day),) for name, day in _SHORT_DAYS.items()},
    **dict.fromkeys(times.words("WORKDAYS"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(times.words("WEEKENDS"), (5, 6)),
    "daily": _EVERY_DAY,
}
_CAP = re.compile(
    rf"(?:(?:{one_of(times.AT_MOST)}) )?(\w+?)"
    rf"(?:(?:(?<=\d) ?| )(?:{one_of(times.TIPS_A_DAY)}))?(?: ?(?:{one_of(times.A_DAY)}))?"
)
_OFF = times.words("OFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleWords:
    """The words of a setting as it is displayed; those of a person's language are handed in."""

    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    every_day: str = "every day"
    all_day: str = "all day"
    clock: Callable[[time], str] = format_time
    of_days: Callable[[tuple[int, ...]], str] | None = None
    """Days as they stand before a time; None: as ``format_days`` has them."""


_ENGLISH = ScheduleWords()


def is_off(text: str) -> bool:
    """Whether the text turns a setting off: ``off``, ``none``, ``aus``, ``jamais``."""
    return text.strip().casefold() in _OFF


# --- Times -------------------------------------------------------------------------------------------------


def parse_times(text: str) -> tuple[DayTimes, ...]:
    """``9:00 13:00 18:30``, ``mon-fri 9 13, sat 10:30``, ``weekdays 8am``; empty for ``off``.

    Days apply to the times after them, or to all before them (``9 17 mon-fri``); times without days apply to
    every day. Raises ``BadInput``:
    ``times_missing``, ``not_a_time``, ``too_many_times``.
    """
    pieces = _pieces(text)
    if pieces == ["off"]:
        return ()
    week: dict[int, set[time]] = {}
    days, was_day = set(_EVERY_DAY), False
    for word in _days_before(" ".join(pieces).split()):
        if found := _days(word):
            days, was_day = (days | found if was_day else found), True
        else:
            at, was_day = _time(word), False
            for day in days:
                week.setdefault(day, set()).add(at)
    if was_day or not week:
        raise refuse("times_missing", text)
    if max(map(len, week.values())) > MAX_TIMES_PER_DAY:
        raise BadInput("too_many_times", limit=str(MAX_TIMES_PER_DAY))
    return _grouped(week)


def _days_before(words: list[str]) -> list[str]:
    """``mon-fri 9 17`` for ``9 17 mon-fri``; other orders are unchanged."""
    count = next((index for index, word in enumerate(words) if _days(word)), len(words))
    times, days = words[:count], words[count:]
    return days + times if all(map(_days, days)) else words


def format_times(times: tuple[DayTimes, ...], words: ScheduleWords = _ENGLISH) -> str:
    """``mon–fri 9:00, 13:00; sat 10:30``."""
    shown = (_after_days(one.days, ", ".join(map(words.clock, one.times)), words) for one in times)
    return "; ".join(shown) or "off"


def _grouped(week: dict[int, set[time]]) -> tuple[DayTimes, ...]:
    """Days with the same times, grouped, in the order of their first days."""
    alike: dict[tuple[time, ...], list[int]] = {}
    for day in sorted(week):
        alike.setdefault(tuple(sorted(week[day])), []).append(day)
    return tuple(DayTimes(days=tuple(days), times=times) for times, days in alike.items())


# --- Quiet hours -------------------------------------------------------------------------------------------


def parse_quiet(text: str) -> tuple[QuietWindow, ...]:
    """``22:00-07:00``, ``mon-fri 9-12, 22-7``, ``from 10 pm to 7 am``, ``weekends all day``; ``off``: empty.

    Days apply to the windows after them, up to the next comma, or to those before them (``22-7 mon-fri``);
    windows without days apply to every day. Raises ``BadInput``: ``quiet_missing``, ``not_a_window``,
    ``not_a_time``, ``quiet_same`` (start equals end, which is ambiguous), ``quiet_always`` (the week has no
    gap), ``too_many_windows``.
    """
    pieces = _pieces(text)
    if pieces == ["off"]:
        return ()
    windows: list[QuietWindow] = []
    days: set[int] = set()
    used = False
    for word in _words_in_order(pieces, text):
        found = _days(word)
        if used and (found or word == ","):
            days, used = set(), False
        if found:
            days.update(found)
        elif word != ",":
            windows.extend(_windows(word, days))
            used = True
    if not windows:
        raise refuse("quiet_missing", text)
    if days and not used:
        raise refuse("not_a_window", text)
    return _validated(tuple(dict.fromkeys(windows)))


def joined_quiet(windows: tuple[QuietWindow, ...], more: tuple[QuietWindow, ...]) -> tuple[QuietWindow, ...]:
    """Both together; windows of every day that overlap become one: ``22-7`` and ``0-10`` are ``22-10``.

    Raises ``BadInput``: ``quiet_always``, ``too_many_windows``.
    """
    together: list[QuietWindow] = []
    for one in dict.fromkeys((*windows, *more)):
        together = _with_window(together, one)
    return _validated(tuple(together))


def _with_window(windows: list[QuietWindow], added: QuietWindow) -> list[QuietWindow]:
    for place, one in enumerate(windows):
        if (one.start, one.end) == (added.start, added.end):
            days = tuple(sorted({*one.days, *added.days}))
            return [*windows[:place], replace(one, days=days), *windows[place + 1 :]]
        if joined := _overlapping(one, added):
            return _with_window([other for other in windows if other is not one], joined)
    return [*windows, added]


def _overlapping(one: QuietWindow, other: QuietWindow) -> QuietWindow | None:
    """The union of two windows of every day that overlap or touch, if it is a window of less than a day."""
    if not one.days == other.days == _EVERY_DAY:
        return None
    for first, second in ((one, other), (other, one)):
        ahead = _minutes(first.start, second.start) % _DAY
        length = max(_length(first), ahead + _length(second))
        if ahead <= _length(first) and length < _DAY:
            end = _minutes(time(), first.start) + length
            return replace(first, end=time(end // 60 % 24, end % 60))
    return None


def _length(window: QuietWindow) -> int:
    """In minutes."""
    return _minutes(window.start, window.end) % _DAY


def _minutes(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _words_in_order(pieces: list[str], text: str) -> list[str]:
    """Days, their windows and commas, in this order. Raises ``BadInput("not_a_window")``."""
    words = " , ".join(map(_days_first, _phrases(pieces))).split()
    if _OFF.intersection(words):
        raise refuse("not_a_window", text)
    return words


def _phrases(pieces: list[str]) -> list[list[str]]:
    """The words between commas; a comma between two days does not separate."""
    phrases: list[list[str]] = []
    for words in map(str.split, pieces):
        if phrases and _days(phrases[-1][-1]) and _days(words[0]):
            phrases[-1].extend(words)
        else:
            phrases.append(words)
    return phrases


def _days_first(words: list[str]) -> str:
    """``mon 22-7`` for ``22-7 mon``; other orders are unchanged."""
    windows = [word for word in words if not _days(word)]
    days = words[len(windows) :]
    return " ".join(days + windows if words == windows + days else words)


def format_quiet(windows: tuple[QuietWindow, ...], words: ScheduleWords = _ENGLISH) -> str:
    """``mon–fri 9:00–12:00, 22:00–7:00, sat, sun all day``."""
    shown = []
    ahead = list(windows)
    while ahead:
        one, *ahead = ahead
        window = f"{words.clock(one.start)}–{words.clock(one.end)}"
        if (one, *ahead[:1]) == whole_day(one.days):
            window, ahead = words.all_day, ahead[1:]
        shown.append(_after_days(one.days, window, words))
    return ", ".join(shown) or "off"


def _windows(word: str, days: set[int]) -> tuple[QuietWindow, ...]:
    """The window of ``word`` on these days, or the two windows of a whole quiet day."""
    wanted = tuple(sorted(days)) or _EVERY_DAY
    typed_start, dash, typed_end = word.partition("-")
    ends_day = typed_end in ("24", "24:00", "24h", "24uhr")
    if word == ALL_DAY or (ends_day and days and typed_start in ("0", "0:00", "00:00", "0h", "0uhr")):
        return whole_day(wanted)
    if not (typed_start and dash and typed_end):
        raise refuse("not_a_window", word)
    end = time() if ends_day else _time(typed_end)
    start = _start(typed_start, typed_end, end)
    if start == end:
        raise refuse("quiet_same", word)
    return (QuietWindow(start=start, end=end, days=wanted),)


def _time(word: str) -> time:
    """The time of day, also for words such as *noon* and *minuit*."""
    return parse_time(normalize(word) if word.isalpha() else word)


def _start(typed: str, typed_end: str, end: time) -> time:
    """The start of ``1-2pm`` is 13:00, that of ``9-5pm`` 9:00."""
    half = re.search(r"[ap]\.?m\.?$", typed_end)
    if half and re.fullmatch(r"0?[1-9]|1[0-2]", typed) and (start := parse_time(typed + half[0])) < end:
        return start
    return _time(typed)


def _validated(windows: tuple[QuietWindow, ...]) -> tuple[QuietWindow, ...]:
    if len(windows) > MAX_WINDOWS:
        raise BadInput("too_many_windows", limit=str(MAX_WINDOWS))
    if covers_whole_week(windows):
        raise BadInput("quiet_always")
    return windows


# --- Displayed weekdays, and the cap -----------------------------------------------------------------------


def format_days(days: Iterable[int], words: ScheduleWords = _ENGLISH) -> str:
    """``mon–fri``, ``mon, wed``, ``every day``."""
    wanted = sorted(days)
    if wanted == list(_EVERY_DAY):
        return words.every_day
    shown = []
    for _, group in groupby(enumerate(wanted), key=lambda pair: pair[1] - pair[0]):
        run = [words.days[day] for _, day in group]
        shown.extend(run if len(run) < 3 else [f"{run[0]}–{run[-1]}"])
    return ", ".join(shown)


def parse_cap(text: str) -> int:
    """Tips a day, 0 to ``MAX_CAP``; 0 means only on request. Raises ``BadInput("not_a_cap")``."""
    found = _CAP.fullmatch(clean(text, 40).lower())
    number = number_of(found[1]) if found else ""
    if not number.isdecimal() or int(number) > MAX_CAP:
        raise refuse("not_a_cap", text)
    return int(number)


def number_of(word: str) -> str:
    """In digits: ``2`` for *two*, *dos*; ``1`` for *a*; other words as they are."""
    lists = map(str.split, requests.NUMBER_NAMES)
    count = next((names.index(word) + 1 for names in lists if word in names), None)
    return str(count or 1) if count or normalize(word) == "a" else normalize(word)


# --- Words -------------------------------------------------------------------------------------------------


def _pieces(text: str) -> list[str]:
    """The parts between commas, in lower case, with ranges as ``a-b``."""
    plain = clean(text, _MAX_LENGTH).lower().replace("’", "'")
    for pattern, words in rewrites():
        plain = pattern.sub(words, plain)
    pieces = [piece.strip() for piece in plain.split(",")]
    return ["off"] if len(pieces) == 1 and pieces[0] in _OFF else [piece for piece in pieces if piece]


def _days(word: str) -> set[int] | None:
    """The weekdays that a word names (``fri-mon`` includes the weekend); None for other words."""
    first, dash, last = word.partition("-")
    start, end = _days_named(first), _days_named(last if dash else first)
    if start is None or end is None:
        return None
    if not dash:
        return set(start)
    length = (end[-1] - start[0]) % 7 + 1
    return {(start[0] + ahead) % 7 for ahead in range(length)}


def _days_named(word: str) -> tuple[int, ...] | None:
    return _NAMED_DAYS.get(word) or _NAMED_DAYS.get(normalize(word)) if word else None


def names_days(word: str) -> bool:
    """Whether the one word is a weekday, in singular or plural, or a name of several."""
    return _days_named(word) is not None


def _after_days(days: tuple[int, ...], shown: str, words: ScheduleWords) -> str:
    if days == _EVERY_DAY:
        return shown
    return f"{words.of_days(days) if words.of_days else format_days(days, words)} {shown}"
