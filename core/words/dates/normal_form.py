"""The normal form of a word by itself: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""

from __future__ import annotations

import re

from core.words.dates.vocabulary import AMBIGUOUS_WEEKDAYS, ENGLISH, UNIT_ABBREVIATIONS, WEEKDAYS
from core.words.phrasebooks.books import times
from core.words.phrasebooks.patterns import one_of

_GLUED_AMOUNT = "[0-9]{1,4}(?:[.,]5)?(?:hrs|hr|h|mins|min|m|d|w)"
_GLUED_AMOUNTS = re.compile(f"(?:{_GLUED_AMOUNT})+")
_GLUED_NUMBER_AND_UNIT = re.compile("([0-9]{1,4}(?:[.,]5)?)(hrs|hr|h|mins|min|m|d|w)")
_CLOCK_RANGE = re.compile(
    r"([0-9]{1,2}(?::[0-9]{2})?(?:[ap]m)?)[-–]([0-9]{1,2}(?::[0-9]{2}|(?::[0-9]{2})?[ap]m))"
)
_FRENCH_CLOCK_RANGE = re.compile("([0-9]{1,2}h(?:[0-9]{2})?)[-–]([0-9]{1,2}h(?:[0-9]{2})?)")
_RANGE_UNTIL_AFTERNOON = re.compile(
    "([0-9]{1,2})[-–]((?:1[3-9]|2[0-3])h(?:[0-9]{2})?)"
)  # "2-3h" is an amount
_ISO_MOMENT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::[0-9]{2})?")
NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.")
_NTH = re.compile(rf"([0-9]{{1,2}})(?:{one_of(times.ORDINAL_ENDINGS)})")
PUNCTUATION = ",;:.!?)–-"
_BETWEEN_PARTS = frozenset("·⋅•|")
"""Marks that part a day from its time in what is pasted from a calendar: "Thu, Dec 3 · 2:00 – 3:00pm"."""

_DAY_WITH_PART = tuple(
    (re.compile(book.DAY_WITH_PART), book.DAY_PARTS) for book in times.books.values() if book.DAY_WITH_PART
)
_PREFIXES = {prefix: meaning for book in times.books.values() for prefix, meaning in book.PREFIXES.items()}
_AFTER_PREFIX = ENGLISH | {
    word: meaning for book in times.books.values() for word, meaning in book.WORDS_AFTER_PREFIX.items()
}


def normalize(typed: str) -> str:
    """The normal form of one word without context: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""
    word = without_punctuation(typed)
    if word in _BETWEEN_PARTS:
        return ""
    if word[0] == "@" and word[1:2].isdecimal():
        return f"at {word[1:]}"
    if _GLUED_AMOUNTS.fullmatch(word):
        return " ".join(
            f"{number} {UNIT_ABBREVIATIONS[unit]}" for number, unit in _GLUED_NUMBER_AND_UNIT.findall(word)
        )
    for range_of in (_CLOCK_RANGE, _FRENCH_CLOCK_RANGE, _RANGE_UNTIL_AFTERNOON):
        if span := range_of.fullmatch(word):
            return f"{span[1]} – {span[2]}"
    if moment := _ISO_MOMENT.fullmatch(word):
        return f"{moment[1]} {moment[2]}"
    if nth := _NTH.fullmatch(word):
        return f"{nth[1]}th"
    return ENGLISH.get(word) or _split_compound(word) or word


def without_punctuation(typed: str) -> str:
    """Lower case, without the punctuation around the word."""
    word = typed.lower().replace("’", "'").lstrip("(").rstrip(",;:!?)–-") or typed
    word = re.sub(r"(?<=\d)½", ".5", word)
    return word if NUMERIC_DATE.fullmatch(word) else word.rstrip(PUNCTUATION) or word


def _split_compound(word: str) -> str | None:
    """The parts of a compound: ``Freitagabend``, ``mon-fri``, ``tue/thu``, ``l'après-midi``."""
    for pattern, parts in _DAY_WITH_PART:
        if found := pattern.fullmatch(word):
            part = parts.get(found[2]) or ENGLISH[found[2]]
            return f"{ENGLISH[found[1]]}{found[3]} {part}"
    for prefix, meaning in _PREFIXES.items():
        rest = word.removeprefix(prefix)
        if rest != word and rest in _AFTER_PREFIX:
            return f"{meaning} {_AFTER_PREFIX[rest]}"
    return _joined_days(word)


def _joined_days(word: str) -> str | None:
    for separators, joint in (("-–", " to "), ("/,+&", " and ")):
        pieces = re.split(f"[{separators}]", word)
        days = [AMBIGUOUS_WEEKDAYS.get(piece, ENGLISH.get(piece, piece)) for piece in pieces]
        if 1 < len(days) <= 7 and all(day.removesuffix("s") in WEEKDAYS for day in days):
            return joint.join(days)
    return None
