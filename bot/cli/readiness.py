"""What ``/readyz`` says: whether this process can work, part by part.

Tests: tests/bot/cli/test_serve.py, tests/scenarios/test_rolling_restart.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.storage.store import Storage
from core.chat import Channel

SERVING = "serving"


@dataclass(slots=True, kw_only=True)
class Readiness:
    """The parts of a process that must work."""

    store: Storage
    channels: Mapping[Channel, Any]
    is_serving: bool = False
    """From when it answers people until it begins to stop."""

    async def parts(self) -> dict[str, bool]:
        """By name: the process itself, the database, each channel."""
        channels = {channel.value: bool(one.healthy) for channel, one in self.channels.items()}
        return {SERVING: self.is_serving, "database": await self.store.is_usable(), **channels}

    def stop(self) -> None:
        """Send nobody here any more."""
        self.is_serving = False
