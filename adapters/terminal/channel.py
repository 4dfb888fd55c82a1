"""What pipe and TTY share: sending, editing, and the meaning of a typed line.

Numbers press buttons, so only one message has active buttons: the newest one with buttons. A newer message
replaces them; a restart restores them. An edit is printed below as the new state of its message; without
buttons it removes those of its message, and a number is then ordinary text. Older buttons never become active
again: a second "1" must not press *Delete everything* ten lines above.

Tests: tests/adapters/terminal/test_pipe.py, tests/adapters/terminal/test_buttons.py.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.terminal.files import read_file
from adapters.terminal.render import buttons_of
from adapters.terminal.words import TerminalWords
from core.chat import Button, Channel, Document, Form, Home, Message, Said, Sender, Tapped
from core.errors import SendRejected, StoreUnavailable
from core.ports import Accept, Clock

IsKnown = Callable[[Sender], Awaitable[bool]]
"""Whether anything is stored about ``sender``."""

WaitUntilAnswered = Callable[[Sender], Awaitable[None]]
"""Returns when everything that ``sender`` has sent is answered."""

RetryNotice = Callable[[StoreUnavailable], str]
"""The text when a line can't be stored now and is retried."""

FailureNotice = Callable[[StoreUnavailable, str], str]
"""The text when a line is not stored in the end; it quotes the line, which must be typed again."""

DescribedCommands = Callable[[], Mapping[str, str]]
"""Names of commands and their descriptions, in the language that the person reads now."""

RETRY_SECONDS = 1.0
"""Pause before storing a line is retried."""

LOCAL_PERSON = "local"
GREETING = "/start"
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
"""Stand for bytes that are not UTF-8; they can't be stored."""

