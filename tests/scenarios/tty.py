"""A terminal window for ``oo chat``: a pseudo-terminal that a test types into and reads."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import termios
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.scenarios.oo import Place
from tests.waiting import WAIT_LIMIT

ESCAPE_SEQUENCES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")
CURSOR_QUERY = b"\x1b[6n"
TOP_LEFT = b"\x1b[1;1R"


@dataclass(kw_only=True)
class Window:
    """A running ``oo chat``; ``expect_text`` continues where the previous call ended."""

    process: asyncio.subprocess.Process
    master: int
    written: bytes = b""
    looked: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def type(self, keys: str) -> None:
        """Press keys; Enter is ``\\r``."""
        os.write(self.master, keys.encode())

    def resize(self, columns: int) -> None:
        """Drag the window to another width."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))

    async def expect_text(self, words: str, within: float = WAIT_LIMIT) -> str:
        """Wait for ``words``; returns the text up to and including them, without escape sequences."""
        async with asyncio.timeout(within):
            while words not in (text := self._text()[self.looked :]):
                self.news.clear()
                await self.news.wait()
        seen = text[: text.index(words) + len(words)]
        self.looked += len(seen)
        return seen

    async def expect_exit(self, within: float = WAIT_LIMIT) -> int:
        """Wait for the process to end; returns its exit code."""
        async with asyncio.timeout(within):
            return await self.process.wait()

    def _text(self) -> str:
        return ESCAPE_SEQUENCES.sub(b"", self.written).replace(b"\r", b"").decode("utf-8", "ignore")

    def read(self) -> None:
        """Read new output, and answer a query for the cursor's position as terminals do."""
        try:
            fresh = os.read(self.master, 65536)
        except OSError:  # the other end is closed
            fresh = b""
        if not fresh:
            asyncio.get_running_loop().remove_reader(self.master)
        self.written += fresh
        self.news.set()
        for _ in range(fresh.count(CURSOR_QUERY)):
            os.write(self.master, TOP_LEFT)


@asynccontextmanager
async def chat_window(here: Place, columns: int = 90) -> AsyncIterator[Window]:
    """``oo chat`` in a window of its own."""
    master, slave = pty.openpty()
    process = await here.start("chat", terminal=slave)
    os.close(slave)
    window = Window(process=process, master=master)
    window.resize(columns)
    loop = asyncio.get_running_loop()
    loop.add_reader(master, window.read)
    try:
        yield window
    finally:
        loop.remove_reader(master)
        os.close(master)
        if process.returncode is None:
            process.kill()
        await process.wait()
