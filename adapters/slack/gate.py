"""Rate limits of a Slack app: about one message a second in a conversation, after a short burst, and some
hundred a minute in a workspace.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.pace import OwnPaces, Paces, Rate, in_turn
from core.ports import Limit, PaceBook

RATE = Rate(interval=1.0, burst=4)
WORKSPACE_RATE = Rate(interval=0.2, burst=20)
"""300 a minute, where Slack says "several hundred"."""


POST = "chat.postMessage"


def of_method(method: str, workspace_id: str) -> str:
    """The name of a limit: Slack counts each method in each workspace."""
    return f"method {method} {workspace_id}"


class Gate:
    """The rate limits of each conversation and of each workspace."""

    def __init__(self, rate: Rate, workspace_rate: Rate) -> None:
        self.book: PaceBook = OwnPaces()
        """What other processes know as well."""
        self._channels = Paces(rate)
        self._workspaces = Paces(workspace_rate)

    @asynccontextmanager
    async def sending(self, address: str) -> AsyncIterator[None]:
        """Wait for the conversation's turn, then for the workspace's; the block is the request, from start
        to response.

        Raises ``NotSent`` when that takes too long.
        """
        workspace_id, _, _ = address.rpartition("/")
        paces = {
            f"conversation {address}": self._channels.of(address),
            f"workspace {workspace_id}": self._workspaces.of(workspace_id),
        }
        limits = [
            Limit(name=name, interval=pace.rate.interval, burst=pace.rate.burst)
            for name, pace in paces.items()
        ]
        limits.append(Limit(name=of_method(POST, workspace_id), interval=0.0, burst=1))
        async with in_turn(*paces.values()):
            wait = await self.book.turn(limits, min(one.rate.max_expected_wait for one in paces.values()))
            if wait:
                await asyncio.sleep(wait)
            yield
