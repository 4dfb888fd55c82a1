"""Values of iCalendar: moments with their zones, durations, lists of texts, recurrence rules.

Tests: tests/adapters/task_files/test_ics.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from adapters.task_files.ics_lines import Property, unescaped_text
from core.errors import BadInput
from core.records import Due
from core.scheduling.timezones import zone_by_name, zone_or_default

MAX_ZONE_PARTS = 8
"""Between slashes; more are nonsense."""

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(Z?))?")
_COMMA = re.compile(r"(?<!\\)(?:\\\\)*,")
_FROM_DONE = re.compile(r";?FROM=COMPLETION", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date, or a date and a time."""

    local: datetime
    """Without a zone."""
    timed: bool
    utc: bool = False
    zone: str | None = None
    """IANA name."""


def parse_moment(one: Property, zones: Mapping[str, str]) -> Moment:
    """The moment of a property. ``zones`` are names by the file's own ids. Raises ``ValueError``."""
    found = _STAMP.fullmatch(one.raw.strip())
    if found is None:
        raise ValueError("no moment")
    on = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None or one.parameters.get("VALUE", "").upper() == "DATE":
        return Moment(local=datetime.combine(on, time()), timed=False)
    at = time(int(found[4]), int(found[5]), min(int(found[6] or 0), 59))  # a leap second is 60
    zone = _zone(one.parameters.get("TZID", ""), zones)
    return Moment(local=datetime.combine(on, at), timed=True, utc=found[7] == "Z", zone=zone)


def _zone(name: str, zones: Mapping[str, str]) -> str | None:
    """The IANA name of a zone, which may stand behind a prefix or have Windows' name; None if unknown."""
    known = zones.get(name) or name
    parts = known.strip("/ ").split("/")
    names = ["/".join(parts[start:]) for start in range(min(len(parts), MAX_ZONE_PARTS))]
    for one in (*names, WINDOWS_TO_OLSON.get(known, "")):
        try:
            return zone_by_name(one).key
        except BadInput:
            continue
    return None


def due_of(moment: Moment, zone: ZoneInfo) -> Due:
    """The moment as a due date. An instant in UTC is one in ``zone``; a floating time has no zone."""
    if not moment.timed:
        return Due(on=moment.local.date())
    if moment.utc:
        local = moment.local.replace(tzinfo=UTC).astimezone(zone)
        return Due(on=local.date(), at=local.time(), zone=zone.key)
    return Due(on=moment.local.date(), at=moment.local.time(), zone=moment.zone)


def instant_of(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    """The moment as an instant."""
    if moment is None:
        return None
    where = ZoneInfo("UTC") if moment.utc else zone_or_default(moment.zone, zone)
    return moment.local.replace(tzinfo=where).astimezone(UTC)


def minutes_of(one: Property) -> int:
    """A duration in minutes. Raises ``ValueError``."""
    length: timedelta = vDuration.from_ical(one.raw.strip())  # type: ignore[no-untyped-call]
    return int(length.total_seconds() // 60)


def texts_of(one: Property) -> list[str]:
    """The texts of a list, which commas separate."""
    texts, start = [], 0
    for comma in _COMMA.finditer(one.raw):
        texts.append(one.raw[start : comma.end() - 1])
        start = comma.end()
    return [unescaped_text(text) for text in (*texts, one.raw[start:])]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """A recurrence rule of a file."""

    text: str | None = None
    from_done: bool = False


def rule_of(text: str) -> FileRule:
    """A rule; ``FROM=COMPLETION`` (Tasks.org) makes it count from the completion."""
    plain = _FROM_DONE.sub("", text)
    return FileRule(text=plain or None, from_done=plain != text)
