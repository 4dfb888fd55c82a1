"""The shapes that words for a time can have, and how they join: *when* in a sentence.

Patterns are matched with ``Sentence.english``. They only find the words: ``core/words/dates.py`` has a
library read them, and ``core/words/tasks.py`` decides whether they may be a date at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.words.sentence import Sentence
from core.words.vocabulary import MONTHS, WEEKDAYS


def _any(*shapes: str) -> str:
    return f"(?:{'|'.join(shapes)})"


_NUMBER = "[0-9]{1,4}"
_MONTH_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = "(?:20[0-9]{2}|[0-9]{2})"
_NTH = f"{_MONTH_DAY}(?:st|nd|rd|th)"
_ORDINAL = _any(_NTH, "first", "second", "third", "fourth", "fifth", "last")
_WEEKDAY = _any(*WEEKDAYS)
_DAYS = f"{_WEEKDAY}(?:(?: and)? {_WEEKDAY}){{0,6}}"
_MONTH = _any(*MONTHS)
_IN_MONTH = f"{_MONTH_DAY}(?:st|nd|rd|th)?"
_DATE = _any(f"(?:the )?{_IN_MONTH}(?: of)? {_MONTH}", f"{_MONTH} (?:the )?{_IN_MONTH}")
_OF_MONTH = "(?: of (?:the|every) month)"
_STEP = "(?:(?:other|second|third|[0-9]{1,3}(?:nd|rd|th)?) )?"
_HOUR_24, _HOUR_12, _MINUTE = "(?:[01]?[0-9]|2[0-3])", "(?:0?[1-9]|1[0-2])", "[0-5][0-9]"

AMOUNT = _any(
    f"{_any(_NUMBER, 'a', 'a couple of', 'a few')} (?:minute|hour|day|week|month|year)s?",
    f"{_NUMBER} hours?(?: and)? {_NUMBER} minutes?",
    f"[0-9]{{1,2}}h{_MINUTE}",
    "[0-9]{1,2}[.,]5 hours?",
    "a hour and a half",
    "half a hour",
    "a half hour",
)
EVERY = _any(
    f"every {_DATE}",
    f"every {_STEP}days?",
    f"every {_STEP}weeks?(?: on {_DAYS})?",
    f"every {_STEP}months?(?: on (?:the )?{_ORDINAL}(?: {_WEEKDAY})?)?",
    f"every {_STEP}years?(?: on {_DATE})?",
    "every (?:weekday|workday|weekend|quarter|morning|afternoon|evening|night)",
    f"every {_any(_ORDINAL, 'other', '[0-9]{1,2}')} {_WEEKDAY}s?{_OF_MONTH}?",
    f"every {_ORDINAL}(?: day)?{_OF_MONTH}?",
    f"every {_DAYS}",
    f"(?:the )?{_ORDINAL} (?:{_WEEKDAY} |day )?of every month",
    f"(?:weekly|biweekly|fortnightly)(?: on {_DAYS})?",
    "daily",
    "monthly",
    "yearly",
    f"{_any('weekdays', 'weekends', *(f'{day}s' for day in WEEKDAYS))}(?: and {_WEEKDAY}s){{0,6}}",
)
DAY = _any(
    "today",
    "tomorrow",
    "overmorrow",
    "(?:the )?day after tomorrow",
    f"(?:next |this |coming )?{_WEEKDAY}",
    "(?:next|this) (?:week|weekend|month|year)",
    "(?:the )?weekend",
    "(?:the )?end of (?:the |this )?(?:week|month|year)",
    "20[0-9]{2}-[0-9]{2}-[0-9]{2}",
    f"{_DATE}(?: 20[0-9]{{2}})?",
    rf"{_MONTH_DAY}\.(?:0?[1-9]|1[0-2])\.{_YEAR}?",
    f"{_MONTH_DAY}/{_MONTH_DAY}(?:/{_YEAR})?",
    f"the {_NTH}",
)
_EXACT = _any(
    f"{_HOUR_12}(?:[:.]{_MINUTE})? ?[ap]m",
    f"{_HOUR_24}(?:[:.]{_MINUTE})? o'clock",
    f"{_HOUR_24}:{_MINUTE}",
    f"(?<=at ){_HOUR_24}[.h]{_MINUTE}",
)
_CLOCK = _any(f"{_EXACT}(?: to {_EXACT})?", "noon", "midnight")
_HOUR = f"(?:(?<=at )|(?<=by )|(?<=before )){_HOUR_24}(?: hours)?"  # à 17h
_PART = _any("morning", "afternoon", "evening", "night")
_LEAD = "(?:due(?: (?:on|by|at))?|on|by|at|before|starting(?: on)?|from|am|in the|this)"
_KINDS = {
    "every": EVERY,
    "after": f"(?:due )?(?:in|within) {AMOUNT}",
    "day": DAY,
    "clock": _CLOCK,
    "hour": _HOUR,
    "part": _PART,
}
_ELEMENT = re.compile(
    rf"(?:(?P<lead>{_LEAD}) )?{_any(*(f'(?P<{kind}>{shape})' for kind, shape in _KINDS.items()))}(?!\S)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Words for one time, as found: tokens ``first`` up to ``end``, and what they are, in English.

    ``lead`` is the word that introduces them; ``hour`` a bare number after *at*; ``part`` a part of the day.
    """

    first: int
    end: int
    lead: str | None = None
    every: str | None = None
    after: str | None = None
    day: str | None = None
    clock: str | None = None
    hour: str | None = None
    part: str | None = None

    @property
    def dated(self) -> bool:
        """Whether a day is named, in whatever way."""
        return bool(self.every or self.after or self.day)

    @property
    def timed(self) -> bool:
        """Whether a time of day is named, in whatever way."""
        return bool(self.clock or self.hour or self.part)


