"""The configured platforms of a process, as one.

Tests: tests/bot/cli/test_serve.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from typing import Any

from adapters.http import Route
from bot.conversation.commands import COMMANDS
from core.chat import Channel
from core.errors import traceback_summary

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Platforms:
    """The configured platforms, and their routes on the HTTP server."""

    by_channel: dict[Channel, Any] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)

    async def start(self) -> None:
        """Connect all of them. Raises ``SettingsError`` for a wrong token, not for a network that is down."""
        for platform in self.by_channel.values():
            await platform.start(tuple(COMMANDS.values()))

    async def drain(self) -> None:
        """Let other processes receive what comes in from now on. Answers can still be sent."""
        await _all_stop(platform.drain() for platform in self.by_channel.values())

    async def stop(self) -> None:
        """Disconnect all of them; a failure is logged and does not stop the others."""
        await _all_stop(platform.stop() for platform in self.by_channel.values())

    def ignored(self) -> dict[str, int]:
        """How many updates were not for oO, by channel."""
        return {channel.value: one.ignored for channel, one in self.by_channel.items()}


async def _all_stop(stopping: Iterable[Awaitable[None]]) -> None:
    for fault in await asyncio.gather(*stopping, return_exceptions=True):
        if fault is not None:
            log.error("a channel did not stop: %s", traceback_summary(fault))
