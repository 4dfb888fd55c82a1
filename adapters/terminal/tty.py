"""The terminal on a TTY: history, completion of commands, colours, buttons in the toolbar.

Buttons are pressed by number, not by mouse: mouse support would disable scrolling and selection. The toolbar
shows what a number presses, and does not change while the person types: a tip that arrives between "1" and
Enter must not be dismissed unread. Each line is a message, as on a pipe, so that a pasted list becomes
several tasks; pasted lines wait at the prompt for Enter.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import DynamicCompleter, WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from adapters.terminal.channel import GREETING, ActiveButtons, DescribedCommands, Terminal, TerminalPorts
from adapters.terminal.frame import button_rows, render_frame, render_remark
from core.chat import Message

QUIT = "/quit"
EXIT = "/exit"
LEAVE_COMMANDS = (QUIT, EXIT)
PROMPT_DELAY_SECONDS = 0.5
"""How long the prompt waits for an answer; a later answer appears above it."""

STYLE = Style.from_dict(
    {
        "bottom-toolbar": "noreverse",
        "buttons": "bold ansicyan",
        "quiet": "dim",
        "prompt": "bold ansicyan",
    }
)


class History(FileHistory):
    """The history of typed lines; errors such as a full disk are ignored."""

    def store_string(self, string: str) -> None:
        """Append a line to the file, if possible. A line that connects something may hold a secret."""
        if not string.lstrip().lower().startswith("/connect"):
            with suppress(OSError):
                super().store_string(string)


class TtyTerminal(Terminal):
    """A chat at a TTY; pushed tips appear above the prompt."""

    handles_interrupts = True

    def __init__(
        self,
        ports: TerminalPorts,
        *,
        zone: str | None,
        run_id: str,
        commands: DescribedCommands,
        history: Path,
        language: str | None = None,
    ) -> None:
        super().__init__(ports, zone=zone, language=language, run_id=run_id)
        history.touch(mode=0o600)
        history.chmod(0o600)
        self._history = history
        self._commands = commands
        self._session: PromptSession[str] = PromptSession(
            FormattedText([("", "\n"), ("class:prompt", "› ")]),
            style=STYLE,
            history=History(history),
            completer=DynamicCompleter(self._completer),
            complete_while_typing=_is_command,
            bottom_toolbar=self._toolbar,
        )
        # Messages are printed in raw mode, too: cooked mode loses a Ctrl-D, and makes a Ctrl-C a signal.
        keys = self._session.input
        keys.cooked_mode = keys.raw_mode  # type: ignore[method-assign]
        self._session.default_buffer.on_text_changed += self._freeze_buttons
        self._typing = False
        self._frozen: ActiveButtons | None = None
        self._is_thinking = False
        self._printed_last = False

    # --- Showing -------------------------------------------------------------------------------------------

    def show(self, message: Message) -> None:
        """Print the message beside its bar, above the prompt."""
        self._is_thinking = False
        self._print(render_frame(message, columns=self._columns))

    def note(self, text: str) -> None:
        """Print a dim remark."""
        self._print(render_remark(text, columns=self._columns))

    def _print(self, text: str) -> None:
        """Print a blank line between two messages, but none after a typed line."""
        apart = "\n" if self._printed_last else ""
        self._printed_last = True
        print_formatted_text(ANSI(apart + text), end="")

    async def thinking(self, address: str) -> None:
        """Say so in the toolbar until a message is shown."""
        self._is_thinking = True
        self._session.app.invalidate()

    @property
    def _columns(self) -> int:
        return self._session.app.output.get_size().columns

    def _completer(self) -> WordCompleter:
        """Completes commands, described in the language that the person reads now."""
        words = self._ports.words()
        described = {f"/{name}": description for name, description in self._commands().items()}
        described |= {QUIT: words.leave_by_key, EXIT: words.leave}
        return WordCompleter(list(described), meta_dict=described, sentence=True)

    def _toolbar(self) -> FormattedText:
        if self._is_thinking:
            return FormattedText([("class:quiet", self._ports.words().thinking)])
        active = self._visible_buttons
        if active is None:
            return FormattedText([("class:quiet", self._ports.words().idle)])
        return FormattedText(
            [("class:buttons", "\n".join(button_rows(active.buttons, columns=self._columns)))]
        )

    def forget_line(self) -> None:
        """Delete the latest typed line from file and prompt."""
        with suppress(OSError):
            kept, _, _ = self._history.read_text(encoding="utf-8").rpartition("\n# ")
            self._history.write_text(f"{kept}\n" if kept else "", encoding="utf-8")
        self._reload_history()

    def clear_history(self) -> None:
        """Delete the typed lines from file and prompt, except the line that is being typed."""
        with suppress(OSError):
            self._history.write_bytes(b"")
        self._reload_history()

    def _reload_history(self) -> None:
        line = self._session.default_buffer
        line.history = self._session.history = History(self._history)
        line.reset(line.document)

    # --- Typing --------------------------------------------------------------------------------------------

    @property
    def _visible_buttons(self) -> ActiveButtons | None:
        return self._frozen if self._typing else self.active

    def _freeze_buttons(self, line: Buffer) -> None:
        """Keep toolbar and meaning of numbers from the first key of a line on."""
        if bool(line.text) is not self._typing:
            self._typing = not self._typing
            self._frozen = self.active

    async def run(self) -> None:
        """Chat until Ctrl-D or Ctrl-C on an empty line, or /quit."""
        with patch_stdout(raw=True), _logs_above_the_prompt(), self._session.input.raw_mode():
            await self.restore_buttons()
            try:
                await self._answer(GREETING)
                while (typed := await self._typed()).strip() not in LEAVE_COMMANDS:
                    for line in typed.split("\n"):
                        await self._answer(line)
            finally:
                await self.drop_unstored()

    async def _typed(self) -> str:
        """The typed text; empty after Ctrl-C, which drops the line as in a shell."""
        self._typing = False
        try:
            return await self._session.prompt_async(set_exception_handler=False)
        except KeyboardInterrupt:
            return "" if self._typing else QUIT
        except EOFError:
            return QUIT
        finally:
            self._printed_last = False

    async def _answer(self, line: str) -> None:
        await self.submit(line, self._visible_buttons)
        with suppress(TimeoutError):
            async with asyncio.timeout(PROMPT_DELAY_SECONDS):
                await self._wait_for_answers()


@Condition
def _is_command() -> bool:
    """The menu's space below the prompt is reserved only while a command is typed."""
    return get_app().current_buffer.text.startswith("/")


@contextmanager
def _logs_above_the_prompt() -> Iterator[None]:
    """Print log lines above the prompt through ``patch_stdout``, instead of into it."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one, logging.StreamHandler)]
    moved = [(one, one.setStream(sys.stderr)) for one in handlers if one.stream is sys.__stderr__]
    try:
        yield
    finally:
        for handler, stream in moved:
            handler.setStream(stream)
