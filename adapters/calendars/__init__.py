"""People's calendars: ICS feeds and CalDAV accounts, read-only; and the tasks of a CalDAV account.

Importing this package is cheap: its HTTP client is imported when the first person's calendar is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from adapters.calendars.task_ids import task_id
from core.ports import BusyTimes
from core.records import CalendarCopy, CalendarLogin, CalendarProvider, FeedVersion, Task, TaskList

if TYPE_CHECKING:
    from adapters.calendars.fetch import Fetcher
    from adapters.calendars.todos import CalDavTasks

MAX_BYTES = 10 << 20
"""Of an answer, unpacked: some years of a very busy calendar."""


class CalendarServers:
    """How the servers of calendars are asked."""

    def __init__(self, *, allow_private: bool = False, max_bytes: int = MAX_BYTES) -> None:
        """``allow_private``: also those inside private networks and on this machine."""
        self._allow_private = allow_private
        self._max_bytes = max_bytes

    async def fetcher(self) -> Fetcher:
        """What asks them."""
        module = await asyncio.to_thread(import_module, "adapters.calendars.fetch")
        found: Fetcher = module.Fetcher(allow_private=self._allow_private, max_bytes=self._max_bytes)
        return found


class Calendars:
    """The port ``BusyTimes``."""

    def __init__(self, servers: CalendarServers) -> None:
        self._servers = servers

    async def read(
        self,
        provider: CalendarProvider,
        login: CalendarLogin,
        *,
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
        titles: bool,
        known: FeedVersion | None = None,
    ) -> CalendarCopy | None:
        """See ``core.ports.BusyTimes``."""
        module = await asyncio.to_thread(import_module, "adapters.calendars.reader")
        reader: BusyTimes = module.CalendarReader(await self._servers.fetcher())
        return await reader.read(provider, login, start=start, end=end, zone=zone, titles=titles, known=known)


class CalDavTaskSource:
    """The port ``TaskProvider`` for the tasks of CalDAV accounts."""

    def __init__(
        self,
        servers: CalendarServers,
        login_of: Callable[[str], Awaitable[CalendarLogin]],
        zone_of: Callable[[str], Awaitable[ZoneInfo]],
        now: Callable[[], datetime],
    ) -> None:
        """``login_of`` and ``zone_of`` give those of a person; ``login_of`` raises ``SourceUnavailable``."""
        self._servers = servers
        self._login_of = login_of
        self._zone_of = zone_of
        self._now = now

    @property
    def unreadable_fields(self) -> Mapping[str, int]:
        """None: a field that can't be read is left out, as it is in files."""
        return {}

    async def close(self) -> None:
        """Nothing is held open."""

    def task_id(self, person_id: str, external_id: str) -> str:
        """The id of a task."""
        return task_id(person_id, external_id)

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        """See ``core.ports.TaskProvider``; so for the others."""
        return await (await self._tasks()).open_tasks(person_id, cursor=cursor)

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task."""
        await (await self._tasks()).complete(task, request_id=request_id)

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Open the task again."""
        return await (await self._tasks()).reopen(task, request_id=request_id)

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        """Change fields of the task."""
        return await (await self._tasks()).update(task, fields, request_id=request_id)

    async def delete(self, task: Task, *, request_id: str) -> None:
        """Delete the task."""
        await (await self._tasks()).delete(task, request_id=request_id)

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        """Add the task again."""
        return await (await self._tasks()).restore(task, request_id=request_id, parent=parent)

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open."""
        return await (await self._tasks()).is_open(task)

    def forget_others(self, people: Collection[str]) -> None:
        """Nothing is kept of anybody."""

    async def _tasks(self) -> CalDavTasks:
        module = await asyncio.to_thread(import_module, "adapters.calendars.todos")

        async def account_of(person_id: str) -> object:
            return module.CalDavAccount(
                login=await self._login_of(person_id), zone=await self._zone_of(person_id)
            )

        found: CalDavTasks = module.CalDavTasks(account_of, await self._servers.fetcher(), self._now)
        return found
