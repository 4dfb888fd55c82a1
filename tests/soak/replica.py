"""A replica of oO: ``oo run`` in a process that is started, killed, paused and started again."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.scenarios.oo import Place
from tests.soak.wire import Wire
from tests.waiting import WAIT_LIMIT

FIRST_START_SECONDS = 1.0
START_LIMIT = 10 * WAIT_LIMIT
"""A soak runs behind other work, with the lowest priority: a start may take minutes there."""
LAUNCHER = Path(__file__).with_name("launcher.py")
OUTAGE = 1
"""The exit code of ``oo`` for what another attempt may mend."""
KEPT_LINES = 40
"""Lines of the log of one process that are kept for a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A process that ended without being killed."""

    code: int
    log: str


class Replica:
    """One replica; its processes follow one another."""

    def __init__(self, name: str, place: Place, clock: Path) -> None:
        self.name = name
        """For the record of faults."""
        self.place = replace(place, clock=str(clock))
        self.wires: list[Wire] = []
        """To the platforms."""
        self.former: Path | None = None
        """The sources of an earlier oO that it runs."""
        self.database_fails = False
        """Whether its database is made to crash, or to keep it waiting."""
        self.owner_code: str | None = None
        self.faults: list[str] = []
        """Lines of the log that say ERROR."""
        self.deaths: list[Death] = []
        self.starts = 0
        self.ready_starts = 0
        self.start_seconds: deque[float] = deque(maxlen=20)
        self._process: Process | None = None
        self._ready = asyncio.Event()
        self._readers: list[asyncio.Task[None]] = []
        self._log: deque[str] = deque(maxlen=KEPT_LINES)
        self._is_killed = False
        self._is_paused = False
        self._log_file = (place.folder / f"{name}.log").open("a", buffering=1)

    @property
    def is_running(self) -> bool:
        """Whether there is a process now."""
        return self._process is not None and self._process.returncode is None

    @property
    def is_ready(self) -> bool:
        """Whether the process has said that it is up."""
        return self._ready.is_set()

    @property
    def usual_start(self) -> float:
        """Seconds that a start takes."""
        return median(self.start_seconds) if self.start_seconds else FIRST_START_SECONDS

    async def spawn(self, *, from_scratch: bool = False) -> None:
        """Start a process; returns at once. One that was killed is awaited first."""
        await self._end()
        self._ready.clear()
        self._log.clear()
        self._is_killed = False
        self.starts += 1
        self._process = await self._start(from_scratch=from_scratch)
        began = time.monotonic()
        out, err = self._process.stdout, self._process.stderr
        assert out is not None
        assert err is not None
        self._readers = [
            asyncio.create_task(self._read_out(out, began)),
            asyncio.create_task(self._read_log(err)),
        ]

    async def _start(self, *, from_scratch: bool) -> Process:
        if not from_scratch and not self.former:
            return await self.place.start("run")
        environment = self.place.full_environment()
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(LAUNCHER), str(self.place.clock), "run"),
            cwd=self.place.folder,
            env=environment | ({"PYTHONPATH": str(self.former)} if self.former else {}),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def expect_ready(self, within: float = START_LIMIT) -> bool:
        """Wait until it is up; False if it was killed meanwhile. Raises ``AssertionError`` if it ended."""
        waiting = [asyncio.create_task(self._ready.wait()), *self._readers[:1]]
        try:
            async with asyncio.timeout(within):
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting[0].cancel()
        if not self.is_ready and not self._is_killed:
            await self._end()
        return self.is_ready

    async def expect_owner_code(self) -> str:
        """What the first person has to say; it is printed just after a process is up."""
        async with asyncio.timeout(START_LIMIT):
            while self.owner_code is None:  # noqa: ASYNC110 - another task reads it
                await asyncio.sleep(0.01)
        return self.owner_code

    def kill(self) -> bool:
        """SIGKILL; False if there is no process."""
        if not self.is_running or self._is_killed:
            return False
        self._is_killed = True
        self._signal(signal.SIGKILL)
        return True

    def pause(self) -> None:
        """SIGSTOP."""
        self._is_paused = True
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """SIGCONT."""
        self._is_paused = False
        self._signal(signal.SIGCONT)

    async def stop(self) -> None:
        """SIGTERM, and the end of the process."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        self._is_killed = True
        await self._end()

    async def expect_end(self) -> None:
        """Wait until the process that was killed has ended, and what it had sent has arrived."""
        await self._end()
        for wire in self.wires:
            await wire.expect_idle()

    async def destroy(self) -> None:
        """SIGKILL, and the end of the process and of its log."""
        self.kill()
        await self._end()
        self._log_file.close()

    def complaints(self) -> list[str]:
        """Errors in its logs, and processes that ended by themselves."""
        ended = [
            f"{self.name} ended with {one.code}: {one.log}"
            for one in self.deaths
            if not self._is_excused(one)
        ]
        return [*(one for one in self.faults if not self._is_about_database(one)), *ended]

    def _is_excused(self, death: Death) -> bool:
        """Whether it could not start because the database was down, and said so."""
        return death.code == OUTAGE and self._is_about_database(death.log)

    def _is_about_database(self, line: str) -> bool:
        return self.database_fails and "database" in line and "can't be used" in line

    def _signal(self, number: int) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def _end(self) -> None:
        """Await the end of the process. One that nobody killed is noted."""
        process, self._process = self._process, None
        if process is None:
            return
        async with asyncio.timeout(START_LIMIT):
            code = await process.wait()
            await asyncio.gather(*self._readers)
        if not self._is_killed:
            self.deaths.append(Death(code=code, log="".join(self._log)))

    async def _read_out(self, stream: asyncio.StreamReader, began: float) -> None:
        async for line in stream:
            text = line.decode()
            if "oO is up" in text:
                self.ready_starts += 1
                self.start_seconds.append(time.monotonic() - began)
                self._ready.set()
            if "/start " in text:
                self.owner_code = text.rsplit("/start ", 1)[1].strip()

    async def _read_log(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            text = line.decode()
            self._log.append(text)
            self._log_file.write(text)
            if " ERROR " in text or "Traceback" in text:
                self.faults.append(text.strip())
