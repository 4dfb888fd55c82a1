"""The process that ``forking.py`` starts: it has imported oO, and forks for each ``oo`` that is to run."""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import socket
import sys
import time
import warnings
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.soak.clock import follow

ROOT = Path(__file__).parents[2]
MAX_REQUEST_BYTES = 1 << 16
SOON_SECONDS = 10.0
"""Who follows a clock is killed so often that hours of waiting would say nothing more."""
ALONE = "--alone"
"""Before a ``Start`` that is run in this very process, as under ``make coverage``, where nothing forks."""
CRASHED = 134
"""The exit code of a process that dies as wished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """An ``oo`` to be run."""

    arguments: list[str]
    folder: str
    environment: dict[str, str]
    own_session: bool
    """As for a window of its own."""
    store_patience: float | None = None
    """Seconds for which it waits for another process that writes, and again before each new try."""
    clock: str | None = None
    """The file of the clock that it follows (``tests/soak/clock.py``); None: that of the machine."""
    dies_on: str | None = None
    """The process ends as by a crash when it handles a text with these words; the pauses before it tries one
    again are short. None: as for its users."""

    def encoded(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decoded(cls, request: bytes) -> Start:
        return cls(**json.loads(request))


NEEDED = (
    *("alembic.command", "anyio._backends._asyncio", "httpcore", "pydantic.dataclasses", "typer", "uvloop"),
    *("adapters.slack", "adapters.telegram", "adapters.todoist"),
    *("bot.cli.chat", "bot.cli.doctor", "bot.cli.operator", "bot.cli.serve", "bot.cli.task_files"),
)
"""What the commands import."""


def import_oo() -> None:
    """Import what an ``oo`` may need without a language model."""
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # as bot/__main__.py does
    for module in NEEDED:
        import_module(module)


def compile_patterns() -> None:
    """Compile what English is understood by: otherwise each process does so at its first text."""
    from core.words.understand import understand

    for text in ("a thing of no kind", "remind me in 5 minutes to call"):
        understand(text, now=datetime(2027, 6, 14, tzinfo=UTC), zone=ZoneInfo("UTC"))


def import_models() -> None:
    """Import litellm, which takes seconds. It starts no thread, so that forks are safe."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_module("adapters.llm.litellm_model").import_litellm()


def forked(connection: socket.socket) -> Start | None:
    """Fork for each request; None when nobody can ask any more. In the new process: what it has to run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    while True:
        request, (*streams, status), _, _ = _received(connection)
        if not request:
            return None
        if os.fork() == 0:
            connection.close()
            return _kept(Start.decoded(request), streams, status)
        for descriptor in (*streams, status):
            os.close(descriptor)


def _received(connection: socket.socket) -> tuple[bytes, list[int], int, object]:
    request, descriptors, flags, address = socket.recv_fds(connection, MAX_REQUEST_BYTES, 4)
    return request, descriptors or [-1], flags, address


def _kept(start: Start, streams: list[int], status: int) -> Start:
    """Fork once more: returns in the new process; the keeper tells its id and its exit code, and ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        os.close(status)
        _take_over(start, streams)
        return start
    try:
        for descriptor in streams:
            os.close(descriptor)
        os.write(status, f"{pid}\n".encode())
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    finally:
        os._exit(0)


def _take_over(start: Start, streams: list[int]) -> None:
    """Make this process what ``exec`` would have made of it."""
    if start.own_session:
        os.setsid()
    for standard, descriptor in enumerate(streams):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    time.tzset()
    _as_wished(start)


def _as_wished(start: Start) -> None:
    """Let this process, which runs nothing of oO yet, be what a test wants beside what its users may."""
    sys.argv[1:] = start.arguments
    if start.store_patience is not None:
        _hurry(start.store_patience)
    if start.clock is not None:
        follow(Path(start.clock))
        _try_isolated_soon(SOON_SECONDS)
    if start.dies_on is not None:
        _die_on(start.dies_on)


def _hurry(store_patience: float) -> None:
    """Nobody can set these: what oO waits for is the same everywhere but here."""
    waits = {
        ("adapters.storage.store", "open_store"): "busy_timeout_seconds",
        ("bot.intake", "Intake.__init__"): "retry_seconds",
        ("bot.conversation.router", "Router.__init__"): "store_retry_seconds",
    }
    for (module, function), name in waits.items():
        defaults = attrgetter(function)(import_module(module)).__kwdefaults__
        assert name in defaults
        defaults[name] = store_patience


def _die_on(words: str) -> None:
    """As a crash of a library does: at once, and without a word."""
    router = import_module("bot.conversation.router")
    handling = router.Router.handle

    async def handle(self: Any, update: Any) -> None:
        if words and words in getattr(update, "text", ""):
            os._exit(CRASHED)
        await handling(self, update)

    router.Router.handle = handle
    _try_isolated_soon(0.1)


def _try_isolated_soon(seconds: float) -> None:
    """The pauses before an update is tried again during which processes have died are at most so long."""
    vars(import_module("bot.isolation"))["MAX_PAUSE_SECONDS"] = seconds


def serve() -> bool:
    """Fork whenever it is asked for; True in the new process, which then runs oO."""
    import_oo()
    compile_patterns()
    if "--models" in sys.argv:
        import_models()
    gc.freeze()  # what is shared with the forks need not be copied only to be looked at
    start = forked(socket.socket(fileno=int(sys.argv[1])))
    return start is not None


if __name__ == "__main__":
    if sys.argv[1] == ALONE:
        _as_wished(Start.decoded(sys.argv[2].encode()))
    elif not serve():
        sys.exit()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
