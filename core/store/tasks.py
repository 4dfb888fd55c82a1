"""Tasks, and how the outside sources of tasks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import Task, TaskOutline


class Tasks(Protocol):
    """A person's to-dos, oO's own and mirrored ones."""

    async def get(self, task_id: str) -> Task: ...
    async def put(self, task: Task) -> None:
        """Insert or update by task_id."""
        ...

    async def some(self, task_ids: Sequence[str]) -> tuple[Task, ...]:
        """The tasks with these ids, in their order. Raises ``NotFound`` if one is missing."""
        ...

    async def open(self, person_id: str) -> tuple[Task, ...]: ...
    async def outlines(self, person_id: str) -> tuple[TaskOutline, ...]:
        """All open tasks in outline, the oldest first: a fifth of the cost of ``open``."""
        ...

    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        """Tasks of an outside source that oO has seen: open, or closed at ``since`` or later (None: ever)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """How an outside source stands for a person. ``status``: ok, expired (reconnect), failing."""

    person_id: str
    source: str
    status: str
    changed_at: datetime
    synced_at: datetime | None = None
    not_before: datetime | None = None
    told_at: datetime | None = None


class Sources(Protocol):
    """State of task sources, by person."""

    async def get(self, person_id: str, source: str) -> SourceStatus | None: ...
    async def put(self, status: SourceStatus) -> None: ...
    async def all(self, source: str) -> tuple[SourceStatus, ...]: ...
