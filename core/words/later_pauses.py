"""Pauses that are to begin later: "pause for the weekend" on a Monday, "be quiet on friday", "from friday".

Silence until Friday is the very opposite of silence on Friday.

Tests: tests/core/words/test_later_pauses.py.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.scheduling.quiet_hours import DAY, instant, midnight, wall_clock
from core.text import clean
from core.words.dates.amounts import add_amount, read_amount
from core.words.dates.moments import parse_moment
from core.words.dates.phrases import TimePhrase, whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.vocabulary import WEEKDAYS
from core.words.intents import Pause, PauseLater
from core.words.pause_end import NEXT_WEEK, silent_until
from core.words.phrasebooks.books import talk, times
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.schedule_times import says_once

LEEWAY = timedelta(hours=7)
"""What begins so soon begins at once: the weekend, on Friday evening."""

MAX_LENGTH = 80  # code points

_WEEKEND = lazy_phrase(*talk.WEEKENDS)
_LEAD = lazy_pattern(rf"^(?:{one_of(talk.FOR_A_WHILE)}) ")
_FROM = lazy_pattern(
    rf"(?:{one_of(talk.PAUSE_FROM)}) (?P<first>.+?)"
    rf"(?: (?:(?:{one_of(talk.PAUSE_TO)}) (?P<last>.+)|(?:{one_of(talk.PAUSE_UNTIL)}) (?P<end>.+)))?"
)
_AMOUNT_FROM = lazy_pattern(
    rf"(?:(?:{one_of(talk.FOR_A_WHILE)}) )?(?P<amount>.+?) (?:{one_of(talk.PAUSE_FROM)}) (?P<first>.+)"
)
_FROM_FOR = lazy_pattern(
    rf"(?:{one_of(talk.PAUSE_FROM)}) (?P<first>.+?) (?:{one_of(talk.FOR_A_WHILE)}) (?P<amount>.+)"
)
_SINGLE_DAY = re.compile(rf"\d|\b(?:tomorrow|overmorrow|{'|'.join(WEEKDAYS)})\b")
_TO = lazy_pattern(
    rf"(?P<first>.+?) (?:(?:{one_of(talk.PAUSE_TO)}) (?P<last>.+)|(?:{one_of(talk.PAUSE_UNTIL)}) (?P<end>.+))"
)
_BETWEEN = lazy_phrase(*(rf"(?:{book.BETWEEN}) (\w+) (?:{book.AND}) (\w+)" for book in times.books.values()))
_DAY_NAMED = r"(?:\w\w )?(\w+)"  # "on friday", "am Freitag"
_TWO_DAYS = lazy_phrase(*(f"{_DAY_NAMED} (?:{book.AND}) {_DAY_NAMED}" for book in times.books.values()))
_OF_WEEKEND = (5, 6)
_DAYS_OF = {"weekend": 2, "week": 7}
_PART_ENDS = {"morning": time(12), "afternoon": time(18)}
"""Others end with the day."""

_FAR = timedelta(days=180)
_AT_HAND = re.compile(rf"\b(?:end|today)\b|\bthis\b(?! (?:{'|'.join(WEEKDAYS)})\b)")
_ENDING = ("by", "until", "till", "before")


def read_pause(text: str, *, now: datetime, zone: ZoneInfo, day_is_end: bool = False) -> Pause | PauseLater:
    """The pause that the words after "pause" mean. ``day_is_end``: "friday" alone is its end.

    Raises ``BadInput`` as ``silent_until`` does.
    """
    words = clean(text, MAX_LENGTH).lower().replace("’", "'")
    span = _weekend(words, now, zone) or _next_week(words, now, zone) or _days(words, now, zone, day_is_end)
    if span is None:
        return Pause(until=silent_until(text, now=now, zone=zone))
    return Pause(until=span.until) if span.until and span.start <= now + LEEWAY else span


def pause_on(days: str, *, now: datetime, zone: ZoneInfo) -> Pause | PauseLater | None:
    """The pause on weekdays that are named once; None if the words don't say which days it lasts, or may name
    two days of every week.
    """
    words = days.lower().replace("’", "'")
    if _TWO_DAYS.fullmatch(words):
        return None  # as /quiet names days of every week
    if between := _BETWEEN.fullmatch(words):
        first, last = filter(None, between.groups())
        words = f"{first} to {last}"
    try:
        return read_pause(words, now=now, zone=zone)
    except BadInput:
        return None


def may_be_weekly(days: str, pause: Pause | PauseLater, zone: ZoneInfo) -> bool:
    """Whether the words may as well mean the days of every week: the weekend, or one day of it."""
    if not isinstance(pause, PauseLater) or pause.is_weekend:
        return isinstance(pause, PauseLater)
    first = wall_clock(pause.start, zone).date()
    is_one_day = pause.until == _day_after(pause.start, zone)
    return is_one_day and first.weekday() in _OF_WEEKEND and not says_once(days)


def _weekend(words: str, now: datetime, zone: ZoneInfo) -> PauseLater | None:
    if not _WEEKEND.fullmatch(words):
        return None
    today = wall_clock(now, zone).date()
    monday = today + (7 - today.weekday()) * DAY
    return PauseLater(start=midnight(monday - 2 * DAY, zone), until=midnight(monday, zone), is_weekend=True)


def _next_week(words: str, now: datetime, zone: ZoneInfo) -> PauseLater | None:
    if _LEAD.sub("", words) not in NEXT_WEEK:
        return None
    monday = parse_moment("next week", now=now, zone=zone, morning=time())
    return PauseLater(start=monday, until=midnight(wall_clock(monday, zone).date() + 7 * DAY, zone))


def _days(words: str, now: datetime, zone: ZoneInfo, day_is_end: bool) -> PauseLater | None:
    """From the day that the words name on; it is the only day unless they say otherwise."""
    for pattern in (_FROM_FOR, _AMOUNT_FROM):
        if (lasting := pattern.fullmatch(words)) and (later := _amount_from(lasting, now, zone)):
            return later
    if found := _FROM.fullmatch(words):
        return _from_to(found, now, zone)
    if two := _TWO_DAYS.fullmatch(words):
        return _two_days(*filter(None, two.groups()), now=now, zone=zone)
    found = _TO.fullmatch(words)  # "friday to wednesday", but not "until friday to wednesday"
    day = whole_time_phrase(sentence_of(tokens_of(found["first"]))) if found else None
    if found and day and not day.lead and (span := _from_to(found, now, zone)):
        return span
    return _named(words, now, zone, day_is_end)


def _two_days(first: str, second: str, *, now: datetime, zone: ZoneInfo) -> PauseLater | None:
    """ "thursday and friday"; None if one is not the day after the other."""
    found = _TO.fullmatch(f"{first} to {second}")
    span = _from_to(found, now, zone) if found else None
    is_pair = span and span.until and wall_clock(span.until, zone) - wall_clock(span.start, zone) == 2 * DAY
    return span if is_pair else None


def _named(words: str, now: datetime, zone: ZoneInfo, day_is_end: bool) -> PauseLater | None:
    """On the day, or in the weekend, week or month, that the words name."""
    said = _LEAD.sub("", words)
    sentence = sentence_of(tokens_of(said))
    phrase = whole_time_phrase(sentence)
    if phrase is None or not phrase.day or phrase.lead in _ENDING:
        return None
    if phrase.timed:
        return _part_of_day(said, phrase, now, zone)
    if _AT_HAND.search(sentence.english) or (day_is_end and said == words and not phrase.lead):
        return None
    start = _begin(said, now, zone)
    if start is None or start <= now:
        return None
    return PauseLater(start=start, until=_end_of(phrase.day, start, zone))


def _end_of(day: str, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The end of the day, weekend, week or month that starts then; None for a span without a known end."""
    if _SINGLE_DAY.search(day):
        return _day_after(start, zone)
    first = wall_clock(start, zone).date()
    if day.endswith("month"):
        return midnight((first.replace(day=1) + 32 * DAY).replace(day=1), zone)
    days = next((count for unit, count in _DAYS_OF.items() if day.endswith(unit)), 0)
    return midnight(first + days * DAY, zone) if days else None


