"""Finds time phrases in a sentence: words in a row that name a day, a time, an amount, a recurrence.

The patterns come from ``amounts``, ``times``, ``days`` and ``recurrences``. ``core/words/dates/extract.py``
decides whether a phrase may be a date, and ``core/words/dates/resolve.py`` computes the date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from core.words.dates.amounts import AMOUNT as AMOUNT  # part of this module's interface
from core.words.dates.days import DAYS
from core.words.dates.patterns import HOUR_24, NUMBER, PhrasePattern, any_of, search_pattern
from core.words.dates.recurrences import EXCEPTED_DAYS, RECURRENCES
from core.words.dates.sentence import Sentence
from core.words.dates.times import BARE_HOURS, CLOCK_TIMES, OPTIONAL_END_TIME, TIME_RANGE, TIMES_AFTER_DAY
from core.words.dates.twelve_hours import counts_to_twelve
from core.words.dates.vocabulary import PARTICLE_VERBS
from core.words.phrasebooks.books import times
from core.words.phrasebooks.patterns import one_of

_LEADS = frozenset(lead.strip() for lead in ",".join(times.LEADS).split(","))
_MAX_LEAD_WORDS = 5
_UNTIL = ("until", "till", "through", "thru")
_PART = "morning|afternoon|evening|night"
_APPROXIMATELY = f"(?:{one_of(times.APPROXIMATELY)})"
_IN = f"(?:in|within|dici)(?: of| from)?(?: the| next){{0,2}}(?: {_APPROXIMATELY})?"
_TIME = "(?:'?s? time)?"  # in a week's time
_AHEAD = any_of(
    f"(?:due )?{_IN} (?P<amount>{AMOUNT}){_TIME}",
    f"(?P<amount_now>{AMOUNT}) from now",
    "within(?: of)?(?: the)? next (?P<one>hour|day|week|month|year)",
)
_EXCEPT = any_of(*sorted(times.words("EXCEPT")))
_COMING = f"in the (?P<count>{NUMBER}) coming (?P<unit>minutes|hours|days|weeks|months|years)"
_AGO = any_of(f"(?P<amount>{AMOUNT}) ago", f"(?:{one_of(times.AGO)}) (?P<amount_ago>{AMOUNT})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """A time phrase: its place in the sentence, and its parts in the normal form (None: not named)."""

    first: int
    """Index of its first token."""
    end: int
    """Index after its last token."""
    lead: str | None = None
    """Words that introduce it: *by*, *due on*."""
    every: str | None = None
    """A recurrence: *every 2 weeks*."""
    after: str | None = None
    """An amount of time from now: *in 2 hours*."""
    ago: str | None = None
    """An amount of time before now."""
    day: str | None = None
    clock: str | None = None
    """A time of day that is unmistakable."""
    hour: str | None = None
    """A number after *at*."""
    span: str | None = None
    """A range of times of day."""
    part: str | None = None
    """A part of the day."""
    zone: str | None = None
    """A zone as written."""
    until: str | None = None
    """The day on which a recurrence ends."""
    lasting: str | None = None
    """The amount of time after which a recurrence ends."""
    times: str | None = None
    """After how many times a recurrence ends."""
    excepted: str | None = None
    """The weekdays that a recurrence leaves out."""
    twelve_hours: bool = False
    """Whether the sentence tells the time on a clock of twelve hours."""

    @property
    def dated(self) -> bool:
        """Whether a day is named, directly or by a recurrence or an amount."""
        return bool(self.every or self.after or self.ago or self.day)

    @property
    def timed(self) -> bool:
        """Whether a time of day, or a part of the day, is named."""
        return bool(self.clock or self.hour or self.part)


_CONFLICTING_KINDS = {
    "every": ("every", "after", "ago"),
    "after": ("every", "after", "ago", "day"),
    "ago": ("every", "after", "ago", "day"),
    "day": ("after", "ago", "day"),
    "clock": ("clock", "hour", "span"),
    "hour": ("clock", "hour", "span"),
    "span": ("clock", "hour", "span"),
    "part": ("part",),
    "zone": ("zone",),
    "until": ("until", "lasting", "times"),
    "lasting": ("until", "lasting", "times"),
    "times": ("until", "lasting", "times"),
    "excepted": ("excepted",),
}


def find_time_phrases(sentence: Sentence) -> Iterator[TimePhrase]:
    """The longest time phrases from left to right, whether or not they mean a date where they stand."""
    at = 0
    while at < len(sentence.tokens):
        when = _longest_phrase(sentence, at)
        if when:
            yield when
        at = when.end if when else at + 1


def whole_time_phrase(sentence: Sentence) -> TimePhrase | None:
    """The phrase that all words together are; None if other words are among them."""
    when = _longest_phrase(sentence, 0)
    return when if when and when.end == len(sentence.tokens) else None


def merge(one: TimePhrase, other: TimePhrase) -> TimePhrase | None:
    """Two phrases as one (``tomorrow … at 9``); None if they conflict, such as two days."""
    parts: dict[str, Any] = {name: value for name in _CONFLICTING_KINDS if (value := getattr(other, name))}
    if any(_conflicts(name, one) for name in parts):
        return None
    return replace(one, **parts | {"lead": one.lead or other.lead})


# --- Elements ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """One part of a time phrase."""

    kind: str
    """A field of ``TimePhrase``, or ``open``, ``of part``, ``filler``: see ``_kind_in``."""
    words: str
    end: int
    """Index after it in the normal form of the sentence."""
    lead: str | None
    """Words before it that introduce it."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind and pattern of each element; compiled for the first sentence."""
    tables: tuple[tuple[str, Iterable[PhrasePattern[Any]]], ...] = (
        ("every", RECURRENCES), ("day", DAYS), ("hour", BARE_HOURS), ("open", TIMES_AFTER_DAY),
    )  # fmt: skip
    found = [(kind, f"(?P<words>{one.search_pattern})") for kind, table in tables for one in table]
    found += [("clock", f"(?P<words>{one.search_pattern}{OPTIONAL_END_TIME})") for one in CLOCK_TIMES]
    found += [
        ("after", f"(?P<words>{_AHEAD})"),
        ("after", _COMING),
        ("ago", f"(?P<words>{_AGO})"),
        ("part", f"(?P<words>{_PART})"),
        ("of part", f"of (?:the )?(?P<words>{_PART})"),
        ("span", f"(?P<words>{TIME_RANGE})"),
        ("open", f"(?P<words>{HOUR_24} to {search_pattern(CLOCK_TIMES)})"),
        ("zone", r"zone:(?P<words>\S+)"),
        ("lasting", f"for (?:the next )?(?P<words>{AMOUNT})"),
        # Not without "for" or "in total": "every day 3 times" is three times a day.
        ("times", f"for (?:the next )?(?P<words>{NUMBER}) (?:{one_of(times.TIMES_IN_ALL)})"),
        ("times", f"(?P<words>{NUMBER}) (?:{one_of(times.TIMES_IN_ALL)}) (?:{one_of(times.IN_ALL)})"),
        (
            "filler",
            f"(?P<words>{one_of(times.SHARP)})",
        ),
        ("excepted", f"(?:{_EXCEPT})(?: on| at)?(?: the| le)? (?P<words>{EXCEPTED_DAYS})"),
    ]
    return tuple((kind, re.compile(rf"{pattern}(?!\S)")) for kind, pattern in found)


