"""Weekdays in a row: "jeden Mo Mi und Fr", "gym mon wed fri 7am", "sport lun mer ven 7h".

In a row, abbreviations that are also words (``AMBIGUOUS_WEEKDAYS``) are weekdays. Before or after a time of
day, the row is every week: nobody names three single days so. Without a time it may be days of one week,
and so may days that follow each other ("camp fri sat sun 9am") or are parted by commas. At the beginning of
a text, before an activity with a time, days are every week as well.

Tests: tests/core/words/dates/test_day_runs.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.words.dates.normal_form import PUNCTUATION
from core.words.dates.vocabulary import AMBIGUOUS_WEEKDAYS, TASK_VERBS, WEEKDAYS
from core.words.phrasebooks.books import times

_IN_A_ROW = AMBIGUOUS_WEEKDAYS | {
    name: day for book in times.books.values() for name, day in book.WEEKDAYS_IN_A_ROW.items()
}
_LANGUAGES = {
    code: {
        *WEEKDAYS,
        *book.AMBIGUOUS_WEEKDAYS,
        *book.WEEKDAYS_IN_A_ROW,
        *(name for day in WEEKDAYS for name in book.SPELLINGS.get(day, "").split()),
        *(book.TIMES.weekdays if book.TIMES else ()),
    }
    for code, book in times.books.items()
}
"""By language, the names of weekdays."""

_ALSO_ENGLISH = frozenset(("do", "so"))  # "so do I at 7"
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])(?:[:.h]\d\d|h)?(?: ?[ap]m| hours?)?|[012]?\d[:.]\d\d")
_BARE = re.compile(r"\d+")
_AFTER_HOUR = frozenset(("uhr", "hours", "am", "pm", "o'clock"))
_AT = frozenset(("at", "around"))
_ONE_WEEK = frozenset(("this", "next", "coming", "overnext", "last", "on", "or", "from", "by"))
_MAX_LENGTH = 5
"""Letters of an abbreviation: thurs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    first: int
    end: int
    """Index after its last word."""
    days: tuple[str, ...]


def days_in_rows(typed: Sequence[str], plain: Sequence[str], words: Sequence[str]) -> dict[int, str]:
    """The normal forms of words that are weekdays in a row, by place; the first has "every" if it repeats.

    ``plain`` and ``words`` have the words without punctuation and in the normal form.
    """
    found: dict[int, str] = {}
    for row in _rows(typed, plain, words):
        if _is_mixed(row, plain):
            continue
        is_every = _before(row, words) == "every"
        is_weekly = is_every or _is_weekly(row, plain, words) or _heads_an_activity(row, plain, words)
        if not is_weekly and not _is_sure(row, plain, words):
            continue
        days = {place: _day(plain[place], words[place]) for place in range(row.first, row.end)}
        found |= {place: day for place, day in days.items() if day}
        if is_weekly and not is_every:
            found[row.first] = f"every {found[row.first]}"
    return found


def _rows(typed: Sequence[str], plain: Sequence[str], words: Sequence[str]) -> Iterator[_Row]:
    place = 0
    while place < len(typed):
        end, days = place, list[str]()
        while end < len(typed) and (day := _day(plain[end], words[end])):
            days.append(day)
            end += 1
            if typed[end - 1][-1] in PUNCTUATION:
                break
            if end + 1 < len(typed) and words[end] == "and" and _day(plain[end + 1], words[end + 1]):
                end += 1
        if len(set(days)) == len(days) > 1:
            yield _Row(first=place, end=end, days=tuple(days))
        place = max(end, place + 1)


def _day(plain: str, word: str) -> str:
    return word if word in WEEKDAYS else _IN_A_ROW.get(plain, "")


def _is_mixed(row: _Row, plain: Sequence[str]) -> bool:
    """Whether whole names are among abbreviations that are also words: "call Sam friday"; or names of several
    languages: "call Sam Fri".
    """
    said = plain[row.first : row.end]
    days = [word for word in said if any(word in names for names in _LANGUAGES.values())]
    if not any(names.issuperset(days) for names in _LANGUAGES.values()):
        return True
    return any(word in _IN_A_ROW for word in said) and max(map(len, said)) > _MAX_LENGTH


def _is_sure(row: _Row, plain: Sequence[str], words: Sequence[str]) -> bool:
    """Whether its words are days: not "so do it"."""
    others = {plain[place] for place in range(row.first, row.end)} - _ALSO_ENGLISH
    return bool(others) and (len(row.days) > 2 or _has_time(row, words))


def _is_weekly(row: _Row, plain: Sequence[str], words: Sequence[str]) -> bool:
    if _before(row, words) in _ONE_WEEK:
        return False
    is_short = max(map(len, plain[row.first : row.end])) <= _MAX_LENGTH
    follow = _follow_each_other(row)
    is_long_enough = len(row.days) > 2 or (is_short and not follow)
    return is_long_enough and not follow and _is_sure(row, plain, words) and _has_time(row, words)


def _heads_an_activity(row: _Row, plain: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a text begins with the days, and then names what is on them at a time: "martes y jueves inglés
    a las 7". A verb rather is to be done on these two days: "monday and thursday call Bob at 9".
    """
    if row.first or row.end >= len(plain) or plain[row.end] in TASK_VERBS or _follow_each_other(row):
        return False
    is_sure = {*words[: row.end]} <= {*WEEKDAYS, "and"}  # "so do it at 7"
    return is_sure and any(word in _AT or word.startswith("at ") for word in words[row.end + 1 :])


def _follow_each_other(row: _Row) -> bool:
    following = zip(row.days, row.days[1:], strict=False)
    return all(_number(later) - _number(day) == 1 for day, later in following)


def _before(row: _Row, words: Sequence[str]) -> str:
    """The word before the row, in the normal form: that of "todos los" stands at its first word."""
    said = " ".join(word for word in words[: row.first] if word)
    return said.rpartition(" ")[2]


def _number(day: str) -> int:
    return WEEKDAYS.index(day)


def _has_time(row: _Row, words: Sequence[str]) -> bool:
    """Whether a time of day stands beside it: "… 7am", "um 7 Uhr …"; or at the end, if the row begins it."""
    return _begin_with_time(words[row.end : row.end + 2]) or (
        row.first == 0 and _end_with_time(words[row.end :])
    )


def _end_with_time(words: Sequence[str]) -> bool:
    return _begin_with_time(words[-1:]) or (len(words) > 2 and words[-2] in _AT and _is_hour(words[-1]))


def _is_hour(word: str) -> bool:
    return _CLOCK.fullmatch(word) is not None


def _begin_with_time(words: Sequence[str]) -> bool:
    after = list(words)
    if after and (after[0] in _AT or after[0].startswith("at ")):
        return True
    is_hour = bool(after) and _is_hour(after[0])
    is_bare = is_hour and _BARE.fullmatch(after[0]) is not None
    return is_hour and (not is_bare or (len(after) > 1 and after[1] in _AFTER_HOUR))
