"""How fast oO may write: Slack takes about one message a second for a conversation, and short bursts."""

from __future__ import annotations

import asyncio

from core.errors import NotSent

INTERVAL = 1.0
BURST = 4
LONGEST_WAIT = 10.0
CHANNELS_REMEMBERED = 10_000


class Gate:
    """One turnstile for each conversation.

    The generic cell rate algorithm (ITU-T I.371): all that is kept of a conversation is when its next message
    would be due if all had come evenly. Seconds are the event loop's, which no change of the clock turns
    back.
    """

    def __init__(self) -> None:
        self._due_at: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait for the conversation's turn. Raises ``NotSent`` when that would take too long."""
        now = asyncio.get_running_loop().time()
        due_at = max(self._due_at.get(channel, now), now)
        wait = max(0.0, due_at - (BURST - 1) * INTERVAL - now)
        if wait > LONGEST_WAIT:
            raise NotSent("too many messages are waiting", retry_after=wait)
        if len(self._due_at) >= CHANNELS_REMEMBERED:
            self._due_at = {name: due for name, due in self._due_at.items() if due > now}
        self._due_at[channel] = due_at + INTERVAL
        await asyncio.sleep(wait)
