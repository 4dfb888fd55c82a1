"""The bot behind a terminal under test: stores what is typed and answers as a test decides."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from adapters.terminal.channel import TerminalPorts
from core.chat import Said, Sender, Tapped, Update

Answer = Callable[[Update], Awaitable[None]]


class NoonClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC)


class Backend:
    """``received`` is what came in, a press as its token. ``answer`` runs in the background, as in the bot.

    ``knows`` says whether there is anything about the person.
    """

    def __init__(self, folder: Path) -> None:
        self.updates: list[Update] = []
        self.arrived = asyncio.Event()
        self.answer: Answer | None = None
        self.knows = True
        self.ports = TerminalPorts(
            accept=self._accept,
            wait_until_answered=self._wait_until_answered,
            is_known=self._is_known,
            clock=NoonClock(),
            downloads=folder,
            retry_notice=lambda trouble: f"not yet: {trouble.reason}",
            failure_notice=lambda trouble, line: f"not kept: {trouble.reason}: {line}",
        )
        self._answering: set[asyncio.Task[None]] = set()

    async def _accept(self, update: Update) -> None:
        self.updates.append(update)
        self.arrived.set()
        if self.answer:
            self._answering.add(asyncio.ensure_future(self.answer(update)))

    async def _is_known(self, sender: Sender) -> bool:
        return self.knows

    async def _wait_until_answered(self, sender: Sender) -> None:
        if self._answering:
            done, self._answering = await asyncio.wait(self._answering)
            for task in done:
                task.result()

    @property
    def received(self) -> list[str]:
        return [one.text if isinstance(one, Said) else _token(one) for one in self.updates]


def _token(update: Update) -> str:
    assert isinstance(update, Tapped)
    return update.token