def _elements(sentence: Sentence, at: int) -> list[_Element]:
    """The elements that begin at index ``at``, with or without a lead, the longest first."""
    found = [
        _element(kind, match, lead)
        for lead in _leads(sentence.english, at)
        for kind, pattern in _patterns()
        if (match := pattern.match(sentence.english, at + (len(lead) + 1 if lead else 0)))
    ]
    fitting = (element for element in found if not _is_particle(element, sentence, at))
    return sorted(fitting, key=lambda element: (-element.end, -len(_lead_for_sorting(element.lead))))


_NEAR = re.compile("(?:the )?(?:day after )?(?:today|tomorrow|overmorrow)(?: night)?")


def _is_particle(element: _Element, sentence: Sentence, at: int) -> bool:
    """Whether the lead is a particle of a verb: "hand over friday", "log on today", "stop by at 5"."""
    if element.lead in ("over", "over the"):
        return re.search("weekend|christmas|easter|new year", element.words) is None
    if element.lead == "by at":  # but "bis um 5"
        return sentence.tokens[bisect_right(sentence.ends, at)].typed.lower() == "by"
    is_particle = element.lead == "on" and sentence.tokens[0].word in PARTICLE_VERBS
    near = element.kind == "day" and _NEAR.fullmatch(element.words) is not None
    return near and (is_particle or element.lead in ("around", "early"))


