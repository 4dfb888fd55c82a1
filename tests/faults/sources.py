"""Todoist and calendars: what is done in oO reaches them, and what is new there reaches oO.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from contextlib import AsyncExitStack
from datetime import date, timedelta

from core.records import TaskState
from tests.faults.house import START, House, until
from tests.faults.kinds import HTTP, Kind
from tests.faults.service import Outcome, Service, Word
from tests.scenarios.talking import expect_reply
from tests.scenarios.todoist_talk import TOKEN
from tests.servers.caldav import PASSWORD, USER, CalDavServer
from tests.servers.feeds import FeedServer, calendar
from tests.servers.proxy import Proxy, to_port
from tests.servers.telegram import Person
from tests.servers.todoist_sync import SyncingTodoist
from tests.servers.todoist_tasks import TodoistTask

MEETS_SECONDS = 2.0
"""By then oO has met the fault: the jobs run ten times a second."""

ANSWERED_WITHIN = 20.0
"""A list that was not answered by then hung. On a machine at rest it takes the deadline of 1.5 s."""


class Source(Service):
    """A source of tasks: one is done in oO during the fault, and one is new there."""

    purpose = "a task done, a new task"
    number = 0
    is_answered = True
    was_done = False

    @property
    @abstractmethod
    def person(self) -> Person:
        """Whose account it is."""

    @abstractmethod
    async def add_there(self, title: str) -> None:
        """Add a task at the source."""

    @abstractmethod
    def times_done(self) -> int:
        """How often the task of this cell was done, by the source's own record."""

    async def prepare(self) -> None:
        self.here.next_day()
        self.number = self.here.next_number()
        await self.add_there(f"Water {self.number}")
        assert await until(lambda: self._knows(f"Water {self.number}")) is not None

    async def act(self, kind: Kind) -> None:
        await expect_reply(self.person, f"done with water {self.number}")
        await self.add_there(f"Call {self.number}")
        before = len(self.person.chat.messages)
        await self.person.send("/tasks")
        answered = await until(lambda: len(self.person.chat.messages) > before, within=ANSWERED_WITHIN)
        self.is_answered = answered is not None
        await until(lambda: self.times_done() == 1, within=MEETS_SECONDS)
        self.was_done = self.times_done() == 1

    async def recover(self) -> bool:
        return await until(self._is_even) is not None

    async def _is_even(self) -> bool:
        """Both sides know what happened on the other."""
        return self.times_done() > 0 and await self._knows(f"Call {self.number}")

    async def _knows(self, title: str) -> bool:
        person = await self.here.oo.person(str(self.person.user_id))
        tasks = await self.here.oo.open_tasks(person)
        return any(one.title == title and one.state is TaskState.OPEN for one in tasks)

    async def outcome(self, kind: Kind) -> Outcome:
        await asyncio.sleep(MEETS_SECONDS / 4)  # a second request would come by then
        count = self.times_done()
        detail = f"{count} times"
        if count != 1:
            return Outcome(word=Word.TWICE if count else Word.LOST, detail=detail)
        if not self.is_answered:
            return Outcome(word=Word.HUNG, detail="the list")
        return Outcome(word=Word.DONE if self.was_done else Word.LATER, detail=detail)


