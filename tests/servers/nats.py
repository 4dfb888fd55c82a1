"""A real nats-server with JetStream, from its wheel, on a free port of this machine."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from tests.waiting import WAIT_LIMIT

PROGRAM = Path(sys.executable).with_name("nats-server")


class NatsServer(AbstractAsyncContextManager["NatsServer"]):
    """Its files are in ``folder``. It can be killed, and started again on the same port."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.port = -1

    @property
    def url(self) -> str:
        """For NATS_URL."""
        return f"nats://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it; returns when it serves."""
        place = ("-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self._folder))
        self._process = await asyncio.create_subprocess_exec(
            str(PROGRAM),
            *place,
            *self._options,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(WAIT_LIMIT):
            await self._until_ready(self._process)
        self._reading = asyncio.create_task(_drain(self._process))

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            if found := re.search(rb"client connections on 127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
            if b"Server is ready" in line:
                return
        raise AssertionError("nats-server has ended")

    async def kill(self, signum: int = signal.SIGKILL) -> None:
        """End it at once."""
        process, reading = self._process, self._reading
        self._process = self._reading = None
        if process and reading:
            process.send_signal(signum)
            await process.wait()
            await reading

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It answers nothing meanwhile; connections stay open."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    async def lose_everything(self) -> None:
        """Kill it, and start it again with an empty disk."""
        await self.kill()
        await asyncio.to_thread(shutil.rmtree, self._folder)
        await self.start()

    async def __aenter__(self) -> NatsServer:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stderr is not None
    async for _ in process.stderr:
        pass
