"""A sentence as tokens: each word as typed, and in the normal form.

Some words mean a time only next to others: *Do* (Donnerstag) before 19:30, *morgen* after *Freitag*, *hier*
in French, *3.* before a word. ``_CONTEXT_RULES`` decide by the neighbours; all other words are in
``core/words/dates/vocabulary.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.words.dates.vocabulary import (
    AMBIGUOUS_WEEKDAYS,
    DEEDS,
    ENGLISH,
    FRENCH_MARKERS,
    UNIT_ABBREVIATIONS,
    WEEKDAYS,
    ZONES,
)

_GLUED_AMOUNT = "[0-9]{1,4}(?:[.,]5)?(?:hrs|hr|h|mins|min|m|d|w)"
_GLUED_AMOUNTS = re.compile(f"(?:{_GLUED_AMOUNT})+")
_GLUED_NUMBER_AND_UNIT = re.compile("([0-9]{1,4}(?:[.,]5)?)(hrs|hr|h|mins|min|m|d|w)")
_CLOCK_RANGE = re.compile(
    r"([0-9]{1,2}(?::[0-9]{2})?(?:[ap]m)?)[-–]([0-9]{1,2}(?::[0-9]{2}|(?::[0-9]{2})?[ap]m))"
)
_FRENCH_CLOCK_RANGE = re.compile("([0-9]{1,2}h(?:[0-9]{2})?)[-–]([0-9]{1,2}h(?:[0-9]{2})?)")
_ISO_MOMENT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::[0-9]{2})?")
_HOLIDAYS = {"weihnachten", "heiligabend", "silvester", "ostern", "neujahr"}
_HOUR_RANGE = re.compile(r"[0-9]{1,2}[-–][0-9]{1,2}")
_NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.")
_NTH = re.compile(r"([0-9]{1,2})\.")
_FRENCH_NTH = re.compile(r"([0-9]{1,2})(?:er|ère|ème|eme)")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2}h?|h| ?[ap]m|\.[0-9]{1,2}\.)|[0-9]{1,2}\.?")
_HOUR = re.compile("[0-9]{1,2}(?:[:.][0-9]{2})?")
_TIME_BEFORE_ZONE = re.compile(
    "[0-9]|(?:am|pm|a.m|p.m|uhr|o'clock|heures?|h|noon|midnight|midi|minuit|mittag)$"
)
_ZONE = re.compile(r"(?:UTC|GMT)[+-][0-9]{1,2}")
_PUNCTUATION = ",;:.!?)–-"
_GERMAN_DAY_AND_PART = re.compile(
    "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    "(morgen|früh|vormittag|mittag|nachmittag|abend|nacht)(s?)"
)
_BEFORE_DAY_AND_MONTH = {"am", "bis", "ab", "vor", "zum", "den"}
_BEFORE_AMBIGUOUS_WEEKDAYS = {
    "on",
    "every",
    "by",
    "starting",
    "next",
    "coming",
    "this",
    "last",
    "vor",
    "latest",
}
_LOWER_CASE_WEEKDAYS = {"lun", "mer", "jeu", "ven", "dim"}  # French weekdays are written in lower case
_BEFORE_NTH = {"on", "every", "the", "zum", "by", "vor"}
_QUOTED = re.compile(
    r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\S)\'[^\']*\'(?=[\s,.;:!?)]|$)|(?<!\S)‘[^’]*’(?=[\s,.;:!?)]|$)'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a sentence."""

    typed: str
    word: str
    """The normal form; may be several words (``2h`` is ``2 hours``)."""

    @property
    def stops(self) -> bool:
        """Whether punctuation follows the word."""
        return self.typed[-1] in _PUNCTUATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, ready to be matched with patterns."""

    tokens: tuple[Token, ...]
    english: str
    """The normal form: the words of all tokens, joined by single spaces."""
    begins: tuple[int, ...]
    """Index in ``english`` of each token's first character."""
    ends: tuple[int, ...]
    """Index in ``english`` after each token's last character."""


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text. Quoted words get a leading mark, so that no pattern matches them."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    found = list(re.finditer(r"\S+", text))
    typed = [one[0] for one in found]
    inside = [any(first < one.end() and one.start() < end for first, end in quoted) for one in found]
    words: list[str] = []
    for place, word in enumerate(typed):
        words.append(f'"{word}' if inside[place] else _normalize_in_context(typed, place, words))
    return tuple(Token(typed=one, word=word) for one, word in zip(typed, words, strict=True))


