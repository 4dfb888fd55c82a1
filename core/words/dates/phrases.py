"""How words for a time join: *when* in a sentence, as a run of a day, a time, an amount, a recurrence.

This only finds the words, with the shapes of ``amounts``, ``times``, ``days`` and ``repeats``;
``core/words/dates/resolve.py`` reads them, and ``core/words/dates/extract.py`` decides whether they may be a
date at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from core.words.dates.amounts import AMOUNT as AMOUNT  # whoever reads sentences finds both here
from core.words.dates.days import DAYS
from core.words.dates.recurrences import EVERY
from core.words.dates.sentence import Sentence
from core.words.dates.shapes import HOUR_24, NUMBER, Shape, any_of, finding
from core.words.dates.times import BARE, CLOCKS, LEFT_OPEN, RANGE, TO
from core.words.dates.vocabulary import TURNING

_INTRODUCING = """
    dici, dici the, dici le, dici at, dici this, by le, by this, before le, before this, until this,
    latest le, latest this, at the plus tard this,
    due, due on, due by, due at, due before, due le, latest, latest on, latest by, latest zum,
    at the plus tard, at the plus tard le, no later than, not later than, on, on or before,
    by, by zum, by at, by the, by latest, at, at the, before, before the, vor, vor the,
    starting, starting on, starting at, starting the, start, start on, at partir of, at partir of the,
    until, until the, until at, till, through, thru, from, in the, this, le, zum, around, en,
    noch, erst, gleich, schon, later, sometime, some time, early, first thing, over, over the
"""
_LEADS = frozenset(lead.strip() for lead in _INTRODUCING.split(","))
_MOST_WORDS_OF_LEAD = 5
_UNTIL = ("until", "till", "through", "thru")
_PART = "morning|afternoon|evening|night"
_ROUGHLY = "(?:about|around|exactly|roughly|ca|etwa|rund|genau|environ)"
_IN = f"(?:in|within|dici)(?: of| from)?(?: the| next){{0,2}}(?: {_ROUGHLY})?"
_TIME = "(?:'?s? time)?"  # in a week's time
_AHEAD = any_of(
    f"(?:due )?{_IN} (?P<amount>{AMOUNT}){_TIME}",
    f"(?P<amount_now>{AMOUNT}) from now",
    "within(?: of)?(?: the)? next (?P<one>hour|day|week|month|year)",
)
_COMING = f"in the (?P<count>{NUMBER}) coming (?P<unit>minutes|hours|days|weeks|months|years)"
_AGO = any_of(f"(?P<amount>{AMOUNT}) ago", f"vor (?P<amount_vor>{AMOUNT})", f"il y a (?P<amount_il>{AMOUNT})")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Words for one time, as found: tokens ``first`` up to ``end``, and what they are, in one spelling.

    ``lead`` is the word that introduces them; ``after`` and ``ago`` are amounts; ``hour`` is a bare number
    after *at*, ``part`` a part of the day, ``span`` a time from which to which; ``until`` the day on which a
    recurrence ends, ``lasting`` the amount after which it does.
    """

    first: int
    end: int
    lead: str | None = None
    every: str | None = None
    after: str | None = None
    ago: str | None = None
    day: str | None = None
    clock: str | None = None
    hour: str | None = None
    span: str | None = None
    part: str | None = None
    zone: str | None = None
    until: str | None = None
    lasting: str | None = None

    @property
    def dated(self) -> bool:
        """Whether a day is named, in whatever way."""
        return bool(self.every or self.after or self.ago or self.day)

    @property
    def timed(self) -> bool:
        """Whether a time of day is named, in whatever way."""
        return bool(self.clock or self.hour or self.part)


