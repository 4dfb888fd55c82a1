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

from adapters.terminal.channel import GREETING, Ports, Terminal
from adapters.terminal.render import printable, render_plain
from core.chat import Message
from core.errors import SendRejected, StoreBusy

LONGEST_LINE = 256 * 1024
"""Bytes of a line that are read; the rest of it is passed over."""


BUSY_SECONDS = 600.0
"""For so long a line waits for another process that writes."""

TROUBLE_SECONDS = 10.0
"""For so long a line waits for any other trouble to end."""


class PipeTerminal(Terminal):
    """Reads lines until the end of the input, or until nobody reads the answers any more."""

    def __init__(
        self,
        ports: Ports,
        *,
        zone: str | None,
        run_id: str,
        source: BinaryIO | None = None,
        target: BinaryIO | None = None,
    ) -> None:
        super().__init__(ports, zone=zone, run_id=run_id)
        self._source = source or standard_input()
        self._target = target or standard_output()
        self._lost: OSError | None = None

    async def run(self) -> None:
        """Answer every line. A person at the keyboard is greeted; a pipe is not spoken to first.

        A reader that has seen enough and leaves, as ``head`` does, ends the chat, and that is no fault.
        Raises ``SendRejected`` when the output fails otherwise.
        """
        await self.look_back()
        try:
            if self._source.isatty():
                await self._answer(GREETING)
            while self._lost is None and (line := await self._next_line()):
                await self._answer(line.decode("utf-8", "replace"))
        finally:
            await self.give_up()
        self._raise_if_lost()

    async def _answer(self, line: str) -> None:
        """Each line is stored and answered before the next one is read, or given up in the end."""
        await self.enter(line, self.offer)
        if self._storing:
            await asyncio.wait({self._storing}, timeout=self._patience())
            await self.give_up()
        await self._ports.settled(self.sender)

    def _patience(self) -> float:
        """Who writes besides us will end; a disk that is full may stay so. To wait once for it is enough."""
        if self._gave_up:
            return 0
        return BUSY_SECONDS if isinstance(self._trouble, StoreBusy) else TROUBLE_SECONDS

    def show(self, message: Message) -> None:
        """Print the message as text."""
        self._print(render_plain(message))

    def note(self, text: str) -> None:
        """Print a line."""
        self._print(printable(text))

    def forget(self) -> None:
        """Nothing is kept of what came through a pipe."""

    async def thinking(self, address: str) -> None:
        """Nothing to print: the answer comes when it comes."""

    def _print(self, text: str) -> None:
        self._raise_if_lost()
        if self._lost:
            return
        try:
            self._target.write(f"{text}\n".encode())
            self._target.flush()
        except OSError as fault:
            self._lost = fault
            self._write_nowhere()
            self._raise_if_lost()

    def _raise_if_lost(self) -> None:
        if self._lost and not isinstance(self._lost, BrokenPipeError):
            raise SendRejected(f"the output can't be written: {self._lost.strerror}") from self._lost

    def _write_nowhere(self) -> None:
        """What is left in buffers goes nowhere, or the interpreter would complain about it when it ends."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._target.fileno())
        os.close(nowhere)

    async def _next_line(self) -> bytes:
        """The next line; empty at the end of the input.

        A thread of its own reads it, which may wait for ever: asyncio's would keep the process from ending.
        """
        loop = asyncio.get_running_loop()
        found: asyncio.Future[bytes] = loop.create_future()

        def read() -> None:
            line = self._read_line()
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_hand_over, found, line)

        Thread(target=read, daemon=True).start()
        return await found

    def _read_line(self) -> bytes:
        line = rest = self._source.readline(LONGEST_LINE)
        while rest and not rest.endswith(b"\n"):
            rest = self._source.readline(LONGEST_LINE)
        return line


def _hand_over(found: asyncio.Future[bytes], line: bytes) -> None:
    if not found.done():
        found.set_result(line)


def standard_input() -> BinaryIO:
    """The input, by a buffer of its own: a thread may hold it while the interpreter ends."""
    return open(sys.stdin.fileno(), "rb", closefd=False) if sys.stdin else BytesIO()


def standard_output() -> BinaryIO:
    """The output; nowhere when it was closed before the start."""
    return sys.stdout.buffer if sys.stdout else BytesIO()
