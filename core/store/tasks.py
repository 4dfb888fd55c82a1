"""Tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import Task, TaskOutline


class Tasks(Protocol):
    """People's tasks: oO's own, and copies of outside ones."""

    async def get(self, task_id: str) -> Task: ...
    async def put(self, task: Task) -> None:
        """Insert or update by task_id."""
        ...

    async def put_all(self, tasks: Sequence[Task]) -> None:
        """Insert or update several at once."""
        ...

    async def some(self, task_ids: Sequence[str]) -> tuple[Task, ...]:
        """The tasks with these ids, in their order. Raises ``NotFound`` if one is missing."""
        ...

    async def open(self, person_id: str) -> tuple[Task, ...]: ...
    async def outlines(self, person_id: str) -> tuple[TaskOutline, ...]:
        """All open tasks in outline, the oldest first. Five times cheaper than ``open``."""
        ...

    async def done_since(self, person_id: str, since: datetime, limit: int) -> tuple[Task, ...]:
        """The latest tasks completed at ``since`` or later, with repeating ones; oldest first."""
        ...

    async def has_over(self, person_id: str, title: str) -> bool:
        """Whether a task with that title is done or gone; the case of Latin letters does not matter."""
        ...

    async def count_added(self, person_id: str, start: datetime, end: datetime) -> int:
        """Tasks that were created from ``start`` on and before ``end``, without those that are gone."""
        ...

    async def pieces(self, person_id: str, parent_ids: Sequence[str]) -> tuple[Task, ...]:
        """All pieces of these tasks, those of each in their order, whatever their state."""
        ...

    async def below(self, person_id: str, task_id: str) -> tuple[Task, ...]:
        """The pieces of a task, their pieces, and so on to any depth, whatever their state; the oldest first.

        One statement. A task that is below itself is left out.
        """
        ...

    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        """Copies of a source's tasks that are open or were closed at ``since`` or later (None: ever)."""
        ...
