"""The events of an iCalendar text, without the work of reading those of other days.

A calendar holds years of events, of which some days are wanted. So the text is cut into events first, and
only an event that may touch these days is read property by property.

Tests: tests/adapters/calendars/test_reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adapters.task_files.ics_lines import Property

MAX_EVENTS = 50_000
MAX_LINES = 2_000
"""Of one event; the others are not read."""

_FOLD = re.compile("\n[ \t]")
_EVENT = re.compile(r"\n[ \t]*BEGIN:VEVENT[ \t]*(?=\n)", re.IGNORECASE)
_EVENT_END = re.compile(r"\n[ \t]*END:VEVENT[ \t]*(?=\n)", re.IGNORECASE)
_ZONE = re.compile(r"\n[ \t]*BEGIN:VTIMEZONE[ \t]*(?=\n)", re.IGNORECASE)
_STARTS = re.compile(r"\nDTSTART[^:\n]*:[ \t]*(\d{8})", re.IGNORECASE)
_ENDS = re.compile(r"\nDTEND[^:\n]*:[ \t]*(\d{8})", re.IGNORECASE)
_SHORT = r"PT(?:(?:1?\d|2[0-3])H(?:\d\d?M)?|\d{1,3}M)(?:\d\d?S)?"
_OTHER_DAYS = re.compile(
    rf"\n(?:(?:RRULE|RDATE|RECURRENCE-ID)[:;]|DURATION(?![^:\n]*:[ \t]*{_SHORT}[ \t]*\n))", re.IGNORECASE
)
"""What lets an event happen on other days than its start and end say. A duration below a day does not: two
days more are read than are wanted.
"""
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\n]*"|[^;:"\n]*)')
_WANTED = frozenset((
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS", "TRANSP",
    "SUMMARY", "ATTENDEE", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS",
))  # fmt: skip


@dataclass(slots=True)
class RawEvent:
    """The wanted properties of a VEVENT by name."""

    properties: dict[str, list[Property]] = field(default_factory=dict)

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[Property]:
        """The properties of that name."""
        return self.properties.get(name, [])

    def text(self, name: str) -> str:
        """The text of the first property of that name."""
        found = self.first(name)
        return found.text if found else ""

    def word(self, name: str) -> str:
        """The value of the first property of that name in capital letters."""
        return self.text(name).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarText:
    """An iCalendar text, cut into its parts."""

    head: str
    """What comes before the first event."""
    events: tuple[str, ...]
    """The text of each event. One without an end reaches to the next event."""


def cut(text: str) -> CalendarText:
    """Cut a text into its events; at most one more than ``MAX_EVENTS``."""
    whole = "\n" + _FOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")) + "\n"
    head, *rest = _EVENT.split(whole, maxsplit=MAX_EVENTS + 1)
    return CalendarText(head=head, events=tuple(rest))


def zones_of(head: str) -> Mapping[str, str]:
    """Names of zones by the ids that the calendar gives them."""
    found = {}
    for one in _ZONE.split(head)[1:]:
        tzid, known = value_in(one, "TZID"), value_in(one, "X-LIC-LOCATION")
        if tzid and known:
            found[tzid] = known
    return found


def value_in(text: str, name: str) -> str:
    """The value of the first property of that name; empty without one."""
    found = re.search(rf"\n{re.escape(name)}(?:;[^:\n]*)?:([^\n]*)", text, re.IGNORECASE)
    return found[1].strip() if found else ""


def may_touch(event: str, first: str, last: str) -> bool:
    """Whether the event may happen from the day ``first`` to ``last`` (``YYYYMMDD``), both included."""
    starts = _STARTS.search(event)
    if starts is None or _OTHER_DAYS.search(event):
        return True
    ends = _ENDS.search(event)
    return starts[1] <= last and max(ends[1] if ends else "", starts[1]) >= first


def read(event: str) -> RawEvent:
    """The wanted properties of an event, without those of its alarms."""
    found = RawEvent()
    for name, line in _own_lines(event):
        if name in _WANTED:
            parameters, raw = _split(line, len(name))
            one = Property(name=name, parameters=parameters, raw=raw, line=0)
            found.properties.setdefault(name, []).append(one)
    return found


def _own_lines(event: str) -> Iterator[tuple[str, str]]:
    end = _EVENT_END.search(event)
    depth = 0
    for line in event[: end.start() if end else None].split("\n", MAX_LINES)[:MAX_LINES]:
        line = line.lstrip(" \t")
        name = re.match("[A-Za-z0-9-]*", line)[0].upper()  # type: ignore[index]
        if name == "BEGIN":
            depth += 1
        elif name == "END":
            depth = max(depth - 1, 0)
        elif depth == 0:
            yield name, line


def _split(line: str, at: int) -> tuple[dict[str, str], str]:
    """The parameters and the value behind the name, which ends at ``at``."""
    parameters = {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = found[2].strip('"')
        at = found.end()
    return parameters, line[at:].partition(":")[2]
