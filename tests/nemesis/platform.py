"""The platform between oO and the people: it keeps all messages, and loses answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from core.chat import Button, Form, Home, Message, Sender, Tapped
from core.errors import FileUnusable, NotSent, SendUnknown
from tests.nemesis.loop import Life

LATENCY_SECONDS = (0.02, 1.5)


@dataclass(slots=True, kw_only=True)
class Shown:
    """A message that has arrived."""

    message_id: str
    address: str
    first: Message
    at: datetime
    """True time."""
    was_quiet: bool
    """Whether the person had quiet hours then, by what they had set and by true time."""
    zone: str | None
    """Where the person was then, as oO knew."""
    now: Message = field(init=False)
    """As it looks now."""

    def __post_init__(self) -> None:
        self.now = self.first

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons that it has now."""
        return tuple(one for row in self.now.buttons for one in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What was the case for a person at an instant."""

    was_quiet: bool
    zone: str | None


class Platform:
    """One for all replicas. ``surroundings`` tells what is the case for the person at an address."""

    def __init__(
        self,
        random: Random,
        now: Callable[[], datetime],
        surroundings: Callable[[str], Surroundings],
        trouble: float,
    ) -> None:
        """``trouble`` is the share of requests with another result than success."""
        self.shown: list[Shown] = []
        self.by_address: dict[str, list[Shown]] = {}
        self.trouble = trouble
        self.refused = 0
        """Requests that were refused with the wish to wait, or never arrived."""
        self.lost = 0
        """Answers to messages that arrived."""
        self._random = random
        self._now = now
        self._surroundings = surroundings

    def line(self, life: Life) -> PlatformLine:
        """The platform as one process reaches it."""
        return PlatformLine(self, life)

    async def sent(self, life: Life, address: str, message: Message) -> str:
        """A message arrives, or not."""
        life.check()
        fate = self._random.random()
        if fate < self.trouble / 2:
            await self._wait()
            self.refused += 1
            raise NotSent("429", retry_after=self._random.choice((0.0, 1.0, 30.0, 120.0)))
        shown = self._show(address, message)
        await self._wait()
        life.check()
        if fate < self.trouble:
            self.lost += 1
            raise SendUnknown("the answer was lost")
        return shown.message_id

    async def edited(self, life: Life, address: str, message_id: str, message: Message) -> None:
        """A message is replaced, or not."""
        life.check()
        fate = self._random.random()
        if fate >= self.trouble / 2:
            for one in self.by_address[address]:
                if one.message_id == message_id:
                    one.now = message
        await self._wait()
        life.check()
        if fate < self.trouble / 2:
            raise NotSent("429", retry_after=1.0)
        if fate < self.trouble:
            raise SendUnknown("the answer was lost")

    def _show(self, address: str, message: Message) -> Shown:
        around = self._surroundings(address)
        shown = Shown(
            message_id=f"m{len(self.shown)}",
            address=address,
            first=message,
            at=self._now(),
            was_quiet=around.was_quiet,
            zone=around.zone,
        )
        self.shown.append(shown)
        self.by_address.setdefault(address, []).append(shown)
        return shown

    async def _wait(self) -> None:
        await asyncio.sleep(self._random.uniform(*LATENCY_SECONDS))


class PlatformLine:
    """Implements ``core.ports.Messenger`` for one process."""

    def __init__(self, platform: Platform, life: Life) -> None:
        self._platform = platform
        self._life = life

    async def send(self, address: str, message: Message) -> str:
        return await self._platform.sent(self._life, address, message)

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        await self._platform.edited(self._life, address, message_id, message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Toasts are ignored."""

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        return False

    async def delete(self, address: str, message_id: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        """Ignored."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        raise FileUnusable("gone")

    async def show_menu(self, address: str, language: str) -> None:
        """Ignored."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Ignored."""
