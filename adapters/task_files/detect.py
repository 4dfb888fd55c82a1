"""Finds the format of a file of tasks by its text, and by its name where the text could be anything.

Tests: tests/adapters/task_files/test_encodings.py.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from core.errors import FileUnusable
from core.records import TaskFormat

_ICS = re.compile(r"\s*BEGIN:(VCALENDAR|VTODO)\b", re.IGNORECASE)
_ICS_LATER = re.compile(r"^BEGIN:VCALENDAR\s*$", re.MULTILINE | re.IGNORECASE)
_PLAIN = frozenset({"", ".txt", ".text", ".todo", ".bak"})
_HEAD_CHARACTERS = 20_000
_MARKUP = re.compile(r"\s*(<[!?a-z]|[{\[]\s*[\"{\[\]}])", re.IGNORECASE)
_OTHER = re.compile(r"\s*(BEGIN:V\w+|\{\\rtf)", re.IGNORECASE)


def detected(text: str, name: str) -> TaskFormat:
    """The format of a file. Raises ``FileUnusable("unknown")`` if it has none of them."""
    head = text[:_HEAD_CHARACTERS]
    if _ICS.match(head):
        return TaskFormat.ICS
    if has_todoist_header(head):
        return TaskFormat.TODOIST_CSV
    if _ICS_LATER.search(head):
        return TaskFormat.ICS
    suffix = PurePosixPath(name.strip().lower()).suffix
    if suffix in _PLAIN and not _MARKUP.match(head) and not _OTHER.match(head):
        return TaskFormat.TODO_TXT
    raise FileUnusable("unknown")


def has_todoist_header(head: str) -> bool:
    """Whether one of the first lines names Todoist's columns."""
    rows = (line.replace('"', "").upper() for line in head.splitlines()[:10])
    return any({"TYPE", "CONTENT", "PRIORITY"} <= set(re.split(r" *[,;\t] *", row.strip())) for row in rows)
