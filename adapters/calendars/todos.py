"""The tasks (VTODO) of a CalDAV account as a task source.

A recurring task that is done moves to its next date, as the programs do that keep tasks in CalDAV. What was
changed there since it was read is never overwritten or deleted: the server compares versions (``If-Match``).

Tests: tests/adapters/calendars/test_todos.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from yarl import URL

from adapters.calendars.addresses import calendar_url
from adapters.calendars.dav import Dav, DavCalendar, DavItem
from adapters.calendars.fetch import Fetcher
from adapters.calendars.task_ids import task_id
from adapters.calendars.todo_text import (
    TodoText,
    changed,
    closed,
    new_text,
    opened,
    task_of,
    todo_in,
    with_due,
)
from core.errors import SourceRefused, SourceUnavailable
from core.records import CalendarLogin, Task, TaskList
from core.text import clean
from core.words.tasks import next_due

MAX_ATTEMPTS = 3
"""How often a change is tried whose task was changed meanwhile."""

MAX_TASKS = 10_000
MAX_PROJECT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CalDavAccount:
    """A person's account, and the zone in which their tasks without one are."""

    login: CalendarLogin
    zone: ZoneInfo


AccountOf = Callable[[str], Awaitable[CalDavAccount]]
"""The account of a person. Raises ``SourceUnavailable`` and its subclasses."""

Change = Callable[[DavItem, TodoText], str | None]
"""The new text of a resource; None if it is right already."""


@dataclass(slots=True)
class _Listing:
    """The open tasks of an account while they are read."""

    person_id: str
    now: datetime
    zone: ZoneInfo
    tasks: list[Task] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    """Ids of tasks by their uid."""
    parents: dict[str, str] = field(default_factory=dict)
    """Uids of parents by the id of the task."""

    def add_all(self, items: Iterable[DavItem], project: str | None) -> None:
        """Add the open tasks of a calendar. Takes a moment for each."""
        for item in items:
            found = todo_in(item.data, now=self.now, zone=self.zone)
            if found and found.is_open:
                self._add(item, found, project)

    def _add(self, item: DavItem, found: TodoText, project: str | None) -> None:
        own_id = task_id(self.person_id, item.url.raw_path)
        self.ids[found.uid] = own_id
        if found.task is None:
            self.unread.add(own_id)
            return
        if found.parent_uid:
            self.parents[own_id] = found.parent_uid
        self.tasks.append(task_of(found.task, item.url.raw_path, self.person_id, project=project))

    def whole(self) -> TaskList:
        """All tasks, each with the id of its parent."""
        tasks = [
            replace(task, parent_id=self.ids.get(self.parents.get(task.task_id, ""))) for task in self.tasks
        ]
        return TaskList(tasks=tuple(tasks), unread=frozenset(self.unread))


