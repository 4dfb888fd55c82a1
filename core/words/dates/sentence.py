"""A sentence as tokens: each word as typed, and in the one spelling that shapes are made of.

Some words mean a time only beside others: *Do* (Donnerstag) before 19:30, *morgen* after *Freitag*, *hier* in
French, *3.* before a word. Their neighbours decide here; the rest is ``core/words/dates/vocabulary.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.words.dates.vocabulary import DEEDS, ENGLISH, FRENCH, SHORT_DAYS, UNITS, WEEKDAYS, ZONES

_PART = "[0-9]{1,4}(?:[.,]5)?(?:hrs|hr|h|mins|min|m|d|w)"
_GLUED = re.compile(f"(?:{_PART})+")
_GLUED_PART = re.compile("([0-9]{1,4}(?:[.,]5)?)(hrs|hr|h|mins|min|m|d|w)")
_SPAN = re.compile(r"([0-9]{1,2}(?::[0-9]{2})?(?:[ap]m)?)[-–]([0-9]{1,2}(?::[0-9]{2}|(?::[0-9]{2})?[ap]m))")
_FRENCH_SPAN = re.compile("([0-9]{1,2}h(?:[0-9]{2})?)[-–]([0-9]{1,2}h(?:[0-9]{2})?)")
_ISO_MOMENT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::[0-9]{2})?")
_HOLIDAYS = {"weihnachten", "heiligabend", "silvester", "ostern", "neujahr"}
_HOURS = re.compile(r"[0-9]{1,2}[-–][0-9]{1,2}")
_NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.")
_NTH = re.compile(r"([0-9]{1,2})\.")
_FRENCH_NTH = re.compile(r"([0-9]{1,2})(?:er|ère|ème|eme)")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2}h?|h| ?[ap]m|\.[0-9]{1,2}\.)|[0-9]{1,2}\.?")
_HOUR = re.compile("[0-9]{1,2}(?:[:.][0-9]{2})?")
_TIMED = re.compile("[0-9]|(?:am|pm|a.m|p.m|uhr|o'clock|heures?|h|noon|midnight|midi|minuit|mittag)$")
_ZONE = re.compile(r"(?:UTC|GMT)[+-][0-9]{1,2}")
_STOPS = ",;:.!?)–-"
_GERMAN_DAY_AND_PART = re.compile(
    "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    "(morgen|früh|vormittag|mittag|nachmittag|abend|nacht)(s?)"
)
_GERMAN_LEADS = {"am", "bis", "ab", "vor", "zum", "den"}
_BEFORE_SHORT_DAYS = {"on", "every", "by", "starting", "next", "coming", "this", "last", "vor", "latest"}
_SMALL_SHORT_DAYS = {"lun", "mer", "jeu", "ven", "dim"}  # French days are written small
_BEFORE_NTH = {"on", "every", "the", "zum", "by", "vor"}
_QUOTED = re.compile(
    r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\S)\'[^\']*\'(?=[\s,.;:!?)]|$)|(?<!\S)‘[^’]*’(?=[\s,.;:!?)]|$)'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word as ``typed``, and the ``word`` (or words) that shapes know it by."""

    typed: str
    word: str

    @property
    def stops(self) -> bool:
        """Whether punctuation ends here."""
        return self.typed[-1] in _STOPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Tokens, and ``english``: their words joined by single spaces, which patterns are matched with.

    ``begins`` and ``ends`` hold each token's place in ``english``.
    """

    tokens: tuple[Token, ...]
    english: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text. What stands in quotation marks is nobody's date."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    found = list(re.finditer(r"\S+", text))
    typed = [one[0] for one in found]
    inside = [any(first < one.end() and one.start() < end for first, end in quoted) for one in found]
    words: list[str] = []
    for place, word in enumerate(typed):
        words.append(f'"{word}' if inside[place] else _word(typed, place, words))
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
    """One word by itself in the one spelling: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""
    word = _bare(typed)
    if word[0] == "@" and word[1:2].isdecimal():
        return f"at {word[1:]}"
    if _GLUED.fullmatch(word):
        return " ".join(f"{number} {UNITS[unit]}" for number, unit in _GLUED_PART.findall(word))
    if span := _SPAN.fullmatch(word) or _FRENCH_SPAN.fullmatch(word):
        return f"{span[1]} – {span[2]}"
    if moment := _ISO_MOMENT.fullmatch(word):
        return f"{moment[1]} {moment[2]}"
    if nth := _FRENCH_NTH.fullmatch(word):
        return f"{nth[1]}th"
    return ENGLISH.get(word) or _compound(word) or word


# --- Words that are one in their company only -------------------------------------------------------------


def _bare(typed: str) -> str:
    """In small letters and without the punctuation around it."""
    word = typed.lower().replace("’", "'").lstrip("(").rstrip(",;:!?)–-") or typed
    word = re.sub(r"(?<=\d)½", ".5", word)
    return word if _NUMERIC_DATE.fullmatch(word) else word.rstrip(_STOPS) or word


def _compound(word: str) -> str | None:
    """Several words written as one: ``Freitagabend``, ``mon-fri``, ``tue/thu``, ``l'après-midi``."""
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
        days = [SHORT_DAYS.get(piece, ENGLISH.get(piece, piece)) for piece in pieces]
        if 1 < len(days) <= 7 and all(day.removesuffix("s") in WEEKDAYS for day in days):
            return joint.join(days)
    return None


