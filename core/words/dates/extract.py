"""Separates the date of a to-do from its title.

``core/words/dates/objections.py`` rejects phrases. In doubt the words stay in the title and nothing is due: a
wrong date is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import wall_clock
from core.scheduling.timezones import zone_or_default
from core.words.dates.alternatives import first_of_alternatives
from core.words.dates.continuations import LIST_WORDS, UNTIL_WORDS
from core.words.dates.days import is_past
from core.words.dates.objections import (
    counts_something_else,
    is_date_of_a_thing,
    is_in_a_name,
    is_time_before_title,
    may_be_date,
    word_before,
)
from core.words.dates.occasions import part_of_occasion
from core.words.dates.phrases import TimePhrase, merge
from core.words.dates.resolve import ResolvedDate, resolve
from core.words.dates.sentence import Sentence, Token, sentence_of
from core.words.dates.vocabulary import PARTS_OF_DAY

_MAX_DISTANCE = timedelta(days=50 * 366)
_KEEPS_DATE_IN_TITLE = {"for", "until", "till"}
"""After these words a date is also part of the title: "Cook for Monday"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A to-do, separated into title and date."""

    tokens: tuple[Token, ...]
    """Tokens of the title."""
    planned: ResolvedDate | None = None


def extract_date(tokens: tuple[Token, ...], now: datetime, zone: ZoneInfo) -> Extraction:
    """Title and date of a to-do at ``now`` in ``zone``.

    Date phrases are merged from the last to the first (``tomorrow … at 9``); one that conflicts stays in it.
    """
    sentence = sentence_of(tokens)
    taken: set[int] = set()
    merged: TimePhrase | None = None
    for when in reversed(_date_phrases(sentence)):
        both = merge(merged, when) if merged else when
        if both is None:
            continue
        if both.every and word_before(when, sentence) in UNTIL_WORDS:
            return Extraction(tokens=tokens)  # "until friday every day"
        merged = both
        if word_before(when, sentence) not in _KEEPS_DATE_IN_TITLE:
            taken.update(range(when.first, when.end))
    if merged and merged.excepted and not merged.every:
        return Extraction(tokens=tokens)
    named = " ".join(token.typed for place, token in enumerate(tokens) if place not in taken).lower()
    planned = resolve(_with_part_in_title(merged, sentence, named), now, zone) if merged else None
    if planned is None or merged is None or not _is_within_reach(planned, merged, now, zone):
        return Extraction(tokens=tokens)
    title = tuple(token for place, token in enumerate(tokens) if place not in taken)
    return Extraction(tokens=title, planned=_without_past_part(planned, merged, now, zone))


def _with_part_in_title(when: TimePhrase, sentence: Sentence, title: str) -> TimePhrase:
    """With the part of the day that the title names: "movie night tomorrow at 8" is in the evening; or that
    it tells by what is to be done then.
    """
    named = word_before(when, sentence)
    if named in PARTS_OF_DAY and not when.part and (when.clock or when.hour):
        return replace(when, part=named)
    part = part_of_occasion(title, when)
    return replace(when, part=part) if part else when


def _is_within_reach(planned: ResolvedDate, when: TimePhrase, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the date is within ``_MAX_DISTANCE``; before today only if the phrase says so."""
    today = wall_clock(now, zone_or_default(planned.zone, zone)).date()
    overdue = when.ago or is_past(when.day or "-") or (when.lead or "").startswith("due")
    earliest = today - _MAX_DISTANCE if overdue and not when.every else today
    return earliest <= planned.on <= today + _MAX_DISTANCE


def _without_past_part(
    planned: ResolvedDate, when: TimePhrase, now: datetime, zone: ZoneInfo
) -> ResolvedDate:
    """Without the time if it was only a part of the day and is past: "tonight" at 22:00 is today."""
    local = wall_clock(now, zone_or_default(planned.zone, zone))
    over = planned.at and datetime.combine(planned.on, planned.at) <= local
    return replace(planned, at=None) if over and when.part and not when.clock and not when.hour else planned


def _date_phrases(sentence: Sentence) -> list[TimePhrase]:
    """The phrases that may be a date; none of those in a list ("at 8 and 20:00", "mon wed")."""
    found = [
        when
        for when in first_of_alternatives(sentence)
        if not counts_something_else(when, sentence) and not is_in_a_name(when, sentence)
    ]
    listed = {
        phrase.first
        for one, other in pairwise(found)
        if word_before(one, sentence) not in ("the", "a")  # "enjoy the sun tomorrow"
        and not is_date_of_a_thing(one, other, sentence)
        and (
            other.first == one.end
            or (other.first == one.end + 1 and word_before(other, sentence) in LIST_WORDS)
        )
        for phrase in (one, other)
    }
    dates = [when for when in found if when.first not in listed and may_be_date(when, sentence)]
    if any(when.day for when in dates) and found[0] not in dates and is_time_before_title(found[0], sentence):
        dates = [found[0], *dates]
    # "friday, saturday with Bob at 5": the time alone would mean today.
    return dates if not listed or any(when.dated for when in dates) else []
