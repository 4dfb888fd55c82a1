"""Rate limit of one Slack app: about one message a second in a conversation, after a short burst."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from adapters.pace import Paces, Rate, in_turn

RATE = Rate(interval=1.0, burst=4)


class Gate:
    """The rate limit of each conversation."""

    def __init__(self, rate: Rate) -> None:
        self._channels = Paces(rate)

    def sending(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Wait for the conversation's turn; the block is the request, from start to response.

        Raises ``NotSent`` when that takes too long.
        """
        return in_turn(self._channels.of(channel))
