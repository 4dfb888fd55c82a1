"""The plain terminal protocol, for pipes, tests and terminals that can do no more.

A message prints as text; its buttons print on one line as ``[1] Done  [2] Snooze``. A line holding just a
number presses that button of the newest message that has buttons; anything else is a message. Both ways in
UTF-8. Each line is answered before the next one is read.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from io import BytesIO
from threading import Thread
from typing import BinaryIO

from adapters.terminal.channel import GREETING, Terminal, TerminalPorts
from adapters.terminal.render import printable, render_plain
from core.chat import Message
from core.errors import SendRejected, StoreBusy

MAX_LINE_BYTES = 256 * 1024
"""The rest of a longer line is skipped."""

BUSY_TIMEOUT_SECONDS = 600.0
"""How long a line waits for another process that writes."""

TROUBLE_TIMEOUT_SECONDS = 10.0
"""How long a line waits for other failures of the database to end."""


class PipeTerminal(Terminal):
    """Reads lines until the input or the output ends."""

    def __init__(
        self,
        ports: TerminalPorts,
        *,
        zone: str | None,
        run_id: str,
        language: str | None = None,
        source: BinaryIO | None = None,
        target: BinaryIO | None = None,
    ) -> None:
        super().__init__(ports, zone=zone, language=language, run_id=run_id)
        self._source = source or standard_input()
        self._target = target or standard_output()
        self._output_error: OSError | None = None

    async def run(self) -> None:
        """Answer every line. A person at a keyboard is greeted first.

        A reader that closes the pipe, as ``head`` does, ends the chat without a fault. Raises
        ``SendRejected`` when the output fails otherwise.
        """
        await self.restore_buttons()
        try:
            if self._source.isatty():
                await self._answer(GREETING)
            while self._output_error is None and (line := await self._next_line()):
                await self._answer(line.decode("utf-8", "replace"))
        finally:
            await self.drop_unstored()
        self._raise_output_error()

    async def _answer(self, line: str) -> None:
        """Store the line and wait for its answer before the next line is read; drop it after a timeout."""
        await self.submit(line, self.active)
        if self._storing:
            await asyncio.wait({self._storing}, timeout=self._store_timeout())
            await self.drop_unstored()
        await self._ports.wait_until_answered(self.sender)

    def _store_timeout(self) -> float:
        """A lock ends, so it gets a long timeout; a full disk may stay full. 0 after a line was dropped."""
        if self._has_dropped:
            return 0
        return BUSY_TIMEOUT_SECONDS if isinstance(self._trouble, StoreBusy) else TROUBLE_TIMEOUT_SECONDS

    def show(self, message: Message) -> None:
        """Print the message as text."""
        self._print(render_plain(message))

    def note(self, text: str) -> None:
        """Print a line."""
        self._print(printable(text))

    def forget_line(self) -> None:
        """Nothing: a pipe has no history."""

    def clear_history(self) -> None:
        """Nothing: a pipe has no history."""

    async def thinking(self, address: str) -> None:
        """Nothing to print."""

    def _print(self, text: str) -> None:
        self._raise_output_error()
        if self._output_error:
            return
        try:
            self._target.write(f"{text}\n".encode())
            self._target.flush()
        except OSError as fault:
            self._output_error = fault
            self._discard_output()
            self._raise_output_error()

    def _raise_output_error(self) -> None:
        if self._output_error and not isinstance(self._output_error, BrokenPipeError):
            raise SendRejected(
                f"the output can't be written: {self._output_error.strerror}"
            ) from self._output_error

    def _discard_output(self) -> None:
        """Redirect the output to the null device, else the interpreter fails to flush it at exit."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._target.fileno())
        os.close(nowhere)

    async def _next_line(self) -> bytes:
        """The next line; empty at the end of the input.

        A daemon thread reads it, as it may block for ever; a thread of asyncio's pool would keep the process
        alive.
        """
        loop = asyncio.get_running_loop()
        found: asyncio.Future[bytes] = loop.create_future()

        def read() -> None:
            line = self._read_line()
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(_set_result, found, line)

        Thread(target=read, daemon=True).start()
        return await found

    def _read_line(self) -> bytes:
        line = rest = self._source.readline(MAX_LINE_BYTES)
        while rest and not rest.endswith(b"\n"):
            rest = self._source.readline(MAX_LINE_BYTES)
        return line


def _set_result(found: asyncio.Future[bytes], line: bytes) -> None:
    if not found.done():
        found.set_result(line)


def standard_input() -> BinaryIO:
    """The input with a buffer of its own, as a thread may hold it while the interpreter exits."""
    return open(sys.stdin.fileno(), "rb", closefd=False) if sys.stdin else BytesIO()


def standard_output() -> BinaryIO:
    """The output; a dummy if it was closed before the start."""
    return sys.stdout.buffer if sys.stdout else BytesIO()
