"""Typed values of a task's fields, as patches: from a question about one field, or from a form with all.

Tests: tests/bot/conversation/test_task_fields.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import UNCHANGED, TaskPatch
from core.text import clean
from core.words.deadlines import parse_deadline
from core.words.patches import parse_move, parse_patch
from core.words.places import split_place
from core.words.tasks import MAX_TITLE

MAX_VALUE = 200
"""Code points of a typed date or estimate, and of one that is repeated in an answer."""

MAX_MINUTES = 7 * 24 * 60
MAX_LABELS, MAX_LABEL = 20, 60
MAX_PROJECT = 60
MAX_NOTES = 2000

_NOTHING = {
    "", "-", "none", "no", "nothing", "no date", "kein", "keine", "keins", "keiner", "nichts", "ohne",
    "aucun", "aucune", "rien", "sans", "ninguno", "ninguna", "nada",
}  # fmt: skip
_PRIORITY = re.compile(r"p?([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """At what time, and in which zone, the words are read."""

    now: datetime
    zone: ZoneInfo


def field_patch(name: str, typed: str, when: When) -> TaskPatch:
    """The patch that sets the field ``name`` to what was typed; "none" clears it. Raises ``BadInput``."""
    return _READERS[name](typed, when)


def form_patch(filled: Mapping[str, str], before: Mapping[str, str], when: When) -> TaskPatch:
    """The patch that a form asks for: of the fields that are not as they were ``before``.

    Raises ``BadInput`` for the first field that can't be read.
    """
    changed = [name for name in _READERS if name in filled and not _same(filled[name], before.get(name, ""))]
    patch = merged(*(field_patch(name, filled[name], when) for name in changed))
    was_in_section = "project" in changed and split_place(before.get("project", ""))[1]
    return replace(patch, section=None) if was_in_section and patch.section is UNCHANGED else patch


def merged(*patches: TaskPatch) -> TaskPatch:
    """One patch with what all of them set; a later one wins."""
    values = {
        one.name: getattr(patch, one.name)
        for patch in patches
        for one in fields(patch)
        if getattr(patch, one.name) != one.default
    }
    return TaskPatch(**values)


def only_moves(patch: TaskPatch) -> bool:
    """Whether a patch changes nothing but when a task is due."""
    return all(
        one.name in _DATE_FIELDS or getattr(patch, one.name) == one.default for one in fields(TaskPatch)
    )


_DATE_FIELDS = frozenset(("due", "repeats", "repeats_from_done", "delay", "on", "at", "other_half"))


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _is_nothing(typed: str) -> bool:
    return clean(typed, MAX_VALUE).casefold().strip(".") in _NOTHING


# --- One field each ----------------------------------------------------------------------------------------


def _title(typed: str, when: When) -> TaskPatch:
    title = clean(typed, MAX_TITLE + 1)
    if len(title) > MAX_TITLE:
        raise BadInput("task_too_long", limit=str(MAX_TITLE))
    if not any(char.isalnum() or ord(char) > 0x2000 for char in title):
        raise BadInput("task_empty")
    return TaskPatch(title=title)


def _due(typed: str, when: When) -> TaskPatch:
    if _is_nothing(typed):
        return TaskPatch(due=None)
    value = clean(typed, MAX_VALUE)
    return parse_move(value, now=when.now, zone=when.zone)


def _priority(typed: str, when: When) -> TaskPatch:
    found = _PRIORITY.fullmatch(typed.strip())
    if found is None:
        raise BadInput("not_a_priority", value=clean(typed, MAX_VALUE))
    return TaskPatch(priority=int(found[1]))


def _minutes(typed: str, when: When) -> TaskPatch:
    if _is_nothing(typed):
        return TaskPatch(minutes=None)
    value = clean(typed, MAX_VALUE)
    if value.isascii() and value.isdigit() and 0 < int(value) <= MAX_MINUTES:
        return TaskPatch(minutes=int(value))
    try:
        found = parse_patch(value, now=when.now, zone=when.zone).minutes
    except BadInput:
        found = UNCHANGED
    if not isinstance(found, int):
        raise BadInput("not_an_estimate", value=value)
    return TaskPatch(minutes=found)


def _labels(typed: str, when: When) -> TaskPatch:
    """Labels between commas; without a comma, each word is one."""
    if _is_nothing(typed):
        return TaskPatch(labels=())
    whole = clean(typed, (MAX_LABELS + 1) * (MAX_LABEL + 2))
    parts = whole.split(",") if "," in whole else whole.split()
    names = [clean(part.strip().lstrip("#@"), MAX_LABEL) for part in parts]
    labels: dict[str, str] = {}
    for name in filter(None, names):
        labels.setdefault(name.casefold(), name)
    if len(labels) > MAX_LABELS:
        raise BadInput("too_many_labels", limit=str(MAX_LABELS))
    return TaskPatch(labels=tuple(labels.values()))


def _project(typed: str, when: When) -> TaskPatch:
    """``House``, ``House / Kitchen``, or ``House /`` for the project without a section."""
    if _is_nothing(typed):
        return TaskPatch(project=None)
    whole = clean(typed.strip().lstrip("+#"), 2 * MAX_PROJECT)
    project, section = split_place(whole.removesuffix("/").rstrip())
    names_section = section or whole.endswith("/")
    return TaskPatch(
        project=project[:MAX_PROJECT] or None,
        section=(section[:MAX_PROJECT] or None) if names_section else UNCHANGED,
    )


def _deadline(typed: str, when: When) -> TaskPatch:
    if _is_nothing(typed):
        return TaskPatch(deadline=None)
    value = clean(typed, MAX_VALUE)
    found = parse_deadline(value, now=when.now, zone=when.zone)
    if found is None:
        raise BadInput("not_a_deadline", value=value)
    return TaskPatch(deadline=found)


def _notes(typed: str, when: When) -> TaskPatch:
    return TaskPatch(notes=None if _is_nothing(typed) else clean(typed, MAX_NOTES) or None)


_READERS: dict[str, Callable[[str, When], TaskPatch]] = {
    "title": _title,
    "due": _due,
    "priority": _priority,
    "minutes": _minutes,
    "labels": _labels,
    "project": _project,
    "notes": _notes,
    "deadline": _deadline,
}
"""By the name of the field, in the order in which a form is read."""
