"""Times of day in a sentence: ``half past 4``, ``halb acht``, ``Viertel vor neun``, ``8 Uhr 30``, ``midi``.

Patterns are for words in one spelling (``core/words/dates/sentence.py``). ``core/words/dates/clock.py`` reads
those of settings, where nothing else is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from core.words.dates.shapes import HOUR_12, HOUR_24, MINUTE, Said, Shape, any_of, finding, matched

END_OF_DAY = time(23, 59)
"""Midnight belongs to the day that it ends: "friday midnight" is not on Saturday."""

NIGHT_ENDS = 6  # o'clock: before it "at night" is after midnight
_AWAKE = range(7, 23)  # an hour with neither am nor pm is one of these, if it can be
_LATE = ("afternoon", "evening", "night")
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day as said. ``vague``: it may be half a day later, "half past 4" is at 4:30 or 16:30."""

    at: time
    vague: bool = False

    def meant(self, *, part: str | None, now: time | None) -> time:
        """The time that is meant in this ``part`` of the day; ``now`` is the time if it may be for today.

        ``at 5`` is in the afternoon, ``at 9`` in the morning, or at night when 9:00 is over.
        """
        later = self.at.replace(hour=(self.at.hour + _NOON) % 24)
        if part:
            is_late = part in _LATE and 0 < self.at.hour < _NOON and not _is_after_midnight(self.at, part)
            return later if is_late else self.at
        if not self.vague:
            return self.at
        meant = [one for one in sorted((self.at, later)) if one.hour in _AWAKE] or [self.at]
        return next((one for one in meant if now is None or one > now), meant[0])


def _is_after_midnight(at: time, part: str) -> bool:
    """``3 Uhr nachts``: the night has both."""
    return part == "night" and at.hour < NIGHT_ENDS


# --- Shapes ------------------------------------------------------------------------------------------------

_ON_TIME = ("at", "by", "before", "vor", "until", "around", "dici")
_HALVES = " ?(?P<half>[ap])m"
_MINUTES_PAST = {"quarter": 15, "a quarter": 15, "le quarter": 15, "half": 30}
_PAST = any_of("a quarter", "le quarter", "quarter", "half", "5", "10", "20", "25")
_BEFORE = ("to", "before", "vor", "of", "til", "till", "minus")


def _exact(said: Said) -> Clock:
    """Hour and minute as they stand; ``half`` is the letter of am and pm, ``past`` a word for the minutes."""
    hour, past = int(said["hour"] or 0), said.get("past")
    minute = _MINUTES_PAST[past] if past in _MINUTES_PAST else int(past or said.get("minute") or 0)
    if half := said.get("half"):
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return Clock(at=time(hour, minute))


def _minus(said: Said) -> Clock:
    return _turned(int(said["hour"] or 0), -_minutes(said["past"]), vague=False)


def _spoken(said: Said) -> Clock:
    """``10 to 5``, ``quarter past 5 pm``, ``5 vor halb acht``; *halb acht* is half an hour before eight."""
    hour = {"noon": 12, "midnight": 0}.get(str(said["hour"]), said["hour"])
    past = _minutes(said["past"]) if said["past"] else 0
    turned = (-past if said["side"] in _BEFORE else past) - (30 if said["halb"] else 0)
    half = said.get("half")
    exact = half is not None or said["hour"] in ("noon", "midnight")
    begun = int(str(hour)) % _NOON + (_NOON if half == "p" or said["hour"] == "noon" else 0)
    return _turned(begun, turned, vague=not exact and int(str(hour)) <= _NOON)


def _quarter_before(said: Said) -> Clock:
    """*dreiviertel acht* is 7:45 to those who say so."""
    return _spoken({**said, "past": "quarter", "side": "to", "halb": ""})


