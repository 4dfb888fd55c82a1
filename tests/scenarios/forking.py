"""Starts ``oo`` with an eighth of the work: in a fork of a process that has imported it already.

It is a process like any other, with its own folder, environment, streams, signals and exit code. What it
can't show is that ``python -m bot`` finds and imports everything in a new interpreter. For that, a place is
``from_scratch``, as in ``test_process.py``.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import socket
import subprocess
import sys
from asyncio.base_subprocess import BaseSubprocessTransport
from asyncio.subprocess import Process, SubprocessStreamProtocol
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from tests.scenarios.fork_server import ROOT, Start

MAX_LINE_BYTES = 1 << 16
USUAL = {"PYTHONPATH": str(ROOT), "TZ": "UTC", "LANG": "C.UTF-8"}
"""What the server was started with, and a Python reads before anything else."""
MODEL_SERVERS = ("LITELLM_URL", "OLLAMA_URL")
"""With one of these, oO imports litellm."""


def can_fork(environment: dict[str, str]) -> bool:
    """Whether a fork is the same as a new process with this environment."""
    for_python = {
        name: value for name, value in environment.items() if name.startswith(("PYTHON", "COVERAGE"))
    }
    locales = [value for name, value in environment.items() if name.startswith(("LANG", "LC_"))]
    return (
        sys.platform == "linux"
        and for_python == {"PYTHONPATH": str(ROOT)}
        and all(locale.endswith(".UTF-8") for locale in locales)
    )


async def fork(start: Start, *, terminal: int | None = None) -> Process:
    """The process; its streams are pipes, or all of them the ``terminal``."""
    loop = asyncio.get_running_loop()
    protocol = SubprocessStreamProtocol(limit=MAX_LINE_BYTES, loop=loop)
    connected: asyncio.Future[None] = loop.create_future()
    stream = subprocess.PIPE if terminal is None else terminal
    transport = _Transport(loop, protocol, ["oo"], False, stream, stream, stream, 0, connected, start=start)
    await connected
    transport.watch()
    return Process(transport, protocol, loop)


@dataclass(kw_only=True)
class _Forked:
    """What ``subprocess.Popen`` would be."""

    pid: int
    handle: int | None
    """Stands for the process and no other: its number may be another's by the time somebody kills it, such as
    asyncio when it collects what a test has left. None: it has ended already.
    """
    status: socket.socket
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None
    returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, number)

    def __del__(self) -> None:
        if self.handle is not None:
            os.close(self.handle)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Transport(BaseSubprocessTransport):
    """As that of asyncio, but for how the process starts and how its end is noticed."""

    _proc: Any
    """A ``_Forked``."""

    def _start(self, *, stdin: int, start: Start, **_others: Any) -> None:  # type: ignore[override]
        pipes = [os.pipe() if stdin == subprocess.PIPE else (stdin, stdin) for _ in range(3)]
        theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
        ours: list[IO[bytes] | None] = [None, None, None]
        if stdin == subprocess.PIPE:
            ours = [os.fdopen(pipes[0][1], "wb", 0), *(os.fdopen(pipe[0], "rb", 0) for pipe in pipes[1:])]
        status, reported = socket.socketpair()
        with reported:
            has_model = not start.environment.keys().isdisjoint(MODEL_SERVERS)
            server = _server("--models") if has_model else _server()
            socket.send_fds(server, [start.encoded()], [*theirs, reported.fileno()])
        if stdin == subprocess.PIPE:
            for descriptor in theirs:
                os.close(descriptor)
        pid = int(_line(status))
        self._proc = _Forked(
            pid=pid, handle=_handle(pid), status=status, stdin=ours[0], stdout=ours[1], stderr=ours[2]
        )

    def watch(self) -> None:
        """Notice the end of the process from now on."""
        self._loop.add_reader(self._proc.status, self._ended)

    def _ended(self) -> None:
        forked = self._proc
        self._loop.remove_reader(forked.status)
        with forked.status:
            forked.returncode = int(_line(forked.status))
        self._process_exited(forked.returncode)


def _handle(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def _line(status: socket.socket) -> bytes:
    """Read to the end of a line, and no further."""
    line = b""
    while not line.endswith(b"\n"):
        byte = status.recv(1)
        if not byte:
            raise RuntimeError("the server of forks has ended")
        line += byte
    return line


@cache
def _server(*options: str) -> socket.socket:
    """Start the process that forks; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    inherited = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.scenarios.fork_server", str(theirs.fileno()), *options],
            cwd=ROOT,
            env=inherited | USUAL,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt from the keyboard is for the process that asks
        )

    def end() -> None:
        ours.close()
        server.wait()

    atexit.register(end)
    return ours
