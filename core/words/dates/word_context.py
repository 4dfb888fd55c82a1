"""The normal form of a word in its sentence.

Some words mean a time only next to others: *Do* (Donnerstag) before 19:30, *morgen* after *Freitag*, *hier*
in French, *3.* before a word. ``_CONTEXT_RULES`` decide by the neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.words.dates.normal_form import NUMERIC_DATE, PUNCTUATION, normalize
from core.words.dates.vocabulary import AMBIGUOUS_WEEKDAYS, FRENCH_MARKERS, TASK_VERBS, WEEKDAYS, ZONES

_HOLIDAYS = {"weihnachten", "heiligabend", "silvester", "ostern", "neujahr"}
_HOUR_RANGE = re.compile(r"[0-9]{1,2}[-–][0-9]{1,2}")
_NTH = re.compile(r"([0-9]{1,2})\.")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2}h?|h| ?[ap]m|\.[0-9]{1,2}\.)|[0-9]{1,2}\.?")
_HOUR = re.compile("[0-9]{1,2}(?:[:.][0-9]{2})?")
_TIME_BEFORE_ZONE = re.compile(
    "[0-9]|(?:am|pm|a.m|p.m|uhr|o'clock|heures?|h|noon|midnight|midi|minuit|mittag)$"
)
_ZONE = re.compile(r"(?:UTC|GMT)[+-][0-9]{1,2}")
_BEFORE_DAY_AND_MONTH = {"am", "bis", "ab", "vor", "zum", "den"}
_BEFORE_AMBIGUOUS_WEEKDAYS = frozenset(
    ("on", "every", "by", "starting", "next", "coming", "this", "last", "vor", "latest")
)
_LOWER_CASE_WEEKDAYS = {"lun", "mer", "jeu", "ven", "dim"}  # French weekdays are written in lower case
_BEFORE_NTH = {"on", "every", "the", "zum", "by", "vor"}


def normalize_in_context(typed: list[str], plain: list[str], place: int, before: list[str]) -> str:
    """The normal form of the word at ``place``.

    ``plain`` has all words by ``without_punctuation``, ``before`` the normal forms of those before the place.
    """
    word = _WordInContext(
        typed=typed[place],
        plain=plain[place],
        previous=before[-1] if before else "",
        second_previous=before[-2] if len(before) > 1 else "",
        before=plain[place - 1] if place else "",
        second_before=plain[place - 2] if place > 1 else "",
        next=plain[place + 1] if place + 1 < len(typed) else "",
        second_next=plain[place + 2] if place + 2 < len(typed) else "",
        is_last=place + 1 == len(typed),
        first=plain[0],
        all_plain=plain,
    )
    for applies, meaning in _CONTEXT_RULES:
        if applies(word):
            return meaning(word)
    return normalize(typed[place])


@dataclass(frozen=True, slots=True, kw_only=True)
class _WordInContext:
    """A word and its neighbours. An empty string means that there is no such neighbour.

    *Plain* means lower case without punctuation.
    """

    typed: str
    plain: str
    previous: str
    """Normal form of the word before."""
    second_previous: str
    """Normal form of the word before the previous one."""
    before: str
    """The previous word, plain."""
    second_before: str
    """The word before the previous one, plain."""
    next: str
    """The next word, plain."""
    second_next: str
    """The word after the next one, plain."""
    is_last: bool
    """Whether the word is the last one of the sentence."""
    first: str
    """The first word of the sentence, plain."""
    all_plain: list[str]
    """All words of the sentence, plain."""


def _is_abbreviated_weekday(word: _WordInContext) -> bool:
    """``Do 19:30``, ``jeden Mo``; but ``Mo`` in ``Call Mo 19:30`` is a name."""
    if word.plain not in AMBIGUOUS_WEEKDAYS or word.first in TASK_VERBS:
        return False
    if not word.typed[0].isupper() and word.plain not in _LOWER_CASE_WEEKDAYS:
        return False
    is_listed = word.before == "und" and _ends_with_day(word.second_previous)
    if is_listed or word.previous in _BEFORE_AMBIGUOUS_WEEKDAYS:
        return True
    if word.next in ("bis", "und", "-", "–") and word.second_next in AMBIGUOUS_WEEKDAYS:
        return True
    return not word.is_last and (word.next == "um" or _CLOCK.fullmatch(word.next) is not None)


def _ends_with_day(words: str) -> bool:
    return words.split(" ")[-1] in WEEKDAYS


def _is_zone(word: _WordInContext) -> bool:
    """``3pm ET``; but ``LUNDI ET JEUDI``."""
    name = word.typed.rstrip(PUNCTUATION)
    is_zone_name = name in ZONES or _ZONE.fullmatch(name) is not None
    return is_zone_name and _TIME_BEFORE_ZONE.match(word.before) is not None


def _is_before_noon(word: _WordInContext) -> bool:
    """``9 am``, ``3 am Friday``; but ``um 9 am Freitag``."""
    in_german = word.second_before in ("um", "gegen", "bis", "ab") or word.next.endswith(
        ("tag", "woch", "abend")
    )
    in_german = in_german or NUMERIC_DATE.match(word.next) is not None  # "Nr. 12 am 3.12."
    return _HOUR.fullmatch(word.before) is not None and not in_german


def _is_tomorrow(word: _WordInContext) -> bool:
    """``tom 5pm``; but ``Tom`` in ``call Tom 5pm`` is a name."""
    is_time = re.fullmatch(r"[0-9]{1,2}(?::[0-9]{2})?[ap]m?", word.next) is not None
    return word.typed == "tom" and is_time and word.before not in TASK_VERBS


def _is_morning(word: _WordInContext) -> bool:
    """``Freitag Morgen``, ``jeden Morgen``, ``am Morgen``."""
    previous_word = word.previous.split(" ")[-1] if word.previous else ""
    return word.plain == "morgen" and previous_word in (
        *WEEKDAYS,
        "every",
        "on",
        "today",
        "yesterday",
        "this",
    )


def _is_nth(word: _WordInContext) -> bool:
    """``am 3. um 18 Uhr``, ``jeden 1. des Monats``; not a number that ends a sentence, and not an hour."""
    found = _NTH.fullmatch(word.typed.lower())
    if found is None or not 1 <= int(found[1]) <= 31 or word.previous in ("at", "around"):
        return False
    return not word.is_last or word.previous in _BEFORE_NTH or word.previous.endswith("th")


def _is_french(word: _WordInContext) -> bool:
    return any(one in FRENCH_MARKERS for one in word.all_plain)


_CONTEXT_RULES: tuple[tuple[Callable[[_WordInContext], bool], Callable[[_WordInContext], str]], ...] = (
    (_is_zone, lambda word: f"zone:{word.typed.rstrip(PUNCTUATION)}"),
    (lambda word: word.plain == "am" and not _is_before_noon(word), lambda word: "on"),
    (_is_morning, lambda word: "morning"),
    (_is_abbreviated_weekday, lambda word: AMBIGUOUS_WEEKDAYS[word.plain]),
    (_is_tomorrow, lambda word: "tomorrow"),
    (_is_nth, lambda word: f"{int(word.plain.rstrip('.'))}th"),
    (
        lambda word: (
            _DAY_AND_MONTH.fullmatch(word.plain) is not None and word.before in {*_BEFORE_DAY_AND_MONTH, "le"}
        ),
        lambda word: f"{word.plain}.",
    ),
    (
        lambda word: word.plain == "sept" and word.next in ("heures", "jours", "semaines", "mois", "minutes"),
        lambda word: "7",
    ),
    (
        lambda word: word.plain == "four" and word.before in ("le", "au", "du", "un", "mon", "notre"),
        lambda word: "oven",
    ),
    (lambda word: word.plain == "an" and word.before in ("un", "par"), lambda word: "year"),
    (
        lambda word: word.plain == "an" and word.next in ("jedem", "werktagen", "wochenenden", "diesem"),
        lambda word: "on",
    ),
    (
        lambda word: (
            _HOUR_RANGE.fullmatch(word.plain) is not None and word.next in ("uhr", "h", "heures", "pm", "am")
        ),
        lambda word: re.sub("[-–]", " – ", word.plain),
    ),
    (lambda word: word.plain in ("an", "zu") and word.next in _HOLIDAYS, lambda word: "on"),
    (lambda word: word.plain == "hier" and _is_french(word), lambda word: "yesterday"),
)
"""Condition and normal form; the first rule whose condition holds is used."""
