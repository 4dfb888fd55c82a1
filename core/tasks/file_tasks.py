"""A task of a file: its fields made harmless, and the keys by which it is recognised when it comes again.

Tests: tests/core/tasks/test_imports.py.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import Due, FileTask, Task
from core.scheduling.timezones import known_zone_name, zone_or_default
from core.tasks.file_rules import usable_rule
from core.text import clean, clean_strictly, truncate
from core.words.tasks import LOWEST_PRIORITY, MAX_TITLE

MAX_NOTES = 4000  # code points; the same below
MAX_LABEL = 60
MAX_PROJECT = 100
MAX_UID = 500
MAX_LABELS = 20
MAX_MINUTES = 7 * 24 * 60
YEARS = range(1970, 2200)


def cleaned(task: FileTask, *, now: datetime, zone: ZoneInfo) -> FileTask | None:
    """The task with harmless fields; None if nothing of its title can be shown.

    What a field can't hold is dropped, but a title that is too long goes into the notes as a whole.
    """
    whole = clean(task.title, MAX_NOTES)
    if not any(one.isalnum() or unicodedata.category(one) in ("So", "Sc") for one in whole):
        return None
    too_long = len(whole) > MAX_TITLE
    due = _due(task.due)
    where = zone_or_default(due.zone if due else None, zone)
    repeats = usable_rule(task.repeats, due.on, where) if task.repeats and due else None
    return replace(
        task,
        title=truncate(whole, MAX_TITLE),
        due=due,
        priority=task.priority if task.priority in range(1, LOWEST_PRIORITY) else LOWEST_PRIORITY,
        repeats=repeats,
        repeats_from_done=task.repeats_from_done and repeats is not None,
        minutes=task.minutes if task.minutes and 0 < task.minutes <= MAX_MINUTES else None,
        labels=_labels(task.labels),
        project=clean(task.project or "", MAX_PROJECT) or None,
        section=clean(task.section or "", MAX_PROJECT) or None,
        deadline=task.deadline if task.deadline and task.deadline.year in YEARS else None,
        notes=_notes("\n".join(filter(None, [whole if too_long else None, task.notes]))),
        created_at=task.created_at if task.created_at and _is_past(task.created_at, now) else None,
        uid=_uid(task.uid),
    )


def _due(due: Due | None) -> Due | None:
    if due is None or due.on.year not in YEARS:
        return None
    at = due.at.replace(second=0, microsecond=0, tzinfo=None, fold=0) if due.at else None
    return Due(on=due.on, at=at, zone=known_zone_name(due.zone) if at else None)


def _labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Each once, compared without case, in the first spelling."""
    found = {label.casefold(): label for one in reversed([*labels]) if (label := clean(one, MAX_LABEL))}
    order = dict.fromkeys(clean(one, MAX_LABEL).casefold() for one in labels)
    return tuple(found[key] for key in order if key in found)[:MAX_LABELS]


def _notes(text: str) -> str | None:
    """Lines stay lines; blank ones at the ends go, of several in a row one stays."""
    lines: list[str] = []
    for raw in text[: 8 * MAX_NOTES].splitlines():
        line = clean(raw, MAX_NOTES)
        if line or (lines and lines[-1]):
            lines.append(line)
    return truncate("\n".join(lines).strip(), MAX_NOTES).strip() or None


def _uid(uid: str | None) -> str | None:
    """As it is, since another program looks for exactly this; None if it can't be a key."""
    usable = uid and len(uid) <= MAX_UID and clean_strictly(uid, MAX_UID) == uid
    return uid if usable else None


def _is_past(at: datetime, now: datetime) -> bool:
    return at.year in YEARS and at <= now


# --- Recognised again --------------------------------------------------------------------------------------


def text_keys(tasks: Sequence[FileTask | Task]) -> tuple[str, ...]:
    """A key for each task: a digest of its title, due date and project, and its rank among equals."""
    ranks: Counter[str] = Counter()
    keys = []
    for task in tasks:
        digest = _digest(task.title, _date(task), task.project)
        keys.append(f"text:{digest}:{ranks[digest]}")
        ranks[digest] += 1
    return tuple(keys)


def uid_key(uid: str) -> str:
    """The key of a task with an id of its own."""
    return f"uid:{uid}"


def content_digest(task: FileTask) -> str:
    """A digest of everything that the file says about the task, apart from ids and when it was made."""
    fields = (task.priority, task.repeats, task.repeats_from_done, task.minutes, task.labels, task.notes)
    added = tuple(filter(None, (task.section, task.deadline if task.due else None)))
    return _hash(repr((task.title, _date(task), task.project, *fields, *added)))


def _date(task: FileTask | Task) -> Due | None:
    """The due date; without one the deadline, which earlier versions took for it: files are known again."""
    return task.due or (Due(on=task.deadline) if task.deadline else None)


def _digest(title: str, due: Due | None, project: str | None) -> str:
    when = f"{due.on:%Y-%m-%d} {due.at:%H:%M}" if due and due.at else f"{due.on:%Y-%m-%d}" if due else ""
    return _hash(repr((_folded(title), when, _folded(project or ""))))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_strictly(text, MAX_NOTES)).casefold()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