_SAME_KIND = {
    "every": ("every", "after", "ago"),
    "after": ("every", "after", "ago", "day"),
    "ago": ("every", "after", "ago", "day"),
    "day": ("after", "ago", "day"),
    "clock": ("clock", "hour", "span"),
    "hour": ("clock", "hour", "span"),
    "span": ("clock", "hour", "span"),
    "part": ("part",),
    "zone": ("zone",),
    "until": ("until", "lasting"),
    "lasting": ("until", "lasting"),
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


# --- Elements ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """Words for one part of a time, from where a run has come to: its kind, and where they end."""

    kind: str
    words: str
    end: int
    lead: str | None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds each kind; made when the first sentence is looked at."""
    shaped: tuple[tuple[str, Iterable[Shape[Any]]], ...] = (
        ("every", EVERY), ("day", DAYS), ("hour", BARE), ("open", LEFT_OPEN),
    )  # fmt: skip
    found = [(kind, f"(?P<words>{shape.finding})") for kind, shapes in shaped for shape in shapes]
    found += [("clock", f"(?P<words>{shape.finding}{TO})") for shape in CLOCKS]
    found += [
        ("after", f"(?P<words>{_AHEAD})"),
        ("after", _COMING),
        ("ago", f"(?P<words>{_AGO})"),
        ("part", f"(?P<words>{_PART})"),
        ("of part", f"of (?:the )?(?P<words>{_PART})"),
        ("span", f"(?P<words>{RANGE})"),
        ("open", f"(?P<words>{HOUR_24} to {finding(CLOCKS)})"),
        ("zone", r"zone:(?P<words>\S+)"),
        ("lasting", f"for (?:the next )?(?P<words>{AMOUNT})"),
        (
            "filler",
            "(?P<words>at the latest|at the plus tard|at the first hour|latest|sharp|pünktlich|pile|noch)",
        ),
    ]
    return tuple((kind, re.compile(rf"{pattern}(?!\S)")) for kind, pattern in found)


def _elements(sentence: Sentence, at: int) -> list[_Element]:
    """What can be read from there, with a lead or without, the longest first."""
    found = [
        _element(kind, match, lead)
        for lead in _leads(sentence.english, at)
        for kind, pattern in _patterns()
        if (match := pattern.match(sentence.english, at + (len(lead) + 1 if lead else 0)))
    ]
    fitting = (element for element in found if not _is_particle(element, sentence, at))
    return sorted(fitting, key=lambda element: (-element.end, -len(_sure(element.lead))))


_NEAR = re.compile("(?:the )?(?:day after )?(?:today|tomorrow|overmorrow)(?: night)?")


def _is_particle(element: _Element, sentence: Sentence, at: int) -> bool:
    """Whether what seems to lead belongs to a verb: "hand over friday", "log on today", "stop by at 5"."""
    if element.lead in ("over", "over the"):
        return re.search("weekend|christmas|easter|new year", element.words) is None
    if element.lead == "by at":  # but "bis um 5"
        return sentence.tokens[bisect_right(sentence.ends, at)].typed.lower() == "by"
    turned = element.lead == "on" and sentence.tokens[0].word in TURNING
    near = element.kind == "day" and _NEAR.fullmatch(element.words) is not None
    return near and (turned or element.lead in ("around", "early"))


def _sure(lead: str | None) -> str:
    """The lead; none where it is *start*, which the words after it may need: *Anfang nächster Woche*."""
    return "" if lead in (None, "start") else str(lead)


def _leads(english: str, at: int) -> list[str | None]:
    """The words that introduce what follows, none among them."""
    words = english[at:].split(" ", _MOST_WORDS_OF_LEAD)
    leads = (" ".join(words[:length]) for length in range(1, min(len(words), _MOST_WORDS_OF_LEAD + 1)))
    return [None, *(lead for lead in leads if lead in _LEADS)]


def _element(kind: str, match: re.Match[str], lead: str | None) -> _Element:
    groups = match.groupdict()
    amounts = (value for name, value in groups.items() if name.startswith("amount") and value)
    counted = f"{groups['count']} {groups['unit']}" if groups.get("count") else groups.get("words")
    words = next(amounts, None) or str(counted)
    if groups.get("one"):
        words = f"1 {groups['one']}"
    if kind in ("open", "span"):  # 5 to 7pm after a day is no 6:55
        words = re.sub(" (?:to|by|at|and|-) ", " – ", words)
    return _Element(kind=kind, words=words, end=match.end(), lead=lead)


def _longest(sentence: Sentence, first: int) -> When | None:
    """The longest run of elements that begins with this token and ends with a token."""
    found: When | None = None
    if first and _is_of_a_night(sentence, first):
        return None
    growing = When(first=first, end=first)
    at = sentence.begins[first] if first < len(sentence.tokens) else len(sentence.english) + 1
    while at < len(sentence.english):
        step = next(
            ((grown, element) for element in _elements(sentence, at) if (grown := _grown(growing, element))),
            None,
        )
        if step is None:
            break
        growing, at = replace(step[0], end=bisect_right(sentence.ends, step[1].end)), step[1].end + 1
        found = growing if at - 1 in sentence.ends and _says_something(growing) else found
    return found


_NIGHTS = {"morning", "afternoon", "evening", "night", "soirée", "matinée", "nuit"}


def _is_of_a_night(sentence: Sentence, place: int) -> bool:
    """Whether a part of the day is a noun of the title: "Poker night on friday"; but *abends um 8*."""
    return sentence.tokens[place].typed.lower() in _NIGHTS


def _says_something(when: When) -> bool:
    """Whether it is more than a part of the day that nothing introduces: *night* train, but *abends um 8*."""
    return bool(when.dated or when.clock or when.hour or when.span or (when.part and when.lead))


def _grown(when: When, element: _Element) -> When | None:
    """The run with one more element; None when that says again what it has said, or needs what it lacks."""
    kind = _kind_in(when, element)
    if kind is None or _clashes(kind, when):
        return None
    if kind == "filler":
        return when
    added: dict[str, Any] = {kind: element.words, "lead": when.lead or element.lead}
    return replace(when, **added)


def _kind_in(when: When, element: _Element) -> str | None:
    """What an element is after what was said; None where it is nothing."""
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
        "filler": ("filler", begun),
    }
    kind, fits = wanted.get(element.kind, (element.kind, True))
    return kind if fits else None


def _clashes(kind: str, when: When) -> bool:
    return any(getattr(when, same) for same in _SAME_KIND.get(kind, ()))
