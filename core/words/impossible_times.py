"""Times of a reminder that cannot be: "in -5 minutes", "in 0 Minuten", "at 25:00", "à 25h".

Tests: tests/core/words/test_impossible_times.py.
"""

from __future__ import annotations

import re

from core.errors import BadInput
from core.text import refuse
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.reminders import reminder_opening

MAX_TEXT = 300
"""Code points of a text in which such a time is looked for."""

_UNIT = (
    r"(?:s|m|h|d|sec\w*|min\w*\.?|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|std\.?|stunden?|tage?n?"
    r"|wochen?|monate?n?|jahre?n?|secondes?|heures?|jours?|semaines?|mois|années?|segundos?|horas?|d[ií]as?"
    r"|semanas?|mes(?:es)?|años?)"
)
_BELOW = r"(?:[-−–‑]\s?\d{1,9}(?:[.,]\d{1,3})?|minus \w+|moins \w+|menos \w+)"
_ZERO = r"(?:0{1,9}(?:[.,]0{1,3})?|zero|null|zéro|cero|no)"
_AMOUNT = re.compile(
    rf"(?<!\S)(?:(?:in|for|dans|en|dentro de) )?(?:{_BELOW}|{_ZERO})\s?{_UNIT}(?=[\s,.!?;:]|$)", re.IGNORECASE
)
_AT = r"(?:at|around|about|by|@|um|gegen|ab|à|vers|(?P<las>(?:sobre |a )las?))"
_CLOCK = re.compile(
    rf"(?<!\S){_AT} ?(?P<hour>\d{{1,3}})"
    r"(?:(?P<mark>[:.]|h|\s?(?:uhr|heures?|horas?)\s?)(?P<minute>\d{2})?)?"
    r"(?P<half>\s?[ap]\.?m\.?)?(?=[\s,.!?;]|$)",
    re.IGNORECASE,
)
_MAX_HOUR, _MAX_MINUTE, _HALF_DAY = 24, 59, 12
_PAST = re.compile(
    r"[\s,:]*(?P<day>yesterday|the day before yesterday|last (?:night|week|month|year|\w+day)"
    r"|(?:vor)?gestern|letzte[nrs]? \w+|(?:avant-)?hier|la semaine dernière|(?:ante)?ayer|anoche"
    r"|la semana pasada)(?![\w'’])",
    re.IGNORECASE,
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_NAMES = "|".join(_MONTHS)
_DAY_OF_MONTH = re.compile(
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
    if not (found["mark"] or found["half"] or found["las"]):
        return False
    latest = _HALF_DAY if found["half"] else _MAX_HOUR
    return hour > latest or minute > _MAX_MINUTE or (hour == _MAX_HOUR and minute > 0)


def _no_day(text: str) -> str:
    """The day that its month does not have, as typed: "30. Februar"; empty if there is none."""
    english = sentence_of(tokens_of(text)).english
    for found in _DAY_OF_MONTH.finditer(english):
        day, month = found["day"] or found["day_after"], found["month"] or found["month_first"]
        if int(day) > _LENGTHS[_MONTHS.index(month)]:
            typed = re.search(rf"\b{day}\S*(?: of| de)? \w+" if found["day"] else rf"\w+ {day}\S*", text)
            return typed[0] if typed else found[0]
    return ""
