"""The normal form of a word in its sentence.

Some words mean a time only next to others: *Do* (Donnerstag) before 19:30, *morgen* after *Freitag*, *hier*
in French, *3.* before a word. ``_CONTEXT_RULES`` decide by the neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.words.dates.normal_form import NUMERIC_DATE, PUNCTUATION, normalize
from core.words.dates.vocabulary import AMBIGUOUS_WEEKDAYS, TASK_VERBS, WEEKDAYS, ZONES
from core.words.phrasebooks.books import times, wishes
from core.words.phrasebooks.patterns import one_of

_HOUR_RANGE = re.compile(r"[0-9]{1,2}[-–][0-9]{1,2}")
_NTH = re.compile(r"([0-9]{1,2})\.")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}|/(?:0?[1-9]|1[0-2]))")
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2}h?|h| ?[ap]m|\.[0-9]{1,2}\.)|[0-9]{1,2}\.?")
_HOUR = re.compile("[0-9]{1,2}(?:[:.][0-9]{2})?")
_TIME_BEFORE_ZONE = re.compile(f"[0-9]|(?:{one_of(times.CLOCK_WORDS)})$")
_ZONE = re.compile(r"(?:UTC|GMT)[+-][0-9]{1,2}")
_BEFORE_AMBIGUOUS_WEEKDAYS = frozenset(
    ("on", "every", "by", "starting", "next", "coming", "this", "last", "vor", "latest")
)
_BEFORE_NTH = {"on", "every", "the", "zum", "by", "vor"}
_BEFORE_PART = frozenset((*WEEKDAYS, "every", "on", "today", "yesterday", "this"))
_BEFORE_DAY_AND_MONTH = times.words("DATE_AFTER")
_LOWER_CASE_WEEKDAYS = times.words("LOWER_CASE_WEEKDAYS")
_AND_DAYS, _DAY_JOINTS = times.words("AND_DAYS"), times.words("DAY_JOINTS") | {"-", "–"}
_AT_CLOCK, _HOURS_AFTER = times.words("AT_CLOCK"), times.words("HOURS_AFTER")
_PARTS_AFTER_DAYS = times.words("PART_AFTER_DAY")
_ABOUT_AN_HOUR = re.compile(rf"{_HOUR.pattern}-?(?:{one_of(times.ISH)})")
_PRICE = re.compile("[0-9]{1,2}[.][0-9]{2}")
_QUARTERS = ("00", "15", "30", "45")
"""Minutes that are rather those of a time: "buy milk at 7.30"."""

_HOUR_OF_DAY = re.compile("(?:[7-9]|1[0-9]|2[0-3])h(?:[0-5][0-9])?")
_DAYS_FIRST = times.words("DAYS_FIRST")
_BEFORE_HOURS = frozenset(
    (
        "at", "a", "around", "by", "before", "until", "from", "between", "after", "starting", "in", "for",
        "of", "and", "or", "to", "–", "-", "the", "le", "every", *wishes.words("NO_ESTIMATE_BESIDE_BEFORE"),
    )
)  # fmt: skip
"""Normal forms before hours that are no time, or one that is read anyway."""

_NEAR_DAYS = frozenset((*WEEKDAYS, "today", "tomorrow", "overmorrow"))
_HALVES = frozenset(("am", "pm", "a.m", "p.m"))
_BUYING, _BUYING_SOME = times.words("BUYING"), times.words("BUYING_SOME")
_PRICE_AFTER, _PRICE_UNITS = times.words("PRICE_AFTER"), times.words("PRICE_UNITS")
_ON_AFTER, _ON_BEFORE = times.words("ON_AFTER"), tuple(times.words("ON_BEFORE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """``Beside``, with sets of words; an empty one is any."""

    meaning: str
    before: frozenset[str]
    after: frozenset[str]
    then: frozenset[str]
    among: frozenset[str]

    def fits(self, word: _WordInContext) -> bool:
        """Whether the neighbours of the word give it this meaning."""
        return (
            (not self.before or word.next in self.before)
            and (not self.after or word.before in self.after)
            and (not self.then or not word.second_next or word.second_next in self.then)
            and (not self.among or not self.among.isdisjoint(word.all_plain))
        )


def _beside() -> dict[str, tuple[_Beside, ...]]:
    """By the word that has another meaning beside some others."""
    found: dict[str, tuple[_Beside, ...]] = {}
    for one in (one for book in times.books.values() for one in book.BESIDE):
        sets = (frozenset(words.split()) for words in (one.before, one.after, one.then, one.among))
        before, after, then, among = sets
        known = _Beside(meaning=one.meaning, before=before, after=after, then=then, among=among)
        found[one.word] = (*found.get(one.word, ()), known)
    return found


_BESIDE = _beside()


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
    is_listed = word.before in _AND_DAYS and _ends_with_day(word.second_previous)
    if is_listed or word.previous in _BEFORE_AMBIGUOUS_WEEKDAYS:
        return True
    if word.next in _DAY_JOINTS and word.second_next in AMBIGUOUS_WEEKDAYS:
        return True
    return not word.is_last and (word.next in _AT_CLOCK or _CLOCK.fullmatch(word.next) is not None)


def _ends_with_day(words: str) -> bool:
    return words.split(" ")[-1] in WEEKDAYS


def _is_zone(word: _WordInContext) -> bool:
    """``3pm ET``; but ``LUNDI ET JEUDI``."""
    name = word.typed.rstrip(PUNCTUATION)
    is_zone_name = name in ZONES or _ZONE.fullmatch(name) is not None
    return is_zone_name and _TIME_BEFORE_ZONE.match(word.before) is not None


def _is_before_noon(word: _WordInContext) -> bool:
    """``9 am``, ``3 am Friday``; but ``um 9 am Freitag``."""
    is_on = word.second_before in _ON_AFTER or word.next.endswith(_ON_BEFORE)
    is_on = is_on or NUMERIC_DATE.match(word.next) is not None  # "Nr. 12 am 3.12."
    return _HOUR.fullmatch(word.before) is not None and not is_on


def _is_tomorrow(word: _WordInContext) -> bool:
    """``tom 5pm``; but ``Tom`` in ``call Tom 5pm`` is a name."""
    is_time = re.fullmatch(r"[0-9]{1,2}(?::[0-9]{2})?[ap]m?", word.next) is not None
    return word.typed == "tom" and is_time and word.before not in TASK_VERBS


def _is_morning(word: _WordInContext) -> bool:
    """``Freitag Morgen``, ``jeden Morgen``, ``am Morgen``."""
    previous_word = word.previous.split(" ")[-1] if word.previous else ""
    return word.plain in _PARTS_AFTER_DAYS and previous_word in _BEFORE_PART


def _is_nth(word: _WordInContext) -> bool:
    """``am 3. um 18 Uhr``, ``jeden 1. des Monats``; not a number that ends a sentence, and not an hour."""
    found = _NTH.fullmatch(word.typed.lower())
    if found is None or not 1 <= int(found[1]) <= 31 or word.previous in ("at", "around"):
        return False
    return not word.is_last or word.previous in _BEFORE_NTH or word.previous.endswith("th")


def _is_day_and_month(word: _WordInContext) -> bool:
    """``am 12.3``, ``bis 12/3``: the day comes first; but ``9 am 12/3`` is English."""
    if _DAY_AND_MONTH.fullmatch(word.plain) is None or word.before not in _BEFORE_DAY_AND_MONTH:
        return False
    return word.previous != "am"


def _is_about_an_hour(word: _WordInContext) -> bool:
    """``5ish``, ``7:30-ish``."""
    return _ABOUT_AN_HOUR.fullmatch(word.plain) is not None


def _about_an_hour(word: _WordInContext) -> str:
    """The hour, after "at" if no such word stands before it: "friday 5ish" is at five."""
    hour = re.sub("-?[a-z]+", "", word.plain)
    return hour if word.previous in ("at", "around", "by", "before") else f"at {hour}"


def _is_hour_apart(word: _WordInContext) -> bool:
    """``demain dentiste 15h``, ``dentista 9h mañana``: so many hours are a time, and no estimate."""
    if _HOUR_OF_DAY.fullmatch(word.plain) is None or _DAYS_FIRST.isdisjoint(word.all_plain):
        return False
    is_at_edge = word.is_last or word.next in _DAYS_FIRST
    before = word.previous.split(" ")[-1]
    return is_at_edge and bool(before) and before not in _BEFORE_HOURS | _NEAR_DAYS


def _other_meaning(word: _WordInContext) -> str | None:
    """The meaning that the word has only beside its neighbours."""
    return next((one.meaning for one in _BESIDE.get(word.plain, ()) if one.fits(word)), None)


def _is_price(word: _WordInContext) -> bool:
    """``2 coffees at 3.20``, ``5 pens @1.50``, ``at 2.50 each``: beside what is bought, it is no time."""
    said = word.plain.removeprefix("@")
    if _PRICE.fullmatch(said) is None or word.next in _HALVES:
        return False
    if said == word.plain and word.before not in _PRICE_AFTER:
        return False
    is_buying = not _BUYING.isdisjoint(word.all_plain)
    if word.next in _PRICE_UNITS or (is_buying and said[-2:] not in _QUARTERS):
        return True
    is_buying = is_buying or not _BUYING_SOME.isdisjoint(word.all_plain)
    return is_buying and any(one.isdecimal() for one in word.all_plain)


_CONTEXT_RULES: tuple[tuple[Callable[[_WordInContext], bool], Callable[[_WordInContext], str]], ...] = (
    (_is_price, lambda word: f'"{word.plain}'),  # as if quoted: no pattern matches it
    (_is_about_an_hour, _about_an_hour),
    (_is_zone, lambda word: f"zone:{word.typed.rstrip(PUNCTUATION)}"),
    (
        lambda word: word.plain == "am" and not _is_before_noon(word),
        lambda word: "on",
    ),
    (_is_morning, lambda word: "morning"),
    (_is_abbreviated_weekday, lambda word: AMBIGUOUS_WEEKDAYS[word.plain]),
    (_is_tomorrow, lambda word: "tomorrow"),
    (_is_nth, lambda word: f"{int(word.plain.rstrip('.'))}th"),
    (
        lambda word: _is_day_and_month(word),
        lambda word: f"{word.plain.replace('/', '.')}.",
    ),
    (
        lambda word: _HOUR_RANGE.fullmatch(word.plain) is not None and word.next in _HOURS_AFTER,
        lambda word: re.sub("[-–]", " – ", word.plain),
    ),
    (_is_hour_apart, lambda word: f"at {normalize(word.typed)}"),
    (lambda word: _other_meaning(word) is not None, lambda word: _other_meaning(word) or ""),
)
"""Condition and normal form; the first rule whose condition holds is used."""
