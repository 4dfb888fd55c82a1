"""The end of a pause in words: "until monday" ends when Monday begins, "until the end of may" on 1 June."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, midnight, wall_clock
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.books import talk
from core.words.phrasebooks.patterns import one_of

_SPANS = {"tomorrow": talk.UNTIL_TOMORROW, "next week": talk.UNTIL_NEXT_WEEK}
_DAY_AFTER_SPAN = {span: day for day, spans in _SPANS.items() for span in "|".join(spans).split("|")}
NEXT_WEEK = frozenset("|".join(talk.THROUGH_NEXT_WEEK).split("|"))
_THROUGH_TOMORROW = frozenset("|".join(talk.THROUGH_TOMORROW).split("|"))
_DURATION_LEAD = re.compile(rf"^(?:{one_of(talk.FOR_A_WHILE)}) ", re.IGNORECASE)
_AFTER_LEAD = re.compile(rf"(?:{one_of(talk.UNTIL_AFTER)})(?=\w)")
_END_OF_PERIOD = re.compile(r"\bend (?:.*(?P<week>week\b))?")
_LAST_MINUTE = time(23, 59)


def silent_until(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which a pause ends: ``until monday``, ``2 weeks``, ``for today``.

    Raises ``BadInput`` as ``parse_moment`` does.
    """
    words = clean(text, 80).lower().replace("’", "'")
    if span := _DAY_AFTER_SPAN.get(_DURATION_LEAD.sub("", words)):
        return parse_moment(span, now=now, zone=zone, morning=time())
    if _DURATION_LEAD.sub("", words) in NEXT_WEEK:  # includes that week
        monday = parse_moment("next week", now=now, zone=zone, morning=time())
        return midnight(wall_clock(monday, zone).date() + 7 * DAY, zone)
    if after := _AFTER_LEAD.match(words):
        return _day_after(f"until {words[after.end() :]}", now, zone)
    if words in _THROUGH_TOMORROW:
        return _day_after("tomorrow", now, zone)
    end = _END_OF_PERIOD.search(sentence_of(tokens_of(words)).english)
    moment = parse_moment(text, now=now, zone=zone, morning=_LAST_MINUTE if end else time())
    local = wall_clock(moment, zone)
    if end is None or local.time() != _LAST_MINUTE:
        return moment
    days = 7 - local.weekday() if end["week"] else 1
    return midnight(local.date() + days * DAY, zone)


def _day_after(day: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The end of that day ("until after Christmas"), or the moment itself if it has a time of day."""
    moment = parse_moment(day, now=now, zone=zone, morning=_LAST_MINUTE)
    local = wall_clock(moment, zone)
    return midnight(local.date() + DAY, zone) if local.time() == _LAST_MINUTE else moment
