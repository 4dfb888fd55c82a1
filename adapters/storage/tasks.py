"""Tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam, case, func, or_, select, type_coerce

from adapters.storage.rows import LIMIT, Repository, Rows, required
from adapters.storage.tables import tasks
from adapters.storage.values import Json
from core.records import Due, Task, TaskOutline, TaskSource, TaskState

_TASKS = Rows(Task, tasks)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_OF_PERSON = tasks.c.person_id == bindparam("person_id")
_IS_OPEN = tasks.c.state == TaskState.OPEN
_TASK = _TASKS.select.where(tasks.c.task_id == bindparam("task_id"))
_TASKS_BY_AGE = _TASKS.select.order_by(tasks.c.created_at, tasks.c.task_id)
_DUE = Json(Due)
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_TASKS_BY_ID = _TASKS.select.where(tasks.c.task_id.in_(_IDS))
_OPEN_TASKS = _TASKS_BY_AGE.where(_OF_PERSON, _IS_OPEN)
# Not by ``lower``: SQLite's knows no letters but those of ASCII.
_OVER = (
    select(tasks.c.title)
    .where(_OF_PERSON, tasks.c.state != TaskState.OPEN)
    .where(func.length(tasks.c.title) == bindparam("length"))
    .distinct()
)
_PIECES = _TASKS_BY_AGE.where(_OF_PERSON, tasks.c.parent_id.in_(bindparam("parent_ids", expanding=True)))
_FIRST_BELOW = select(tasks.c.task_id).where(_OF_PERSON, tasks.c.parent_id == bindparam("task_id"))
_BELOW = _FIRST_BELOW.cte("below", recursive=True)
_BELOW = _BELOW.union(
    select(tasks.c.task_id).where(_OF_PERSON, tasks.c.parent_id == _BELOW.c.task_id)
)  # UNION keeps each id once, so pieces in a circle come to an end
_TASKS_BELOW = _TASKS_BY_AGE.where(
    tasks.c.task_id.in_(select(_BELOW.c.task_id)), tasks.c.task_id != bindparam("task_id")
)
# Many tasks share few due dates, so each stored text is parsed once (``_due``).
_OUTLINES = (
    select(
        tasks.c.task_id,
        tasks.c.title,
        tasks.c.priority,
        type_coerce(tasks.c.due, Text),
        tasks.c.created_at,
        tasks.c.minutes,
        case((tasks.c.source == TaskSource.OO, tasks.c.parent_id)),
        tasks.c.deadline,
    )
    .where(_OF_PERSON, _IS_OPEN)
    .order_by(tasks.c.created_at, tasks.c.task_id)
)
_ADDED_TASKS = (
    select(func.count())
    .select_from(tasks)
    .where(
        _OF_PERSON,
        tasks.c.state != TaskState.GONE,
        tasks.c.created_at >= bindparam("start"),
        tasks.c.created_at < bindparam("end"),
    )
)
_TASKS_OF_SOURCE = _TASKS_BY_AGE.where(
    _OF_PERSON,
    tasks.c.source == bindparam("source"),
    or_(_IS_OPEN, func.coalesce(tasks.c.done_at, tasks.c.created_at) >= bindparam("since")),
)
_DONE_TASKS = (
    _TASKS.select.where(_OF_PERSON, tasks.c.done_at >= bindparam("since"), tasks.c.state != TaskState.GONE)
    .order_by(tasks.c.done_at.desc(), tasks.c.task_id)
    .limit(LIMIT)
)


@lru_cache(maxsize=4096)
def _due(stored: str | None) -> Any:
    return None if stored is None else _DUE.load(stored)


class Tasks(Repository):
    """oO's own tasks and copies of outside ones."""

    async def get(self, task_id: str) -> Task:
        return await self._one(_TASKS, _TASK, task_id=task_id)

    async def put(self, task: Task) -> None:
        await self._put(_TASKS, task)

    async def put_all(self, tasks: Sequence[Task]) -> None:
        await self._put(_TASKS, *tasks)

    async def some(self, task_ids: Sequence[str]) -> tuple[Task, ...]:
        found = {task.task_id: task for task in await self._all(_TASKS, _TASKS_BY_ID, ids=list(task_ids))}
        return tuple(required(found.get(task_id)) for task_id in task_ids)

    async def open(self, person_id: str) -> tuple[Task, ...]:
        return await self._all(_TASKS, _OPEN_TASKS, person_id=person_id)

    async def outlines(self, person_id: str) -> tuple[TaskOutline, ...]:
        rows: Sequence[Any] = await self._session.rows(_OUTLINES, person_id=person_id)
        return tuple(
            TaskOutline(
                task_id=task_id,
                title=title,
                priority=priority,
                due=_due(due),
                created_at=created_at,
                minutes=minutes,
                parent_id=parent_id,
                deadline=deadline,
            )
            for task_id, title, priority, due, created_at, minutes, parent_id, deadline in rows
        )

    async def done_since(self, person_id: str, since: datetime, limit: int) -> tuple[Task, ...]:
        found = await self._all(_TASKS, _DONE_TASKS, person_id=person_id, since=since, limit=limit)
        return found[::-1]

    async def has_over(self, person_id: str, title: str) -> bool:
        found = await self._session.rows(_OVER, person_id=person_id, length=len(title))
        return any(row.title.casefold() == title.casefold() for row in found)

    async def count_added(self, person_id: str, start: datetime, end: datetime) -> int:
        (row,) = await self._session.rows(_ADDED_TASKS, person_id=person_id, start=start, end=end)
        return int(row[0])

    async def pieces(self, person_id: str, parent_ids: Sequence[str]) -> tuple[Task, ...]:
        return await self._all(_TASKS, _PIECES, person_id=person_id, parent_ids=list(parent_ids))

    async def below(self, person_id: str, task_id: str) -> tuple[Task, ...]:
        return await self._all(_TASKS, _TASKS_BELOW, person_id=person_id, task_id=task_id)

    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        return await self._all(
            _TASKS, _TASKS_OF_SOURCE, person_id=person_id, source=source, since=since or _EPOCH
        )
