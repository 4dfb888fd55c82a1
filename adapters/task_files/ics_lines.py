"""The lines of an iCalendar file, unfolded and split by its library; a broken line costs no other.

Tests: tests/adapters/task_files/test_ics.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from icalendar.parser import Contentline

from adapters.task_files.decoding import numbered_lines

MAX_LINE = 100_000
"""Code points of an unfolded line; the rest of a longer one is not read."""

_WANTED = frozenset((
    "BEGIN", "END", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "COMMENT", "DUE", "DTSTART",
    "DURATION", "ESTIMATED-DURATION", "CREATED", "PRIORITY", "RRULE", "CATEGORIES", "STATUS",
    "COMPLETED", "PERCENT-COMPLETE", "RELATED-TO", "RECURRENCE-ID", "UID", "TZID", "X-LIC-LOCATION",
    "X-WR-CALNAME", "NAME", "X-OO-PROJECT", "X-OO-SECTION", "X-OO-DEADLINE",
    "X-OO-REPEATS-FROM-DONE", "X-OO-ZONE"
))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property: ``NAME;PARAMETER=…:value``."""

    name: str
    parameters: Mapping[str, str]
    raw: str
    """The value as it stands there."""
    line: int

    @property
    def text(self) -> str:
        """The value as a text."""
        return unescaped_text(self.raw).strip()

    @classmethod
    def zoned(cls, zone: str) -> Property:
        """Some moment in a zone."""
        return cls(name="DUE", parameters={"TZID": zone}, raw="20000101T000000", line=0)


_COMPONENTS = frozenset(("VCALENDAR", "VTODO", "VTIMEZONE"))
"""Whose properties are read."""

_ESCAPED = re.compile(r"\\([nN,;:\\])")


def unescaped_text(raw: str) -> str:
    """The text of a value (RFC 5545, 3.3.11)."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw)


def properties(text: str, *, on_broken: Callable[[int], None]) -> Iterator[Property]:
    """The properties that matter for tasks, without those of events, alarms and other components.

    ``on_broken`` gets the number of each line that is none.
    """
    skipped: str | None = None
    for number, line in _unfolded(text):
        name = _name(line)
        if name in ("BEGIN", "END"):
            kind = line.partition(":")[2].strip().upper()
            entered = name == "BEGIN" and kind in _COMPONENTS
            if skipped is None or entered:
                skipped = None if entered or name == "END" else kind
                if skipped is None:
                    yield Property(name=name, parameters={}, raw=kind, line=number)
            elif name == "END" and kind == skipped:
                skipped = None
        elif skipped is None and (name is None or name in _WANTED):
            found = _property(line, number)
            if found:
                yield found
            else:
                on_broken(number)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with the number of their first part; one that begins with white space goes on."""
    start, parts, length = 1, [""], 0
    for number, line in numbered_lines(text):
        if line[:1] in (" ", "\t"):
            if length < MAX_LINE:
                parts.append(line[1:])
                length += len(line)
            continue
        if whole := "".join(parts).strip():
            yield start, whole[:MAX_LINE]
        start, parts, length = number, [line], len(line)
    if whole := "".join(parts).strip():
        yield start, whole[:MAX_LINE]


def _name(line: str) -> str | None:
    """The name before the value, without a group; None if there is none."""
    end = min((place for mark in ":;" if (place := line.find(mark, 0, 80)) > 0), default=-1)
    return line[:end].rpartition(".")[2].strip().upper() if end > 0 else None


def _property(line: str, number: int) -> Property | None:
    try:
        name, parameters, raw = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    about = {str(key).upper(): str(value) for key, value in parameters.items()}
    short = str(name).rpartition(".")[2].strip().upper()
    return Property(name=short, parameters=about, raw=str(raw), line=number)