_SAME_KIND = {
    "every": ("every", "after"),
    "after": ("every", "after", "day"),
    "day": ("after", "day"),
    "clock": ("clock", "hour"),
    "hour": ("clock", "hour"),
    "part": ("part",),
}


def whens(sentence: Sentence) -> Iterator[When]:
    """Every longest run of words for a time, from left to right, whether or not they mean one."""
    at = 0
    while at < len(sentence.tokens):
        when = _longest(sentence, at)
        if when:
            yield when
        at = when.end if when else at + 1


def whole(sentence: Sentence) -> When | None:
    """The one time that all the words together are; None when something else is among them."""
    when = _longest(sentence, 0)
    return when if when and when.end == len(sentence.tokens) else None


def joined(one: When, other: When) -> When | None:
    """Two runs as one time (``tomorrow … at 9``); None when both say the same kind of thing."""
    said: dict[str, Any] = {name: value for name in _SAME_KIND if (value := getattr(other, name))}
    if any(_clashes(name, one) for name in said):
        return None
    return replace(one, **said | {"lead": one.lead or other.lead})


def _longest(sentence: Sentence, first: int) -> When | None:
    """The longest run of elements that begins with this token and ends with a token."""
    if first >= len(sentence.tokens):
        return None
    found: When | None = None
    growing = When(first=first, end=first)
    at = sentence.begins[first]
    while element := _ELEMENT.match(sentence.english, at):
        grown = _grown(growing, element)
        if grown is None:
            break
        at = element.end() + 1
        growing = replace(grown, end=bisect_right(sentence.ends, element.end()))
        if element.end() in sentence.ends:
            found = growing
    return found


def _grown(when: When, element: re.Match[str]) -> When | None:
    """The run with one more element; None when that says again what it has said."""
    kind = str(element.lastgroup)
    lead = element["lead"]
    if _clashes(kind, when) or (kind == "part" and not lead and not when.dated):
        return None
    added: dict[str, Any] = {kind: element[kind], "lead": when.lead or lead}
    return replace(when, **added)


def _clashes(kind: str, when: When) -> bool:
    return any(getattr(when, same) for same in _SAME_KIND[kind])
