"""Parsed JSON of Todoist -> tasks of the core, and dates back. Pure.

Todoist's priority 4 is urgent, 1 is normal.

Tests: tests/adapters/todoist/test_reading.py, tests/adapters/todoist/test_odd_rows.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from adapters.todoist.wire import KnownSection, WireDeadline, WireDue, WireProject, WireSection, WireTask
from core.errors import BadInput
from core.records import UNKNOWN_AGE, Due, Task, TaskSource
from core.scheduling.timezones import zone_by_name
from core.text import clean

MAX_TITLE_CHARACTERS = 500
MAX_REPEATS_CHARACTERS = 150
MAX_NOTES_CHARACTERS = 1000  # each logged decision keeps them
MAX_LABEL_CHARACTERS = 60
MAX_PROJECT_CHARACTERS = 120  # also of a section
PLAUSIBLE_YEARS = range(1970, 2200)  # others are mistakes, and date arithmetic overflows near the year 9999


def task_of(
    wire: WireTask,
    person_id: str,
    *,
    projects: Mapping[str, str] | None = None,
    sections: Mapping[str, KnownSection] | None = None,
) -> Task | None:
    """The task of the core; None without an id or a title. ``projects`` are names by id."""
    if wire.id is None or wire.content is None:
        return None
    section = (sections or {}).get(wire.section_id or "")
    return Task(
        task_id=task_id(person_id, wire.id),
        person_id=person_id,
        title=clean(wire.content, MAX_TITLE_CHARACTERS) or "…",
        created_at=wire.added_at or UNKNOWN_AGE,
        source=TaskSource.TODOIST,
        external_id=wire.id,
        priority=5 - wire.priority,
        due=due_of(wire.due),
        deadline=_deadline(wire.deadline),
        repeats=repeats_of(wire.due),
        minutes=wire.duration.minutes if wire.duration else None,
        labels=_labels(wire.labels or ()),
        project=(projects or {}).get(wire.project_id or ""),
        section=section.name if section else None,
        section_id=wire.section_id if section else None,
        notes=clean(wire.description or "", MAX_NOTES_CHARACTERS) or None,
        parent_id=task_id(person_id, wire.parent_id) if wire.parent_id else None,
    )


def _labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Readable labels, without those that differ only in case from an earlier one."""
    known = [text for label in labels if (text := clean(label, MAX_LABEL_CHARACTERS))]
    spelling = {label.casefold(): label for label in reversed(known)}
    return tuple(spelling[key] for key in dict.fromkeys(map(str.casefold, known)))


def project_names(rows: Sequence[object]) -> dict[str, str]:
    """Names of projects by id, without the inbox and unreadable rows."""
    names: dict[str, str] = {}
    for row in rows:
        try:
            project = WireProject.model_validate(row)
        except ValidationError:
            continue
        if not project.inbox_project and (name := clean(project.name, MAX_PROJECT_CHARACTERS)):
            names[project.id] = name
    return names


def known_sections(rows: Sequence[object]) -> dict[str, KnownSection]:
    """Sections by id, without archived, deleted and unreadable ones."""
    found: dict[str, KnownSection] = {}
    for row in rows:
        section = read_section(row)
        if section and section.is_there and (name := clean(section.name, MAX_PROJECT_CHARACTERS)):
            found[section.id] = KnownSection(name=name, project_id=section.project_id)
    return found


def read_section(row: object) -> WireSection | None:
    """A row as a section; None if it can't be read."""
    try:
        return WireSection.model_validate(row)
    except ValidationError:
        return None


def task_id(person_id: str, external_id: str) -> str:
    """40 characters that depend only on the person and Todoist's id."""
    return f"todoist-{blake2b(f'{person_id} {external_id}'.encode(), digest_size=16).hexdigest()}"


def repeats_of(wire: WireDue | None) -> str | None:
    """Todoist's words for the recurrence; None if there is none."""
    return clean(wire.string, MAX_REPEATS_CHARACTERS) or "…" if wire and wire.is_recurring else None


def due_of(wire: WireDue | None) -> Due | None:
    """The due date, to the minute; None if there is none or its year is implausible."""
    if wire is None:
        return None
    moment = datetime.fromisoformat(wire.date)
    if moment.year not in PLAUSIBLE_YEARS:
        return None
    if len(wire.date) == len("2026-10-01"):
        return Due(on=moment.date())
    zone = _zone(wire.timezone) if moment.tzinfo else None
    local = moment.astimezone(zone) if zone else moment
    at = local.time().replace(second=0, microsecond=0)
    return Due(on=local.date(), at=at, zone=zone.key if zone else None)


def _deadline(wire: WireDeadline | None) -> date | None:
    return wire.date if wire and wire.date.year in PLAUSIBLE_YEARS else None


def _zone(name: str | None) -> ZoneInfo:
    """The zone of a time; UTC if the name is unknown, as in old accounts with offsets for names."""
    try:
        return zone_by_name(name or "UTC")
    except BadInput:
        return zone_by_name("UTC")


def with_date(wire: WireDue, due: Due) -> dict[str, object]:
    """``wire`` with the date of ``due``: the same recurrence with another next date."""
    return {**wire.model_dump(), "date": wire_date(due)}


def wire_date(due: Due) -> str:
    """A day, a local time, or an instant in UTC."""
    if due.at is None:
        return due.on.isoformat()
    local = datetime.combine(due.on, due.at)
    if due.zone is None:
        return local.isoformat(timespec="seconds")
    moment = local.replace(tzinfo=_zone(due.zone)).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
