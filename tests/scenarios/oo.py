"""oO as its users start it: in a process and a folder of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.databases import ON_POSTGRESQL, empty_database, place_in
from tests.scenarios.fork_server import ALONE, Start
from tests.scenarios.forking import can_fork, fork
from tests.stored import Rows, rows_in
from tests.waiting import WAIT_LIMIT

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_CONFIG")
"""What a new process sees of the test's own environment; the last is set under ``make coverage`` only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that ended."""

    code: int
    out: str
    err: str


def heed_interrupts() -> None:
    """Restore the default for SIGINT, which shells ignore in background processes and their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The folder and environment of an oO."""

    folder: Path
    environment: dict[str, str]
    from_scratch: bool = False
    """Whether ``oo`` starts in a new interpreter, as for its users; else in a fork, which costs an eighth."""
    store_patience: float | None = None
    """As in ``Start``; None: as for its users."""
    clock: str | None = None
    """As in ``Start``."""
    dies_on: str | None = None
    """As in ``Start``."""

    @property
    def data(self) -> Path:
        """The folder whose database it is."""
        return self.folder / "data"

    @property
    def database(self) -> Path:
        """The file of the database, for tests of a file; all others take ``database_url`` and ``rows``."""
        return self.data / "oo.db"

    @property
    def database_url(self) -> str:
        """The database that was chosen for it."""
        return place_in(self.data)

    def rows(self, query: str, *values: object) -> Rows:
        """Query the database read-only."""
        return rows_in(self.data, query, *values)

    def full_environment(self) -> dict[str, str]:
        """All that a process sees."""
        inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
        base = {
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "OO_HTTP_PORT": "0",
            "TZ": "UTC",
            "LANG": "C.UTF-8",
        }
        if "DATABASE_URL" not in self.environment:
            base["DATABASE_URL"] = self.database_url
        return inherited | base | self.environment

    async def start(
        self,
        *arguments: str,
        prepare: Callable[[], None] = heed_interrupts,
        terminal: int | None = None,
    ) -> asyncio.subprocess.Process:
        """Start ``oo ARGUMENTS`` in the folder; the new process first runs ``prepare``.

        Its streams are pipes, or all of them the ``terminal``: a file descriptor.
        """
        environment = self.full_environment()
        start = Start(
            arguments=list(arguments),
            folder=str(self.folder),
            environment=environment,
            own_session=terminal is not None,
            store_patience=self.store_patience,
            clock=self.clock,
            dies_on=self.dies_on,
        )
        if not self.from_scratch and prepare is heed_interrupts and can_fork(environment):
            return await fork(start, terminal=terminal)
        stream = asyncio.subprocess.PIPE if terminal is None else terminal
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self._program(start),
            cwd=self.folder,
            env=environment,
            stdin=stream,
            stdout=stream,
            stderr=stream,
            preexec_fn=prepare,
            start_new_session=terminal is not None,
        )

    def _program(self, start: Start) -> tuple[str, ...]:
        """The module that a new interpreter runs, and its arguments."""
        wishes = (self.store_patience, self.clock, self.dies_on)
        if self.from_scratch or all(wish is None for wish in wishes):
            return ("bot", *start.arguments)
        return ("tests.scenarios.fork_server", ALONE, start.encoded().decode())

    async def run(
        self,
        *arguments: str,
        typed: str | bytes = "",
        within: float = WAIT_LIMIT,
        prepare: Callable[[], None] = heed_interrupts,
    ) -> Ended:
        """Run ``oo ARGUMENTS`` to its end, with ``typed`` on its standard input."""
        process = await self.start(*arguments, prepare=prepare)
        async with asyncio.timeout(within):
            out, err = await process.communicate(typed if isinstance(typed, bytes) else typed.encode())
        return Ended(code=process.returncode or 0, out=out.decode(), err=err.decode())

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Serving]:
        """``oo run``, started and ready; stopped at the end of the block."""
        process = await self.start("run")
        serving = Serving(process)
        try:
            await serving.expect_line("oO is up")
            yield serving
        finally:
            await serving.stop()


class Serving:
    """A running ``oo run``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: list[str] = []
        self.logged: list[str] = []

    async def expect_log(self, words: str, within: float = WAIT_LIMIT) -> str:
        """The first line of its log that holds ``words``."""
        if self._process.stderr is None:
            raise RuntimeError("the process was started without pipes")
        async with asyncio.timeout(within):
            while line := (await self._process.stderr.readline()).decode():
                self.logged.append(line)
                if words in line:
                    return line
        raise AssertionError(f"ended before logging {words!r}: {''.join(self.logged)}")

    async def expect_line(self, words: str, within: float = WAIT_LIMIT) -> str:
        """The first line of its output that holds ``words``."""
        if self._process.stdout is None or self._process.stderr is None:
            raise RuntimeError("the process was started without pipes")
        async with asyncio.timeout(within):
            while line := (await self._process.stdout.readline()).decode():
                self.said.append(line)
                if words in line:
                    return line
        err = (await self._process.stderr.read()).decode()
        raise AssertionError(f"ended before saying {words!r}: {''.join(self.said)}{err}")

    async def stop(self, within: float = WAIT_LIMIT) -> Ended:
        """Send SIGTERM; returns how the process ended."""
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(within):
            out, err = await self._process.communicate()
        return Ended(
            code=self._process.returncode or 0,
            out="".join(self.said) + out.decode(),
            err="".join(self.logged) + err.decode(),
        )

    def megabytes(self) -> float:
        """Its resident memory now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(found.split()[1]) / 1024

    def processor_seconds(self) -> float:
        """Processor time used since its start."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def open_files(self) -> int:
        """How many files and sockets it holds open now."""
        return len(os.listdir(f"/proc/{self._process.pid}/fd"))

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()

    def freeze(self) -> None:
        """SIGSTOP: it stands still, and its connections stay open."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        os.kill(self._process.pid, signal.SIGCONT)


def place(folder: Path, **environment: str) -> Place:
    """A fresh oO under ``folder``, with the empty database that it would make itself in its file."""
    here = new_place(folder, **environment)
    if not ON_POSTGRESQL and "DATABASE_URL" not in environment:
        empty_database(here.database)
        here.database.chmod(0o600)
    return here


def new_place(folder: Path, **environment: str) -> Place:
    """An oO under ``folder`` that nobody has started before: it has no database."""
    (folder / "data").mkdir(parents=True)
    return Place(folder=folder, environment=environment)


def place_from_scratch(folder: Path, **environment: str) -> Place:
    """As ``new_place``, and oO starts in a new interpreter."""
    return replace(new_place(folder, **environment), from_scratch=True)