MAX_BUTTON_DIGITS = 3
"""A longer number is text: "1830" may answer the question for a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveButtons:
    """The buttons that numbers press, and their message."""

    message_id: str
    buttons: tuple[Button, ...]


RecallButtons = Callable[[Sender], Awaitable[ActiveButtons | None]]
"""The active buttons of ``sender`` from the previous chat, if any."""


async def nothing_on_screen(sender: Sender) -> None:
    """No buttons from a previous chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalPorts:
    """What a terminal needs from the bot."""

    accept: Accept
    wait_until_answered: WaitUntilAnswered
    is_known: IsKnown
    clock: Clock
    downloads: Path
    """Folder for files that oO sends."""
    retry_notice: RetryNotice
    failure_notice: FailureNotice
    recall: RecallButtons = nothing_on_screen
    words: Callable[[], TerminalWords] = TerminalWords
    """The terminal's own sentences, in the language that the person reads now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """A typed line and the update that it stands for."""

    line: str
    update: Said | Tapped


class Terminal(ABC):
    """A terminal as ``Messenger``. Subclasses show messages and read lines."""

    def __init__(
        self, ports: TerminalPorts, *, zone: str | None, run_id: str, language: str | None = None
    ) -> None:
        self._ports = ports
        self._run_id = run_id
        self._numbers = count(1)
        self.active: ActiveButtons | None = None
        self.store_failure: StoreUnavailable | None = None
        """Why a line was dropped without being stored; None if all lines were stored."""
        self._unstored: deque[TypedLine] = deque()
        self._storing: asyncio.Task[None] | None = None
        self._trouble: StoreUnavailable | None = None
        self._has_dropped = False
        self.sender = Sender(
            channel=Channel.TERMINAL,
            external_id=LOCAL_PERSON,
            address=LOCAL_PERSON,
            zone=zone,
            language=language,
            trusted=True,
        )

    handles_interrupts = False
    """Whether Ctrl-C is handled as a key by the terminal itself."""

    @abstractmethod
    async def run(self) -> None:
        """Chat until the person leaves."""

    async def restore_buttons(self) -> None:
        """Activate the buttons of the previous chat, unless there are newer ones."""
        self.active = self.active or await self._ports.recall(self.sender)

    @abstractmethod
    def show(self, message: Message) -> None:
        """Print ``message``. Raises ``SendRejected``."""

    @abstractmethod
    def note(self, text: str) -> None:
        """Print a short remark of the terminal itself. Raises ``SendRejected``."""

    @abstractmethod
    def forget_line(self) -> None:
        """Delete the latest typed line from the history."""

    @abstractmethod
    def clear_history(self) -> None:
        """Delete the history of typed lines."""

    async def send(self, address: str, message: Message) -> str:
        """Show a new message; save its file and say where."""
        if message.file:
            self.note(self._ports.words().saved.format(path=self._saved(message.file)))
        message_id = self._new_id()
        await self._draw(message_id, message)
        return message_id

    def _saved(self, file: Document) -> Path:
        path = self._ports.downloads / file.name
        try:
            path.touch(mode=0o600)
            path.chmod(0o600)
            path.write_bytes(file.content)
        except OSError as fault:
            raise SendRejected(f"the file can't be saved: {fault.strerror}") from fault
        return path

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Print the new state below: a terminal can't change what has scrolled by."""
        await self._draw(message_id, message)

    async def _draw(self, message_id: str, message: Message) -> None:
        if not await self._is_known():  # the message says that they were deleted
            self.clear_history()
        self.show(message)
        if buttons_of(message):
            self.active = ActiveButtons(message_id=message_id, buttons=buttons_of(message))
        elif self.active and self.active.message_id == message_id:
            self.active = None

    async def _is_known(self) -> bool:
        try:
            return await self._ports.is_known(self.sender)
        except StoreUnavailable:  # unknown because of a failure does not mean deleted
            return True

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Print the toast, if any."""
        if toast:
            self.note(toast)

    async def delete(self, address: str, message_id: str) -> bool:
        """False: what was typed has scrolled by. But the history of typed lines forgets the latest."""
        self.forget_line()
        return False

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """False: terminals have no forms, so the question is asked in the chat."""
        return False

    @abstractmethod
    async def thinking(self, address: str) -> None:
        """Show that an answer is being prepared, if the terminal can."""

    async def show_menu(self, address: str, language: str) -> None:  # noqa: B027 - the same in every terminal
        """Terminals have no menu."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Print the sections: terminals have no home page."""
        for section in home.sections:
            await self.send(sender.address, section)

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """Read a file of this machine by its path."""
        return await asyncio.to_thread(read_file, reference, max_bytes=max_bytes)

    async def submit(self, line: str, active: ActiveButtons | None) -> None:
        """Submit a typed line: a number presses that button of ``active``, anything else is text."""
        text = LONE_SURROGATES.sub("\ufffd", line).strip()
        if not text:
            return
        if active is None or not _is_number(text):
            await self._store(TypedLine(line=text, update=self._said(text)))
        elif 1 <= int(text) <= len(active.buttons):
            pressed = self._pressed(active, active.buttons[int(text) - 1])
            await self._store(TypedLine(line=text, update=pressed))
        else:
            self.note(self._ports.words().no_button.format(number=text))

    def _said(self, text: str) -> Said:
        now, line_id = self._ports.clock.now(), self._new_id()
        return Said(update_id=line_id, sender=self.sender, received_at=now, text=text, message_id=line_id)

    def _pressed(self, active: ActiveButtons, button: Button) -> Tapped:
        return Tapped(
            update_id=self._new_id(),
            sender=self.sender,
            received_at=self._ports.clock.now(),
            token=button.token,
            message_id=active.message_id,
        )

    # --- Lines that can't be stored now --------------------------------------------------------------------

    async def _store(self, typed: TypedLine) -> None:
        """Store an update; if that fails, it waits and is retried, and later lines wait behind it."""
        if self._unstored:
            self._unstored.append(typed)
            return
        try:
            await self._ports.accept(typed.update)
        except StoreUnavailable as trouble:
            self._trouble = trouble
            if not self._has_dropped:
                self.note(self._ports.retry_notice(trouble))
            self._unstored.append(typed)
            self._storing = asyncio.create_task(self._retry_storing())
        else:
            self._has_dropped = False

    async def _retry_storing(self) -> None:
        while self._unstored:
            await asyncio.sleep(RETRY_SECONDS)
            try:
                await self._ports.accept(self._unstored[0].update)
            except StoreUnavailable as trouble:
                self._trouble = trouble
            else:
                self._unstored.popleft()

    async def _wait_for_answers(self) -> None:
        """Return when everything typed so far is stored and answered."""
        if self._storing:
            await asyncio.wait({self._storing})
        await self._ports.wait_until_answered(self.sender)

    async def drop_unstored(self) -> None:
        """Stop retrying, and print each line that was not stored."""
        if self._storing:
            self._storing.cancel()
            await asyncio.wait({self._storing})
        while self._unstored and self._trouble:
            self.store_failure, self._has_dropped = self._trouble, True
            self.note(self._ports.failure_notice(self._trouble, self._unstored.popleft().line))

    def _new_id(self) -> str:
        return f"{self._run_id}-{next(self._numbers)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_BUTTON_DIGITS
