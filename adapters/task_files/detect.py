"""Finds the format of a file of tasks by its text, and by its name where the text could be anything.

Tests: tests/adapters/task_files/test_encodings.py.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from adapters.task_files.decoding import has_signature
from core.errors import FileUnusable
from core.records import TaskFormat

_ICS = re.compile(r"\s*BEGIN:(VCALENDAR|VTODO)\b", re.IGNORECASE)
_ICS_LATER = re.compile(r"^BEGIN:VCALENDAR\s*$", re.MULTILINE | re.IGNORECASE)
_PLAIN = frozenset({"", ".txt", ".text", ".todo", ".bak"})
_HEAD_CHARACTERS = 20_000
_MARKUP = re.compile(r"\s*(<[!?a-z]|[{\[]\s*[\"{\[\]}])", re.IGNORECASE)
_OTHER = re.compile(r"\s*(BEGIN:V\w+|\{\\rtf)", re.IGNORECASE)
_OTHER_WORD = re.compile(r"BEGIN:V|\{\\rtf|<[!?a-z]|[{\[](?:[\"{\[\]}]|$)", re.IGNORECASE)
"""The first word of what ``_ICS``, ``_MARKUP`` or ``_OTHER`` find."""

_FIRST_COLUMN = re.compile(
    "(?:TYPE|CONTENT|DESCRIPTION|PRIORITY|INDENT|AUTHOR|RESPONSIBLE|DATE|TIMEZONE|DURATION|DEADLINE)[,;\t]",
    re.IGNORECASE,
)
_COLUMNS = {"TYPE", "CONTENT", "PRIORITY"}


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


def looks_otherwise(word: str) -> bool:
    """Whether a todo.txt that begins with this word might be taken for something else."""
    header = _FIRST_COLUMN.match(word.replace('"', ""))
    return bool(header or _OTHER_WORD.match(word)) or has_signature(word.encode())


def has_todoist_header(head: str) -> bool:
    """Whether one of the first lines names Todoist's columns, in any order."""
    rows = (line.replace('"', "").strip() for line in head.splitlines()[:10])
    return any(
        _FIRST_COLUMN.match(row) and set(map(str.strip, re.split("[,;\t]", row.upper()))) >= _COLUMNS
        for row in rows
    )