def _turned(hour: int, minutes: int, *, vague: bool) -> Clock:
    total = (60 * hour + minutes) % (24 * 60)
    return Clock(at=time(total // 60 % _NOON if vague else total // 60, total % 60), vague=vague)


def _minutes(past: str | None) -> int:
    return _MINUTES_PAST[past] if past in _MINUTES_PAST else int(past or 0)


def _noon(said: Said) -> Clock:
    return Clock(at=time(12, _minutes(said["past"])))


def _midnight(said: Said) -> Clock:
    return Clock(at=time(0, _minutes(said["past"])) if said["past"] else END_OF_DAY)


def _bare(said: Said) -> Clock:
    hour = int(said["hour"] or 0)
    return Clock(at=time(hour, int(said.get("minute") or 0)), vague=0 < hour <= _NOON)


def _one(said: Said) -> Clock:
    """*um ein Uhr*, *à une heure*."""
    return Clock(at=time(1, _minutes(said.get("past"))), vague=True)


def _run_together(said: Said) -> Clock:
    """``at 0645``, ``at 630``; ``at 330`` is in the afternoon, ``at 0330`` is not."""
    return replace(_exact(said), vague=str(said["hour"]) in "12345")


_SPOKEN_HOUR = f"(?P<hour>{HOUR_12}|noon|midnight)(?: (?:o'clock|uhr))?(?:{_HALVES})?"
_Reads = Callable[[Said], Clock]
CLOCKS: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"(?P<hour>{HOUR_12})(?:[:.](?P<minute>{MINUTE}))?{_HALVES}", read=_exact),
    Shape(
        pattern=f"(?P<hour>{HOUR_24})(?:[:.](?P<minute>{MINUTE}))? uhr(?: (?P<past>{MINUTE}))?",
        read=_exact,
    ),
    Shape(pattern=f"(?P<hour>{HOUR_24})(?:[:.](?P<minute>{MINUTE}))? o'clock", read=_bare),
    Shape(pattern=f"(?P<hour>{HOUR_12})(?::(?P<minute>{MINUTE}))? o'clock{_HALVES}", read=_exact),
    Shape(pattern="a uhr", read=_one),
    Shape(pattern="a hour(?: and (?P<past>quarter|half))?", read=_one, after=("at", "around")),
    Shape(pattern=f"(?P<hour>{HOUR_24}):(?P<minute>{MINUTE})", read=_exact),
    Shape(pattern=f"(?P<hour>{HOUR_24})[.h](?P<minute>{MINUTE})", read=_exact, after=_ON_TIME),
    Shape(pattern=f"(?P<hour>{HOUR_24})(?P<minute>{MINUTE})", read=_run_together, after=("at",)),
    Shape(
        pattern=f"(?P<hour>{HOUR_24}) hours?(?: and (?P<past>quarter|half)| (?P<minute>{MINUTE}))?",
        read=_exact,
        after=_ON_TIME,
    ),
    Shape(pattern=f"(?P<hour>{HOUR_24}) hours? minus (?P<past>{_PAST})", read=_minus, after=_ON_TIME),
    Shape(pattern="noon(?: and (?P<past>quarter|half))?", read=_noon),
    Shape(pattern="24(?::00)? uhr(?P<past>)", read=_midnight),
    Shape(pattern="midnight(?: and (?P<past>quarter|half))?", read=_midnight),
    Shape(
        pattern=f"(?:(?P<past>5|10) (?P<side>vor|after) )?(?P<halb>halb) (?P<hour>{HOUR_12})", read=_spoken
    ),
    Shape(
        pattern=f"(?P<past>a quarter|quarter|half)(?P<halb>) (?P<side>to|before|vor|of|till?|past|after)"
        f" {_SPOKEN_HOUR}",
        read=_spoken,
    ),
    Shape(
        pattern=f"(?P<past>5|10|20|25)(?: minutes)?(?P<halb>)"
        f" (?P<side>to|before|vor|till?|past|after) {_SPOKEN_HOUR}",
        read=_spoken,
        after=_ON_TIME,
    ),
    Shape(pattern=f"dreiviertel (?P<hour>{HOUR_12})", read=_quarter_before),
    Shape(pattern=f"(?P<past>half)(?P<halb>)(?P<side>) (?P<hour>{HOUR_12})", read=_spoken, after=_ON_TIME),
)
"""Times that say themselves what they are."""

LEFT_OPEN: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"(?P<hour>{HOUR_24})h(?P<minute>{MINUTE})?", read=_exact),
    Shape(pattern=f"(?P<hour>{HOUR_24}) hours?", read=_exact),
    Shape(pattern=f"(?P<hour>{HOUR_12})(?::(?P<minute>{MINUTE}))?(?P<half>[ap])", read=_exact),
)
"""Times only right after a day: ``vendredi 14h30``, ``tomorrow 5p``. Else they are amounts, or pence."""

BARE: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"(?P<hour>{HOUR_24})", read=_bare, after=_ON_TIME),
    Shape(pattern=f"(?P<hour>{HOUR_12}) (?P<minute>[0-5][05])", read=_bare, after=("at",)),
)
"""Bare numbers after *at*: an hour where nothing else follows, *three thirty*."""

_ANY = (*CLOCKS, *LEFT_OPEN, *BARE)
_ONE = any_of(finding(CLOCKS), f"{HOUR_24}(?: hours)?", f"{HOUR_24}h(?:{MINUTE})?")
RANGE = rf"(?:(?:from|of|between) {_ONE} (?:to|by|at|and|-|–)|{_ONE} –) {_ONE}"
_RANGED = re.compile(r"(?:(?:from|of|between) )?(.+?) (?:to|by|at|and|-|–) (.+)")
TO = f"(?: (?:to|–) {finding(CLOCKS)})?"
"""After a time: when it ends, which is not kept."""


def read_clock(words: str) -> Clock | None:
    """The time that words in the one spelling are; of a span of time when it begins."""
    found = _read(words)
    ranged = _RANGED.fullmatch(words) if found is None else None
    if ranged is None:
        return found
    begun, ended = _read(ranged[1]), _read(ranged[2])
    is_late = ranged[2].endswith("pm") and re.fullmatch("[0-9:]+", ranged[1]) is not None
    if begun and ended and is_late and begun.at.hour <= ended.at.hour % _NOON:  # "4:30-6pm"
        return Clock(at=begun.at.replace(hour=begun.at.hour + _NOON))
    return begun


def _read(words: str) -> Clock | None:
    found = matched(_ANY, words)
    return found.read(found.said) if found else None
