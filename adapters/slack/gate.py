"""Rate limits of a Slack app: about one message a second in a conversation, after a short burst, and some
hundred a minute in a workspace.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from adapters.pace import Paces, Rate, in_turn

RATE = Rate(interval=1.0, burst=4)
WORKSPACE_RATE = Rate(interval=0.2, burst=20)
"""300 a minute, where Slack says "several hundred"."""


class Gate:
    """The rate limits of each conversation and of each workspace."""

    def __init__(self, rate: Rate, workspace_rate: Rate) -> None:
        self._channels = Paces(rate)
        self._workspaces = Paces(workspace_rate)

    def sending(self, address: str) -> AbstractAsyncContextManager[None]:
        """Wait for the conversation's turn, then for the workspace's; the block is the request, from start
        to response.

        Raises ``NotSent`` when that takes too long.
        """
        workspace_id, _, _ = address.rpartition("/")
        return in_turn(self._channels.of(address), self._workspaces.of(workspace_id))
