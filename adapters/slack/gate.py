"""How fast oO may write: Slack takes about one message a second for a conversation, and short bursts."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from adapters.pace import Paces, in_turn

INTERVAL = 1.0
BURST = 4


class Gate:
    """One turnstile for each conversation."""

    def __init__(self) -> None:
        self._channels = Paces(interval=INTERVAL, burst=BURST)

    def sending(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Wait for the conversation's turn; the block is the request, from departure to answer.

        Raises ``NotSent`` when that takes too long.
        """
        return in_turn(self._channels.of(channel))
