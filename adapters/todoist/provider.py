"""Todoist as a task source."""

from __future__ import annotations

import logging
from collections import Counter

from adapters.todoist.api import Api, Missing
from adapters.todoist.wire import (
    Page,
    Row,
    Synced,
    User,
    WireDue,
    WireTask,
    due_of,
    moved,
    parsed,
    parsed_row,
    read_row,
    task_id,
    task_of,
)
from core.errors import SourceRefused, SourceUnavailable
from core.model import Due, Task, TaskList

log = logging.getLogger(__name__)

PAGE = 200
MOST_PAGES = 50  # more tasks than anybody keeps open


class Todoist:
    """A ``TaskProvider``: the account that ``token`` opens, under ``root`` (``https://api.todoist.com``).

    Every method raises only ``SourceUnavailable`` and its kinds.
    """

    def __init__(self, token: str, root: str) -> None:
        self._api = Api(token, root)
        self._own_id: str | None = None
        self.odd: Counter[str] = Counter()
        """What could not be read in the last list, by the field; nothing a person wrote."""

    async def open_tasks(self, person_id: str) -> TaskList:
        """All open tasks of the account, without headings and what is assigned to others.

        A field that can't be read is left out; a task without a title is left out, and said to be.
        """
        rows = await self._listed()
        self._note(rows)
        active = [row.task for row in rows if row.task.is_active and not row.task.is_heading]
        own = await self._own(active)
        return TaskList(
            tasks=tuple(task for one in own if (task := task_of(one, person_id))),
            unread=frozenset(task_id(person_id, one.id) for one in own if one.id and one.content is None),
            whole=all(one.id for one in own),
        )

    def _note(self, rows: list[Row]) -> None:
        """One line about odd rows when they have changed; they come again with every list."""
        odd = Counter(name for row in rows for name in row.odd)
        if odd and odd != self.odd:
            fields = ", ".join(f"{name} {count}" for name, count in sorted(odd.items()))
            many = sum(bool(row.odd) for row in rows)
            log.warning("todoist: %d of %d rows can't be read whole: %s", many, len(rows), fields)
        self.odd = odd

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task; done or deleted already is fine.

        A recurring one moves on when it is completed. One that is no longer due when ``task`` is has moved
        already, maybe by a request whose answer was lost: it is left alone.
        """
        try:
            if task.repeats and not await self.is_open(task):
                return
            await self._api.post(f"tasks/{task.external_id}/close", request_id=request_id)
        except Missing:
            return

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Open the task again; False if it is gone. A recurring one gets back the due date of ``task``."""
        try:
            await self._api.post(f"tasks/{task.external_id}/reopen", request_id=request_id)
            now = await self._task(task) if task.repeats else None
        except Missing:
            return False
        if now and now.due and task.due and due_of(now.due) != task.due:
            await self._move(str(task.external_id), now.due, task.due, request_id)
        return True

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open; of a recurring one, whether it is still due when ``task`` is."""
        try:
            now = await self._task(task)
        except Missing:
            return False
        return now.is_active and (not task.repeats or due_of(now.due) == task.due)

    async def close(self) -> None:
        """Close the connection."""
        await self._api.close()

    async def _task(self, task: Task) -> WireTask:
        return parsed_row(await self._api.get(f"tasks/{task.external_id}")).task

    async def _listed(self) -> list[Row]:
        found: dict[object, Row] = {}  # by id: what is moved while it is being listed may come twice
        asked = {"limit": str(PAGE)}
        for _ in range(MOST_PAGES):
            page = parsed(Page, await self._api.get("tasks", asked))
            rows = [read_row(raw) for raw in page.results]
            found |= {row.task.id or (len(found), at): row for at, row in enumerate(rows)}
            if not page.next_cursor:
                return list(found.values())
            asked["cursor"] = page.next_cursor
        raise SourceUnavailable("Todoist's list of tasks does not end")

    async def _own(self, tasks: list[WireTask]) -> list[WireTask]:
        """Without the tasks of shared projects that are somebody else's to do."""
        if all(one.responsible_uid is None for one in tasks):
            return tasks
        if self._own_id is None:
            self._own_id = parsed(User, await self._api.get("user")).id
        return [one for one in tasks if one.responsible_uid in (None, self._own_id)]

    async def _move(self, external_id: str, recurring: WireDue, due: Due, request_id: str) -> None:
        """Change a recurring task's next date and nothing else, which only a sync command can do.

        A command is carried out once for its uuid, as a request is for its id.
        """
        update = {"id": external_id, "due": moved(recurring, due)}
        asked = {"commands": [{"type": "item_update", "uuid": request_id, "args": update}]}
        synced = parsed(Synced, await self._api.post("sync", asked))
        if synced.sync_status.get(request_id) != "ok":
            raise SourceRefused("Todoist did not take the due date back")
