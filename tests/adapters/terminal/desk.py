"""A window and its person, for the TTY terminal under test."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from adapters.terminal.channel import GREETING
from adapters.terminal.tty import TtyTerminal
from adapters.terminal.words import TerminalWords
from tests.adapters.terminal.backend import Backend
from tests.waiting import WAIT_LIMIT

ESCAPE_SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")
COMMANDS = {"tip": "A tip now", "times": "When I may write", "help": "What I understand"}
CTRL_C, CTRL_D, UP, BACKSPACE = "\x03", "\x04", "\x1b[A", "\x7f"


@dataclass
class Window:
    """How wide the window is just now."""

    columns: int = 80


class Screen(StringIO):
    """The screen: stores what is written, and answers a query for the cursor's position."""

    def __init__(self, keyboard: PipeInput) -> None:
        super().__init__()
        self._keyboard = keyboard
        self._from = 0
        self._written = asyncio.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if "\x1b[6n" in text:
            self._keyboard.send_text("\x1b[1;1R")
        self._written.set()
        return super().write(text)

    async def expect_text(self, words: str) -> str:
        """Wait for ``words``, ignoring escape sequences; the next call begins behind them."""
        async with asyncio.timeout(WAIT_LIMIT):
            while words not in (text := ESCAPE_SEQUENCES.sub("", self.getvalue())[self._from :]):
                self._written.clear()
                await self._written.wait()
        seen = text[: text.index(words) + len(words)]
        self._from += len(seen)
        return seen


@dataclass
class Desk:
    """A person at a window, with the terminal that is under test."""

    backend: Backend
    terminal: TtyTerminal
    keyboard: PipeInput
    screen: Screen
    window: Window

    def type(self, keys: str) -> None:
        self.keyboard.send_text(keys)

    async def expect_received(self, *expected: str) -> None:
        """Wait for exactly these updates after the greeting."""
        async with asyncio.timeout(WAIT_LIMIT):
            while len(self.backend.received) <= len(expected):
                self.backend.arrived.clear()
                await self.backend.arrived.wait()
        assert self.backend.received == [GREETING, *expected]


@asynccontextmanager
async def chat_window(folder: Path) -> AsyncIterator[Desk]:
    """A chat that has come up to its prompt; it must end by itself when the person leaves."""
    backend, window = Backend(folder), Window()
    with create_pipe_input() as keyboard:
        screen = Screen(keyboard)
        output = Vt100_Output(
            screen, lambda: Size(rows=24, columns=window.columns), default_color_depth=ColorDepth.from_env()
        )
        with create_app_session(input=keyboard, output=output):
            history = folder / "history"
            terminal = TtyTerminal(
                backend.ports, zone=None, run_id="run", commands=lambda: COMMANDS, history=history
            )
            chat = asyncio.create_task(terminal.run())
            desk = Desk(backend=backend, terminal=terminal, keyboard=keyboard, screen=screen, window=window)
            await screen.expect_text(TerminalWords().idle)
            yield desk
            desk.type(CTRL_C + CTRL_D)
            async with asyncio.timeout(WAIT_LIMIT):
                await chat
