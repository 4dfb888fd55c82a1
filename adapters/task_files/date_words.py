"""Dates as Todoist's CSV has them: ISO dates, or words in a language that oO understands.

Tests: tests/adapters/task_files/test_todoist_csv.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from adapters.task_files.extras import parse_date, simple_rule
from core.errors import BadInput
from core.records import Due, FileTask
from core.scheduling.timezones import zone_or_default
from core.words.tasks import parse_task

LANGUAGES = frozenset({"", "en", "de", "fr"})
MAX_WORDS = 150  # code points

_PLACEHOLDER = "Zzz"
"""A title that is no word of any language."""

_ISO = re.compile(r"(\d{4}-\d\d?-\d\d?)(?:[T ](\d\d?):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]00:?00)?)?")
_FROM_DONE = re.compile(r"\b(every|ev|jeden|jede|jedes|alle|chaque|tous|toutes)!", re.IGNORECASE)
_STARTING = re.compile(
    r"(?P<rule>.+?),? (?:starting|start|from|ab|à partir du|beginning|beginnend am?) "
    r"(?P<on>\d{4}-\d\d-\d\d)(?: (?:at|um|à)? ?(?P<at>\d\d?:\d\d))?",
    re.IGNORECASE,
)
_NOTHING = frozenset({"", "none", "null", "no date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What a cell with a date says."""

    due: Due | None = None
    repeats: str | None = None
    from_done: bool = False
    unread: str | None = None
    """The words, if they are not understood."""


def parse_date_words(text: str, language: str, *, now: datetime, zone: ZoneInfo, fixed: str | None) -> Dated:
    """The date in a cell. ``fixed`` is the zone of its time of day, if the file names one."""
    words = " ".join(text.split())
    if words.lower() in _NOTHING:
        return Dated()
    found = _iso(words, fixed) or _in_words(words, language, now, zone)
    if found is None:
        return Dated(unread=words)
    if found.due and found.due.at and not found.due.zone and fixed:
        return replace(found, due=replace(found.due, zone=fixed))
    return found


def _iso(words: str, fixed: str | None) -> Dated | None:
    found = _ISO.fullmatch(words)
    on = parse_date(found[1]) if found else None
    if found is None or on is None:
        return None
    if found[2] is None:
        return Dated(due=Due(on=on))
    at = _time(found[2], found[3])
    if at is None:
        return None
    return Dated(due=_from_utc(on, at, fixed) if found[4] else Due(on=on, at=at))


def _from_utc(on: date, at: time, fixed: str | None) -> Due:
    where = zone_or_default(fixed, ZoneInfo("UTC"))
    local = datetime.combine(on, at, tzinfo=UTC).astimezone(where)
    return Due(on=local.date(), at=local.time(), zone=where.key)


def _time(hour: str, minute: str) -> time | None:
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


@lru_cache(maxsize=1024)
def _in_words(words: str, language: str, now: datetime, zone: ZoneInfo) -> Dated | None:
    if language.strip().lower()[:2] not in LANGUAGES or len(words) > MAX_WORDS:
        return None
    plain = _FROM_DONE.sub(r"\1", words)
    from_done = plain != words
    starting = _STARTING.fullmatch(plain)
    due = _started(starting) if starting else None
    if due:  # the day of the month is that of the start
        now = datetime.combine(due.on, time(), tzinfo=zone)
    try:
        parsed = parse_task(f"{_PLACEHOLDER} {starting['rule'] if starting else plain}", now=now, zone=zone)
    except BadInput:
        return None
    if parsed.title != _PLACEHOLDER or parsed.due is None:
        return None
    if parsed.repeats and "," in plain and not starting and "," not in parsed.repeats:
        return None  # a list, such as "every 14 jan, 14 apr", of which the rule has only one
    return Dated(
        due=due or parsed.due, repeats=parsed.repeats, from_done=from_done or parsed.repeats_from_done
    )


def _started(starting: re.Match[str]) -> Due | None:
    on = parse_date(starting["on"])
    hour, _, minute = (starting["at"] or "").partition(":")
    at = _time(hour, minute) if minute else None
    return Due(on=on, at=at) if on else None


# --- Writing -----------------------------------------------------------------------------------------------

_NOUNS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


def todoist_words(task: FileTask) -> str:
    """The due date, and the recurrence where it can be said simply, as Todoist reads them in English."""
    if task.due is None:
        return ""
    when = f"{task.due.on:%Y-%m-%d}"
    simple = simple_rule(task.repeats) if task.repeats else None
    at = f"{task.due.at:%H:%M}" if task.due.at else ""
    if simple is None:
        return f"{when} {at}".strip()
    noun = _NOUNS[simple[0]]
    every = "every!" if task.repeats_from_done else "every"
    rule = f"{every} {noun}" if simple[1] == 1 else f"{every} {simple[1]} {noun}s"
    return f"{rule} starting {when}" + (f" at {at}" if at else "")
