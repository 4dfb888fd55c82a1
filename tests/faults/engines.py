"""The language model, NATS, and the database.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta
from urllib.parse import urlsplit

from adapters.nats import Access, Connection, replayed
from core.errors import OoError
from core.ports import Turn
from jobs.publish import lag
from tests.faults.house import House, until
from tests.faults.kinds import HTTP, NATS, POSTGRESQL, Kind
from tests.faults.service import Outcome, Service, Word
from tests.scenarios.models import KEY, tips
from tests.scenarios.talking import expect_reply
from tests.servers import postgres
from tests.servers.llm import LlmServer
from tests.servers.nats import NatsServer
from tests.servers.proxy import Proxy, to_port, to_socket
from tests.servers.telegram import Message

ANSWERED_WITHIN = 20.0
"""A tip that did not come by then hung. On a machine at rest it takes the model's deadline of 1.5 s."""

MEETS_SECONDS = 5.0

SCHEMA = {"type": "object"}


class Model(Service):
    """A gateway, asked by litellm."""

    name = "model"
    purpose = "a tip that was asked for"
    wire = HTTP
    _server: LlmServer
    _asked = 0
    _before = 0
    _has_answer = False
    _was_used = False

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._server = LlmServer(answer=lambda _: tips({"content": "Clear your desk of one thing."}), key=KEY)
        await stack.enter_async_context(self._server)
        port = int(self._server.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        return {"LITELLM_URL": f"http://127.0.0.1:{self.proxy.port}", "LITELLM_MASTER_KEY": KEY}

    @property
    def _calls(self) -> int:
        return len(self._server.calls_of("/chat/completions"))

    async def prepare(self) -> None:
        self.here.next_day()
        assert await until(self._works) is not None
        await expect_reply(self.here.tom, f"/add Pay rent {self.here.next_number()} today p1")
        self._asked = self._calls

    async def act(self, kind: Kind) -> None:
        self._before = len(self.here.tom.chat.messages)
        await self.here.tom.send("/tip")
        answered = await until(lambda: bool(self._tips()), within=ANSWERED_WITHIN)
        self._has_answer = answered is not None
        person = await self.here.oo.person("8")
        self._was_used = self._calls > self._asked and any(
            one.candidate.source.value == "llm" for one in await self.here.oo.candidates(person)
        )

    def _tips(self) -> list[str]:
        said = [one.text for one in self.here.tom.chat.messages[self._before :]]
        return [one for one in said if "load" not in one.lower()]

    async def _works(self) -> bool:
        model = self.here.oo.app.model
        assert model is not None
        turns = (Turn(role="user", content="hello"),)
        try:
            await model.complete("tip-generator", turns, schema=SCHEMA, deadline=timedelta(seconds=1.5))
        except OoError:
            return False
        return True

    async def recover(self) -> bool:
        return await until(self._works) is not None

    async def outcome(self, kind: Kind) -> Outcome:
        said = self._tips()
        if not self._has_answer:
            return Outcome(word=Word.HUNG, detail="the tip")
        if len(said) != 1:
            return Outcome(word=Word.TWICE, detail=f"{len(said)} answers")
        return Outcome(word=Word.DONE if self._was_used else Word.WITHOUT)


class Nats(Service):
    """Events are published."""

    name = "NATS"
    purpose = "events published"
    wire = NATS
    _server: NatsServer
    _was_done = False

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._server = NatsServer(here.folder / "jetstream")
        await stack.enter_async_context(self._server)
        self.proxy = await stack.enter_async_context(Proxy(to_port(self._server.port)))
        return {"NATS_URL": f"nats://127.0.0.1:{self.proxy.port}"}

    async def prepare(self) -> None:
        self.here.next_day()
        assert await until(self._is_even) is not None

    async def _is_even(self) -> bool:
        async with self.here.oo.app.store.read() as unit:
            return (await lag(unit)).events == 0

    async def act(self, kind: Kind) -> None:
        publishing = self.here.oo.app.publishing
        assert publishing is not None
        failures = publishing.failures
        await expect_reply(self.here.tom, f"/add Wash {self.here.next_number()}")
        await until(lambda: publishing.failures > failures, within=MEETS_SECONDS)
        self._was_done = await self._is_even()

    async def recover(self) -> bool:
        return await until(self._is_even) is not None

    async def outcome(self, kind: Kind) -> Outcome:
        direct = Connection(Access(url=self._server.url))
        try:
            found = [one.event.event_id async for one in replayed(direct)]
        finally:
            await direct.close()
        async with self.here.oo.app.store.read() as unit:
            logged = [one.event.event_id for one in await unit.events.after(0, 100_000)]
        missing = {*logged} - {*found}
        again = [one for one, count in Counter(found).items() if count > 1]
        detail = f"{len(found)} of {len(logged)}, {len(again)} twice"
        if missing:
            return Outcome(word=Word.LOST, detail=detail)
        if again:
            return Outcome(word=Word.TWICE, detail=detail)
        return Outcome(word=Word.DONE if self._was_done else Word.LATER, detail=detail)


class Postgresql(Service):
    """The database itself: what is typed and tapped meanwhile is done once, and answered."""

    name = "PostgreSQL"
    purpose = "a task that is typed"
    wire = POSTGRESQL
    serves_all = True
    _database = ""
    _title = ""
    _added: Message
    _before = 0
    _was_done = False

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._database = urlsplit(postgres.new_database(migrated=True)).path.removeprefix("/")
        folder = postgres.server().folder
        self.proxy = await stack.enter_async_context(Proxy(to_socket(f"{folder}/.s.PGSQL.5432")))
        place = f"127.0.0.1:{self.proxy.port}/{self._database}"
        return {"DATABASE_URL": f"postgresql://oo@{place}?sslmode=disable"}

    async def prepare(self) -> None:
        self.here.next_day()
        self._title = f"Buy {self.here.next_number()}"
        assert await until(self._works) is not None
        title, chat = f"Sell {self.here.number}", self.here.tom.chat
        await self.here.tom.send(f"/add {title}")
        assert await until(lambda: chat.messages[-1].text.startswith(f"Added: {title}")) is not None
        await self.here.oo.app.intake.wait_until_answered()
        self._added, self._before = chat.messages[-1], len(chat.messages)

    async def act(self, kind: Kind) -> None:
        await self.here.tom.tap(self._added, "Undo")
        await self.here.tom.send(f"/add {self._title}")
        await until(self._is_answered, within=MEETS_SECONDS)
        self._was_done = self._is_answered()

    def _answers(self) -> int:
        said = [one.text for one in self.here.tom.chat.messages[self._before :]]
        return sum(one.startswith("Added") for one in said)

    def _is_answered(self) -> bool:
        """The text, and the tap."""
        return self._answers() > 0 and bool(self._added.edits)

    async def _works(self) -> bool:
        return await self.here.oo.app.store.is_usable()

    async def recover(self) -> bool:
        return await until(self._is_answered) is not None

    async def outcome(self, kind: Kind) -> Outcome:
        await self.here.oo.app.intake.wait_until_answered()
        rows = postgres.server().execute("SELECT title FROM tasks", database=self._database)
        count = sum(row["title"] == self._title for row in rows)
        said, edits = self._answers(), len(self._added.edits)
        detail = f"{count} tasks, {said} answers, {edits} edits"
        if (count, said, edits) != (1, 1, 1):
            return Outcome(word=Word.TWICE if max(count, said, edits) > 1 else Word.LOST, detail=detail)
        return Outcome(word=Word.DONE if self._was_done else Word.LATER, detail=detail)
