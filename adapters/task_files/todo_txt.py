"""todo.txt: a task on each line, as its rules and the usual extensions (due, rec, t, id and p) say.

Tests: tests/adapters/task_files/test_todo_txt.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.task_files.decoding import numbered_lines
from adapters.task_files.detect import looks_otherwise
from adapters.task_files.extras import (
    decoded_word,
    due_words,
    encoded,
    escaped,
    further_words,
    parse_date,
    read_word,
    repeat_words,
    task_fields,
    unescaped,
)
from core.records import FileTask, TaskFile, TaskFormat
from core.tasks.file_tasks import cleaned

MAX_LINE = 20_000
"""Code points of a line; the rest of a longer one is not read."""

_DONE = re.compile(r"x(\s|$)")
_PRIORITY = re.compile(r"\(([A-Z])\)(?:\s+|$)")
_LETTERS = "ABC"


@dataclass(slots=True, kw_only=True)
class _Line:
    """What the words of a line say."""

    words: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Found:
    """What the lines so far held."""

    tasks: list[FileTask] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    left_out: int = 0

    def add(self, task: FileTask, fields: dict[str, Any]) -> None:
        """Add an open task; ``fields`` may name it, and its parent."""
        if "id" in fields:
            self.ids.setdefault(fields["id"], len(self.tasks))
        self.tasks.append(task)
        self.parents.append(fields.get("p"))


def read(text: str, *, name: str, now: datetime, zone: ZoneInfo, limit: int) -> TaskFile:
    """The tasks of a todo.txt; at most one more than ``limit``, which shows that there are too many."""
    found = _Found()
    for number, raw in numbered_lines(text):
        line = raw[:MAX_LINE].strip()
        if line:
            _take(line, number, found, now, zone)
        if len(found.tasks) + len(found.unreadable) > limit:
            break
    parents = (found.ids.get(parent or "") for parent in found.parents)
    return TaskFile(
        format=TaskFormat.TODO_TXT,
        tasks=tuple(replace(task, parent=parent) for task, parent in zip(found.tasks, parents, strict=True)),
        left_out=found.left_out,
        unreadable=tuple(found.unreadable),
    )


def _take(line: str, number: int, found: _Found, now: datetime, zone: ZoneInfo) -> None:
    if _DONE.match(line):
        found.left_out += 1
        return
    words = _words(line)
    if words.fields.get("hidden"):
        found.left_out += 1
    elif task := cleaned(_task(line, words), now=now, zone=zone):
        found.add(task, words.fields)
    else:
        found.unreadable.append(number)


def _is_special(word: str) -> bool:
    """Whether a word of a line would not be part of the title."""
    return (word[:1] in ("+", "@") and len(word) > 1) or read_word(word) is not None


def _starts_specially(word: str) -> bool:
    """Whether the first word of a title would be read as the beginning of a line."""
    return (
        word == "x"
        or looks_otherwise(word)
        or _PRIORITY.fullmatch(word) is not None
        or parse_date(word) is not None
        or _is_special(word)
    )


def _words(line: str) -> _Line:
    found = _Line()
    for word in _rest(line).split():
        if not found.words and word.startswith("\\") and _starts_specially(word.lstrip("\\")):
            found.words.append(word[1:])
            continue
        plain = unescaped(word, _is_special)
        if plain is not None:
            found.words.append(plain)
        elif word[0] == "@":
            found.labels.append(decoded_word(word[1:]))
        elif word[0] == "+":
            found.projects.append(decoded_word(word[1:]))
        else:
            found.fields |= read_word(word) or {}
    return found


def _rest(line: str) -> str:
    """The line after its priority and the date of its creation."""
    rest = _PRIORITY.sub("", line, count=1) if _PRIORITY.match(line) else line
    first, _, others = rest.partition(" ")
    return others if parse_date(first) else rest


def _task(line: str, found: _Line) -> FileTask:
    fields = task_fields(found.fields)
    projects = [*found.projects, *([fields.pop("project")] if "project" in fields else [])]
    title = " ".join(found.words) or " ".join(found.projects + found.labels)
    return FileTask(
        title=title,
        priority=_priority(line, found),
        labels=(*found.labels, *projects[1:]),
        project=projects[0] if projects else None,
        created_at=_created_at(line),
        **fields,
    )


def _priority(line: str, found: _Line) -> int:
    """A, B and C are 1, 2 and 3; all others, and none, are 4."""
    letter = _PRIORITY.match(line)
    name = letter[1] if letter else found.fields.get("pri", "")
    return _LETTERS.index(name) + 1 if name and name in _LETTERS else 4


def _created_at(line: str) -> datetime | None:
    """Midnight in UTC of the date before the title."""
    rest = _PRIORITY.sub("", line, count=1) if _PRIORITY.match(line) else line
    on: date | None = parse_date(rest.partition(" ")[0])
    return datetime(on.year, on.month, on.day, tzinfo=UTC) if on else None


# --- Writing -----------------------------------------------------------------------------------------------


def write(tasks: Sequence[FileTask], *, now: datetime) -> Iterator[str]:
    """A line for each task, in their order."""
    parents = {task.parent for task in tasks if task.parent is not None}
    for place, task in enumerate(tasks):
        yield " ".join(_line(task, place if place in parents else None)) + "\n"


def _line(task: FileTask, own_id: int | None) -> Iterator[str]:
    if task.priority < 4:
        yield f"({_LETTERS[task.priority - 1]})"
    if task.created_at:
        yield f"{task.created_at:%Y-%m-%d}"
    first, space, rest = task.title.partition(" ")
    yield (f"\\{first}" if _starts_specially(first.lstrip("\\")) else first) + (
        space + escaped(rest, _is_special) if space else ""
    )
    if task.project:
        yield f"+{encoded(task.project)}"
    yield from (f"@{encoded(label)}" for label in task.labels)
    yield from due_words(task.due)
    yield from repeat_words(task)
    yield from further_words(task)
    if task.minutes:
        yield f"est:{task.minutes}m"
    if task.notes:
        yield f"note:{encoded(task.notes)}"
    if own_id is not None:
        yield f"id:{own_id + 1}"
    if task.parent is not None:
        yield f"p:{task.parent + 1}"
