"""The stream of a soak: a NATS that loses its disk, and what somebody reads there in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from adapters.nats import Access, Connection, replayed
from adapters.storage.store import Storage, open_store
from core.learning.from_events import LearnedFromEvents, Parity
from jobs.publish import lag
from tests.servers.nats import NatsServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a consumer that starts at zero finds."""

    kinds: Mapping[str, str]
    """By id of the event."""
    learned: Parity
    """What it learns, beside the model."""


class SoakStream(AbstractAsyncContextManager["SoakStream"]):
    """A server of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = NatsServer(folder)

    @property
    def url(self) -> str:
        """For NATS_URL."""
        return self._server.url

    async def __aenter__(self) -> SoakStream:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.kill()

    async def crash(self, seconds: float) -> None:
        """Kill it, and start it again after a while."""
        await self._server.kill()
        await asyncio.sleep(seconds)
        await self._server.start()

    async def lose_everything(self) -> None:
        """Kill it, and start it again with an empty disk."""
        await self._server.lose_everything()

    async def replay(self, database_url: str) -> Replay:
        """Read the stream from its beginning."""
        connection, storage = Connection(Access(url=self.url)), await open_store(database_url)
        kinds: dict[str, str] = {}
        learned = LearnedFromEvents()
        try:
            async for received in replayed(connection):
                kinds[received.event.event_id] = received.event.kind
                learned.add(received.event)
            async with storage.read() as unit:
                return Replay(kinds=kinds, learned=await learned.compared(unit))
        finally:
            await connection.close()
            await storage.close()


async def events_unpublished(storage: Storage) -> int:
    """How many events the stream lacks."""
    async with storage.read() as unit:
        return (await lag(unit)).events
