"""Todoist as a task source.

Tests: tests/adapters/todoist/test_reading.py, tests/adapters/todoist/test_writing.py,
tests/adapters/todoist/test_changing.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from adapters.todoist.api import ANSWER_SECONDS, MAX_ANSWER_BYTES, Api, OneToken, TaskNotFound, Tokens
from adapters.todoist.changes import all_fields, change_of
from adapters.todoist.convert import due_of, known_sections, project_names, task_id, with_date
from adapters.todoist.reading import read_answer, task_list, with_user
from adapters.todoist.wire import Page, Row, Synced, User, WireTask, parsed, parsed_row
from core.errors import SourceRefused, SourceUnavailable
from core.records import Task, TaskList

log = logging.getLogger(__name__)

PAGE_SIZE = 200
MAX_PAGES = 50
"""More tasks than anybody has open."""


_PLACE = {"project", "section", "section_id"}
"""Fields of a task that say where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a task is."""

    project_id: str
    section_id: str | None = None

    @property
    def fields(self) -> dict[str, str]:
        """For ``POST tasks/{id}/move``, which takes one of both: a section belongs to one project."""
        return {"section_id": self.section_id} if self.section_id else {"project_id": self.project_id}


class Todoist:
    """A ``TaskProvider``. Every method raises only ``SourceUnavailable`` and its subclasses."""

    def __init__(
        self,
        tokens: Tokens | str,
        root: str,
        *,
        max_pages: int = MAX_PAGES,
        answer_seconds: float = ANSWER_SECONDS,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        """The accounts at the URL ``root`` (``https://api.todoist.com``). A ``str`` is everybody's token.

        ``answer_seconds`` and ``max_answer_bytes`` limit each response.
        """
        known = OneToken(tokens) if isinstance(tokens, str) else tokens
        self._api = Api(known, root, answer_seconds=answer_seconds, max_answer_bytes=max_answer_bytes)
        self._max_pages = max_pages
        self._unreadable: dict[str, Counter[str]] = {}
        """How often each field was unreadable in the last list of each person, if any was."""
        self.unreadable_fields: Counter[str] = Counter()
        """The same of all people together."""

    def task_id(self, person_id: str, external_id: str) -> str:
        """The id of the person's task with that ``external_id``."""
        return task_id(person_id, external_id)

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        """The open tasks of the account, or what has changed since ``cursor``, without headings and tasks
        that are assigned to others.

        An unreadable field is left out. A task without a title is left out and listed in ``unread``.
        """
        answer = await read_answer(self._api, person_id, cursor)
        rows = await asyncio.to_thread(lambda: answer.rows) if answer.is_full else answer.rows
        self._log_unreadable(person_id, rows)
        answer = await with_user(self._api, person_id, answer, rows)
        return task_list(answer, rows, person_id)

    def _log_unreadable(self, person_id: str, rows: list[Row]) -> None:
        """Log one line about unreadable fields when they have changed since the last list."""
        if not rows:
            return
        unreadable = Counter(name for row in rows for name in row.unreadable_fields)
        if unreadable and unreadable != self._unreadable.get(person_id):
            fields = ", ".join(f"{name} {count}" for name, count in sorted(unreadable.items()))
            many = sum(bool(row.unreadable_fields) for row in rows)
            log.warning("todoist: %d of %d rows can't be read whole: %s", many, len(rows), fields)
        self._count(person_id, unreadable)

    def _count(self, person_id: str, unreadable: Counter[str]) -> None:
        """Count these fields in place of those of the person's last list."""
        self.unreadable_fields += unreadable
        self.unreadable_fields -= self._unreadable.pop(person_id, Counter())
        if unreadable:
            self._unreadable[person_id] = unreadable

    def forget_others(self, people: Collection[str]) -> None:
        """Count nothing any more for people who are not among these: they have disconnected or left."""
        for person_id in self._unreadable.keys() - people:
            self._count(person_id, Counter())

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task; it may be done or deleted already.

        A completed recurring task gets its next date. One whose date differs from ``task`` has been completed
        already, maybe by a request whose response was lost, and is left alone.
        """
        try:
            if task.repeats and not await self.is_open(task):
                return
            await self._api.order(task.person_id, f"tasks/{task.external_id}/close", request_id=request_id)
        except TaskNotFound:
            return

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Reopen the task; False if it is gone. A recurring one gets the due date of ``task`` back."""
        try:
            await self._api.order(task.person_id, f"tasks/{task.external_id}/reopen", request_id=request_id)
            now = await self._task(task) if task.repeats else None
        except TaskNotFound:
            return False
        if now and now.due and task.due and due_of(now.due) != task.due:
            await self._command(task, {"due": with_date(now.due, task.due)}, request_id)
        return True

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        """Give ``fields`` the values that they have in ``task``; False if the task is gone.

        A recurring task that is moved keeps its recurrence: only its next date changes. A new recurrence is
        put into Todoist's English. Raises ``SourceRefused`` if that has no words for it, or Todoist no such
        project or section.
        """
        try:
            now = await self._task(task)
            if now.is_deleted:
                return False
            change = change_of(task, fields, now.due)
            now_at = _Place(project_id=now.project_id or "", section_id=now.section_id)
            target = await self._target(task) if _PLACE & set(fields) else now_at
            if change.fields:
                await self._api.order(
                    task.person_id, f"tasks/{task.external_id}", change.fields, request_id=request_id
                )
            if change.command:
                await self._command(task, change.command, request_id)
            if change.date_after:
                await self._set_date(task, derived_id(request_id, "date"))
            if target != now_at:
                moving = derived_id(request_id, "move")
                await self._api.order(
                    task.person_id, f"tasks/{task.external_id}/move", target.fields, request_id=moving
                )
        except TaskNotFound:
            return False
        return True

    async def _set_date(self, task: Task, request_id: str) -> None:
        """Set the next date of a recurrence that Todoist has just read from words."""
        now = await self._task(task)
        if now.due and task.due and due_of(now.due) != task.due:
            await self._command(task, {"due": with_date(now.due, task.due)}, request_id)

    async def delete(self, task: Task, *, request_id: str) -> None:
        """Delete the task, with its sub-tasks; it may be gone already."""
        try:
            await self._api.delete(task.person_id, f"tasks/{task.external_id}", request_id=request_id)
        except TaskNotFound:
            return

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        """The task, if Todoist still has it; else it is added again, below ``parent``, under another id.

        None if it was added before, and Todoist does not say under which id.
        """
        try:
            if not (await self._task(task)).is_deleted:
                return task
        except TaskNotFound:
            pass
        fields = all_fields(task)
        fields |= await self._old_place(task)
        if parent and parent.external_id:
            fields = {**fields, "parent_id": parent.external_id}
            fields.pop("section_id", None)  # it is where its parent is
        added = await self._api.post(task.person_id, "tasks", fields, request_id=request_id)
        new = parsed_row(added).task if added else None
        if new is None or new.id is None:
            return None
        restored = replace(
            task,
            task_id=task_id(task.person_id, new.id),
            external_id=new.id,
            section=task.section if new.section_id else None,
            section_id=new.section_id,
        )
        if task.repeats:
            await self._set_date(restored, derived_id(request_id, "date"))
        return restored

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
        return parsed_row(await self._api.get(task.person_id, f"tasks/{task.external_id}")).task

    async def _pages(
        self, person_id: str, path: str, where: Mapping[str, str] | None = None
    ) -> AsyncIterator[Page]:
        asked = {"limit": str(PAGE_SIZE), **(where or {})}
        for _ in range(self._max_pages):
            page = parsed(Page, await self._api.get(person_id, path, asked))
            yield page
            if not page.next_cursor:
                return
            asked["cursor"] = page.next_cursor
        raise SourceUnavailable(f"Todoist's list of {path} does not end")

    async def _command(self, task: Task, args: dict[str, object], request_id: str) -> None:
        """Change what only a sync command can: the next date of a recurrence, or that there is no estimate.

        A command is executed once per uuid, as a request is once per id.
        """
        command = {"type": "item_update", "uuid": request_id, "args": {"id": task.external_id, **args}}
        synced = parsed(Synced, await self._api.post(task.person_id, "sync", {"commands": [command]}))
        if synced.sync_status.get(request_id) != "ok":
            raise SourceRefused("Todoist did not take the due date back")

    # --- Projects and sections -----------------------------------------------------------------------------

    async def _target(self, task: Task) -> _Place:
        """Where the task belongs. Raises ``SourceRefused`` if its project or section is gone."""
        try:
            project_id = await self._project_id(task)
        except SourceRefused:
            whole = task.place if task.project and task.section else None  # a project may be called "A / B"
            found = await self._known_project(task.person_id, whole) if whole else None
            if found is None:
                raise
            return _Place(project_id=found)
        section_id = await self._section_id(task, project_id) if task.section else None
        if task.section and section_id is None:
            raise SourceRefused("Todoist has no such section")
        return _Place(project_id=project_id, section_id=section_id)

    async def _old_place(self, task: Task) -> dict[str, object]:
        """Where a task that is added again belongs, as far as that is still there; else the inbox."""
        if not task.place:
            return {}
        try:
            project_id = await self._project_id(task)
        except SourceRefused:
            return {}
        section_id = await self._section_id(task, project_id) if task.section else None
        return {"project_id": project_id, **({"section_id": section_id} if section_id else {})}

    async def _section_id(self, task: Task, project_id: str) -> str | None:
        """The id of the task's section: the one that it had, else one of that name, compared without case."""
        where = {"project_id": project_id}
        rows = [row async for page in self._pages(task.person_id, "sections", where) for row in page.results]
        known = known_sections(rows)
        if task.section_id in known:
            return task.section_id
        name = (task.section or "").casefold()
        return next((key for key, one in known.items() if one.name.casefold() == name), None)

    async def _known_project(self, person_id: str, name: str) -> str | None:
        """The id of the project with that name, compared without case."""
        rows = [row async for page in self._pages(person_id, "projects") for row in page.results]
        ids = {known.casefold(): project_id for project_id, known in project_names(rows).items()}
        return ids.get(name.casefold())

    async def _project_id(self, task: Task) -> str:
        """The id of the task's project; without one, of the inbox. Raises ``SourceRefused`` if it is gone."""
        if task.project is None:
            user = parsed(User, await self._api.get(task.person_id, "user"))
            found = user.inbox_project_id
        else:
            found = await self._known_project(task.person_id, task.project)
        if found is None:
            raise SourceRefused("Todoist has no such project")
        return found


def derived_id(request_id: str, purpose: str) -> str:
    """The id of a further request for the same change, the same in every repetition."""
    return blake2b(f"{request_id} {purpose}".encode(), digest_size=16).hexdigest()
