"""What Todoist's API v1 says about tasks, and the same in the words of the core. Pure.

Todoist's priority 4 is urgent, 1 is normal. ``due.date`` is one of three things: a day (``2026-10-01``), a
floating time (``2026-10-01T09:00:00``), or a moment in UTC (ending in ``Z``) with the zone it was meant in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from core.errors import BadInput, SourceUnavailable
from core.model import Due, Task, TaskSource
from core.words.text import clean
from core.zones import known_zone

LONGEST_TITLE = 500
LONGEST_REPEATS = 150
YEARS = range(1970, 2200)  # others can't be meant, and calendars run out of days near the year 9999
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""Escapes in JSON, one after the other; the group is half of a character without its other half."""

HEADING = "* "  # with this in front of its title, a task can't be completed: it heads a group


class _Wire(BaseModel):
    # A validation error quotes what was wrong with: here that is what people write.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class WireDue(_Wire):
    """When a task is due; ``string`` holds the recurrence in words of the language ``lang``."""

    date: str
    timezone: str | None = None
    string: str = ""
    lang: str = "en"
    is_recurring: bool = False


class WireTask(_Wire):
    """As much of a task as oO needs. ``responsible_uid`` is whom it is assigned to, if to anybody."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    content: str
    added_at: AwareDatetime
    priority: Annotated[int, Field(ge=1, le=4)] = 1
    due: WireDue | None = None
    responsible_uid: str | None = None
    checked: bool = False
    is_deleted: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the task is still to be done: a deleted one is served like any other."""
        return not self.checked and not self.is_deleted

    @property
    def is_heading(self) -> bool:
        """Whether it only looks like a task."""
        return self.content.startswith(HEADING)


class Page(_Wire):
    """A part of a list; ``next_cursor`` asks for the next one."""

    results: list[WireTask]
    next_cursor: str | None = None


class User(_Wire):
    """Whose account it is. Todoist also sends the token here."""

    id: str


class Synced(_Wire):
    """What became of the commands of a sync request: ``ok``, or an object that says what was wrong."""

    sync_status: dict[str, object]


Parsed = TypeVar("Parsed", bound=_Wire)


def parsed(kind: type[Parsed], body: bytes) -> Parsed:
    """``body`` as that kind of answer. Raises ``SourceUnavailable``.

    Half characters, which no text may hold, are left out: one title with them would cost the whole list.
    """
    text = _ESCAPES.sub(lambda escape: "" if escape[1] else escape[0], body.decode(errors="replace"))
    try:
        return kind.model_validate_json(text)
    except ValueError:
        raise SourceUnavailable("Todoist answered something unexpected") from None


def task_of(wire: WireTask, person_id: str) -> Task:
    """The task as the core knows it. Raises ``SourceUnavailable`` if a date of it can't be read."""
    return Task(
        task_id=task_id(person_id, wire.id),
        person_id=person_id,
        title=clean(wire.content, LONGEST_TITLE) or "…",
        created_at=_in_utc(wire.added_at),
        source=TaskSource.TODOIST,
        external_id=wire.id,
        priority=5 - wire.priority,
        due=due_of(wire.due),
        repeats=_repeats(wire.due),
    )


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise SourceUnavailable("Todoist sent a time beyond the calendar") from None


def task_id(person_id: str, external_id: str) -> str:
    """40 characters, always the same for that person's task and nobody else's."""
    return f"todoist-{blake2b(f'{person_id} {external_id}'.encode(), digest_size=16).hexdigest()}"


def _repeats(wire: WireDue | None) -> str | None:
    return clean(wire.string, LONGEST_REPEATS) or "…" if wire and wire.is_recurring else None


def due_of(wire: WireDue | None) -> Due | None:
    """The due date to the minute; None if there is none that can be meant. Raises ``SourceUnavailable``."""
    if wire is None:
        return None
    try:
        moment = datetime.fromisoformat(wire.date)
        if moment.year not in YEARS:
            return None
        if len(wire.date) == len("2026-10-01"):
            return Due(on=date.fromisoformat(wire.date))
    except ValueError:
        raise SourceUnavailable("Todoist sent a due date that can't be read") from None
    zone = _zone(wire.timezone) if moment.tzinfo else None
    local = moment.astimezone(zone) if zone else moment
    at = local.time().replace(second=0, microsecond=0)
    return Due(on=local.date(), at=at, zone=zone.key if zone else None)


def _zone(name: str | None) -> ZoneInfo:
    """The zone a time was meant in. Old accounts have offsets for names: then the instant must do."""
    try:
        return known_zone(name or "UTC")
    except BadInput:
        return known_zone("UTC")


def moved(wire: WireDue, due: Due) -> dict[str, object]:
    """``wire`` with the date of ``due``: for Todoist, the same recurrence with another next date."""
    return {**wire.model_dump(), "date": _date(due)}


def _date(due: Due) -> str:
    if due.at is None:
        return due.on.isoformat()
    local = datetime.combine(due.on, due.at)
    if due.zone is None:
        return local.isoformat(timespec="seconds")
    moment = local.replace(tzinfo=_zone(due.zone)).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
