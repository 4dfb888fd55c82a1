"""Formats of task files.

Tests: tests/adapters/task_files.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from core.errors import FileUnusable
from core.records import FileTask, TaskFile, TaskFormat


class TaskFiles(Protocol):
    """Formats of task files. Both methods compute for seconds if a file is large: call them in a thread."""

    def read(self, content: bytes, *, name: str, now: datetime, zone: ZoneInfo) -> TaskFile:
        """The tasks in a file. Raises ``FileUnusable`` if it is no file of tasks.

        ``name`` is a hint for the format. ``now`` and ``zone`` are those of the person, for dates in words.
        A task that can't be read costs no other task.
        """
        ...

    def write(self, tasks: Sequence[FileTask], format: TaskFormat, *, now: datetime) -> bytes:
        """A file with these tasks. ``read`` gives them back, except for what ``read`` would clean."""
        ...


class NoTaskFiles:
    """No format at all."""

    def read(self, content: bytes, *, name: str, now: datetime, zone: ZoneInfo) -> TaskFile:
        """Raises ``FileUnusable``."""
        raise FileUnusable("unknown")

    def write(self, tasks: Sequence[FileTask], format: TaskFormat, *, now: datetime) -> bytes:
        """Raises ``FileUnusable``."""
        raise FileUnusable("unknown")