def _word(typed: list[str], place: int, before: list[str]) -> str:
    """The word at ``place``, by its neighbours if they matter; ``before`` holds the words before it."""
    bare = _bare(typed[place])
    around = _Around(
        typed=typed[place],
        bare=bare,
        previous=before[-1] if before else "",
        earlier=before[-2] if len(before) > 1 else "",
        before=_bare(typed[place - 1]) if place else "",
        led=_bare(typed[place - 2]) if place > 1 else "",
        next=_bare(typed[place + 1]) if place + 1 < len(typed) else "",
        then=_bare(typed[place + 2]) if place + 2 < len(typed) else "",
        last=place + 1 == len(typed),
        first=_bare(typed[0]),
        everything=typed,
    )
    for applies, meaning in _IN_COMPANY:
        if applies(around):
            return meaning(around)
    return english(typed[place])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """A word and its neighbours: ``previous``, ``earlier`` in the one spelling, the others bare."""

    typed: str
    bare: str
    previous: str
    earlier: str
    before: str
    led: str
    next: str
    then: str
    last: bool
    first: str
    everything: list[str]


def _is_short_day(word: _Around) -> bool:
    """``Do 19:30``, ``jeden Mo``: but ``Call Mo 19:30`` is somebody."""
    if word.bare not in SHORT_DAYS or word.first in DEEDS:
        return False
    if not word.typed[0].isupper() and word.bare not in _SMALL_SHORT_DAYS:
        return False
    if word.previous in _BEFORE_SHORT_DAYS or (word.before == "und" and _ends_with_day(word.earlier)):
        return True
    if word.next in ("bis", "und", "-", "–") and word.then in SHORT_DAYS:
        return True
    return not word.last and (word.next == "um" or _CLOCK.fullmatch(word.next) is not None)


def _ends_with_day(words: str) -> bool:
    return words.split(" ")[-1] in WEEKDAYS


def _is_zone(word: _Around) -> bool:
    """``3pm ET``; but ``LUNDI ET JEUDI``."""
    named = word.typed.rstrip(_STOPS)
    return (named in ZONES or _ZONE.fullmatch(named) is not None) and _TIMED.match(word.before) is not None


def _is_before_noon(word: _Around) -> bool:
    """``9 am``, ``3 am Friday``; but ``um 9 am Freitag``."""
    in_german = word.led in ("um", "gegen", "bis", "ab") or word.next.endswith(("tag", "woch", "abend"))
    in_german = in_german or _NUMERIC_DATE.match(word.next) is not None  # "Nr. 12 am 3.12."
    return _HOUR.fullmatch(word.before) is not None and not in_german


def _is_tomorrow(word: _Around) -> bool:
    """``tom 5pm``: but ``call Tom 5pm`` is somebody."""
    is_time = re.fullmatch(r"[0-9]{1,2}(?::[0-9]{2})?[ap]m?", word.next) is not None
    return word.typed == "tom" and is_time and word.before not in DEEDS


def _is_morning(word: _Around) -> bool:
    """``Freitag Morgen``, ``jeden Morgen``, ``am Morgen``."""
    told = word.previous.split(" ")[-1] if word.previous else ""
    return word.bare == "morgen" and told in (*WEEKDAYS, "every", "on", "today", "yesterday", "this")


def _is_nth(word: _Around) -> bool:
    """``am 3. um 18 Uhr``, ``jeden 1. des Monats``: not the end of a sentence, nor an hour."""
    found = _NTH.fullmatch(word.typed.lower())
    if found is None or not 1 <= int(found[1]) <= 31 or word.previous in ("at", "around"):
        return False
    return not word.last or word.previous in _BEFORE_NTH or word.previous.endswith("th")


def _is_french(word: _Around) -> bool:
    return any(_bare(one) in FRENCH for one in word.everything)


_IN_COMPANY: tuple[tuple[Callable[[_Around], bool], Callable[[_Around], str]], ...] = (
    (_is_zone, lambda word: f"zone:{word.typed.rstrip(_STOPS)}"),
    (lambda word: word.bare == "am" and not _is_before_noon(word), lambda word: "on"),
    (_is_morning, lambda word: "morning"),
    (_is_short_day, lambda word: SHORT_DAYS[word.bare]),
    (_is_tomorrow, lambda word: "tomorrow"),
    (_is_nth, lambda word: f"{int(word.bare.rstrip('.'))}th"),
    (
        lambda word: (
            _DAY_AND_MONTH.fullmatch(word.bare) is not None and word.before in {*_GERMAN_LEADS, "le"}
        ),
        lambda word: f"{word.bare}.",
    ),
    (
        lambda word: word.bare == "sept" and word.next in ("heures", "jours", "semaines", "mois", "minutes"),
        lambda word: "7",
    ),
    (
        lambda word: word.bare == "four" and word.before in ("le", "au", "du", "un", "mon", "notre"),
        lambda word: "oven",
    ),
    (lambda word: word.bare == "an" and word.before in ("un", "par"), lambda word: "year"),
    (
        lambda word: word.bare == "an" and word.next in ("jedem", "werktagen", "wochenenden", "diesem"),
        lambda word: "on",
    ),
    (
        lambda word: (
            _HOURS.fullmatch(word.bare) is not None and word.next in ("uhr", "h", "heures", "pm", "am")
        ),
        lambda word: re.sub("[-–]", " – ", word.bare),
    ),
    (lambda word: word.bare in ("an", "zu") and word.next in _HOLIDAYS, lambda word: "on"),
    (lambda word: word.bare == "hier" and _is_french(word), lambda word: "yesterday"),
)