def sentence_of(tokens: Iterable[Token]) -> Sentence:
    """A sentence of these tokens."""
    kept = tuple(tokens)
    begins, ends, place = [], [], 0
    for token in kept:
        begins.append(place)
        place += len(token.word)
        ends.append(place)
        place += 1
    return Sentence(
        tokens=kept, english=" ".join(token.word for token in kept), begins=tuple(begins), ends=tuple(ends)
    )


def english(typed: str) -> str:
    """The normal form of one word without context: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""
    word = _without_punctuation(typed)
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


# --- Words whose meaning depends on their neighbours -------------------------------------------------------


def _without_punctuation(typed: str) -> str:
    """Lower case, without the punctuation around the word."""
    word = typed.lower().replace("’", "'").lstrip("(").rstrip(",;:!?)–-") or typed
    word = re.sub(r"(?<=\d)½", ".5", word)
    return word if _NUMERIC_DATE.fullmatch(word) else word.rstrip(_PUNCTUATION) or word


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


def _normalize_in_context(typed: list[str], place: int, before: list[str]) -> str:
    """The normal form of the word at ``place``; ``before`` holds the normal forms of the words before it."""
    plain = _without_punctuation(typed[place])
    word = _WordInContext(
        typed=typed[place],
        plain=plain,
        previous=before[-1] if before else "",
        second_previous=before[-2] if len(before) > 1 else "",
        before=_without_punctuation(typed[place - 1]) if place else "",
        second_before=_without_punctuation(typed[place - 2]) if place > 1 else "",
        next=_without_punctuation(typed[place + 1]) if place + 1 < len(typed) else "",
        second_next=_without_punctuation(typed[place + 2]) if place + 2 < len(typed) else "",
        is_last=place + 1 == len(typed),
        first=_without_punctuation(typed[0]),
        all_typed=typed,
    )
    for applies, meaning in _CONTEXT_RULES:
        if applies(word):
            return meaning(word)
    return english(typed[place])


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
    all_typed: list[str]
    """All words of the sentence as typed."""


def _is_abbreviated_weekday(word: _WordInContext) -> bool:
    """``Do 19:30``, ``jeden Mo``; but ``Mo`` in ``Call Mo 19:30`` is a name."""
    if word.plain not in AMBIGUOUS_WEEKDAYS or word.first in DEEDS:
        return False
    if not word.typed[0].isupper() and word.plain not in _LOWER_CASE_WEEKDAYS:
        return False
    if word.previous in _BEFORE_AMBIGUOUS_WEEKDAYS or (
        word.before == "und" and _ends_with_day(word.second_previous)
    ):
        return True
    if word.next in ("bis", "und", "-", "–") and word.second_next in AMBIGUOUS_WEEKDAYS:
        return True
    return not word.is_last and (word.next == "um" or _CLOCK.fullmatch(word.next) is not None)


def _ends_with_day(words: str) -> bool:
    return words.split(" ")[-1] in WEEKDAYS


def _is_zone(word: _WordInContext) -> bool:
    """``3pm ET``; but ``LUNDI ET JEUDI``."""
    named = word.typed.rstrip(_PUNCTUATION)
    return (named in ZONES or _ZONE.fullmatch(named) is not None) and _TIME_BEFORE_ZONE.match(
        word.before
    ) is not None


def _is_before_noon(word: _WordInContext) -> bool:
    """``9 am``, ``3 am Friday``; but ``um 9 am Freitag``."""
    in_german = word.second_before in ("um", "gegen", "bis", "ab") or word.next.endswith(
        ("tag", "woch", "abend")
    )
    in_german = in_german or _NUMERIC_DATE.match(word.next) is not None  # "Nr. 12 am 3.12."
    return _HOUR.fullmatch(word.before) is not None and not in_german


def _is_tomorrow(word: _WordInContext) -> bool:
    """``tom 5pm``; but ``Tom`` in ``call Tom 5pm`` is a name."""
    is_time = re.fullmatch(r"[0-9]{1,2}(?::[0-9]{2})?[ap]m?", word.next) is not None
    return word.typed == "tom" and is_time and word.before not in DEEDS


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
    return any(_without_punctuation(one) in FRENCH_MARKERS for one in word.all_typed)


_CONTEXT_RULES: tuple[tuple[Callable[[_WordInContext], bool], Callable[[_WordInContext], str]], ...] = (
    (_is_zone, lambda word: f"zone:{word.typed.rstrip(_PUNCTUATION)}"),
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
