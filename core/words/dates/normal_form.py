"""The normal form of a word by itself: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""

from __future__ import annotations

import re

from core.words.dates.vocabulary import AMBIGUOUS_WEEKDAYS, ENGLISH, UNIT_ABBREVIATIONS, WEEKDAYS

_GLUED_AMOUNT = "[0-9]{1,4}(?:[.,]5)?(?:hrs|hr|h|mins|min|m|d|w)"
_GLUED_AMOUNTS = re.compile(f"(?:{_GLUED_AMOUNT})+")
_GLUED_NUMBER_AND_UNIT = re.compile("([0-9]{1,4}(?:[.,]5)?)(hrs|hr|h|mins|min|m|d|w)")
_CLOCK_RANGE = re.compile(
    r"([0-9]{1,2}(?::[0-9]{2})?(?:[ap]m)?)[-–]([0-9]{1,2}(?::[0-9]{2}|(?::[0-9]{2})?[ap]m))"
)
_FRENCH_CLOCK_RANGE = re.compile("([0-9]{1,2}h(?:[0-9]{2})?)[-–]([0-9]{1,2}h(?:[0-9]{2})?)")
_ISO_MOMENT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::[0-9]{2})?")
NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.")
_FRENCH_NTH = re.compile(r"([0-9]{1,2})(?:er|ère|ème|eme)")
PUNCTUATION = ",;:.!?)–-"
_GERMAN_DAY_AND_PART = re.compile(
    "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    "(morgen|früh|vormittag|mittag|nachmittag|abend|nacht)(s?)"
)


def normalize(typed: str) -> str:
    """The normal form of one word without context: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""
    word = without_punctuation(typed)
    if word[0] == "@" and word[1:2].isdecimal():
        return f"at {word[1:]}"
    if _GLUED_AMOUNTS.fullmatch(word):
        return " ".join(
            f"{number} {UNIT_ABBREVIATIONS[unit]}" for number, unit in _GLUED_NUMBER_AND_UNIT.findall(word)
        )
    if span := _CLOCK_RANGE.fullmatch(word) or _FRENCH_CLOCK_RANGE.fullmatch(word):
        return f"{span[1]} – {span[2]}"
    if moment := _ISO_MOMENT.fullmatch(word):
        return f"{moment[1]} {moment[2]}"
    if nth := _FRENCH_NTH.fullmatch(word):
        return f"{nth[1]}th"
    return ENGLISH.get(word) or _split_compound(word) or word


def without_punctuation(typed: str) -> str:
    """Lower case, without the punctuation around the word."""
    word = typed.lower().replace("’", "'").lstrip("(").rstrip(",;:!?)–-") or typed
    word = re.sub(r"(?<=\d)½", ".5", word)
    return word if NUMERIC_DATE.fullmatch(word) else word.rstrip(PUNCTUATION) or word


def _split_compound(word: str) -> str | None:
    """The parts of a compound: ``Freitagabend``, ``mon-fri``, ``tue/thu``, ``l'après-midi``."""
    if found := _GERMAN_DAY_AND_PART.fullmatch(word):
        part = "morning" if found[2] == "morgen" else ENGLISH[found[2]]
        return f"{ENGLISH[found[1]]}{found[3]} {part}"
    for article, meaning in (("l'", "the"), ("d'", "of"), ("mi-", "mid"), ("mid-", "mid")):
        rest = word.removeprefix(article)
        if rest != word and (rest in ENGLISH or rest == "an"):
            return f"{meaning} {'year' if rest == 'an' else ENGLISH[rest]}"
    return _joined_days(word)


def _joined_days(word: str) -> str | None:
    for separators, joint in (("-–", " to "), ("/,+&", " and ")):
        pieces = re.split(f"[{separators}]", word)
        days = [AMBIGUOUS_WEEKDAYS.get(piece, ENGLISH.get(piece, piece)) for piece in pieces]
        if 1 < len(days) <= 7 and all(day.removesuffix("s") in WEEKDAYS for day in days):
            return joint.join(days)
    return None