def _lead_for_sorting(lead: str | None) -> str:
    """The lead, except *start*, which may be part of the day: *Anfang nächster Woche*."""
    return "" if lead in (None, "start") else str(lead)


def _leads(english: str, at: int) -> list[str | None]:
    """The leads that begin at index ``at``, and None for no lead."""
    words = english[at:].split(" ", _MAX_LEAD_WORDS)
    leads = (" ".join(words[:length]) for length in range(1, min(len(words), _MAX_LEAD_WORDS + 1)))
    return [None, *(lead for lead in leads if lead in _LEADS)]


def _element(kind: str, match: re.Match[str], lead: str | None) -> _Element:
    groups = match.groupdict()
    amounts = (value for name, value in groups.items() if name.startswith("amount") and value)
    counted = f"{groups['count']} {groups['unit']}" if groups.get("count") else groups.get("words")
    words = next(amounts, None) or str(counted)
    if groups.get("one"):
        words = f"1 {groups['one']}"
    if kind in ("open", "span"):  # 5 to 7pm after a day is no 6:55
        words = re.sub(" (?:to|by|at|and(?! (?:quarter|half)$)|-) ", " – ", words)
    return _Element(kind=kind, words=words, end=match.end(), lead=lead)


def _longest_phrase(sentence: Sentence, first: int) -> TimePhrase | None:
    """The longest phrase that begins with token ``first`` and ends with a token."""
    found: TimePhrase | None = None
    if first and (_is_part_of_day_noun(sentence, first) or not sentence.tokens[first].word):
        return None
    phrase = TimePhrase(first=first, end=first)
    at = sentence.begins[first] if first < len(sentence.tokens) else len(sentence.english) + 1
    while at < len(sentence.english):
        steps = ((_extended(phrase, element), element.end) for element in _elements(sentence, at))
        extended, end = next(((longer, end) for longer, end in steps if longer), (None, at))
        if extended is None:
            break
        phrase, at = replace(extended, end=bisect_right(sentence.ends, end)), end + 1
        found = phrase if at - 1 in sentence.ends and _is_complete(phrase) else found
    return replace(found, twelve_hours=counts_to_twelve(sentence.tokens)) if found else None


_PARTS_AS_NOUNS = {"morning", "afternoon", "evening", "night"} | times.words("NOUNS_OF_DAY")


def _is_part_of_day_noun(sentence: Sentence, place: int) -> bool:
    """Whether a part of the day is a noun of the title: "Poker night on friday"; not *abends um 8*."""
    return sentence.tokens[place].typed.lower() in _PARTS_AS_NOUNS


def _is_complete(when: TimePhrase) -> bool:
    """Whether it is more than a part of the day without a lead: not *night* train, but *abends um 8*."""
    is_time = when.dated or when.clock or when.hour or when.span or (when.part and when.lead)
    return bool(is_time or when.excepted)


def _extended(when: TimePhrase, element: _Element) -> TimePhrase | None:
    """The phrase with one more element; None if the element conflicts with it or needs what it lacks."""
    kind = _kind_in(when, element)
    if kind is None or _conflicts(kind, when):
        return None
    if kind == "filler":
        return when
    added: dict[str, Any] = {kind: element.words, "lead": when.lead or element.lead}
    return replace(when, **added)


def _kind_in(when: TimePhrase, element: _Element) -> str | None:
    """The field of ``TimePhrase`` that the element fills in this phrase; None if it does not fit."""
    if when.excepted and not when.every:
        return None  # "call everyone except Friday tomorrow"
    begun = when.dated or when.timed
    ends = element.lead is not None and element.lead.startswith((*_UNTIL, "by", "dici"))
    if element.kind == "day" and ends and when.every:
        return "until"
    if element.lead and element.lead.startswith(_UNTIL):
        return None
    wanted = {
        "open": ("clock", bool(when.day or when.every)),
        "of part": ("part", bool(when.clock or when.hour)),
        "zone": ("zone", bool(when.clock or when.hour)),
        "lasting": ("lasting", bool(when.every)),
        "times": ("times", bool(when.every)),
        "filler": ("filler", begun),
        "excepted": ("excepted", bool(when.every) or not begun),
    }
    kind, fits = wanted.get(element.kind, (element.kind, True))
    return kind if fits else None


def _conflicts(kind: str, when: TimePhrase) -> bool:
    return any(getattr(when, same) for same in _CONFLICTING_KINDS.get(kind, ()))
