"""Files of tasks: todo.txt, Todoist's CSV and iCalendar. Content in, tasks out, and back; nothing is fetched.

``todo_txt``, ``todoist_csv`` and ``ics`` each hold a reader and a writer; ``decoding`` makes text of bytes,
``detect`` finds the format, ``extras`` is what the first two share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

from adapters.task_files.decoding import decoded
from adapters.task_files.detect import detected
from core.errors import FileUnusable
from core.records import FileTask, TaskFile, TaskFormat

__all__ = ["MAX_TASKS", "TaskFileFormats"]

MAX_TASKS = 10_000
"""Open tasks in one file, those included that can't be read; a longer file is refused."""

Reader = Callable[..., TaskFile]

_MODULES = {
    TaskFormat.TODO_TXT: "adapters.task_files.todo_txt",
    TaskFormat.TODOIST_CSV: "adapters.task_files.todoist_csv",
    TaskFormat.ICS: "adapters.task_files.ics",
}
"""Imported when a file comes, since iCalendar's library takes long."""


class TaskFileFormats:
    """All formats; implements ``core.ports.TaskFiles``."""

    def read(self, content: bytes, *, name: str, now: datetime, zone: ZoneInfo) -> TaskFile:
        """The tasks in a file. Raises ``FileUnusable``."""
        text = decoded(content)
        module = import_module(_MODULES[detected(text, name)])
        file: TaskFile = module.read(text, name=name, now=now, zone=zone, limit=MAX_TASKS)
        if len(file.tasks) + len(file.unreadable) > MAX_TASKS:
            raise FileUnusable("too_many", limit=f"{MAX_TASKS:,}")
        return file

    def write(self, tasks: Sequence[FileTask], format: TaskFormat, *, now: datetime) -> bytes:
        """A file with these tasks, in UTF-8."""
        lines: Iterable[str] = import_module(_MODULES[format]).write(tasks, now=now)
        return "".join(lines).encode()
