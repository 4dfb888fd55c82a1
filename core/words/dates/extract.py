"""Which words of a to-do are its date: a title must keep its own.

``core/words/dates/doubts.py`` knows what speaks against it. In doubt the words stay and nothing is due: a
wrong date is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import wall_clock
from core.scheduling.timezones import zone_or
from core.words.dates.days import is_past
from core.words.dates.doubts import LISTING, UNTIL, before, counts_something_else, is_in_a_name, may_be_date
from core.words.dates.phrases import When, joined, whens
from core.words.dates.resolve import Planned, read
from core.words.dates.sentence import Sentence, Token, sentence_of
from core.words.dates.vocabulary import PARTS_OF_DAY

_FARTHEST = timedelta(days=50 * 366)
_KEPT_AFTER = {"for", "until", "till"}  # due then, but the title would not be the same without: "for Monday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The tokens that are left, and the date that the others were."""

    tokens: tuple[Token, ...]
    planned: Planned | None = None


def without_date(tokens: tuple[Token, ...], now: datetime, zone: ZoneInfo) -> Dated:
    """The tokens without the words that are a date, and that date.

    The last words count first; earlier ones add what is still open (``tomorrow … at 9``), or stay.
    """
    sentence = sentence_of(tokens)
    taken: set[int] = set()
    merged: When | None = None
    for when in reversed(_dates_in(sentence)):
        both = joined(merged, when) if merged else when
        if both is None:
            continue
        if both.every and before(when, sentence) in UNTIL:
            return Dated(tokens=tokens)  # "until friday every day"
        merged = both
        if before(when, sentence) not in _KEPT_AFTER:
            taken.update(range(when.first, when.end))
    planned = read(_by_night(merged, sentence), now, zone) if merged else None
    if planned is None or merged is None or not _in_reach(planned, merged, now, zone):
        return Dated(tokens=tokens)
    kept = tuple(token for place, token in enumerate(tokens) if place not in taken)
    return Dated(tokens=kept, planned=_still_ahead(planned, merged, now, zone))


def _by_night(when: When, sentence: Sentence) -> When:
    """With the part of the day that the title names: a "movie night tomorrow at 8" is not at breakfast."""
    named = before(when, sentence)
    says = named in PARTS_OF_DAY and not when.part and (when.clock or when.hour)
    return replace(when, part=named) if says else when


def _in_reach(planned: Planned, when: When, now: datetime, zone: ZoneInfo) -> bool:
    """Within fifty years; before today only what is said to be past, or was due."""
    today = wall_clock(now, zone_or(planned.zone, zone)).date()
    overdue = when.ago or is_past(when.day or "-") or (when.lead or "").startswith("due")
    earliest = today - _FARTHEST if overdue and not when.every else today
    return earliest <= planned.on <= today + _FARTHEST


def _still_ahead(planned: Planned, when: When, now: datetime, zone: ZoneInfo) -> Planned:
    """Without the time if it was only part of the day and is over: "tonight" at 22:00 is still today."""
    local = wall_clock(now, zone_or(planned.zone, zone))
    over = planned.at and datetime.combine(planned.on, planned.at) <= local
    return replace(planned, at=None) if over and when.part and not when.clock and not when.hour else planned


def _dates_in(sentence: Sentence) -> list[When]:
    """The runs that may be a date. In a list ("at 8 and 20:00", "mon wed") none of them is one."""
    found = [
        when
        for when in whens(sentence)
        if not counts_something_else(when, sentence) and not is_in_a_name(when, sentence)
    ]
    listed = {
        run.first
        for one, other in pairwise(found)
        if before(one, sentence) not in ("the", "a")  # "enjoy the sun tomorrow"
        and (other.first == one.end or (other.first == one.end + 1 and before(other, sentence) in LISTING))
        for run in (one, other)
    }
    kept = [when for when in found if when.first not in listed and may_be_date(when, sentence)]
    # "friday, saturday with Bob at 5": the time alone would be today's.
    return kept if not listed or any(when.dated for when in kept) else []
