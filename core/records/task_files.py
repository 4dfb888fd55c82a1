"""Files of tasks: what is read from them and written to them, and imports that a person was offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.records.tasks import Due


class TaskFormat(StrEnum):
    """A format of task files."""

    TODO_TXT = "todo.txt"
    TODOIST_CSV = "csv"
    ICS = "ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """An open task in a file. Fields that ``Task`` has as well mean the same here."""

    title: str
    due: Due | None = None
    priority: int = 4
    repeats: str | None = None
    """An RFC 5545 RRULE without DTSTART."""
    repeats_from_done: bool = False
    minutes: int | None = None
    labels: tuple[str, ...] = ()
    project: str | None = None
    section: str | None = None
    deadline: date | None = None
    notes: str | None = None
    created_at: datetime | None = None
    """None if the file does not say."""
    uid: str | None = None
    """The file's own id of the task, where its format has one (ICS)."""
    parent: int | None = None
    """Index, in the same file, of the task of which this is a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFile:
    """The tasks that were read from a file."""

    format: TaskFormat
    tasks: tuple[FileTask, ...] = ()
    """The open ones, in the file's order."""
    left_out: int = 0
    """How many others there are: done, cancelled or hidden."""
    unreadable: tuple[int, ...] = ()
    """Numbers of the lines at which a task or a row starts that can't be read; the first line is 1."""


class ImportState(StrEnum):
    """The state of an import."""

    OFFERED = "offered"
    ADDED = "added"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTask:
    """A new task of an import."""

    task: FileTask
    """``parent`` is an index among the tasks of the import."""
    keys: tuple[str, ...]
    """By which the task is recognised when the file comes again."""
    parent_id: str | None = None
    """Id of the task of oO's of which it is a piece, if that one is not in the import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskImport:
    """The new tasks of a file that a person sent."""

    import_id: str
    person_id: str
    offered_at: datetime
    state: ImportState = ImportState.OFFERED
    tasks: tuple[ImportedTask, ...] = ()
    """Empty once they are added."""
    task_ids: tuple[str, ...] = ()
    """Ids of the tasks that were added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKey:
    """A key by which a task of a person is recognised in files, whatever became of the task since."""

    person_id: str
    key: str
    """``uid:…`` for the id in a file, else ``text:…`` for a digest of title, due date and project."""
    task_id: str
    content: str
    """A digest of the task as it was in the file."""
