"""Reads the changes of a task in words: ``friday 9am``, ``p1``.

Tests: tests/core/tasks/test_filters.py.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import TaskPatch
from core.words.tasks import TaskDraft, parse_task

_STANDS_FOR_THE_TITLE = "xqx"


def parse_patch(text: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The patch; raises ``BadInput`` (``not_a_change``) for a text with anything else in it."""
    draft = parse_task(f"{_STANDS_FOR_THE_TITLE} {text}", now=now, zone=zone)
    empty = TaskDraft(title=_STANDS_FOR_THE_TITLE)
    found = {
        one.name: getattr(draft, one.name)
        for one in fields(TaskDraft)
        if getattr(draft, one.name) != getattr(empty, one.name)
    }
    if "title" in found or not found:
        raise BadInput("not_a_change", value=text)
    return TaskPatch(**found)