def _part_of_day(said: str, phrase: TimePhrase, now: datetime, zone: ZoneInfo) -> PauseLater | None:
    """The part of a day: "friday evening", but not "friday at 3", which may be an end."""
    begins = _begin(said, now, zone)
    if begins is None or begins <= now or not phrase.part or phrase.clock or phrase.hour:
        return None
    on = wall_clock(begins, zone).date()
    start = midnight(on, zone) if phrase.part == "morning" else begins
    ends = _PART_ENDS.get(phrase.part)
    return PauseLater(
        start=start, until=instant(datetime.combine(on, ends), zone) if ends else _day_after(start, zone)
    )


def _from_to(found: re.Match[str], now: datetime, zone: ZoneInfo) -> PauseLater | None:
    last, first = found["last"] or found["end"], found["first"]
    if last and first.endswith(".") and last[-1].isdecimal():
        last = f"{last}."  # of "20.12. to 27.12." the last mark was taken as the end of the sentence
    start = _begin(_with_month_of(last, first), now, zone)
    if last and _has_begun(first, start, last, now, zone):
        start = now
    end = _begin(last, start, zone) if start and last else None
    if start is None or (start <= now and not last) or (last and end is None):
        return None
    return PauseLater(start=start, until=_day_after(end, zone) if end and found["last"] else end)


def _has_begun(first: str, start: datetime | None, last: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the span has begun: from today on, from the weekday that it is, or from a date that is past."""
    phrase = whole_time_phrase(sentence_of(tokens_of(first)))
    if phrase is None or start is None or phrase.day == "today":
        return phrase is not None and phrase.day == "today"
    today, end = wall_clock(now, zone).date(), _begin(last, now, zone)
    if phrase.day in WEEKDAYS:
        return wall_clock(start, zone).date() == today + 7 * DAY
    return end is not None and end < start and start - now > _FAR and end - now < _FAR


def _amount_from(found: re.Match[str], now: datetime, zone: ZoneInfo) -> PauseLater | None:
    """Of "two weeks from dec 20", "from dec 20 for two weeks"; None for "an hour from now"."""
    start, amount = _begin(found["first"], now, zone), read_amount(found["amount"])
    if start is None or start <= now or amount is None or amount.timed:
        return None
    return PauseLater(start=start, until=add_amount(amount, start, zone))


def _with_month_of(last: str | None, first: str) -> str:
    """The first day, with the month that only the last one names: "20 al 31 de diciembre"."""
    is_number = first.rstrip(".").isdecimal()
    return re.sub(r"^\d{1,2}\.?(?= )", first, last) if last and is_number else first


def _begin(day: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the day begins."""
    try:
        return parse_moment(day, now=now, zone=zone, morning=time())
    except BadInput:
        return None


def _day_after(start: datetime, zone: ZoneInfo) -> datetime:
    return midnight(wall_clock(start, zone).date() + DAY, zone)