class Todoist(Source):
    """Ann's account; the task repeats, so doing it twice would move it by two days."""

    name = "Todoist"
    wire = HTTP
    _server: SyncingTodoist
    _task: TodoistTask

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._server = SyncingTodoist(token=TOKEN, zone="Europe/Berlin", clock=here.clock.now)
        await stack.enter_async_context(self._server)
        port = int(self._server.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        return {"TODOIST_API_TOKEN": TOKEN, "TODOIST_API_URL": f"http://127.0.0.1:{self.proxy.port}"}

    @property
    def person(self) -> Person:
        return self.here.ann

    @property
    def _today(self) -> date:
        return (START + timedelta(days=self.here.day)).date()

    async def add_there(self, title: str) -> None:
        repeats = "every day" if title.startswith("Water") else ""
        task = self._server.add(title, due=self._today, recurring=repeats)
        if repeats:
            self._task = task

    def times_done(self) -> int:
        assert self._task.due is not None
        return (date.fromisoformat(self._task.due.date[:10]) - self._today).days


class CalDav(Source):
    """Gus's account."""

    name = "CalDAV"
    wire = HTTP
    _server: CalDavServer
    _gus: Person

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        folder = here.folder / "dav"
        folder.mkdir()
        self._server = CalDavServer(folder)
        self._server.add_calendar("office")
        await stack.enter_async_context(self._server)
        port = int(self._server.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        return {}

    async def settle(self) -> None:
        self._gus = await self.here.guest(11, "Gus")
        await expect_reply(self._gus, f"/connect caldav http://127.0.0.1:{self.proxy.port} {USER}")
        await expect_reply(self._gus, PASSWORD)

    @property
    def person(self) -> Person:
        return self._gus

    async def add_there(self, title: str) -> None:
        name = title.replace(" ", "-").lower()
        todo = f"BEGIN:VTODO\nUID:{name}\nDTSTAMP:20260101T000000Z\nSUMMARY:{title}\nEND:VTODO"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{todo}\nEND:VCALENDAR\n"
        self._server.put(f"/{USER}/office/{name}.ics", text)

    def times_done(self) -> int:
        found = self._server.get(f"/{USER}/office/water-{self.number}.ics") or ""
        return found.count("STATUS:COMPLETED")


class Feed(Service):
    """Fay's calendar: her push comes although it can't be read, and what is new there is read later."""

    name = "ICS"
    purpose = "a slot's push with a calendar"
    wire = HTTP
    _server: FeedServer
    _fay: Person
    _number = 0
    _events = 0
    _seen = 0
    _is_pushed = True
    _was_read = False

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._server = FeedServer()
        self._server.feeds["/fay.ics"] = calendar(name="Work")
        await stack.enter_async_context(self._server)
        port = int(self._server.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        return {}

    async def settle(self) -> None:
        self._fay = await self.here.guest(12, "Fay")
        await expect_reply(self._fay, f"/connect calendar http://127.0.0.1:{self.proxy.port}/fay.ics")

    async def prepare(self) -> None:
        self.here.next_day()
        self._number = self.here.next_number()
        await expect_reply(self._fay, f"/add Pay rent {self._number} today p1")
        self._seen = self._pushes()

    def _pushes(self) -> int:
        return sum(one.text.startswith("Pay rent") for one in self._fay.chat.messages)

    async def act(self, kind: Kind) -> None:
        tomorrow = (START + timedelta(days=self.here.day + 1)).date()
        event = f"UID:{self._number}\nDTSTART:{tomorrow:%Y%m%d}T080000Z\nDURATION:PT1H\nSUMMARY:Review"
        self._server.feeds["/fay.ics"] = calendar(event, name="Work")
        self.here.slot()
        pushed = await until(lambda: self._pushes() > self._seen, within=ANSWERED_WITHIN)
        self._is_pushed = pushed is not None
        self._was_read = await self._is_read()

    async def _is_read(self) -> bool:
        person = await self.here.oo.person("12")
        start = START + timedelta(days=self.here.day + 1)
        async with self.here.oo.app.store.read() as unit:
            found = await unit.calendar.between(person.person_id, start - timedelta(hours=8), start)
        return len(found) == 1

    async def recover(self) -> bool:
        return await until(self._is_read) is not None

    async def outcome(self, kind: Kind) -> Outcome:
        count = self._pushes() - self._seen
        if not self._is_pushed:
            return Outcome(word=Word.HUNG, detail="the push")
        if count != 1:
            return Outcome(word=Word.TWICE, detail=f"{count} times")
        return Outcome(word=Word.DONE if self._was_read else Word.WITHOUT)
