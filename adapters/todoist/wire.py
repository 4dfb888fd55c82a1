"""What Todoist's API v1 says about tasks, and the same in the words of the core. Pure.

Todoist's priority 4 is urgent, 1 is normal. ``due.date`` is one of three things: a day (``2026-10-01``), a
floating time (``2026-10-01T09:00:00``), or a moment in UTC (ending in ``Z``) with the zone it was meant in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from core.errors import BadInput, SourceUnavailable
from core.model import UNKNOWN_AGE, Due, Task, TaskSource
from core.scheduling.timezones import known_zone
from core.text import clean

LONGEST_TITLE = 500
LONGEST_REPEATS = 150
YEARS = range(1970, 2200)  # others can't be meant, and calendars run out of days near the year 9999
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""Escapes in JSON, one after the other; the group is half of a character without its other half."""

HEADING = "* "  # with this in front of its title, a task can't be completed: it heads a group


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("beyond the calendar") from None


class _Wire(BaseModel):
    # A validation error quotes what was wrong with: here that is what people write.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


def _text(value: object) -> object:
    """A number where an id or a title belongs is meant as its digits."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text)]


class WireDue(_Wire):
    """When a task is due; ``string`` holds the recurrence in words of the language ``lang``."""

    date: str
    timezone: str | None = None
    string: str = ""
    lang: str = "en"
    is_recurring: bool = False

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        datetime.fromisoformat(value)
        return value


class WireDeadline(_Wire):
    """The day by which a task must be done, whatever its due date."""

    date: date


class WireTask(_Wire):
    """As much of a task as oO needs. ``responsible_uid`` is whom it is assigned to, if to anybody.

    Every field may be missing: what can't be read is left out, so that it costs no other field and no task.
    """

    id: Annotated[Text, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    content: Annotated[Text, Field(min_length=1)] | None = None
    added_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    priority: Annotated[int, Field(ge=1, le=4)] = 1
    due: WireDue | None = None
    deadline: WireDeadline | None = None
    responsible_uid: Text | None = None
    checked: bool = False
    is_deleted: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the task is still to be done: a deleted one is served like any other."""
        return not self.checked and not self.is_deleted

    @property
    def is_heading(self) -> bool:
        """Whether it only looks like a task."""
        return self.content is not None and self.content.startswith(HEADING)


class _Object(_Wire):
    """Any object; what is in it is looked at later."""

    model_config = ConfigDict(extra="allow")


class Page(_Wire):
    """A part of a list; ``next_cursor`` asks for the next one. Its rows are read one by one: ``read_row``."""

    results: list[Any]
    next_cursor: Text | None = None


class User(_Wire):
    """Whose account it is. Todoist also sends the token here."""

    id: Text


class Synced(_Wire):
    """What became of the commands of a sync request: ``ok``, or an object that says what was wrong."""

    sync_status: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task as far as it could be read; ``odd`` names the fields that could not, or that are missing."""

    task: WireTask
    odd: tuple[str, ...] = ()


NEEDED = ("id", "content", "added_at")
MOST_REPAIRS = 5  # a field of the due date, the due date, …: each leaves less that can be wrong


def read_row(raw: object) -> Row:
    """A row of Todoist's, without the fields of it that can't be read. Pure; takes whatever JSON can say."""
    odd: set[str] = set()
    for _ in range(MOST_REPAIRS):
        try:
            task = WireTask.model_validate(raw)
        except ValidationError as fault:
            for error in fault.errors(include_url=False, include_context=False, include_input=False):
                raw = _without(raw, error["loc"])
                odd.add(".".join(str(step) for step in error["loc"] if isinstance(step, str)))
        else:
            odd |= {name for name in NEEDED if getattr(task, name) is None}
            return Row(task=task, odd=tuple(sorted(odd)))
    return Row(task=WireTask(), odd=NEEDED)


def _without(raw: object, path: Sequence[int | str]) -> object:
    """``raw`` without what lies at ``path``; without what should hold it, where nothing lies there. What an
    earlier fault has taken away already costs nothing more.
    """
    if not isinstance(raw, dict) or not path:
        return {}
    if path[0] not in raw:
        return raw
    name, held = path[0], raw[path[0]]
    rest = {key: value for key, value in raw.items() if key != name}
    keeps = len(path) > 1 and isinstance(held, dict) and path[1] in held
    return rest | {name: _without(held, path[1:])} if keeps else rest


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


def parsed_row(body: bytes) -> Row:
    """``body`` as one task, read as a row of a list is. Raises ``SourceUnavailable``."""
    return read_row(parsed(_Object, body).model_extra)


def task_of(wire: WireTask, person_id: str) -> Task | None:
    """The task as the core knows it; None where nothing tells which one it is, or what it is about."""
    if wire.id is None or wire.content is None:
        return None
    return Task(
        task_id=task_id(person_id, wire.id),
        person_id=person_id,
        title=clean(wire.content, LONGEST_TITLE) or "…",
        created_at=wire.added_at or UNKNOWN_AGE,
        source=TaskSource.TODOIST,
        external_id=wire.id,
        priority=5 - wire.priority,
        due=due_of(wire.due) or _deadline(wire.deadline),
        repeats=_repeats(wire.due),
    )


def task_id(person_id: str, external_id: str) -> str:
    """40 characters, always the same for that person's task and nobody else's."""
    return f"todoist-{blake2b(f'{person_id} {external_id}'.encode(), digest_size=16).hexdigest()}"


def _repeats(wire: WireDue | None) -> str | None:
    return clean(wire.string, LONGEST_REPEATS) or "…" if wire and wire.is_recurring else None


def due_of(wire: WireDue | None) -> Due | None:
    """The due date to the minute; None if there is none that can be meant."""
    if wire is None:
        return None
    moment = datetime.fromisoformat(wire.date)
    if moment.year not in YEARS:
        return None
    if len(wire.date) == len("2026-10-01"):
        return Due(on=moment.date())
    zone = _zone(wire.timezone) if moment.tzinfo else None
    local = moment.astimezone(zone) if zone else moment
    at = local.time().replace(second=0, microsecond=0)
    return Due(on=local.date(), at=at, zone=zone.key if zone else None)


def _deadline(wire: WireDeadline | None) -> Due | None:
    """A deadline is the due date of a task that has no other."""
    return Due(on=wire.date) if wire and wire.date.year in YEARS else None


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
