"""A real nats-server, and Ada, who has had tips."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adapters.clock import SystemRandomSource
from adapters.nats import Access, Connection, NatsStream, Received, replayed
from adapters.storage.store import open_store
from core.events import record_event
from core.learning.public_events import public_events
from core.records import LoggedEvent, PublicEvent
from jobs.publish import Publishing
from tests.core.worlds import Scene, scene
from tests.servers.nats import NatsServer


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[NatsServer]:
    async with NatsServer(tmp_path / "jetstream") as found:
        yield found


@pytest.fixture
async def connection(server: NatsServer) -> AsyncIterator[Connection]:
    found = Connection(Access(url=server.url))
    yield found
    await found.close()


@pytest.fixture
async def ada(database_url: str) -> AsyncIterator[Scene]:
    """Ada in a real database; ids are random, as in the product."""
    store = await open_store(database_url)
    found = scene(store)
    found = replace(found, deps=replace(found.deps, random=SystemRandomSource()))
    await found.person()
    yield found
    await store.close()


@dataclass(slots=True, kw_only=True)
class Relay:
    """What publishes Ada's events, and what others read of them."""

    here: Scene
    connection: Connection
    job: Publishing

    async def append(self, *numbers: int, person_id: str = "ada") -> None:
        """An event for each number."""
        async with self.here.deps.store.begin() as unit:
            for number in numbers:
                await record_event(unit, self.here.deps, "tasks.imported", person_id, tasks=number)

    async def published(self) -> list[PublicEvent]:
        """What the stream holds."""
        return [one.event async for one in self.replay()]

    def replay(self) -> AsyncIterator[Received]:
        return replayed(self.connection)

    async def stored(self) -> tuple[PublicEvent, ...]:
        """What the database holds."""
        async with self.here.deps.store.read() as unit:
            logged: tuple[LoggedEvent, ...] = await unit.events.after(0, 10_000)
            return await public_events(unit, logged)

    def another(self) -> Publishing:
        """The job of another process."""
        return Publishing(self.here.deps, NatsStream(Connection(self.connection.access)))


@pytest.fixture
async def relay(ada: Scene, connection: Connection) -> Relay:
    job = Publishing(ada.deps, NatsStream(connection), batch_size=3)
    return Relay(here=ada, connection=connection, job=job)


def numbers(events: list[PublicEvent]) -> list[object]:
    """Those of the events that ``append`` made."""
    return [one.data["tasks"] for one in events if one.kind == "tasks.imported"]
