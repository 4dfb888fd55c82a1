"""Slack workspaces that have installed oO."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import InstallState, Workspace


class Workspaces(Protocol):
    """Installations and the people in them."""

    async def get(self, workspace_id: str) -> Workspace | None: ...
    async def put(self, workspace: Workspace) -> None:
        """Insert or replace. Bytes of replaced tokens are overwritten."""
        ...

    async def all(self) -> tuple[Workspace, ...]:
        """All of them, by id; paused ones as well."""
        ...

    async def set_reachable(self, workspace_id: str, *, reachable: bool) -> int:
        """Set ``Account.reachable`` of everybody in the workspace; returns how many accounts changed."""
        ...

    async def qualify_addresses(self, workspace_id: str) -> int:
        """Put the workspace before the addresses of its people that lack it, as they are from before it was
        installed; returns how many did.
        """
        ...

    async def issue(self, state: InstallState, *, made_after: datetime) -> None:
        """Store a state, and delete those that are older."""
        ...

    async def consume(self, state_hash: str, *, made_after: datetime) -> bool:
        """Delete the state; whether it was there and is young enough."""
        ...