class CalDavTasks:
    """A ``TaskProvider``. Every method raises only ``SourceUnavailable`` and its subclasses."""

    def __init__(self, account_of: AccountOf, fetcher: Fetcher, now: Callable[[], datetime]) -> None:
        self._account_of = account_of
        self._fetcher = fetcher
        self._now = now

    def task_id(self, person_id: str, external_id: str) -> str:
        """The id of the person's task with that ``external_id``."""
        return task_id(person_id, external_id)

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        """All open tasks of all calendars. One that can't be read is listed in ``unread``."""
        account = await self._account_of(person_id)
        dav = Dav(account.login, self._fetcher)
        calendars = [one for one in await dav.calendars() if one.holds("VTODO")]
        listing = _Listing(person_id=person_id, now=self._now(), zone=account.zone)
        async for calendar, items in dav.readable(calendars, "VTODO"):
            project = clean(calendar.name, MAX_PROJECT) if len(calendars) > 1 else None
            await asyncio.to_thread(listing.add_all, items, project)
            if len(listing.tasks) > MAX_TASKS:
                raise SourceUnavailable("the account has too many tasks")
        return listing.whole()

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task; it may be done or deleted already.

        A recurring one moves to its next date. One whose date differs from ``task`` has been completed
        already. Raises ``SourceRefused`` for a recurrence that oO can't read.
        """

        def change(item: DavItem, found: TodoText) -> str | None:
            if not found.is_open or (task.repeats and found.task and found.task.due != task.due):
                return None
            if not found.has_rule:
                return closed(item.data, self._now())
            return self._moved_on(item, found, account)

        account = await self._account_of(task.person_id)
        await self._change(task, account, change)

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Open the task again; a recurring one gets the due date of ``task`` back. False if it is gone."""

        def change(item: DavItem, found: TodoText) -> str | None:
            text = item.data if found.is_open else opened(item.data, self._now())
            now = todo_in(text, now=self._now(), zone=account.zone)
            if task.repeats and now and now.task and now.task.due != task.due:
                return changed(text, with_due(task, now.task), ("due",), self._now())
            return None if found.is_open else text

        account = await self._account_of(task.person_id)
        return await self._change(task, account, change)

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        """Give ``fields`` the values that they have in ``task``; False if the task is gone.

        Raises ``SourceRefused`` for another project: that would be another calendar, and another resource.
        """
        if {"project", "section"} & set(fields):
            raise SourceRefused("a task can't be moved to another calendar")

        def change(item: DavItem, found: TodoText) -> str | None:
            if found.has_rule and found.task and found.task.repeats is None:
                raise SourceRefused("a recurrence that can't be read")
            return changed(item.data, task, fields, self._now())

        return await self._change(task, await self._account_of(task.person_id), change)

    async def delete(self, task: Task, *, request_id: str) -> None:
        """Delete the task, with its sub-tasks; it may be gone already."""
        account = await self._account_of(task.person_id)
        dav, url = self._dav(task, account)

        async def attempt(item: DavItem) -> bool:
            return await self._delete_all(dav, item, account)

        await self._attempt(dav, url, attempt)

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        """The task if the server still has it; else it is added again, below ``parent``, under another id."""
        account = await self._account_of(task.person_id)
        dav, url = self._dav(task, account)
        if await dav.get(url):
            return task
        uid = f"oo-{blake2b(request_id.encode(), digest_size=16).hexdigest()}"
        new_url = url.parent / f"{uid}.ics"
        parent_uid = await self._uid_of(parent, account) if parent else None
        text = new_text(task, uid, parent_uid, self._now())
        await dav.add(new_url, text)  # False: an earlier request has added it
        external_id = new_url.raw_path
        return replace(task, task_id=task_id(task.person_id, external_id), external_id=external_id)

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open; for a recurring one, whether its due date is still that of ``task``."""
        account = await self._account_of(task.person_id)
        dav, url = self._dav(task, account)
        item = await dav.get(url)
        found = todo_in(item.data, now=self._now(), zone=account.zone) if item else None
        if found is None or not found.is_open:
            return False
        return not task.repeats or found.task is None or found.task.due == task.due

    def forget_others(self, people: Collection[str]) -> None:
        """Nothing is kept of anybody."""

    def _dav(self, task: Task, account: CalDavAccount) -> tuple[Dav, URL]:
        """The account, and the URL of the task's resource, which is on the account's own server."""
        origin = calendar_url(account.login.url).origin()
        return Dav(account.login, self._fetcher), origin.with_path(task.external_id or "/", encoded=True)

    async def _change(self, task: Task, account: CalDavAccount, change: Change) -> bool:
        """Change the task's resource, again if it was changed meanwhile. False if it is gone."""
        dav, url = self._dav(task, account)
        is_there = True

        async def attempt(item: DavItem) -> bool:
            nonlocal is_there
            found = todo_in(item.data, now=self._now(), zone=account.zone)
            is_there = found is not None
            text = change(item, found) if found else None
            return text is None or await dav.put(replace(item, data=text))

        return await self._attempt(dav, url, attempt) and is_there

    async def _attempt(self, dav: Dav, url: URL, attempt: Callable[[DavItem], Awaitable[bool]]) -> bool:
        """Make ``attempt`` on a resource, again if it was changed meanwhile. False if it is gone.

        Raises ``SourceRefused`` if the server says that it was changed, though it never was.
        """
        seen: set[str] = set()
        for number in range(MAX_ATTEMPTS):
            item = await dav.get_to_change(url, again=number > 0)
            if item is None:
                return False
            if await attempt(item):
                return True
            seen.add(item.data)
        if len(seen) == 1:
            raise SourceRefused("the server takes no change of a task, though nobody else changes it")
        raise SourceUnavailable("a task was changed again and again meanwhile")

    async def _delete_all(self, dav: Dav, item: DavItem, account: CalDavAccount) -> bool:
        """Delete a resource after those below it. False if one of them was changed meanwhile."""
        found = todo_in(item.data, now=self._now(), zone=account.zone)
        below = await self._below(dav, item.url, found.uid, account) if found and found.uid else []
        for child in below:
            known = child if child.etag else await dav.get_to_change(child.url)
            if known and not await dav.delete(known):
                return False
        return await dav.delete(item)

    def _moved_on(self, item: DavItem, found: TodoText, account: CalDavAccount) -> str:
        """The text of a recurring task with its next date; completed after the last one."""
        task = found.task
        if task is None or task.repeats is None or task.due is None:
            raise SourceRefused("a recurrence that can't be read")
        following = next_due(
            task.repeats, task.due, self._now(), account.zone, from_done=task.repeats_from_done
        )
        if following is None:
            return closed(item.data, self._now())
        moved = task_of(replace(task, due=following), item.url.raw_path, "", project=None)
        return changed(item.data, moved, ("due",), self._now())

    async def _below(self, dav: Dav, url: URL, uid: str, account: CalDavAccount) -> list[DavItem]:
        """The resources of the tasks below the one with that uid, in the same calendar."""
        calendar = DavCalendar(url=url.parent / "", name="", components=frozenset())
        items = await dav.items(calendar, "VTODO")
        return await asyncio.to_thread(_below, items, url, uid, self._now(), account.zone)

    async def _uid_of(self, task: Task, account: CalDavAccount) -> str | None:
        dav, url = self._dav(task, account)
        item = await dav.get(url)
        found = todo_in(item.data, now=self._now(), zone=account.zone) if item else None
        return found.uid if found else None


def _below(items: Sequence[DavItem], url: URL, uid: str, now: datetime, zone: ZoneInfo) -> list[DavItem]:
    """The resources whose tasks are below the one at ``url``, at any depth."""
    children: dict[str, list[tuple[DavItem, str]]] = {}
    for item in items:
        found = todo_in(item.data, now=now, zone=zone)
        if found and found.parent_uid and item.url != url:
            children.setdefault(found.parent_uid, []).append((item, found.uid))
    below: list[DavItem] = []
    wanted = [uid]
    while wanted:
        for item, child in children.pop(wanted.pop(), ()):
            below.append(item)
            wanted.append(child)
    return below
