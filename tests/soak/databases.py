"""The database of a soak: a file, or a real PostgreSQL that may be killed."""

from __future__ import annotations

import asyncio
import signal
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Self

from tests.servers import postgres

LASTING = {"synchronous_commit": "on", "autovacuum": "on"}
"""What is committed survives a kill of the server; of the machine it need not."""


class SoakDatabase(ABC):
    """Holds the state of oO."""

    url: str

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    @abstractmethod
    async def stop(self) -> None:
        """Let go of what it needed."""

    @abstractmethod
    async def crash(self) -> None:
        """End its server at once, and start it again; returns when it serves."""


class SqliteFile(SoakDatabase):
    """A file beside oO."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"

    async def stop(self) -> None:
        """The file goes with its folder."""

    async def crash(self) -> None:
        raise NotImplementedError("a file has no server")


class PostgresqlServer(SoakDatabase):
    """A server of its own."""

    def __init__(self) -> None:
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.to_thread(lambda: postgres.start(**LASTING))
        self.url = self._server.url("postgres")
        return self

    async def stop(self) -> None:
        await asyncio.to_thread(postgres.stop, self._server)

    async def crash(self) -> None:
        self._server = await asyncio.to_thread(self._crash)

    def _crash(self) -> postgres.Server:
        """As by a kill: nothing is written any more, and the next start recovers from the log."""
        self._server.process.send_signal(signal.SIGQUIT)
        self._server.process.wait()
        return postgres.start_again(self._server)
