"""Todoist's CSV, as a project or a template is exported: tasks, sections, and comments below tasks.

What has no column stands in a comment that begins with ``oO:``.

Tests: tests/adapters/task_files/test_todoist_csv.py.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.task_files.csv_rows import Row, csv_rows, guarded, without_row_begins
from adapters.task_files.date_words import Dated, parse_date_words, todoist_words
from adapters.task_files.extras import (
    decoded_word,
    due_words,
    encoded,
    escaped,
    read_word,
    repeat_words,
    task_fields,
    unescaped,
)
from core.records import FileTask, TaskFile, TaskFormat, place_text
from core.tasks.file_tasks import cleaned
from core.words.places import split_place

COLUMNS = (
    "TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE",
    "DATE", "DATE_LANG", "TIMEZONE", "DURATION", "DURATION_UNIT", "DEADLINE", "DEADLINE_LANG",
)  # fmt: skip

OWN_COMMENT = "oO:"
_UNITS = {"minute": 1, "hour": 60, "day": 1440}
_BACKUP_NAME = re.compile(r"(.+?) \[\d+\](?: ?\(\d+\))?\.csv", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class _Open:
    """A task and the comments below it."""

    row: Row
    number: int
    section: str | None
    parent: int | None
    comments: list[str] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    """Reads the rows in order; each may belong to a row above it."""

    project: str | None
    now: datetime
    zone: ZoneInfo
    section: str | None = None
    current: _Open | None = None
    tasks: list[FileTask] = field(default_factory=list)
    above: dict[int, int | None] = field(default_factory=dict)
    """The latest task at each level; None if it could not be read."""
    unreadable: list[int] = field(default_factory=list)

    def take(self, row: Row | None, number: int) -> None:
        """Read one row; None can't be read."""
        if row is None or not _is_aligned(row):
            self.unreadable.append(number)
            return
        kind = row.get("TYPE", "").strip().lower()
        if kind == "note":
            self._comment(row, number)
        elif kind == "section":
            self.finish()
            self.section, self.above = row.get("CONTENT") or None, {}
        elif kind == "task":
            self.finish()
            self.current = _Open(row=row, number=number, section=self.section, parent=self._parent(row))
        elif kind != "meta":
            self.unreadable.append(number)

    def _comment(self, row: Row, number: int) -> None:
        text = row.get("CONTENT", "")
        if self.current is None:
            return  # of a project, or below a section
        if text.startswith(OWN_COMMENT):
            for word in text.removeprefix(OWN_COMMENT).split():
                self.current.own |= read_word(word) or {}
        elif text:
            self.current.comments.append(text)

    def _parent(self, row: Row) -> int | None:
        level = _level(row)
        return next((self.above[up] for up in range(level - 1, 0, -1) if up in self.above), None)

    def finish(self) -> None:
        """Add the task whose comments are complete now."""
        if self.current is None:
            return
        task = cleaned(_task(self.current, self), now=self.now, zone=self.zone)
        level = _level(self.current.row)
        self.above = {up: index for up, index in self.above.items() if up < level}
        self.above[level] = len(self.tasks) if task else None
        if task:
            self.tasks.append(replace(task, parent=self.current.parent))
        else:
            self.unreadable.append(self.current.number)
        self.current = None


def read(text: str, *, name: str, now: datetime, zone: ZoneInfo, limit: int) -> TaskFile:
    """The tasks of a CSV; at most one more than ``limit``, which shows that there are too many."""
    found = _BACKUP_NAME.fullmatch(name)
    reader = _Reader(project=found[1] if found else None, now=now, zone=zone)
    for number, row in csv_rows(text):
        reader.take(row, number)
        if len(reader.tasks) + len(reader.unreadable) > limit:
            break
    reader.finish()
    return TaskFile(
        format=TaskFormat.TODOIST_CSV, tasks=tuple(reader.tasks), unreadable=tuple(sorted(reader.unreadable))
    )


def _is_aligned(row: Row) -> bool:
    """Whether columns hold what belongs there; a comma without quotation marks would have moved them."""
    return all(not (cell := row.get(name, "")) or cell.strip().isdigit() for name in ("PRIORITY", "INDENT"))


def _level(row: Row) -> int:
    indent = row.get("INDENT", "")
    return max(1, min(int(indent), 100)) if indent.isascii() and indent.isdigit() and len(indent) < 6 else 1


# --- A task ------------------------------------------------------------------------------------------------


def _is_label(word: str) -> bool:
    return word[:1] == "@" and len(word) > 1


