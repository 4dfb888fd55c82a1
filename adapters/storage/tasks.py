"""A person's to-dos, and how the outside sources of some of them stand."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import bindparam, func, or_

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import source_status, tasks
from core.model import Task, TaskState
from core.store import SourceStatus

_TASKS = Rows(Task, tasks)
_STATUS = Rows(SourceStatus, source_status)

_EVER = datetime(1970, 1, 1, tzinfo=UTC)

_THEIRS = tasks.c.person_id == bindparam("person_id")
_OPEN = tasks.c.state == TaskState.OPEN
_TASK = _TASKS.select.where(tasks.c.task_id == bindparam("task_id"))
_OLDEST_FIRST = _TASKS.select.order_by(tasks.c.created_at, tasks.c.task_id)
_OPEN_TASKS = _OLDEST_FIRST.where(_THEIRS, _OPEN)
_MIRRORED = _OLDEST_FIRST.where(
    _THEIRS,
    tasks.c.source == bindparam("source"),
    or_(_OPEN, func.coalesce(tasks.c.done_at, tasks.c.created_at) >= bindparam("since")),
)

_OF_SOURCE = _STATUS.select.where(source_status.c.source == bindparam("source"))
_ALL_STATUSES = _OF_SOURCE.order_by(source_status.c.person_id)
_ONE_STATUS = _OF_SOURCE.where(source_status.c.person_id == bindparam("person_id"))


class Tasks(Repository):
    """oO's own tasks and mirrored ones."""

    async def get(self, task_id: str) -> Task:
        return await self._one(_TASKS, _TASK, task_id=task_id)

    async def put(self, task: Task) -> None:
        await self._put(_TASKS, task)

    async def open(self, person_id: str) -> tuple[Task, ...]:
        return await self._all(_TASKS, _OPEN_TASKS, person_id=person_id)

    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        return await self._all(_TASKS, _MIRRORED, person_id=person_id, source=source, since=since or _EVER)


class Sources(Repository):
    """State of task sources, by person."""

    async def get(self, person_id: str, source: str) -> SourceStatus | None:
        return await self._first(_STATUS, _ONE_STATUS, person_id=person_id, source=source)

    async def put(self, status: SourceStatus) -> None:
        await self._put(_STATUS, status)

    async def all(self, source: str) -> tuple[SourceStatus, ...]:
        return await self._all(_STATUS, _ALL_STATUSES, source=source)
