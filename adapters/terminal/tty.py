"""The comfortable terminal: history, completion of commands, colours, live buttons in the toolbar.

Buttons are pressed by number, not by mouse: a program that hears clicks takes the wheel and the selection
away from the terminal, and in a chat people scroll back and copy. What a number presses is what the toolbar
shows, and that stays as it is while somebody types: a tip that arrives between "1" and Enter must not be
dismissed unread. A line is a message, as on a pipe: several pasted lines are several messages, so that a
pasted list becomes a list of tasks; they wait at the prompt for Enter.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from adapters.terminal.channel import GREETING, Offer, Ports, Terminal
from adapters.terminal.frame import button_rows, framed, remark
from core.chat import Message

QUIT = "/quit"
LEAVE = {QUIT: "Leave the chat (or Ctrl-D)", "/exit": "Leave the chat"}
IDLE = "Type a task, a question, or /help. Ctrl-D leaves."
THINKING = "oO is thinking …"
PATIENCE = 0.5
"""Seconds to wait for an answer before the prompt comes back; a slower one appears above it."""

STYLE = Style.from_dict(
    {
        "bottom-toolbar": "noreverse",
        "buttons": "bold ansicyan",
        "quiet": "dim",
        "prompt": "bold ansicyan",
    }
)


class History(FileHistory):
    """What was typed so far; a disk that is full keeps nobody from typing."""

    def store_string(self, string: str) -> None:
        """Keep a line for the next time, if that can be done."""
        with suppress(OSError):
            super().store_string(string)


class TtyTerminal(Terminal):
    """A chat at a TTY; tips that are pushed while it is open appear above the prompt."""

    hears_interrupts = True

    def __init__(
        self, ports: Ports, *, zone: str | None, run_id: str, commands: Mapping[str, str], history: Path
    ) -> None:
        super().__init__(ports, zone=zone, run_id=run_id)
        history.touch(mode=0o600)
        history.chmod(0o600)
        self._history = history
        described = {f"/{name}": description for name, description in commands.items()} | LEAVE
        self._session: PromptSession[str] = PromptSession(
            FormattedText([("", "\n"), ("class:prompt", "› ")]),
            style=STYLE,
            history=History(history),
            completer=WordCompleter(list(described), meta_dict=described, sentence=True),
            complete_while_typing=_is_command,
            bottom_toolbar=self._toolbar,
        )
        self._session.default_buffer.on_text_changed += self._hold
        self._typing = False
        self._held: Offer | None = None
        self._thinks = False
        self._spoke_last = False

    # --- Showing -------------------------------------------------------------------------------------------

    def show(self, message: Message) -> None:
        """Print the message beside its bar, above the prompt."""
        self._thinks = False
        self._print(framed(message, columns=self._columns))

    def note(self, text: str) -> None:
        """Print a dim remark."""
        self._print(remark(text, columns=self._columns))

    def _print(self, text: str) -> None:
        """One blank line lies between two messages, none below what was typed."""
        apart = "\n" if self._spoke_last else ""
        self._spoke_last = True
        print_formatted_text(ANSI(apart + text), end="")

    async def thinking(self, address: str) -> None:
        """Say so in the toolbar until something is shown."""
        self._thinks = True
        self._session.app.invalidate()

    @property
    def _columns(self) -> int:
        return self._session.app.output.get_size().columns

    def _toolbar(self) -> FormattedText:
        if self._thinks:
            return FormattedText([("class:quiet", THINKING)])
        offer = self._on_show
        if offer is None:
            return FormattedText([("class:quiet", IDLE)])
        return FormattedText(
            [("class:buttons", "\n".join(button_rows(offer.buttons, columns=self._columns)))]
        )

    def forget(self) -> None:
        """Drop the lines that were typed so far, from file and prompt; not what is being typed."""
        with suppress(OSError):
            self._history.write_bytes(b"")
        line = self._session.default_buffer
        line.history = self._session.history = History(self._history)
        line.reset(line.document)

    # --- Typing --------------------------------------------------------------------------------------------

    @property
    def _on_show(self) -> Offer | None:
        return self._held if self._typing else self.offer

    def _hold(self, line: Buffer) -> None:
        """From the first key of a line on, the toolbar and what numbers mean stay as they are."""
        if bool(line.text) is not self._typing:
            self._typing = not self._typing
            self._held = self.offer

    async def run(self) -> None:
        """Chat until Ctrl-D or Ctrl-C on an empty line, or /quit."""
        with patch_stdout(raw=True), _logs_above_the_prompt(), self._session.input.raw_mode():
            await self.look_back()
            try:
                await self._answer(GREETING)
                while (typed := await self._typed()).strip() not in LEAVE:
                    for line in typed.split("\n"):
                        await self._answer(line)
            finally:
                await self.give_up()

    async def _typed(self) -> str:
        """What was typed up to Enter; nothing after Ctrl-C, which drops the line as in a shell."""
        self._typing = False
        try:
            return await self._session.prompt_async(set_exception_handler=False)
        except KeyboardInterrupt:
            return "" if self._typing else QUIT
        except EOFError:
            return QUIT
        finally:
            self._spoke_last = False

    async def _answer(self, line: str) -> None:
        await self.enter(line, self._on_show)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._answered()


@Condition
def _is_command() -> bool:
    """Room for the menu is kept free below the prompt only while a command is typed."""
    return get_app().current_buffer.text.startswith("/")


@contextmanager
def _logs_above_the_prompt() -> Iterator[None]:
    """Log lines would tear the prompt; within ``patch_stdout`` they can go above it like everything else."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one, logging.StreamHandler)]
    moved = [(one, one.setStream(sys.stderr)) for one in handlers if one.stream is sys.__stderr__]
    try:
        yield
    finally:
        for handler, stream in moved:
            handler.setStream(stream)
