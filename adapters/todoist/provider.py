"""Todoist as a task source.

Tests: tests/adapters/todoist/test_reading.py, tests/adapters/todoist/test_writing.py.
"""

from __future__ import annotations

import logging
from collections import Counter

from adapters.todoist.api import ANSWER_SECONDS, MAX_ANSWER_BYTES, Api, TaskNotFound
from adapters.todoist.wire import (
    Page,
    Row,
    Synced,
    User,
    WireDue,
    WireTask,
    due_of,
    parsed,
    parsed_row,
    read_row,
    task_id,
    task_of,
    with_date,
)
from core.errors import SourceRefused, SourceUnavailable
from core.records import Due, Task, TaskList

log = logging.getLogger(__name__)

PAGE_SIZE = 200
MAX_PAGES = 50
"""More tasks than anybody has open."""


class Todoist:
    """A ``TaskProvider``. Every method raises only ``SourceUnavailable`` and its subclasses."""

    def __init__(
        self,
        token: str,
        root: str,
        *,
        max_pages: int = MAX_PAGES,
        answer_seconds: float = ANSWER_SECONDS,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        """The account of ``token`` at the URL ``root`` (``https://api.todoist.com``).

        ``answer_seconds`` and ``max_answer_bytes`` limit each response.
        """
        self._api = Api(token, root, answer_seconds=answer_seconds, max_answer_bytes=max_answer_bytes)
        self._max_pages = max_pages
        self._own_id: str | None = None
        self.unreadable_fields: Counter[str] = Counter()
        """How often each field was unreadable in the last list."""

    async def open_tasks(self, person_id: str) -> TaskList:
        """All open tasks of the account, without headings and tasks that are assigned to others.

        An unreadable field is left out. A task without a title is left out and listed in ``unread``.
        """
        rows = await self._all_rows()
        self._log_unreadable(rows)
        active = [row.task for row in rows if row.task.is_active and not row.task.is_heading]
        own = await self._own_tasks(active)
        return TaskList(
            tasks=tuple(task for one in own if (task := task_of(one, person_id))),
            unread=frozenset(task_id(person_id, one.id) for one in own if one.id and one.content is None),
            whole=all(one.id for one in own),
        )

    def _log_unreadable(self, rows: list[Row]) -> None:
        """Log one line about unreadable fields when they have changed since the last list."""
        unreadable_fields = Counter(name for row in rows for name in row.unreadable_fields)
        if unreadable_fields and unreadable_fields != self.unreadable_fields:
            fields = ", ".join(f"{name} {count}" for name, count in sorted(unreadable_fields.items()))
            many = sum(bool(row.unreadable_fields) for row in rows)
            log.warning("todoist: %d of %d rows can't be read whole: %s", many, len(rows), fields)
        self.unreadable_fields = unreadable_fields

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task; it may be done or deleted already.

        A completed recurring task gets its next date. One whose date differs from ``task`` has been completed
        already, maybe by a request whose response was lost, and is left alone.
        """
        try:
            if task.repeats and not await self.is_open(task):
                return
            await self._api.post(f"tasks/{task.external_id}/close", request_id=request_id)
        except TaskNotFound:
            return

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Reopen the task; False if it is gone. A recurring one gets the due date of ``task`` back."""
        try:
            await self._api.post(f"tasks/{task.external_id}/reopen", request_id=request_id)
            now = await self._task(task) if task.repeats else None
        except TaskNotFound:
            return False
        if now and now.due and task.due and due_of(now.due) != task.due:
            await self._set_due(str(task.external_id), now.due, task.due, request_id)
        return True

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open; for a recurring one, whether its due date is still that of ``task``."""
        try:
            now = await self._task(task)
        except TaskNotFound:
            return False
        return now.is_active and (not task.repeats or due_of(now.due) == task.due)

    async def close(self) -> None:
        """Close the connection."""
        await self._api.close()

    async def _task(self, task: Task) -> WireTask:
        return parsed_row(await self._api.get(f"tasks/{task.external_id}")).task

    async def _all_rows(self) -> list[Row]:
        found: dict[object, Row] = {}  # by id: a task that is moved during the listing may come twice
        asked = {"limit": str(PAGE_SIZE)}
        for _ in range(self._max_pages):
            page = parsed(Page, await self._api.get("tasks", asked))
            rows = [read_row(raw) for raw in page.results]
            found |= {row.task.id or (len(found), at): row for at, row in enumerate(rows)}
            if not page.next_cursor:
                return list(found.values())
            asked["cursor"] = page.next_cursor
        raise SourceUnavailable("Todoist's list of tasks does not end")

    async def _own_tasks(self, tasks: list[WireTask]) -> list[WireTask]:
        """``tasks`` without those that are assigned to somebody else in a shared project."""
        if all(one.responsible_uid is None for one in tasks):
            return tasks
        if self._own_id is None:
            self._own_id = parsed(User, await self._api.get("user")).id
        return [one for one in tasks if one.responsible_uid in (None, self._own_id)]

    async def _set_due(self, external_id: str, recurring: WireDue, due: Due, request_id: str) -> None:
        """Change only the next date of a recurring task, which takes a sync command.

        A command is executed once per uuid, as a request is once per id.
        """
        update = {"id": external_id, "due": with_date(recurring, due)}
        asked = {"commands": [{"type": "item_update", "uuid": request_id, "args": update}]}
        synced = parsed(Synced, await self._api.post("sync", asked))
        if synced.sync_status.get(request_id) != "ok":
            raise SourceRefused("Todoist did not take the due date back")
