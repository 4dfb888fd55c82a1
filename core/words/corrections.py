"""Corrections of what was said last: "no, 5:30", "i meant friday", "not tomorrow but wednesday", "4pm" alone.

They name no task: the one is meant that oO has just talked about (``bot/conversation/corrections.py``).

Tests: tests/core/words/test_corrections.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import TaskPatch
from core.words.changes import read_change
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import Correct, RemindBefore
from core.words.leads import parse_lead
from core.words.limits import days_left_out
from core.words.new_dates import new_date
from core.words.numbered import places_in
from core.words.phrasebooks.books import corrections, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_LENGTH = 80
"""Code points of a correction."""

# Words that are the same in several languages match in one way only: else rows of them take forever.
_CORRECTING, _FILLERS, _AFTERWARDS = (
    rf"(?>(?:{one_of(words)})(?!\w))"
    for words in (corrections.CORRECTING, corrections.FILLERS, corrections.CORRECTED_AFTER)
)
_SEP = r"[\s,.;:!…–-]++"
_ROW = rf"(?:(?>{_CORRECTING}|{_FILLERS}){_SEP})*+"
_BEFORE = lazy_pattern(rf"^(?:{_FILLERS}{_SEP})*+{_CORRECTING}{_SEP}{_ROW}")
_FILLED = lazy_pattern(rf"^(?:{_FILLERS}{_SEP})++")
_ITS = lazy_pattern(rf"^(?:(?>(?:{one_of(corrections.ITS)})(?!\w))\s++)++")
_AFTER = lazy_pattern(rf"(?:[\s,.;:!–-]++{_AFTERWARDS})++$")
_NOT_BUT = tuple(lazy_pattern(pattern) for pattern in corrections.NOT_BUT)
_WRONG = lazy_pattern(rf"{_ROW}(?:{one_of(corrections.WRONG)})")
_WITH_A_STOP = lazy_pattern(rf"^{_CORRECTING}\s*+[,.;:!…–-]\s*+")
_BEFORE_EVENT = lazy_pattern(rf"(?P<amount>.+?) (?:{one_of(wishes.LEAD_BEFORE)})")


def read_correction(text: str, *, now: datetime, zone: ZoneInfo) -> Correct | RemindBefore | None:
    """The correction that the whole text is; None for other texts, and for a date or time alone."""
    if len(text) > MAX_LENGTH or places_in(text):  # "no 2"
        return None
    if days_left_out(text.lower()):  # "no weekends" is the opposite of "no, weekends"
        return None
    if _WRONG.fullmatch(text):
        return Correct(patch=TaskPatch())
    for value in _values(text):
        if minutes := _lead(value):
            return RemindBefore(title="", minutes=minutes)
        if patch := _date(value, now, zone) or _change_of_it(value, now, zone):
            return Correct(patch=patch, words=value)
    return None


def bare_date(text: str, *, now: datetime, zone: ZoneInfo) -> Correct | RemindBefore | None:
    """A date, a time of day, or both alone: "wednesday", "at 16:00", "it's at 4"; and "15 minutes before"."""
    if len(text) > MAX_LENGTH or text.isdecimal() or days_left_out(text.lower()):
        return None
    if minutes := _lead(text):
        return RemindBefore(title="", minutes=minutes)
    value = _ITS.sub("", _FILLED.sub("", text))
    patch = _date(value, now, zone)
    return Correct(patch=patch, words=value) if patch and not patch.delay else None


def without_correcting(text: str) -> str:
    """What is said after a correcting word and a stop: "dentist at 4" of "sorry, dentist at 4"."""
    return _WITH_A_STOP.sub("", text) if len(text) <= MAX_LENGTH else text


def after_correcting(text: str) -> str:
    """The text without correcting words before it, with a stop or without: "actually never mind"."""
    return _BEFORE.sub("", text) if len(text) <= MAX_LENGTH else text


def without_wrong_date(text: str) -> str:
    """The text without a date at its end that is said to be wrong: "the report is due friday, not today"."""
    for pattern in _NOT_BUT:
        found = pattern.fullmatch(text)
        if found and found.start("value") == 0 and _is_date(found["old"]):
            return found["value"]
    return text


def _values(text: str) -> Iterator[str]:
    """What may be the right value in a text with correcting words."""
    said = _BEFORE.sub("", text)
    for found in (pattern.fullmatch(one) for one in {text: None, said: None} for pattern in _NOT_BUT):
        if found and _is_time(found["old"]):
            yield from _without_its(found["value"])
    if said != text:
        yield from _without_its(said)
    if (before := _AFTER.sub("", said)) != said:
        yield from _without_its(before)


def _without_its(words: str) -> Iterator[str]:
    yield words
    if (value := _ITS.sub("", words)) != words:
        yield value


def _is_date(words: str) -> bool:
    """Whether the words are a date or a time, the latter also without "at": "15h"."""
    ways = (words, f"at {words}") if words[:1].isdecimal() and not words.isdecimal() else (words,)
    return any(whole_time_phrase(sentence_of(tokens_of(way))) for way in ways)


def _is_time(words: str) -> bool:
    return whole_time_phrase(sentence_of(tokens_of(words))) is not None or words.isdecimal()


def _date(value: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The new date that the value is; None for others, and for "no date"."""
    found = new_date(value, now=now, zone=zone) if value else None
    if found is None or found.due is None or found.repeats is None:
        return None
    return found


def _change_of_it(value: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The change of "no, move it to friday"."""
    found = read_change(value, now=now, zone=zone)
    return found.patch if found and not found.title else None


def _lead(value: str) -> int | None:
    """The minutes of "15 minutes before"."""
    found = _BEFORE_EVENT.fullmatch(value)
    lead = parse_lead(found["amount"]) if found and not found["amount"].isdecimal() else None
    return lead.minutes if lead else None
