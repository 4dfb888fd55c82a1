"""What pipe and TTY share: sending, editing, and what a typed line means.

Numbers press buttons, so a terminal has one message with buttons at most: the newest that came with some. A
newer one takes their place for good, and a restart leaves them as they were. An edit is shown below as the
new state of its message; when it brings no buttons, those of its message are gone, and a number is then a
message like any other. Buttons from further up never come back to life: a second "1" must not press *Delete
everything* ten lines above.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.terminal.render import buttons_of
from core.chat import Button, Channel, Document, Home, Message, Said, Sender, Tapped
from core.errors import SendRejected, StoreUnavailable
from core.ports import Accept, Clock

Known = Callable[[Sender], Awaitable[bool]]
"""Whether anything is stored about ``sender``."""

Settle = Callable[[Sender], Awaitable[None]]
"""Returns when everything that ``sender`` sent so far is answered."""

Untaken = Callable[[StoreUnavailable], str]
"""What is said when a line can't be stored now, and is tried again."""

NotKept = Callable[[StoreUnavailable, str], str]
"""What is said when it is given up: the line, which the person has to type again."""

AGAIN_SECONDS = 1.0
"""The pause before a line that could not be stored is tried again."""

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
    untaken: Untaken
    not_kept: NotKept
    recall: Recall = nothing_on_screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A line, and what it means."""

    line: str
    update: Said | Tapped


class Terminal(ABC):
    """A terminal as ``Messenger``. Subclasses say how to show a message and where lines come from."""

    def __init__(self, ports: Ports, *, zone: str | None, run_id: str) -> None:
        self._ports = ports
        self._run_id = run_id
        self._numbers = count(1)
        self.offer: Offer | None = None
        self.lost: StoreUnavailable | None = None
        """Why a line was not stored before it was given up; None if all were."""
        self._unstored: deque[Typed] = deque()
        self._storing: asyncio.Task[None] | None = None
        self._trouble: StoreUnavailable | None = None
        self._gave_up = False
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
        if not await self._is_known():  # this is what tells them that they were deleted
            self.forget()
        self.show(message)
        if message.buttons:
            self.offer = Offer(message_id=message_id, buttons=buttons_of(message))
        elif self.offer and self.offer.message_id == message_id:
            self.offer = None

    async def _is_known(self) -> bool:
        try:
            return await self._ports.known(self.sender)
        except StoreUnavailable:  # who can't be looked up was not deleted for that
            return True

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
            await self._store(Typed(line=text, update=self._said(text)))
        elif 1 <= int(text) <= len(offer.buttons):
            pressed = self._pressed(offer, offer.buttons[int(text) - 1])
            await self._store(Typed(line=text, update=pressed))
        else:
            self.note(f"There is no button {text}.")

    def _said(self, text: str) -> Said:
        now = self._ports.clock.now()
        return Said(update_id=self._new_id(), sender=self.sender, received_at=now, text=text)

    def _pressed(self, offer: Offer, button: Button) -> Tapped:
        return Tapped(
            update_id=self._new_id(),
            sender=self.sender,
            received_at=self._ports.clock.now(),
            token=button.token,
            message_id=offer.message_id,
        )

    # --- Lines that can't be stored now --------------------------------------------------------------------

    async def _store(self, typed: Typed) -> None:
        """Hand it in; what can't be stored waits, and all that is typed after it waits behind it."""
        if self._unstored:
            self._unstored.append(typed)
            return
        try:
            await self._ports.accept(typed.update)
        except StoreUnavailable as trouble:
            self._trouble = trouble
            if not self._gave_up:
                self.note(self._ports.untaken(trouble))
            self._unstored.append(typed)
            self._storing = asyncio.create_task(self._store_at_last())
        else:
            self._gave_up = False

    async def _store_at_last(self) -> None:
        while self._unstored:
            await asyncio.sleep(AGAIN_SECONDS)
            try:
                await self._ports.accept(self._unstored[0].update)
            except StoreUnavailable as trouble:
                self._trouble = trouble
            else:
                self._unstored.popleft()

    async def _answered(self) -> None:
        """Return when everything that was typed so far is stored and answered."""
        if self._storing:
            await asyncio.wait({self._storing})
        await self._ports.settled(self.sender)

    async def give_up(self) -> None:
        """Store nothing any more of what waits to be stored, and say what it was."""
        if self._storing:
            self._storing.cancel()
            await asyncio.wait({self._storing})
        while self._unstored and self._trouble:
            self.lost, self._gave_up = self._trouble, True
            self.note(self._ports.not_kept(self._trouble, self._unstored.popleft().line))

    def _new_id(self) -> str:
        return f"{self._run_id}-{next(self._numbers)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
