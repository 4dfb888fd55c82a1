"""Date parsers behind one interface: oO's own, and those of libraries if installed.

The libraries are given the current time and the language. They return no title, so it is derived fairly: the
text without the words they matched and without a dangling preposition.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.words.tasks import parse_task
from tests.core.words.reported import NOW

_BERLIN = ZoneInfo("Europe/Berlin")
_LOCAL = NOW.astimezone(_BERLIN).replace(tzinfo=None)
_DANGLING = re.compile(
    r"\s+(?:at|on|by|in|due|before|the|am|um|bis|vor|ab|le|à|la|d'ici|dans)$|[\s,;:]+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A parsed to-do; an empty field means none."""

    title: str
    day: str = ""
    """ISO date."""
    at: str = ""
    """HH:MM."""
    rule: str = ""
    """Recurrence as an RRULE."""


Reader = Callable[[str, str], Reading]


def _oo() -> Reader:
    def read(typed: str, language: str) -> Reading:
        draft = parse_task(typed, now=NOW, zone=_BERLIN)
        due = draft.due
        if due is None:
            return Reading(title=draft.title)
        at = due.at.isoformat("minutes") if due.at else ""
        return Reading(title=draft.title, day=due.on.isoformat(), at=at, rule=draft.repeats or "")

    return read


def _without(typed: str, first: int, end: int) -> str:
    title = " ".join(f"{typed[:first].rstrip()} {typed[end:].lstrip()}".split())
    return _DANGLING.sub("", _DANGLING.sub("", title))


def _found(typed: str, words: str, at: datetime) -> Reading:
    first = max(typed.find(words), 0)
    return _spanned(typed, first, first + len(words), at)


def _spanned(typed: str, first: int, end: int, at: datetime) -> Reading:
    title = _without(typed, first, end)
    return Reading(title=title, day=at.date().isoformat(), at=at.time().isoformat("minutes"))


def _dateparser() -> Reader:
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": _LOCAL, "PREFER_DATES_FROM": "future"}

    def read(typed: str, language: str) -> Reading:
        found = search_dates(typed, languages=[language], settings=settings)
        return (
            _found(typed, found[-1][0], found[-1][1].replace(tzinfo=None)) if found else Reading(title=typed)
        )

    return read


def _parsedatetime() -> Reader:
    from parsedatetime import Calendar

    calendar = Calendar()

    def read(typed: str, language: str) -> Reading:
        found = calendar.nlp(typed, _LOCAL)
        if not found:
            return Reading(title=typed)
        at, _, first, end, _ = found[-1]
        return _spanned(typed, first, end, at)

    return read


def _recurrent() -> Reader:
    """It returns no span, so its title is never correct if it found something."""
    from recurrent.event_parser import RecurringEvent

    def read(typed: str, language: str) -> Reading:
        event = RecurringEvent(now_date=_LOCAL)
        try:
            found = event.parse(typed)
        except ValueError:
            return Reading(title=typed)
        if isinstance(found, datetime):
            return _spanned(typed, 0, len(typed), found)
        if not isinstance(found, str):
            return Reading(title=typed)
        begun, _, rule = found.rpartition("RRULE:")
        first = begun.strip().removeprefix("DTSTART:")
        day = datetime.strptime(first[:8], "%Y%m%d").date().isoformat() if first else ""  # noqa: DTZ007
        return Reading(title="", day=day, rule=rule.replace(";INTERVAL=1", "").replace("INTERVAL=1;", ""))

    return read


def _timefhuman() -> Reader:
    from timefhuman import tfhConfig, timefhuman

    config = tfhConfig(now=_LOCAL, return_matched_text=True)

    def read(typed: str, language: str) -> Reading:
        try:
            found = [one for one in timefhuman(typed, config=config) if isinstance(one[2], datetime)]
        except ValueError:
            found = []
        if not found:
            return Reading(title=typed)
        _, (first, end), at = found[-1]
        return _spanned(typed, first, end, at)

    return read


def _ctparse() -> Reader:
    from ctparse import ctparse

    def read(typed: str, language: str) -> Reading:
        found = ctparse(typed, ts=_LOCAL, timeout=2.0)
        try:
            time = found.resolution
            return _spanned(typed, time.mstart, time.mend, time.dt)
        except (AttributeError, ValueError):  # nothing found, an interval, or a time without a day
            return Reading(title=typed)

    return read


def _recognizers() -> Reader:
    from recognizers_date_time import Culture, recognize_datetime

    cultures = {"en": Culture.English, "fr": Culture.French}  # its Python port lacks German

    def read(typed: str, language: str) -> Reading:
        if language not in cultures:
            return Reading(title=typed)
        found = recognize_datetime(typed, cultures[language], reference=_LOCAL)
        return _recognized(typed, found[-1]) if found else Reading(title=typed)

    return read


_TIMEX_UNITS = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_TIMEX_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _recognized(typed: str, found: Any) -> Reading:
    values = (found.resolution or {}).get("values") or [{}]
    title = _without(typed, found.start, found.end + 1)
    value = values[-1].get("value") or values[-1].get("start") or ""
    rule = _timex_rule(values[-1].get("timex", "")) if found.type_name.endswith("set") else ""
    day, _, at = value.partition(" ") if "-" in value else ("", "", value)
    return Reading(title=title, day=day or _LOCAL.date().isoformat(), at=at[:5], rule=rule)


def _timex_rule(timex: str) -> str:
    if every := re.fullmatch(r"P(\d+)([DWMY])", timex):
        step = "" if every[1] == "1" else f";INTERVAL={every[1]}"
        return f"FREQ={_TIMEX_UNITS[every[2]]}{step}"
    if weekday := re.match(r"XXXX-WXX-(\d)", timex):
        return f"FREQ=WEEKLY;BYDAY={_TIMEX_DAYS[int(weekday[1]) - 1]}"
    return ""


def _duckling() -> Reader:
    from duckling import DucklingWrapper, Language

    wrappers: dict[str, Any] = {}
    names = {"en": Language.ENGLISH, "de": Language.GERMAN, "fr": Language.FRENCH}

    def read(typed: str, language: str) -> Reading:
        if language not in wrappers:
            wrappers[language] = DucklingWrapper(jvm_started=bool(wrappers), language=names[language])
        found = wrappers[language].parse_time(typed, reference_time=NOW.astimezone(_BERLIN).isoformat())
        if not found:
            return Reading(title=typed)
        value: Any = found[-1]["value"]["value"]
        value = (value.get("from") or value.get("to")) if isinstance(value, dict) else value
        return _spanned(typed, found[-1]["start"], found[-1]["end"], datetime.fromisoformat(value))

    return read


READERS: dict[str, tuple[str, Callable[[], Reader]]] = {
    "oO": ("core", _oo),
    "dateparser": ("dateparser", _dateparser),
    "recognizers-text-suite": ("recognizers_date_time", _recognizers),
    "timefhuman": ("timefhuman", _timefhuman),
    "ctparse": ("ctparse", _ctparse),
    "duckling": ("duckling", _duckling),
    "recurrent": ("recurrent", _recurrent),
    "parsedatetime": ("parsedatetime", _parsedatetime),
}
"""By name: the module that must be installed, and a factory."""

warnings.filterwarnings("ignore", module=r"(?:parsedatetime|recurrent|dateparser)")