def _task(one: _Open, reader: _Reader) -> FileTask:
    row, own = one.row, task_fields(one.own)
    words = row.get("CONTENT", "").split()
    dated, deadline = _dated(row, reader, "DATE"), _dated(row, reader, "DEADLINE")
    project, section = (reader.project, one.section) if reader.project else split_place(one.section or "")
    labels = tuple(word[1:] for word in words if unescaped(word, _is_label) is None)
    title = " ".join(plain for word in words if (plain := unescaped(word, _is_label)) is not None)
    notes = [row.get("DESCRIPTION"), *one.comments, own.pop("notes", None), dated.unread, deadline.unread]
    fields: dict[str, Any] = {
        "due": dated.due,
        "repeats": dated.repeats,
        "repeats_from_done": dated.from_done,
        "minutes": _minutes(row),
        "deadline": deadline.due.on if deadline.due else None,
        "project": project or None,
        "section": section or None,
    } | own
    return FileTask(
        title=title or " ".join(labels),
        labels=tuple(map(decoded_word, labels)),
        priority=int(row["PRIORITY"]) if row.get("PRIORITY", "") in ("1", "2", "3") else 4,
        notes="\n".join(filter(None, notes)),
        **fields,
    )


def _dated(row: Row, reader: _Reader, column: str) -> Dated:
    """What a column with a date says."""
    zone, language = row.get("TIMEZONE") or None, row.get(f"{column}_LANG", "")
    return parse_date_words(row.get(column, ""), language, now=reader.now, zone=reader.zone, fixed=zone)


def _minutes(row: Row) -> int | None:
    amount = row.get("DURATION", "")
    if not (amount.isascii() and amount.isdigit() and len(amount) < 6):
        return None
    return int(amount) * _UNITS.get(row.get("DURATION_UNIT", "").lower().removesuffix("s") or "minute", 0)


# --- Writing -----------------------------------------------------------------------------------------------


def write(tasks: Sequence[FileTask], *, now: datetime) -> Iterator[str]:
    """The tasks by project and section: each is a section, ``Work / Ideas``. Pieces stand below their task,
    indented.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in _all_rows(tasks):
        line.seek(0)
        line.truncate()
        writer.writerow([guarded(cell) for cell in row])
        yield line.getvalue()


def _all_rows(tasks: Sequence[FileTask]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    pieces: dict[int | None, list[int]] = {}
    for place, task in enumerate(tasks):
        pieces.setdefault(task.parent, []).append(place)
    tops = pieces.get(None, [])
    for heading in sorted({_heading(tasks[top]) for top in tops}):
        if heading:
            yield _row(TYPE="section", CONTENT=heading)
        for top in tops:
            if _heading(tasks[top]) == heading:
                yield from _with_pieces(tasks, top, pieces, heading)


def _heading(task: FileTask) -> str:
    return place_text(task.project, task.section) or ""


def _with_pieces(
    tasks: Sequence[FileTask], top: int, pieces: Mapping[int | None, list[int]], heading: str
) -> Iterator[Sequence[str]]:
    waiting = [(top, 1)]
    while waiting:
        place, level = waiting.pop()
        yield from _task_rows(tasks[place], level, heading)
        waiting += [(piece, level + 1) for piece in reversed(pieces.get(place, []))]


def _task_rows(task: FileTask, level: int, heading: str) -> Iterator[Sequence[str]]:
    words = [escaped(task.title, _is_label), *(f"@{encoded(label)}" for label in task.labels)]
    yield _row(
        TYPE="task",
        CONTENT=" ".join(words),
        DESCRIPTION=without_row_begins(task.notes or ""),
        PRIORITY=str(task.priority),
        INDENT=str(level),
        DATE=todoist_words(task),
        DATE_LANG="en" if task.due else "",
        TIMEZONE=(task.due.zone or "") if task.due else "",
        DURATION=str(task.minutes or ""),
        DURATION_UNIT="minute" if task.minutes else "",
        DEADLINE=f"{task.deadline:%Y-%m-%d}" if task.deadline else "",
        DEADLINE_LANG="en" if task.deadline else "",
    )
    own = [*due_words(task.due), *repeat_words(task)] if task.repeats else []
    if (task.project or "", task.section or "") != split_place(heading):
        own += [f"project:{encoded(task.project or ' ')}", f"section:{encoded(task.section or ' ')}"]
    if own:
        yield _row(TYPE="note", CONTENT=" ".join([OWN_COMMENT, *own]))


def _row(**cells: str) -> Sequence[str]:
    return [cells.get(column, "") for column in COLUMNS]
