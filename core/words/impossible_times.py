"""Times of a reminder that cannot be: "in -5 minutes", "in 0 Minuten", "at 25:00", "à 25h".

Tests: tests/core/words/test_impossible_times.py.
"""

from __future__ import annotations

import re

from core.errors import BadInput
from core.text import refuse
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.books import times, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.reminders import reminder_opening

MAX_TEXT = 300
"""Code points of a text in which such a time is looked for."""

_UNIT = one_of((*"smhd", *wishes.UNITS_OF_TIME))
_BELOW = rf"(?:[-−–‑]\s?\d{{1,9}}(?:[.,]\d{{1,3}})?|(?:{one_of(wishes.MINUS)}) \w+)"
_ZERO = rf"(?:0{{1,9}}(?:[.,]0{{1,3}})?|{one_of(wishes.ZERO)})"
_AMOUNT = lazy_pattern(
    rf"(?<!\S)(?:(?:{one_of(wishes.IN_AN_AMOUNT)}) )?(?:{_BELOW}|{_ZERO})\s?(?:{_UNIT})(?=[\s,.!?;:]|$)"
)
_AT = rf"(?:{one_of(wishes.AT_A_CLOCK_TIME)}|@|(?P<surely>{one_of(wishes.SURELY_AT)}))"
_HOURS = one_of(dict.fromkeys((*times.HOUR_UNITS, "h")))
_CLOCK = lazy_pattern(
    rf"(?<!\S){_AT} ?(?P<hour>\d{{1,3}})"
    rf"(?:(?P<mark>[:.]|\s?(?:{_HOURS})\s?)(?P<minute>\d{{2}})?)?"
    r"(?P<half>\s?[ap]\.?m\.?)?(?=[\s,.!?;]|$)"
)
_MAX_HOUR, _MAX_MINUTE, _HALF_DAY = 24, 59, 12
_PAST = lazy_pattern(rf"[\s,:]*(?P<day>{one_of(wishes.PAST_DAYS)})(?![\w'’])")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_NAMES = "|".join(_MONTHS)
_OF = one_of(wishes.OF_A_MONTH)
_DAY_OF_MONTH = lazy_pattern(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?(?P<month>{_NAMES})\b"
    rf"|\b(?P<month_first>{_NAMES}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])"
)


def impossible_reminder(text: str) -> BadInput | None:
    """What is wrong with the time of a reminder that the text asks for; None if nothing is, or it asks for
    none.
    """
    opening = reminder_opening(text) if len(text) <= MAX_TEXT else None
    if opening is None or '"' in text:
        return None
    if past := _PAST.match(opening.rest):
        return refuse("past", past["day"])
    found = _AMOUNT.search(opening.rest) or next(filter(_is_no_clock, _CLOCK.finditer(opening.rest)), None)
    said = found[0].strip(" .,!?;:") if found else _no_day(opening.rest)
    return refuse("no_time_to_come", said) if said else None


def _is_no_clock(found: re.Match[str]) -> bool:
    """Whether there is no such time of day. A number alone may be a house ("at 25 Main street")."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if not (found["mark"] or found["half"] or found["surely"]):
        return False
    latest = _HALF_DAY if found["half"] else _MAX_HOUR
    return hour > latest or minute > _MAX_MINUTE or (hour == _MAX_HOUR and minute > 0)


def _no_day(text: str) -> str:
    """The day that its month does not have, as typed: "30. Februar"; empty if there is none."""
    english = sentence_of(tokens_of(text)).english
    for found in _DAY_OF_MONTH.finditer(english):
        day, month = found["day"] or found["day_after"], found["month"] or found["month_first"]
        if int(day) > _LENGTHS[_MONTHS.index(month)]:
            after = rf"\b{day}\S* (?:(?:{_OF}) )?\w+"
            typed = re.search(after if found["day"] else rf"\w+ {day}\S*", text)
            return typed[0] if typed else found[0]
    return ""
