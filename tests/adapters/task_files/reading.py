"""Reading a file of tasks in tests, and what a task says in it."""

from __future__ import annotations

from typing import Any

from adapters.task_files import TaskFileFormats
from core.records import FileTask, TaskFile
from tests.adapters.task_files.drafts import BERLIN, NOW

FORMATS = TaskFileFormats()


def read(content: str | bytes, name: str) -> TaskFile:
    """The tasks of a file at nine on Sunday 29 November 2026, for somebody in Berlin."""
    raw = content.encode() if isinstance(content, str) else content
    return FORMATS.read(raw, name=name, now=NOW, zone=BERLIN)


def said(task: FileTask) -> dict[str, Any]:
    """The fields that are not as by default."""
    plain = FileTask(title="")
    return {
        name: value
        for name in FileTask.__slots__
        if (value := getattr(task, name)) != getattr(plain, name) and name != "title"
    }
