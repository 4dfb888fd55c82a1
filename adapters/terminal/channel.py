"""What pipe and TTY share: sending, editing, and what a typed line means.

Numbers press buttons, so a terminal has one message with buttons at most: the newest that came with some. A
newer one takes their place for good, and a restart leaves them as they were. An edit is shown below as the
new state of its message; when it brings no buttons, those of its message are gone, and a number is then a
message like any other. Buttons from further up never come back to life: a second "1" must not press *Delete
everything* ten lines above.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.terminal.render import buttons_of
from core.chat import Button, Channel, Document, Home, Message, Said, Sender, Tapped
from core.errors import SendRejected
from core.ports import Accept, Clock

Known = Callable[[Sender], Awaitable[bool]]
"""Whether anything is stored about ``sender``."""

Settle = Callable[[Sender], Awaitable[None]]
"""Returns when everything that ``sender`` sent so far is answered."""

PERSON = "local"
GREETING = "/start"
UNPAIRED = re.compile("[\ud800-\udfff]")
"""What stands for bytes that are no UTF-8; nothing can store it."""

MOST_DIGITS = 3
"""A longer number is no button: "1830" may answer the question at what time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The buttons that numbers press, and the message they belong to."""

    message_id: str
    buttons: tuple[Button, ...]


Recall = Callable[[Sender], Awaitable[Offer | None]]
"""The buttons that ``sender`` has on screen from the last time, if there are any."""


async def nothing_on_screen(sender: Sender) -> None:
    """A fresh screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What a terminal needs: the way in, what became of it, a folder for files that are handed over, and what
    is on screen from the last time.
    """

    accept: Accept
    settled: Settle
    known: Known
    clock: Clock
    downloads: Path
    recall: Recall = nothing_on_screen


class Terminal(ABC):
    """A terminal as ``Messenger``. Subclasses say how to show a message and where lines come from."""

    def __init__(self, ports: Ports, *, zone: str | None, run_id: str) -> None:
        self._ports = ports
        self._run_id = run_id
        self._numbers = count(1)
        self.offer: Offer | None = None
        self.sender = Sender(
            channel=Channel.TERMINAL, external_id=PERSON, address=PERSON, zone=zone, trusted=True
        )

    hears_interrupts = False
    """Whether an interrupt is a key that the terminal itself understands."""

    @abstractmethod
    async def run(self) -> None:
        """Chat until the person leaves."""

    async def look_back(self) -> None:
        """Numbers press what the last chat left on screen, until something new has buttons."""
        self.offer = self.offer or await self._ports.recall(self.sender)

    @abstractmethod
    def show(self, message: Message) -> None:
        """Put ``message`` on the screen. Raises ``SendRejected``."""

    @abstractmethod
    def note(self, text: str) -> None:
        """A short remark of the terminal itself. Raises ``SendRejected``."""

    @abstractmethod
    def forget(self) -> None:
        """Drop the lines that were typed so far."""

    async def send(self, address: str, message: Message) -> str:
        """Show a new message; a file is saved, and where is said."""
        if message.file:
            self.note(f"Saved as {self._saved(message.file)}")
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
        """A terminal can't rewrite what has scrolled by: the new state is shown below."""
        await self._draw(message_id, message)

    async def _draw(self, message_id: str, message: Message) -> None:
        if not await self._ports.known(self.sender):  # this is what tells them that they were deleted
            self.forget()
        self.show(message)
        if message.buttons:
            self.offer = Offer(message_id=message_id, buttons=buttons_of(message))
        elif self.offer and self.offer.message_id == message_id:
            self.offer = None

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """A remark on a tap, if there is one."""
        if toast:
            self.note(toast)

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        """Terminals have no forms: the question is asked in the chat."""
        return False

    @abstractmethod
    async def thinking(self, address: str) -> None:
        """Show that an answer is on its way, where that can be done."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Terminals have no page; what it would hold is shown."""
        for section in home.sections:
            await self.send(sender.address, section)

    async def enter(self, line: str, offer: Offer | None) -> None:
        """Hand a typed line in: a number presses that button of ``offer``, anything else is said."""
        text = UNPAIRED.sub("\ufffd", line).strip()
        if not text:
            return
        if offer is None or not _is_number(text):
            await self._say(text)
        elif 1 <= int(text) <= len(offer.buttons):
            await self._press(offer, offer.buttons[int(text) - 1])
        else:
            self.note(f"There is no button {text}.")

    async def _say(self, text: str) -> None:
        now = self._ports.clock.now()
        said = Said(update_id=self._new_id(), sender=self.sender, received_at=now, text=text)
        await self._ports.accept(said)

    async def _press(self, offer: Offer, button: Button) -> None:
        tapped = Tapped(
            update_id=self._new_id(),
            sender=self.sender,
            received_at=self._ports.clock.now(),
            token=button.token,
            message_id=offer.message_id,
        )
        await self._ports.accept(tapped)

    def _new_id(self) -> str:
        return f"{self._run_id}-{next(self._numbers)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
