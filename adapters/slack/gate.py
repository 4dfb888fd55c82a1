"""How fast oO may write: Slack takes about one message a second for a conversation, and short bursts."""

from __future__ import annotations

from adapters.pace import Paces

INTERVAL = 1.0
BURST = 4


class Gate:
    """One turnstile for each conversation."""

    def __init__(self) -> None:
        self._channels = Paces(interval=INTERVAL, burst=BURST)

    async def turn(self, channel: str) -> None:
        """Wait for the conversation's turn. Raises ``NotSent`` when that would take too long."""
        await self._channels.of(channel).turn()
